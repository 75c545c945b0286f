// How long it takes to drive from one zone to another on empty roads: the cost in the gravity model.
#pragma once
#include <limits>
#include <span>
#include <vector>

#include "sim/city/roads.h"

namespace shahr {

inline constexpr float unreachable_min = std::numeric_limits<float>::infinity();

// Minutes from each terminal to each [from][to] for cars, over all roads open to them: length over limit and a delay at
// each junction passed (a signal 12 s, about the mean wait at half a 90 s cycle; else 3 s). Turns that are banned are not
// respected. Dijkstra 1959, one search per terminal, shared among threads.
std::vector<float> driving_times_min(const RoadNetwork& network, std::span<const JunctionId> terminals);

}  // namespace shahr
