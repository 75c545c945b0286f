// Laws of what turns carriers into heat and cold, and sunlight into electricity.
#pragma once
#include "kernels/base/backend.h"

namespace shahr::SHAHR_BACKEND::building {

// Flow temperature of radiators, degC, by the outdoor temperature: Ruhnau, Hirth, Praktiknjo, "Time series of heat demand and
// heat pump efficiency for energy system modeling", Scientific Data 6:189, 2019, eq. 5; held within 25 and 65.
SHAHR_HD inline double radiator_flow_c(double outdoor_c) {
    const double flow = 40 - outdoor_c;
    return flow < 25 ? 25 : flow > 65 ? 65 : flow;
}

inline constexpr double hot_water_flow_c = 50;     // ibid., eq. 5

// Coefficient of performance of an air-source heat pump: ibid., eq. 6 with table 2 (air), times 0.85 for real operation. Fitted
// to makers' data over 15 to 70 K; at least 1, since a heating rod takes over.
SHAHR_HD inline double heat_pump_cop(double flow_c, double outdoor_c) {
    double lift = flow_c - outdoor_c;
    lift = lift < 15 ? 15 : lift > 80 ? 80 : lift;
    const double cop = 0.85 * (6.08 - 0.09 * lift + 0.0005 * lift * lift);
    return cop < 1 ? 1 : cop;
}

// Energy efficiency ratio of room air conditioners: 3.0 at 35 degC outdoors (rating point of EN 14511), 2 % less for each kelvin
// more (makers' data: 1.5 to 2.5 %); between 1.5 and 5.
SHAHR_HD inline double cooler_eer(double outdoor_c) {
    const double eer = 3.0 * (1 - 0.02 * (outdoor_c - 35));
    return eer < 1.5 ? 1.5 : eer > 5 ? 5 : eer;
}

// Heat out over fuel in, over a season: gas boilers of mixed age 0.90 (new 0.90-0.93, old 0.82-0.88), house stoves for
// coal 0.45 (0.30-0.50): handbook values.
inline constexpr double gas_boiler_efficiency = 0.90, coal_stove_efficiency = 0.45;

// W of panels of `peak_w` (at 1000 W/m2 and 25 degC) under `sun_w_m2` in their plane: PVWatts version 5 (Dobos, NREL/TP-6A20-62641,
// 2014): -0.47 % per K of the cell, 14 % losses, inverter 0.96; the cell by its nominal operating temperature, 45 degC at 800 W/m2
// and 20 degC.
SHAHR_HD inline double panel_power_w(double peak_w, double sun_w_m2, double outdoor_c) {
    const double cell_c = outdoor_c + sun_w_m2 * (45.0 - 20.0) / 800.0;
    const double power = peak_w * sun_w_m2 / 1000.0 * (1 - 0.0047 * (cell_c - 25)) * 0.86 * 0.96;
    return power > 0 ? power : 0;
}

struct BatteryStep {
    double charge_j;                           // held at the end
    double grid_w;                             // what the building takes then (negative: gives)
};

// Charges with what the panels give beyond the load and gives it back, before the grid is asked: 95 % each way, half of its capacity in an
// hour at most.
SHAHR_HD inline BatteryStep battery_step(double charge_j, double capacity_j, double net_w, double dt_s) {
    constexpr double one_way = 0.95;
    const double most_w = capacity_j / 7200.0;
    if (net_w < 0) {
        double in_w = -net_w < most_w ? -net_w : most_w;
        const double room_w = (capacity_j - charge_j) / (one_way * dt_s);
        in_w = in_w < room_w ? in_w : room_w;
        return {charge_j + one_way * in_w * dt_s, net_w + in_w};
    }
    double out_w = net_w < most_w ? net_w : most_w;
    const double held_w = charge_j * one_way / dt_s;
    out_w = out_w < held_w ? out_w : held_w;
    return {charge_j - out_w * dt_s / one_way, net_w - out_w};
}

}  // namespace shahr::SHAHR_BACKEND::building
