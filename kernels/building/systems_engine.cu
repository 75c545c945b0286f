#include "kernels/building/systems_engine.h"

#include "kernels/base/weather_channels.h"
#include "kernels/building/layout.h"
#include "sim/city/orientations.h"

namespace shahr::SHAHR_BACKEND::building {
namespace {

bool is_each_step(const Scenario& scenario, Duration period) {
    const auto own = scenario.record.find("buildings");
    return (own == scenario.record.end() ? scenario.record_every : own->second) <= period;
}

Index horizontal_plane(const City& city) {
    const Orientations orientations = orientations_of(city.envelopes);
    for (std::size_t i = 0; i < orientations.tilt_deg.size(); ++i)
        if (orientations.tilt_deg[i] == 0) return static_cast<Index>(i);
    return -1;
}

}  // namespace

SystemsEngine::SystemsEngine(const City& city, std::span<const Member> members, std::shared_ptr<Bus> bus)
    : bus_(std::move(bus)), members_(static_cast<Index>(members.size())), lanes_(bus_->lanes("weather")), most_steps_(lanes_ / members_), zones_(static_cast<Index>(city.envelopes.zones.id.size())),
      flat_plane_(horizontal_plane(city)), each_step_(is_each_step(*members.front().scenario, period())),
      systems_(city, members_, most_steps_, members.front().scenario->first_day, members.front().scenario->stock.carbon),
      electric_load_(&bus_->open("electric_load", static_cast<Index>(city.buildings.id.size()), lanes_)),
      hot_water_(&bus_->open("hot_water", heat_row(HotWaterRow::count, 0, static_cast<Index>(city.buildings.id.size())), lanes_)) {}

void SystemsEngine::step(const Tick& tick) {
    const View<const double> zones = bus_->read("zones"), weather = bus_->read("weather"), planes = bus_->read("planes");
    const Index of_row = most_steps_ * members_ * zones_;
    const auto part = [](View<const double> whole, Index first, Index size) { return View<const double>(whole.data + first, size); };
    SystemInputs in{part(zones, static_cast<Index>(ZoneRow::heating) * of_row, of_row), part(zones, static_cast<Index>(ZoneRow::cooling) * of_row, of_row),
                    part(weather, row_of(WeatherRow::temperature) * lanes_, lanes_), {}, {}};
    if (flat_plane_ >= 0) in.panel_sun_w_m2 = part(planes, row_of(flat_plane_, PlaneRow::total) * lanes_, lanes_);
    if (bus_->has("heat_offer")) {
        const View<const double> offer = bus_->read("heat_offer");
        const Index rows = offer.size / static_cast<Index>(HeatOfferRow::count);
        in.hot_water_most_w = part(offer, heat_row(HeatOfferRow::hot_water_most, 0, rows), rows);
    }
    systems_.advance(tick, in, *electric_load_, *hot_water_);
}

void SystemsEngine::observe(Frame& frame, const Request& request, MemberIndex member) const {
    if (!request.wants("buildings")) return;
    if (each_step_) systems_.observe_step(frame, request.step, member);
    else systems_.observe_interval(frame, member);
}

void SystemsEngine::begin_interval(Duration, std::string_view) {
    systems_.begin_interval();
}

}  // namespace shahr::SHAHR_BACKEND::building
