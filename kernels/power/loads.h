// What a node draws, as a law of its voltage.
#pragma once
#include "kernels/base/lanes.h"

namespace shahr::SHAHR_BACKEND::power {

// Net load of a node, generation of fixed power taken off: constant power, constant current and constant impedance parts
// (IEEE Task Force on Load Representation, IEEE Trans. Power Syst. 8, 1993), per unit at 1 pu.
template <class P>
struct ZipLoad {
    P power_p, power_q, current_p, current_q, impedance_p, impedance_q;
};
inline constexpr Index parts_of_load = 6;      // rows of a node in an array of loads
inline constexpr Index parts_of_power = 2;     // where all loads are constant power: only the first two

// With `zip` false the four rows of the other parts do not exist.
template <class L>
struct NodeLoads {
    Strand<L, const double> values;
    bool zip = false;
    using P = typename L::Real;

    SHAHR_HD P power_p(Index k) const { return values[k * (zip ? parts_of_load : parts_of_power)]; }
    SHAHR_HD P power_q(Index k) const { return values[k * (zip ? parts_of_load : parts_of_power) + 1]; }
    SHAHR_HD P part(Index k, Index i) const { return values[k * parts_of_load + i]; }
    // Active and reactive power at a magnitude, and their derivative by its logarithm.
    struct Drawn {
        P p, q, slope_p, slope_q;
    };
    SHAHR_HD Drawn at(Index k, P magnitude_squared) const {
        if (!zip) return {power_p(k), power_q(k), P{} + 0.0, P{} + 0.0};
        const P magnitude = square_root(magnitude_squared);
        const P ip = part(k, 2) * magnitude, iq = part(k, 3) * magnitude, zp = part(k, 4) * magnitude_squared, zq = part(k, 5) * magnitude_squared;
        return {part(k, 0) + ip + zp, part(k, 1) + iq + zq, ip + 2.0 * zp, iq + 2.0 * zq};
    }
};

}  // namespace shahr::SHAHR_BACKEND::power
