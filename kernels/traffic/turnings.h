// The graph that routes are found in: a node is a road, an arc a turning from one road into another, by whichever of its
// movements. Turnings that cars may not take are not in it.
#pragma once
#include <vector>

#include "kernels/traffic/network.h"

namespace shahr::SHAHR_BACKEND::traffic {

struct Turnings {
    std::vector<Index> from, to;               // roads, of turning
    std::vector<Index> first_movement, movement;  // of turning k: movement[first_movement[k]] ... [first_movement[k + 1] - 1]
    std::vector<std::uint8_t> into_private;    // 1: from a road for all into one that only those may use who begin or end there
};

Turnings turnings_of(const RoadNetwork& network);

// Seconds that a car loses on average before a movement on an empty network: at a signal the uniform delay of Webster,
// "Traffic signal settings", Road Research Technical Paper 39 (1958), first term at no flow, r^2 / 2c with r without green
// in a cycle c; 2 s where it gives way, 4 s at a stop sign or the minor road of a stop.
std::vector<float> free_delays_s(const RoadNetwork& network);

}  // namespace shahr::SHAHR_BACKEND::traffic
