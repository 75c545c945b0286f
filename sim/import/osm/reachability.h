// Where a vehicle can go on to through a joined junction: the turn restrictions inside it are kept, though its inner
// pieces of road are gone.
#pragma once
#include <vector>

#include "sim/import/osm/joining.h"
#include "sim/import/osm/restrictions.h"

namespace shahr::osm {

struct LinkPair {
    LinkRow from, to;
    auto operator<=>(const LinkPair&) const = default;
};

struct Turnings {
    std::vector<LinkPair> banned;              // at junctions of one node
    std::vector<LinkPair> reachable;           // at junctions of several nodes: all that exist
    std::vector<std::uint8_t> restricted;      // for each junction: 1 if `reachable` holds for it
    std::vector<Chain> forbidden;              // successions of three roads or more that may not be driven; sorted, each once
};

// Only links between different junctions (or `outer` loops) are roads; all others are inside one. A pair is reachable if
// some succession of inner links, no node twice, leads from the one to the other without a banned chain in it. Turning back
// through a joined junction is left out where the crossing has a signal and the road another exit.
// A chain that begins or ends inside a joined junction holds for the roads that lead to it or on from it by no other way.
Turnings turnings_of(const Graph& graph, const Clusters& clusters, const std::vector<std::uint8_t>& outer,
                     const std::vector<std::uint8_t>& signalised, const std::vector<Chain>& banned);

}  // namespace shahr::osm
