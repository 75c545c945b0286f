// Which approaches of a controller have green together, and what each of its movements then shows.
#pragma once
#include <vector>

#include "sim/city/city.h"
#include "sim/synthesis/ports.h"

namespace shahr {

// One signal with the movements it controls; a movement's place in `movements` is its signal link.
struct Controller {
    std::vector<JunctionId> junctions;
    std::vector<MovementId> movements;         // ascending
};

// Rows by their parents, made once for all controllers.
struct NetworkIndex {
    explicit NetworkIndex(const RoadNetwork& network) : lanes_of(network.lanes_of()), conflicts_of(network.conflicts_of()) {}
    Children<LaneId, RoadId> lanes_of;
    Children<ConflictId, MovementId> conflicts_of;
};

struct Stage {
    std::vector<Aspect> aspects;               // one per movement: red, green_minor or green
    double flow_ratio = 0;                     // of its critical lane, by proxy: see below
    double least_green_s = 0;
};

// Expected flow over saturation flow of a lane, from the class of its road alone: trunk 0.4, primary 0.3, secondary 0.2,
// tertiary 0.12, other 0.07. A stand-in until flows are known.
double flow_ratio_of(RoadClass road_class);

// Approaches that face each other share a stage; one whose far-side turns have a lane of their own and much to cross gets
// a stage for them after the common one. Roads inside the controller (from one of its junctions to another) have green
// whenever nothing they meet has, so that they run empty. Fewer than two stages: no two approaches need separating.
std::vector<Stage> find_stages(const City& city, const NetworkIndex& index, const Ports& ports, const Controller& controller);

}  // namespace shahr
