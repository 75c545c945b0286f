// Formulae between the quantities of a weather, for where some are not given.
#pragma once
#include <algorithm>
#include <cmath>

namespace shahr {

// Of water vapour over water at saturation, hPa; the air's own if its dew point is put in. Magnus' formula: Alduchov and
// Eskridge, J. Appl. Meteor. 35, 1996.
inline double vapour_pressure(double temperature_c) {
    return 6.1094 * std::exp(17.625 * temperature_c / (temperature_c + 243.04));
}

// degC; the inverse.
inline double dew_point_at(double vapour_pressure_hpa) {
    const double x = std::log(vapour_pressure_hpa / 6.1094);
    return 243.04 * x / (17.625 - x);
}

inline double dew_point_of(double dry_bulb_c, double relative_humidity) {
    return dew_point_at(std::max(relative_humidity, 0.01) * vapour_pressure(dry_bulb_c));
}

// From the sky on a horizontal plane, W/m2; opaque cover 0 to 1. Clark and Allen 1978, Walton 1983, as in EnergyPlus' Engineering
// Reference, "Sky Radiation Modeling".
inline double sky_infrared(double dry_bulb_c, double dew_point_c, double cover) {
    const double tenths = 10 * cover, t = dry_bulb_c + 273.15;
    const double clear = 0.787 + 0.764 * std::log((dew_point_c + 273.15) / 273);
    return clear * (1 + 0.0224 * tenths - 0.0035 * tenths * tenths + 0.00028 * tenths * tenths * tenths) * 5.670374419e-8 * t * t * t * t;
}

// Pa, of the standard atmosphere.
inline double standard_pressure(double elevation_m) {
    return 101325 * std::pow(1 - 2.25577e-5 * elevation_m, 5.25588);
}

}  // namespace shahr
