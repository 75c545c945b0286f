// The heat that a building's radiators are laid out for.
#pragma once
#include "sim/city/envelopes.h"

namespace shahr {

// W/K of all units of a zone: transmission and the outdoor air of its users and its joints, as norms for laying out heating count
// them (EN 12831-1; SNiP 2.04.05, annexes 8 to 10): nothing off for sunlight, people and appliances. The floor on the ground by ISO 13370
// on clay and gravel, at half of the difference to the outdoors, which the ground damps.
Column<ThermalZoneId, double> design_loss_wpk(const Envelopes& envelopes);

}  // namespace shahr
