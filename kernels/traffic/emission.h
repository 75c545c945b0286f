// CO2 of a moving vehicle from its speed and acceleration.
#pragma once
#include "kernels/traffic/laws.h"

namespace shahr::SHAHR_BACKEND::traffic {

// kg of CO2 a second. Power at the wheels by vehicle specific power (Jimenez-Palacios, "Understanding and quantifying motor
// vehicle emissions with vehicle specific power", MIT 1999, eq. for light-duty vehicles, flat road), in kW per tonne:
//   VSP = v (1.1 a + 0.132) + 0.000302 v^3
// Fuel energy from an efficiency of 0.3 from tank to wheel, CO2 from 69.3 g/MJ (IPCC 2006 guidelines, table 3.2.1, motor
// gasoline), and 0.5 g/s of idling (0.75 l/h). No recuperation. A warm car at a steady 50 km/h: about 100 g/km. Buses and
// trucks scale with their mass; cold starts and grades are not in it.
SHAHR_HD inline float co2_kg_per_s(const Driver& d, float speed, float acceleration) {
    const float vsp = speed * (1.1f * acceleration + 0.132f) + 0.000302f * speed * speed * speed;
    return 0.0005f + greatest(0, vsp) * d.mass_t / 0.3f * 69.3e-6f;
}

}  // namespace shahr::SHAHR_BACKEND::traffic
