// Streets divided among plants, works or tanks, and where such places are put.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/synthesis/street_graph.h"

namespace shahr {

// Each street node belongs to the place from which the shortest way to it comes: a tree for each place.
struct ServiceAreas {
    std::vector<std::int32_t> places;          // street nodes
    ShortestWays ways;                         // from them
    std::vector<std::int32_t> place_of;        // [street node]  index in `places`; -1 where no way leads
    std::vector<std::int32_t> nearest_first;   // all street nodes that a way leads to
};

// `allowed`: [street node] 0: no way leads through it; empty: all are.
ServiceAreas divide_streets(const StreetGraph& graph, std::vector<std::int32_t> places, std::span<const std::uint8_t> allowed = {});

// `count` places for what the nodes draw by `weight`, fewer if fewer draw anything. The first where most is drawn, each next as far
// as can be from those before (Gonzalez 1985); then each into the middle of what it serves, five times.
std::vector<std::int32_t> spread_places(const StreetGraph& graph, std::span<const double> weight, std::size_t count, std::span<const std::uint8_t> allowed = {});

// What passes into each node on the way to those behind it, its own weight included.
std::vector<double> sum_of_branches(const ServiceAreas& areas, std::span<const double> weight);

}  // namespace shahr
