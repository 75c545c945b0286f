// Rings that the source does not call roundabouts.
#pragma once
#include "sim/city/city.h"
#include "sim/synthesis/junctions.h"
#include "sim/synthesis/ports.h"

namespace shahr {

// Sets Roads::roundabout on closed chains of one-way roads that lead once around in the sense of a roundabout, are at most
// 400 m long and bend by no more than 75 degrees at any junction (a block has corners of 90). Without it whoever enters
// such a ring would, coming from the right, go before those on it, and it would lock. Returns the number of rings. Needs
// the ports' headings.
std::int64_t find_untagged_rings(City& city, const Ports& ports, const Column<RoadId, RoadId>& twins);

// 1 for the roads of rings on which the source shows arrows on any lane: who may leave from which lane is known there.
Column<RoadId, std::uint8_t> rings_with_arrows(const RoadNetwork& network, const Column<LaneId, TurnMask>& arrows);

}  // namespace shahr
