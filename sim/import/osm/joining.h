// Crossings that the map draws with several nodes, joined into one junction each.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/import/osm/graph.h"

namespace shahr::osm {

struct Clusters {
    std::vector<std::int32_t> of;              // for each node the junction it belongs to; -1 for nodes without links
    std::vector<std::vector<NodeRow>> members; // of each junction, ascending
    std::size_t size() const { return members.size(); }
    std::int32_t of_node(NodeRow n) const { return of[static_cast<std::size_t>(n)]; }
};

// Two nodes belong to one crossing if a piece of road between them is no longer than
//   10 m + 3.5 m for each lane it crosses at the wider end (at most 30 m);
//   45 m if it lies between the two carriageways of one street, or within a piece tagged as inside a junction;
//   35 m if both ends are signalled;
//   15 m if one end is no junction but a change of the street.
// Never joined: along motorways, bridges, tunnels; across a cordon or at a dead end; slip roads longer than 15 m. A
// roundabout's ring stays, but the exit and the entry of one leg (up to 25 m apart) become one node with the fork before
// them, so do nodes of the ring within 10 m, and a ring of less than 60 m is one crossing. A crossing wider than 45 m (80 m if signalled) or with more than
// six streets is taken apart at its longest inner piece.
// The rules follow SUMO's netconvert (junctions.join) in kind; the distances were chosen on real extracts.
Clusters join_nodes(const Graph& graph, const std::vector<std::uint8_t>& signal, ImportReport& report);

}  // namespace shahr::osm
