#include "kernels/base/pump_channels.h"

#include <algorithm>

namespace shahr::SHAHR_BACKEND {

PumpMotors::PumpMotors(std::string_view channel, std::vector<Index> load, std::size_t members, std::shared_ptr<Bus> bus)
    : load_(std::move(load)), members_(static_cast<Index>(members)), bus_(std::move(bus)), has_supply_(load_.size() * members, 1) {
    const bool connected = std::any_of(load_.begin(), load_.end(), [](Index at) { return at >= 0; });
    if (connected && bus_ && bus_->has("supply")) channel_ = &bus_->open(channel, pump_row(PumpRow::count, 0, pumps()), members_);
}

std::vector<PumpMotors::Change> PumpMotors::changes() {
    std::vector<Change> list;
    if (!any()) return list;
    const std::vector<double> supply = bus_->read("supply").to_host();
    for (Index pump = 0; pump < pumps(); ++pump) {
        const Index load = load_[static_cast<std::size_t>(pump)];
        if (load < 0) continue;
        for (Index member = 0; member < members_; ++member) {
            const bool now = supply[static_cast<std::size_t>(load * members_ + member)] != 0;
            std::uint8_t& known = has_supply_[static_cast<std::size_t>(pump * members_ + member)];
            if (now == (known != 0)) continue;
            known = now;
            list.push_back({pump, member, now});
        }
    }
    return list;
}

}  // namespace shahr::SHAHR_BACKEND
