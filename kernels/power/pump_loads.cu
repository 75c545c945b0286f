#include "kernels/power/pump_loads.h"

#include <limits>
#include <map>
#include <string_view>

#include "sim/city/pump_loads.h"

namespace shahr::SHAHR_BACKEND::power {

PumpLoads::PumpLoads(const City& city, std::size_t members, std::shared_ptr<Bus> bus) : members_(static_cast<Index>(members)), bus_(std::move(bus)) {
    const auto collect = [&](const std::vector<Index>& loads, const char* channel) {
        for (std::size_t pump = 0; pump < loads.size(); ++pump)
            if (loads[pump] >= 0) pumps_.push_back({loads[pump], channel, static_cast<Index>(pump)});
    };
    collect(loads_of_water_pumps(city), "water_pumps");
    collect(loads_of_heat_plants(city), "heat_pumps");
    if (pumps_.empty() || !bus_) return;
    has_supply_.assign(city.power.loads.id.size() * members, 1);
    power_w_.assign(pumps_.size() * members, std::numeric_limits<double>::quiet_NaN());
    energy_j_.assign(power_w_.size(), 0);
    supply_ = &bus_->open("supply", static_cast<Index>(city.power.loads.id.size()), members_);
    supply_->from_host(has_supply_);
}

void PumpLoads::hear(double seconds) {
    std::map<std::string_view, std::vector<double>> heard;
    for (std::size_t k = 0; k < pumps_.size() && any(); ++k) {
        const Pump& p = pumps_[k];
        if (!bus_->has(p.channel)) continue;
        auto& values = heard[p.channel];
        if (values.empty()) values = bus_->read(p.channel).to_host();
        const Index rows = static_cast<Index>(values.size()) / (members_ * static_cast<Index>(PumpRow::count));
        for (Index member = 0; member < members_; ++member) {
            const auto value = [&](PumpRow row) { return values[at(pump_row(row, p.pump, rows), member)]; };
            const std::size_t own = at(static_cast<Index>(k), member);
            const double used_j = value(PumpRow::energy) - energy_j_[own];
            energy_j_[own] += used_j;
            if (has_supply_[at(p.load, member)] != 0) power_w_[own] = seconds > 0 ? used_j / seconds : value(PumpRow::power);
        }
    }
}

void PumpLoads::put_into(std::vector<double>& series, Index lanes) const {
    for (std::size_t k = 0; k < pumps_.size() && any(); ++k)
        for (Index lane = 0; lane < lanes; ++lane) series[static_cast<std::size_t>(pumps_[k].load * lanes + lane)] = power_w_[at(static_cast<Index>(k), lane % members_)];
}

void PumpLoads::tell(Index member, std::span<const std::uint8_t> dead) {
    if (!any()) return;
    for (const Pump& p : pumps_) has_supply_[at(p.load, member)] = dead[static_cast<std::size_t>(p.load)] ? 0 : 1;
    supply_->from_host(has_supply_);
}

void PumpLoads::save(Archive& archive) const {
    for (const auto* values : {&has_supply_, &power_w_, &energy_j_}) archive.put(std::span<const double>(*values));
}

void PumpLoads::load(Archive& archive) {
    for (auto* values : {&has_supply_, &power_w_, &energy_j_}) *values = archive.get_list<double>();
    if (any()) supply_->from_host(has_supply_);
}

}  // namespace shahr::SHAHR_BACKEND::power
