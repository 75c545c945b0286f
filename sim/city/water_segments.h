// What is shut off with a pipe: the pipes and nodes between it and the nearest isolation valves.
#pragma once
#include <vector>

#include "sim/city/water_network.h"

namespace shahr {

struct WaterSegment {
    std::vector<WaterLinkId> links;            // that no longer carry water: those inside, and those at its nodes
    std::vector<WaterNodeId> nodes;            // that lose their supply
};

// Walski, "Water distribution valve topology for reliability analysis" (1993). A pump or a control valve can be shut
// itself; reservoirs and tanks are never inside.
WaterSegment segment_of(const WaterNetwork& net, WaterLinkId link);

}  // namespace shahr
