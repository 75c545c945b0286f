// What the graph that routes are found in (sim/city/turn_graph.h) is to the device, and what a turning costs beside the drive.
#pragma once
#include <vector>

#include "kernels/traffic/network.h"
#include "sim/city/turn_graph.h"

namespace shahr::SHAHR_BACKEND::traffic {

struct TurnGraphView {
    View<const Index> road;                    // of node
    View<const Index> arrival;                 // of road: the node where routes to it end
    View<const Index> first_arc, to;           // of node, of arc: the node it leads to
    View<const Index> first_movement, movement;  // of arc
    View<const std::uint8_t> into_private;     // of arc: 1: from a road for all into one that only those may use who begin or end there
    Index memory = 0;                          // how many roads before the one it is on a route's node hangs on, at most

    // The node after turning from one into a road. Who does what no route does, a bus in its lane or a given route, is on
    // the road as if it had begun there.
    SHAHR_HD Index after(Index node, Index next) const {
        const Index found = find(node, next);
        return found < 0 ? next : found;
    }
    // Others may turn from there, but not who has come this way.
    SHAHR_HD bool forbids(Index node, Index next) const { return memory > 0 && find(node, next) < 0 && find(road[node], next) >= 0; }

private:
    SHAHR_HD Index find(Index node, Index next) const {
        for (Index k = first_arc[node]; k < first_arc[node + 1]; ++k)
            if (road[to[k]] == next) return to[k];
        return -1;
    }
};

class DeviceTurnGraph {
public:
    DeviceTurnGraph(const TurnGraph& graph, const Roads& roads);
    TurnGraphView view() const { return {road_, arrival_, first_arc_, to_, first_movement_, movement_, into_private_, memory_}; }
    Index arcs() const { return to_.size(); }

private:
    Array<Index> road_, arrival_, first_arc_, to_, first_movement_, movement_;
    Array<std::uint8_t> into_private_;
    Index memory_;
};

// Seconds that a car loses on average before a movement on an empty network: at a signal the uniform delay of Webster,
// "Traffic signal settings", Road Research Technical Paper 39 (1958), first term at no flow, r^2 / 2c with r without green
// in a cycle c; 2 s where it gives way, 4 s at a stop sign or the minor road of a stop.
std::vector<float> free_delays_s(const RoadNetwork& network);

}  // namespace shahr::SHAHR_BACKEND::traffic
