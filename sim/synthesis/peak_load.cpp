#include "sim/synthesis/peak_load.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "sim/synthesis/design_heat.h"

namespace shahr {
namespace {

struct Row {
    double dwellings, gas_kw, electric_kw;
};
// SP 256.1325800.2016, table 7.1.
constexpr Row design[] = {{5, 4.5, 10},    {6, 2.8, 5.1},    {9, 2.3, 3.8},    {12, 2.0, 3.2},   {15, 1.8, 2.8},   {18, 1.65, 2.6},  {24, 1.4, 2.2},
                          {40, 1.2, 1.95}, {60, 1.05, 1.7}, {100, 0.85, 1.5}, {200, 0.77, 1.36}, {400, 0.71, 1.27}, {600, 0.69, 1.23}, {1000, 0.67, 1.19}};
constexpr double other_at_peak = 0.6;
constexpr double charger_w = 7000, chargers_always = 0.2;

constexpr double electric_heating_w_m2 = 80, dwelling_cooling_w_m2 = 15, cooled_service = 0.25;
constexpr double design_cop = 1.8;             // of heat pumps at -20 degC, for radiators and hot water alike (Ruhnau et al. 2019, in operation)
constexpr double panels_at_noon = 0.83;        // losses and inverter of PVWatts 5

double dwellings_w(const ConnectedLoad& load) {
    // Both kinds together decide how much comes at once: a street of forty is one of forty, whatever they cook on.
    const double all = load.gas_dwellings + load.electric_dwellings;
    return 1000 * (load.gas_dwellings * design_kw_per_dwelling(all, false) + load.electric_dwellings * design_kw_per_dwelling(all, true));
}

double electric_w(HeatSource source, double heat_w) {
    return source == HeatSource::electric ? heat_w : source == HeatSource::heat_pump ? heat_w / design_cop : 0;
}

// The use that all make of it together, as the usage has it, at its greatest.
double hot_water_w(const BuildingServices& services, SystemId system) {
    const auto w_m2 = services.usages.hot_water_w_m2[services.systems.usage[system]];
    return static_cast<double>(services.systems.floor_area_m2[system] * *std::max_element(w_m2.begin(), w_m2.end()));
}

ConnectedLoad connected_load(const BuildingServices& services, SystemId system, double rooms_w) {
    const BuildingSystems& s = services.systems;
    const auto at = [&](const Column<SystemId, float>& column) { return static_cast<double>(column[system]); };
    const double floor_m2 = at(s.floor_area_m2), heating_w = rooms_w > 0 ? rooms_w : electric_heating_w_m2 * floor_m2;
    ConnectedLoad load;
    (at(s.electric_cooking) > 0 ? load.electric_dwellings : load.gas_dwellings) = at(s.dwellings);
    load.service_w = at(s.service_peak_w) * (1 + cooled_service * at(s.cooled_share));
    const double cooled_w = at(s.dwellings) > 0 ? dwelling_cooling_w_m2 * floor_m2 * at(s.cooled_share) : 0;
    load.heat_w = std::max(electric_w(s.heating[system], heating_w), cooled_w) + electric_w(s.hot_water[system], hot_water_w(services, system));
    load.cars = at(s.ev_home) + at(s.ev_work) + at(s.ev_public);
    const double power_factor = at(s.power_factor);
    load.own_peaks_w = design_load_w(load);
    load.reactive_var = load.own_peaks_w * std::sqrt(1 - power_factor * power_factor) / power_factor;
    load.panels_w = panels_at_noon * at(s.pv_w);
    return load;
}

}  // namespace

ConnectedLoad& ConnectedLoad::operator+=(const ConnectedLoad& other) {
    gas_dwellings += other.gas_dwellings;
    electric_dwellings += other.electric_dwellings;
    service_w += other.service_w;
    heat_w += other.heat_w;
    cars += other.cars;
    own_peaks_w += other.own_peaks_w;
    reactive_var += other.reactive_var;
    panels_w += other.panels_w;
    return *this;
}

Column<SystemId, ConnectedLoad> connected_loads(const City& city) {
    const Column<BuildingId, double> heat_w = design_heat_w(city);
    Column<SystemId, ConnectedLoad> loads;
    for (const SystemId s : rows(city.services.systems.building)) loads.push_back(connected_load(city.services, s, heat_w[city.services.systems.building[s]]));
    return loads;
}

double design_kw_per_dwelling(double dwellings, bool electric_stove) {
    const auto value = [&](const Row& row) { return electric_stove ? row.electric_kw : row.gas_kw; };
    if (dwellings <= design[0].dwellings) return value(design[0]);
    const Row* above = std::find_if(std::begin(design), std::end(design), [&](const Row& row) { return row.dwellings >= dwellings; });
    if (above == std::end(design)) return value(*std::prev(above));
    const Row &a = *std::prev(above), &b = *above;
    return value(a) + (value(b) - value(a)) * (dwellings - a.dwellings) / (b.dwellings - a.dwellings);
}

double design_load_w(const ConnectedLoad& load) {
    const double dwellings = dwellings_w(load);
    const double mixed = std::max(dwellings + other_at_peak * load.service_w, load.service_w + other_at_peak * dwellings);
    const double n = std::max(1.0, load.cars);
    const double cars = load.cars * charger_w * (chargers_always + (1 - chargers_always) / std::sqrt(n));
    return mixed + load.heat_w + cars;
}

double design_load_va(const ConnectedLoad& load) {
    const double tangent = load.own_peaks_w > 0 ? load.reactive_var / load.own_peaks_w : 0;
    return design_load_w(load) * std::sqrt(1 + tangent * tangent);
}

double design_flow_va(const ConnectedLoad& load) {
    return std::max(design_load_va(load), load.panels_w);
}

double coincidence_of_stations(int stations) {
    return stations <= 1 ? 1 : stations <= 3 ? 0.9 : stations <= 10 ? 0.82 : stations <= 20 ? 0.77 : 0.7;
}

}  // namespace shahr
