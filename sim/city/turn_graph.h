// The graph that cars find their routes in: a node is a road, an arc a turning from one road into another, by whichever of
// its movements. Turnings that cars may not take are not in it.
//
// Where a forbidden path leads over a road, what may be driven next hangs on where one comes from. Such a road has a node
// more for each such past, with the same arcs less the forbidden ones: the automaton of Aho and Corasick, "Efficient string
// matching", Comm. ACM 18 (1975), over the beginnings of the forbidden paths, as Villeneuve and Desaulniers apply it, "The
// shortest path problem with forbidden paths", Eur. J. Oper. Res. 165 (2005). Without forbidden paths there are as many
// nodes as roads. Traffic drives on the one road all the while: the nodes are states of a route.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/city/roads.h"

namespace shahr {

struct TurnGraph {
    std::vector<RoadId> road;                  // of node; node i, for i < number of roads, is road i come to from anywhere else
    std::vector<std::int32_t> arrival;         // of road: the node where routes to it end, itself unless it has more nodes
    std::vector<std::int32_t> first_arc;       // of node: its arcs are [first_arc[i], first_arc[i + 1]), ascending by road
    std::vector<std::int32_t> from, to;        // of arc
    std::vector<std::int32_t> first_movement;  // of arc: movement[first_movement[k]] ... [first_movement[k + 1] - 1]
    std::vector<MovementId> movement;
    std::int32_t memory = 0;                   // how many roads before the one it is on a route's node hangs on, at most

    std::int32_t nodes() const { return static_cast<std::int32_t>(road.size()); }
};

TurnGraph turn_graph(const RoadNetwork& network);

}  // namespace shahr
