// Turn restrictions: which successions of links cars may not drive.
#pragma once
#include <vector>

#include "sim/import/osm/graph.h"

namespace shahr::osm {

// A banned succession of links: two for a restriction at a node, more where it names ways in between.
using Chain = std::vector<LinkRow>;

// Reads type = restriction relations: no_* and only_*, via a node or via ways, several from or to members. Links are found
// by the geometry of the pieces that touch the via members; where two pieces of `from` end there the angle that the word
// names decides. Those not for cars (except = motorcar, restriction:hgv ...) are not applied; those at certain hours only
// (restriction:conditional, hour_on) are if they hold on a weekday at eight. What cannot be applied is counted by reason. Sorted, each once.
std::vector<Chain> banned_chains(const Graph& graph, const RoadData& data, ImportReport& report);

}  // namespace shahr::osm
