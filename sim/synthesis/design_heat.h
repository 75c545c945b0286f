// The heat that a building's radiators, and the lines and pipes that lead to it, are laid out for.
#pragma once
#include "sim/city/city.h"

namespace shahr {

// W/K of all units of a zone: transmission and the outdoor air of its users and its joints, as norms for laying out heating count
// them (EN 12831-1; SNiP 2.04.05, annexes 8 to 10): nothing off for sunlight, people and appliances. The floor on the ground by ISO 13370
// on clay and gravel, at half of the difference to the outdoors, which the ground damps.
Column<ThermalZoneId, double> design_loss_wpk(const Envelopes& envelopes);

inline constexpr double design_indoor_c = 20, design_outdoor_c = -20;  // Almaty (SNiP: -21)

// W of each building between those temperatures; 0: no zone of it is heated.
Column<BuildingId, double> design_heat_w(const City& city, double outdoor_c = design_outdoor_c);

}  // namespace shahr
