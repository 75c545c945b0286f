// Zones for tests: boxes of one construction, under a weather that does not change.
#pragma once
#include <limits>
#include <vector>

#include "kernels/building/simple.h"
#include "kernels/building/zones.h"

namespace shahr::SHAHR_BACKEND::building {

inline constexpr double box_air_heat = 1200;           // J/(m3 K)

struct Box {
    double area_m2 = 100;                              // of its one wall
    double volume_m3 = 50, infiltration_per_h = 0;
    double heating_c = std::numeric_limits<double>::quiet_NaN(), cooling_c = heating_c, heating_w = std::numeric_limits<double>::infinity();
    double gain_w = 0;
    std::vector<double> thickness = {0.1, 0.05}, conductivity = {0.5, 0.04}, density = {1400, 12}, specific_heat = {1000, 840};
};

inline void add_box(Envelopes& e, const Box& box) {
    Constructions& c = e.constructions;
    const auto built_of = c.id.push_back("wall");
    c.thickness_m.push_back(box.thickness);
    c.conductivity_w_mk.push_back(box.conductivity);
    c.density_kg_m3.push_back(box.density);
    c.specific_heat_j_kgk.push_back(box.specific_heat);
    for (auto* column : {&c.absorptance_inside, &c.absorptance_outside, &c.emissivity_inside, &c.emissivity_outside}) column->push_back(0.9);
    for (auto* column : {&c.convection_inside_w_m2k, &c.convection_outside_w_m2k}) column->push_back(std::numeric_limits<double>::quiet_NaN());
    ThermalZones& z = e.zones;
    const auto zone = z.id.push_back("box");
    z.building.push_back(none<BuildingId>);
    const auto nan = std::numeric_limits<float>::quiet_NaN();
    const auto put = [](Column<ThermalZoneId, float>& column, double x) { column.push_back(static_cast<float>(x)); };
    put(z.floor_area_m2, 20), put(z.volume_m3, box.volume_m3), put(z.furniture_j_k, 0), put(z.infiltration_per_h, box.infiltration_per_h);
    put(z.ventilation_m3_s, 0), put(z.heat_recovery, 0), put(z.purge_m3_s, 0), put(z.purge_above_c, nan);
    put(z.heating_set_point_c, box.heating_c), put(z.cooling_set_point_c, box.cooling_c), put(z.heating_power_w, box.heating_w);
    put(z.cooling_power_w, std::numeric_limits<double>::infinity()), put(z.heating_convective, 1), put(z.cooling_convective, 1), put(z.multiplier, 1);
    for (auto* column : {&z.ventilation_schedule, &z.purge_schedule, &z.heating_schedule, &z.cooling_schedule}) column->push_back(none<ScheduleId>);
    z.set_point_on.push_back(SetPointOn::air);
    Gains& g = e.gains;
    g.zone.push_back(zone), g.kind.push_back(GainKind::other), g.power_w.push_back(static_cast<float>(box.gain_w)), g.schedule.push_back(none<ScheduleId>), g.radiant.push_back(0.5f);
    Surfaces& s = e.surfaces;
    s.id.push_back("wall"), s.zone.push_back(zone), s.construction.push_back(built_of), s.area_m2.push_back(static_cast<float>(box.area_m2));
    s.azimuth_deg.push_back(0), s.tilt_deg.push_back(90), s.boundary.push_back(Boundary::sheltered), s.adjacent.push_back(none<ThermalZoneId>), s.perimeter_m.push_back(0);
}

// The same hour over and over.
struct StillWeather {
    explicit StillWeather(double outdoor_c, Index steps) : steps(steps) {
        std::vector<double> values(static_cast<std::size_t>(WeatherRow::count) * static_cast<std::size_t>(steps));
        const auto put = [&](WeatherRow row, double x) { for (Index h = 0; h < steps; ++h) values[static_cast<std::size_t>(row_of(row) * steps + h)] = x; };
        const double kelvin = outdoor_c + 273.15;
        put(WeatherRow::temperature, outdoor_c), put(WeatherRow::month, outdoor_c), put(WeatherRow::year, outdoor_c);
        put(WeatherRow::radiative_film, 4 * stefan_boltzmann * kelvin * kelvin * kelvin);
        weather = Array<double>(values);
        sun = Array<double>(static_cast<Index>(SunRow::count) * steps);
        schedules = Array<double>(1);
    }
    BalanceInputs inputs(double step_s = 3600, Index parts = 1) const { return {weather, sun, schedules, steps, 1, steps, step_s, parts}; }
    Index steps;
    Array<double> weather, sun, schedules;
};

// Results of a run, on the host.
struct BoxRun {
    std::vector<double> values;
    Index outputs, steps;
    double at(ZoneRow what, Index step, Index zone = 0) const { return values[static_cast<std::size_t>((static_cast<Index>(what) * steps + step) * outputs + zone)]; }
};

template <class Model>
BoxRun run(Model& zones, const StillWeather& weather, Index outputs, double step_s = 3600, Index parts = 1) {
    Array<double> results(static_cast<Index>(ZoneRow::count) * weather.steps * outputs);
    zones.advance(weather.inputs(step_s, parts), {results, outputs, weather.steps});
    return {results.to_host(), outputs, weather.steps};
}

inline std::vector<std::vector<Element>> box_elements(const Envelopes& e) {
    const std::vector<std::int32_t> planes(e.surfaces.id.size(), 0);
    return elements_of(e, Films{}, {}, planes, {});
}

}  // namespace shahr::SHAHR_BACKEND::building
