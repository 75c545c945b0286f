// Green waves: offsets between neighbouring signals along the greatest roads.
#pragma once
#include "sim/city/city.h"

namespace shahr {

// Sets Signals::offset. Two signals up to 700 m apart along a way straight on are linked; links are taken from the
// greatest road down, and each that does not close a ring fixes one offset against another: by the driving time on a
// one-way street, by the best compromise of both directions (near 0 or half the cycle) on others. Signals share a wave if
// one's cycle divides the other's. `green_begins`: when each movement turns green within its programme; negative: no time.
// Returns how many signals have a neighbour in their wave.
std::int64_t set_offsets(RoadNetwork& network, const Column<MovementId, Duration>& green_begins);

}  // namespace shahr
