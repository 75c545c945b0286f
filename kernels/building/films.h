// Surface coefficients, the same for every building. ISO 52016-1 prescribes fixed ones; which are taken is said here.
#pragma once
#include "kernels/base/backend.h"

namespace shahr::SHAHR_BACKEND::building {

inline constexpr double stefan_boltzmann = 5.670374419e-8;

struct Films {
    // Convection inside, W/(m2 K): ISO 52016-1 table 25 (as ISO 13789): walls, heat that rises, heat that sinks.
    double inside_wall = 2.5, inside_up = 5.0, inside_down = 0.7;
    double inside_black = 5.70;                // radiation inside of a black surface: 4 sigma T^3 at 20 degC
    // Convection outside: 4 + 4 v (ISO 6946 annex A), v at the surface, which is what the mast at 10 m has times (z / 10)^0.14
    // (open country) at half the height of a storey, z = 1.4 m.
    double outside_still = 4, outside_wind = 4;
    double wind_share = 0.76;
    // ISO 52016-1 annex B to the letter: fixed films outside (20 and 4.14), a sky 11 K colder than the air, five nodes in an element
    // whatever its layers, 0.9 of the glazing's g at all angles, sunlight spread evenly over all surfaces, and 10 kJ/(m2 K) of air
    // and furniture. It is there to compare with.
    bool annex_b = false;
};

inline constexpr double annex_b_outside = 20, annex_b_outside_radiation = 4.14, annex_b_sky_k = 11, annex_b_furniture_j_m2k = 10e3, annex_b_glass = 0.9;

}  // namespace shahr::SHAHR_BACKEND::building
