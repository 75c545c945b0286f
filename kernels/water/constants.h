// EPANET's limits and tolerances (2.2 and 2.3), which decide where it takes a link for closed, a loss for linear and a status
// for changed. EPANET works in feet and cubic feet a second; here they stand in m and m3/s.
#pragma once
#include "sim/city/water_units.h"

namespace shahr {

inline constexpr double resistance_unit = foot_m / cubic_foot_m3;              // 1 ft of head for 1 ft3/s, in s/m2

inline constexpr double steep = 1e8 * resistance_unit;     // gradient of what is shut
inline constexpr double shallow = 1e-6 * resistance_unit;  // gradient of what loses nothing
inline constexpr double least_gradient = 1e-7 * resistance_unit;               // below it losses are taken as linear
inline constexpr double firm = 1e8 / resistance_unit;      // conductance that holds a head where it is set
inline constexpr double head_tolerance_m = 0.0005 * foot_m;
inline constexpr double flow_tolerance_m3s = 1e-4 * cubic_foot_m3;
inline constexpr double no_flow_m3s = 1e-6 * cubic_foot_m3;
inline constexpr double gravity_mps2 = 32.2 * foot_m;
inline constexpr double minor_loss_unit = 0.02517 * foot_m * foot_m * foot_m * foot_m * foot_m / (cubic_foot_m3 * cubic_foot_m3);  // of K / d^4
inline constexpr double head_flow_per_watt = 8.814 * foot_m * cubic_foot_m3 / horsepower_w;    // 1 / (rho g)
inline constexpr double barrier_slope = 1e9 * resistance_unit, barrier_width_m2 = 1e-6 * foot_m * foot_m;

// What a link does now: EPANET's codes in EPANET's order, so that everything up to `closed` is shut.
enum class LinkState : std::int32_t {
    cannot_lift = 0,                           // a pump against too high a head
    held_shut = 1,                             // into a full tank, out of an empty one; a pump of constant power without flow
    closed = 2,
    open = 3,
    active = 4,                                // a valve that holds its setting
    flow_not_reached = 6,                      // a flow control valve that cannot deliver its setting
    pressure_not_reached = 7                   // a pressure valve that cannot hold its setting
};

}  // namespace shahr
