// Which junctions have signals and which approaches have signs, from nodes on the roads.
#pragma once
#include <vector>

#include "sim/import/osm/graph.h"

namespace shahr::osm {

// For each node whether a signal stands on it. On the way there the approaches' marks are carried to the junction they
// stand for: link.signal_ahead, link.sign.
//   A signal beside a junction belongs to the next crossing down the road within 60 m, past slip roads that leave or join.
//   If the map does not say for which direction it is, it belongs to the nearest end within 40 m, for those who drive
//   towards it; half way between two crossings it stops both directions. Signals for pedestrians only, more than 25 m from
//   a junction, and signals with no junction within reach stop no crossing traffic: dropped and counted.
//   Signs likewise: within 50 m before the junction. A sign on the junction's node itself holds for the roads of the
//   lowest rank there, stop = all for all.
std::vector<std::uint8_t> place_signals_and_signs(Graph& graph, ImportReport& report);

}  // namespace shahr::osm
