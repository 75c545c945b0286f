// What the building engine shows of itself: loads and temperatures of zones, sunlight on surfaces and through windows.
#include "kernels/building/engine.h"

namespace shahr::SHAHR_BACKEND::building {
namespace {

struct Shown {
    ZoneRow row;
    const char *name, *long_name, *unit;
};
constexpr Shown shown[] = {
    {ZoneRow::asked, "heating_need", "heat that keeps the zone at its set-point", "W"},
    {ZoneRow::heating, "heating", "heat that enters the zone; less or more than its need where a district heating network decides", "W"},
    {ZoneRow::cooling, "cooling_need", "heat taken out to keep the zone at its set-point, sensible", "W"},
    {ZoneRow::air, "air_temperature", "temperature of the zone's air", "degC"},
    {ZoneRow::operative, "operative_temperature", "mean of the zone's air and mean radiant temperature", "degC"},
    {ZoneRow::sun, "solar_gain", "sunlight that enters through the windows", "W"},
    {ZoneRow::gains, "internal_gain", "sensible heat of people and appliances", "W"},
};

}  // namespace

void BuildingEngine::observe(Frame& frame, const Request& request, MemberIndex member) const {
    if (request.wants("buildings")) observe_zones(frame, request, member);
    if (sun_sums_.size() > 0 && request.wants("surfaces")) observe_sun(frame, request, member);
}

void BuildingEngine::observe_zones(Frame& frame, const Request& request, MemberIndex member) const {
    const bool now = each_step("buildings");
    const Index step = request.step >= 0 ? request.step : latest_.steps - 1;
    const ZoneResults r = results();
    std::vector<double> sums;
    if (!now) sums = zone_sums_.to_host();
    for (const Shown& quantity : shown) {
        std::vector<double> values(static_cast<std::size_t>(zone_count_), math::not_a_number());
        const Index first = member * zone_count_;
        if (now && zones_s_ > 0) download(values.data(), &r.at(quantity.row, step, first), sizeof(double) * values.size());
        else if (zones_s_ > 0)
            for (std::size_t z = 0; z < values.size(); ++z) values[z] = sums[static_cast<std::size_t>(static_cast<Index>(quantity.row) * r.outputs + first) + z] / zones_s_;
        frame.fields.push_back({"buildings", quantity.name, quantity.long_name, quantity.unit, RowKind::zone, CellMethod::mean, std::vector<float>(values.begin(), values.end())});
    }
}

void BuildingEngine::observe_sun(Frame& frame, const Request& request, MemberIndex member) const {
    const auto members = static_cast<Index>(members_.size());
    const std::vector<double> all = sun_.to_host(), sums = sun_sums_.to_host();
    const Index step = request.step >= 0 ? request.step : latest_.steps - 1;
    const bool now = each_step("surfaces");
    const auto value = [&](Index sunlit, SunRow what) {
        if (sun_s_ == 0) return static_cast<float>(math::not_a_number());
        const Index row = row_of(sunlit, what);
        return static_cast<float>(now ? all[static_cast<std::size_t>(row * lanes_ + step * members + member)] : sums[static_cast<std::size_t>(row * members + member)] / sun_s_);
    };
    const auto planes = static_cast<Index>(orientations_.tilt_deg.size());
    std::vector<float> falls, enters;
    for (const std::int32_t plane : orientations_.of_surface) falls.push_back(value(plane, SunRow::outer));
    for (const std::int32_t kind : glass_.kind_of_window) enters.push_back(value(planes + kind, SunRow::transmitted));
    frame.fields.push_back({"surfaces", "incident_sun", "sunlight on an unshaded plane that faces as the surface does", "W m-2", RowKind::surface, CellMethod::mean, std::move(falls)});
    if (!enters.empty()) frame.fields.push_back({"surfaces", "transmitted_sun", "sunlight that passes the glass, past the shades", "W m-2", RowKind::window, CellMethod::mean, std::move(enters)});
}

void BuildingEngine::begin_interval(Duration, std::string_view group) {
    if (group == "buildings") zone_sums_.set_zero(), zones_s_ = 0;
    else sun_sums_.set_zero(), sun_s_ = 0;
}

}  // namespace shahr::SHAHR_BACKEND::building
