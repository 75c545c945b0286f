// Liquid water by temperature, near 5 bar: density, dynamic viscosity, heat capacity. Valid from 0 to 150 degC.
#pragma once
#include "kernels/base/math.h"

namespace shahr::SHAHR_BACKEND::heat {

// Kell, "Density, thermal expansivity, and compressibility of liquid water", J. Chem. Eng. Data 20, 1975, eq. 16.
SHAHR_HD inline double water_density_kgpm3(double c) {
    return (999.83952 + c * (16.945176 + c * (-7.9870401e-3 + c * (-46.170461e-6 + c * (105.56302e-9 - c * 280.54253e-12))))) / (1 + 16.879850e-3 * c);
}

// Huber et al., "New international formulation for the viscosity of H2O", J. Phys. Chem. Ref. Data 38, 2009, eq. 37. Made
// for up to 110 degC at 1 bar; up to 150 degC it stays within 1 % of the full formulation.
SHAHR_HD inline double water_viscosity_pas(double c) {
    const double l = log((c + 273.15) / 300);
    return 1e-6 * (280.68 * exp(-1.9 * l) + 511.45 * exp(-7.7 * l) + 61.131 * exp(-19.6 * l) + 0.45903 * exp(-40 * l));
}

// Quintic through the IAPWS-IF97 values at 5 bar (0: 4218, 25: 4181, 50: 4179, 75: 4190, 100: 4211, 150: 4305), within 1.2.
SHAHR_HD inline double water_heat_capacity_jpkgk(double c) {
    return 4216.49924 + c * (-2.82568362 + c * (7.29367045e-2 + c * (-8.55098034e-4 + c * (5.12435069e-6 - c * 1.10268590e-8))));
}

}  // namespace shahr::SHAHR_BACKEND::heat
