#include "sim/synthesis/service_areas.h"

#include <algorithm>
#include <cmath>

namespace shahr {
namespace {

constexpr int moves = 5;

std::size_t at(std::int32_t node) {
    return static_cast<std::size_t>(node);
}

// The node nearest to the middle of what a place serves; the place itself where nothing is drawn. Where streets are shut off, the
// middle may lie beyond: of what is served, then, the node that is nearest to it.
std::int32_t middle_of(const StreetGraph& graph, const ServiceAreas& areas, std::int32_t place, std::span<const double> weight) {
    Point sum;
    double total = 0;
    for (const std::int32_t v : areas.nearest_first) {
        if (areas.place_of[at(v)] != place) continue;
        sum = sum + weight[at(v)] * graph.position(v);
        total += weight[at(v)];
    }
    std::int32_t best = areas.places[at(place)];
    if (!(total > 0)) return best;
    const Point middle = (1 / total) * sum;
    for (const std::int32_t v : areas.nearest_first)
        if (areas.place_of[at(v)] == place && distance(graph.position(v), middle) < distance(graph.position(best), middle)) best = v;
    return best;
}

}  // namespace

ServiceAreas divide_streets(const StreetGraph& graph, std::vector<std::int32_t> places, std::span<const std::uint8_t> allowed) {
    ServiceAreas areas{std::move(places), {}, std::vector<std::int32_t>(at(graph.size()), -1), {}};
    areas.ways = shortest_ways(graph, areas.places, allowed);
    for (std::int32_t v = 0; v < graph.size(); ++v)
        if (std::isfinite(areas.ways.distance_m[at(v)])) areas.nearest_first.push_back(v);
    std::stable_sort(areas.nearest_first.begin(), areas.nearest_first.end(), [&](auto a, auto b) { return areas.ways.distance_m[at(a)] < areas.ways.distance_m[at(b)]; });
    for (std::size_t p = 0; p < areas.places.size(); ++p) areas.place_of[at(areas.places[p])] = static_cast<std::int32_t>(p);
    for (const std::int32_t v : areas.nearest_first)
        if (const std::int32_t before = areas.ways.previous[at(v)]; before >= 0) areas.place_of[at(v)] = areas.place_of[at(before)];
    return areas;
}

std::vector<std::int32_t> spread_places(const StreetGraph& graph, std::span<const double> weight, std::size_t count, std::span<const std::uint8_t> allowed) {
    std::vector<std::int32_t> drawing;
    for (std::int32_t v = 0; v < graph.size(); ++v)
        if (weight[at(v)] > 0 && (allowed.empty() || allowed[at(v)])) drawing.push_back(v);
    if (drawing.empty()) return {};
    std::vector<std::int32_t> places = {*std::max_element(drawing.begin(), drawing.end(), [&](auto a, auto b) { return weight[at(a)] < weight[at(b)]; })};
    while (places.size() < std::min(count, drawing.size())) {
        const ShortestWays ways = shortest_ways(graph, places, allowed);
        places.push_back(*std::max_element(drawing.begin(), drawing.end(), [&](auto a, auto b) {
            const auto far = [&](auto v) { return std::isfinite(ways.distance_m[at(v)]) ? ways.distance_m[at(v)] : -1; };
            return far(a) < far(b);
        }));
    }
    for (int move = 0; move < moves; ++move) {
        const ServiceAreas areas = divide_streets(graph, places, allowed);
        for (std::size_t p = 0; p < places.size(); ++p) places[p] = middle_of(graph, areas, static_cast<std::int32_t>(p), weight);
    }
    return places;
}

std::vector<double> sum_of_branches(const ServiceAreas& areas, std::span<const double> weight) {
    std::vector<double> sum(weight.size(), 0);
    for (auto v = areas.nearest_first.rbegin(); v != areas.nearest_first.rend(); ++v) {
        sum[at(*v)] += weight[at(*v)];
        if (const std::int32_t before = areas.ways.previous[at(*v)]; before >= 0) sum[at(before)] += sum[at(*v)];
    }
    return sum;
}

}  // namespace shahr
