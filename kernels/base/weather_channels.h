// What the weather engine writes to the bus, for whoever is outdoors. Lanes: value[row][step of the block][member].
#pragma once
#include "kernels/base/backend.h"

namespace shahr::SHAHR_BACKEND {

// Channel "weather": one row for each of these, means over the step.
enum class WeatherRow : Index {
    temperature,                               // outdoor air, degC
    wind,                                      // m/s at 10 m
    radiative_film,                            // 4 sigma T^3 of the outdoor air: W/(m2 K) of a black surface
    sky_deficit,                               // sigma T^4 of the outdoor air less what the sky sends down, W/m2
    month,                                     // mean outdoor temperature of the month, degC
    year,                                      // and of the year
    sun_east, sun_north, sun_up,               // where the sun stands; up = 0: below the horizon
    count
};

// Channel "planes": for each orientation of the city (sim/city/orientations.h) one row for each of these, W/m2 but the first.
enum class PlaneRow : Index { cos_incidence, direct, sky, horizon, ground, total, count };

SHAHR_HD constexpr Index row_of(WeatherRow row) {
    return static_cast<Index>(row);
}
SHAHR_HD constexpr Index row_of(Index orientation, PlaneRow row) {
    return orientation * static_cast<Index>(PlaneRow::count) + static_cast<Index>(row);
}

}  // namespace shahr::SHAHR_BACKEND
