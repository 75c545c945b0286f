// The units of EPANET's files, in SI. Flows and lengths are exact; pressures are EPANET's own water of 0.4333 psi a foot, so
// that a valve set to 60 psi holds the same head as in EPANET (the exact figure, 0.43353, differs by 0.05 %).
#pragma once
#include "sim/city/water_network.h"

namespace shahr {

inline constexpr double foot_m = 0.3048, inch_m = 0.0254;
inline constexpr double cubic_foot_m3 = foot_m * foot_m * foot_m;
inline constexpr double psi_per_foot = 0.4333, kpa_per_psi = 6.895;
inline constexpr double horsepower_w = 745.7;

struct UnitsOfWater {
    double flow_m3s;                           // one unit of flow
    double length_m, diameter_m;               // ft and in, or m and mm
    double pressure_m;                         // head of one unit of pressure
    double power_w;                            // hp or kW
    double height_m;                           // of roughness: 1e-3 ft or mm
    bool us;
};

constexpr bool is_us(WaterUnits units) {
    return units <= WaterUnits::afd;
}

constexpr double cubic_metres_per_second(WaterUnits units) {
    constexpr double gallon = 231 * inch_m * inch_m * inch_m, day = 86400;
    switch (units) {
        case WaterUnits::cfs: return cubic_foot_m3;
        case WaterUnits::gpm: return gallon / 60;
        case WaterUnits::mgd: return 1e6 * gallon / day;
        case WaterUnits::imgd: return 1e6 * 4.54609e-3 / day;
        case WaterUnits::afd: return 43560 * cubic_foot_m3 / day;
        case WaterUnits::lps: return 1e-3;
        case WaterUnits::lpm: return 1e-3 / 60;
        case WaterUnits::mld: return 1e3 / day;
        case WaterUnits::cmh: return 1.0 / 3600;
        case WaterUnits::cmd: return 1.0 / day;
        case WaterUnits::cms: return 1;
    }
    return 1;
}

constexpr UnitsOfWater units_of(const WaterSettings& settings) {
    const bool us = is_us(settings.units);
    const double density = settings.specific_gravity, foot_per_psi = 1 / (psi_per_foot * density);
    double pressure = us ? foot_per_psi * foot_m : 1 / density;
    switch (settings.pressure_units) {
        case PressureUnits::psi: pressure = foot_per_psi * foot_m; break;
        case PressureUnits::kpa: pressure = foot_per_psi * foot_m / kpa_per_psi; break;
        case PressureUnits::bar: pressure = foot_per_psi * foot_m / (kpa_per_psi / 100); break;
        case PressureUnits::meters: pressure = 1 / density; break;
        case PressureUnits::feet: pressure = foot_m / density; break;
        case PressureUnits::by_flow: break;
    }
    return {cubic_metres_per_second(settings.units), us ? foot_m : 1.0, us ? inch_m : 1e-3, pressure, us ? horsepower_w : 1000.0, us ? 1e-3 * foot_m : 1e-3, us};
}

}  // namespace shahr
