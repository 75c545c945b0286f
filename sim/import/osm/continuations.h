// Nodes where one street only goes on: short pieces are joined with what follows, so that no road is shorter than needed.
#pragma once
#include <vector>

#include "sim/import/osm/graph.h"
#include "sim/import/osm/restrictions.h"

namespace shahr::osm {

// Joins the links before and after such a node if they are equal (same way, lanes, limit), or if one of them is shorter
// than 15 m, or, with equal lanes, than 40 m. The longer piece's way, lanes and limit hold for both; a longer change
// stays, as a node without conflicts, so that both ways can still be addressed by their ids. Chains are renamed with them.
// Then dead ends shorter than 15 m go.
void join_continuations(Graph& graph, std::vector<Chain>& banned, ImportReport& report);

}  // namespace shahr::osm
