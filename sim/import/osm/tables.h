// From the street graph to the city's tables.
#pragma once
#include "sim/city/city.h"
#include "sim/import/osm/joining.h"
#include "sim/import/osm/reachability.h"
#include "sim/synthesis/junctions.h"

namespace shahr::osm {

struct Network {
    RoadNetwork network;                       // junctions, roads and lanes: no movements yet
    JunctionHints hints;
};

// A junction for each cluster ("node/1", or "node/1+2" for a joined one), a road for each link that stays, with the id
// "way/<way>:<from node>-<to node>" (a second one of that name gets "#2"), a lane for each of its lanes with "_<number>"
// after the road's id. Roads are in the order of the junctions they begin at.
// A joined junction has signals if a node of it has, or if signals stand before at least half of the lanes that lead in
// (slip roads not counted). Signalised junctions with no more than 50 m of road between them share a controller.
Network make_tables(const Graph& graph, const Clusters& clusters, const std::vector<std::uint8_t>& signal, const std::vector<Chain>& banned,
                    ImportReport& report);

}  // namespace shahr::osm
