// What plants, radiators and substations do with the water that passes them. Temperatures in degrees Celsius, flows in kg/s.
#pragma once
#include "kernels/base/math.h"

namespace shahr::SHAHR_BACKEND::heat {

SHAHR_HD inline bool is_given(double x) { return x == x; }
SHAHR_HD inline double larger_of(double a, double b) { return a > b ? a : b; }
SHAHR_HD inline double smaller_of(double a, double b) { return a < b ? a : b; }
SHAHR_HD inline double absolute_of(double x) { return x < 0 ? -x : x; }

// Supply temperature of a plant whose network feeds radiators without thermostats, by "quality control" at constant flow
// (Sokolov, Teplofikatsiya i teplovye seti, ch. 4): the radiators' balance at the share q of the design heat.
struct HeatingCurve {
    double supply_c, return_c, outdoor_c;      // design day; outdoor_c NaN: supply_c always
    double lowest_c, highest_c;
    double indoor_c = 20, mixed_c = 95, exponent = 1.3;  // of the radiators; mixed_c: their own design supply
};

SHAHR_HD inline double supply_temperature(const HeatingCurve& curve, double outdoor_c) {
    if (!is_given(curve.outdoor_c)) return curve.supply_c;
    const double q = smaller_of(larger_of((curve.indoor_c - outdoor_c) / (curve.indoor_c - curve.outdoor_c), 0), 1.2);
    const double mixed_c = smaller_of(curve.mixed_c, curve.supply_c);
    const double excess = 0.5 * (mixed_c + curve.return_c) - curve.indoor_c;
    const double returned = curve.indoor_c + excess * pow(q, 1 / curve.exponent) - 0.5 * (mixed_c - curve.return_c) * q;
    return smaller_of(larger_of(returned + (curve.supply_c - curve.return_c) * q, curve.lowest_c), curve.highest_c);
}

// Radiators behind an elevator. Supply water mixed with `mixing_ratio` times its flow of return water enters the radiators:
//   T3 = (T1 + u T2) / (1 + u),   heat = K ((T3 + T2) / 2 - Ti)^n = m c (T1 - T2).
struct Radiators {
    double design_w, supply_c, return_c, mixing_ratio, indoor_c, outdoor_c, exponent;

    SHAHR_HD double primary_supply_c() const { return supply_c + mixing_ratio * (supply_c - return_c); }
    SHAHR_HD double design_flow(double c_jpkgk) const { return design_w / (c_jpkgk * (primary_supply_c() - return_c)); }
    SHAHR_HD double loss_wpk() const { return design_w / (indoor_c - outdoor_c); }         // of the building
    SHAHR_HD double output_w(double mean_excess_k) const {
        if (mean_excess_k <= 0) return 0;
        return design_w * pow(mean_excess_k / (0.5 * (supply_c + return_c) - indoor_c), exponent);
    }
};

// The indoor temperature that goes with a heat: as it is (per_w = 0), or where the building loses what it gets.
struct Room {
    double unheated_c, k_per_w;
};

// The return temperature at which heat given off equals heat taken from the water. What is given off beyond what is taken grows with
// the return temperature, ever faster, so that Newton's steps come down to the root from above, whatever the guess.
SHAHR_HD inline double radiator_return(const Radiators& r, double flow_kgps, double c_jpkgk, double entering_c, const Room& room, double guess_c) {
    const double capacity = flow_kgps * c_jpkgk, share_of_mixed = 1 / (1 + r.mixing_ratio);
    if (!(entering_c > room.unheated_c) || !(capacity > 0)) return entering_c;
    double t2 = guess_c > room.unheated_c && guess_c < entering_c ? guess_c : entering_c;
    for (int i = 0; i < 50; ++i) {
        const double taken = capacity * (entering_c - t2), t3 = (entering_c + r.mixing_ratio * t2) * share_of_mixed;
        const double excess = 0.5 * (t3 + t2) - room.unheated_c - room.k_per_w * taken, given = r.output_w(excess);
        const double slope = capacity + (excess > 0 ? r.exponent * given / excess * (0.5 * (1 + r.mixing_ratio * share_of_mixed) + room.k_per_w * capacity) : 0);
        const double step = (given - taken) / slope;
        t2 -= step;
        if (absolute_of(step) < 1e-9) break;
    }
    return t2;
}

// One heat capacity behind one resistance, exact for a constant heat over dt.
SHAHR_HD inline double room_after(double indoor_c, double outdoor_c, double heat_w, double loss_wpk, double time_constant_s, double dt_s) {
    const double rest = outdoor_c + heat_w / loss_wpk;
    return rest + (indoor_c - rest) * exp(-dt_s / time_constant_s);
}

// A substation or a heat exchanger: two of heat, return temperature, cooling and flow are given (NaN: not). What passes
// beside the exchanger (bypass) leaves with the supply temperature.
struct Substation {
    double heat_w, return_c, delta_k, flow_kgps, bypass_kgps;
    double most_kgps;                          // what its valve lets through; NaN: any flow
};
struct Taken {
    double flow_kgps;                          // bypass included
    double heat_w;                             // taken from the water
    double leaving_c;                          // mixed with the bypass
};

SHAHR_HD inline Taken mixed(const Substation& s, double flow, double heat_w, double cooled_c, double entering_c) {
    const double total = flow + s.bypass_kgps;
    return {total, heat_w, total > 0 ? (flow * cooled_c + s.bypass_kgps * entering_c) / total : cooled_c};
}

SHAHR_HD inline Taken substation(const Substation& s, double c_jpkgk, double entering_c) {
    const double cooling = is_given(s.delta_k) ? s.delta_k : larger_of(entering_c - s.return_c, 0);
    if (is_given(s.flow_kgps) && (is_given(s.delta_k) || is_given(s.return_c)))
        return mixed(s, s.flow_kgps, s.flow_kgps * c_jpkgk * cooling, entering_c - cooling, entering_c);
    if (is_given(s.flow_kgps))
        return mixed(s, s.flow_kgps, s.heat_w, s.flow_kgps > 0 ? entering_c - s.heat_w / (s.flow_kgps * c_jpkgk) : entering_c, entering_c);
    const double least_cooling = 0.5;          // K: below it the flow would have to be without bounds
    double flow = s.heat_w / (c_jpkgk * larger_of(cooling, least_cooling));
    if (flow > s.most_kgps) flow = s.most_kgps;
    return mixed(s, flow, flow * c_jpkgk * cooling < s.heat_w ? flow * c_jpkgk * cooling : s.heat_w, entering_c - cooling, entering_c);
}

}  // namespace shahr::SHAHR_BACKEND::heat
