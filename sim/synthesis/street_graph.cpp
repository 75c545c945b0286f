#include "sim/synthesis/street_graph.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <queue>
#include <unordered_map>

#include "sim/base/joined_parts.h"
#include "sim/base/polyline.h"

namespace shahr {
namespace {

constexpr float unreached = std::numeric_limits<float>::infinity();

struct Reached {
    float at_m;
    std::int32_t node;
    bool operator>(const Reached& other) const { return at_m != other.at_m ? at_m > other.at_m : node > other.node; }
};
using Frontier = std::priority_queue<Reached, std::vector<Reached>, std::greater<>>;

bool is_fast_road(RoadClass c) {
    return c == RoadClass::motorway || c == RoadClass::trunk || c == RoadClass::motorway_link || c == RoadClass::trunk_link;
}

}  // namespace

StreetGraph::StreetGraph(const City& city, double longest_edge_m) {
    const RoadNetwork& net = city.network;
    position_.assign(net.junctions.position.begin(), net.junctions.position.end());
    std::vector<std::int32_t> a, b;
    std::vector<float> length;
    std::unordered_map<std::uint64_t, float> seen;  // the length between two junctions: the other direction is the same street
    for (const bool fast : {false, true})
        for (const RoadId road : rows(net.roads.id)) {
            if (is_fast_road(net.roads.road_class[road]) != fast) continue;
            const std::int32_t from = number(net.roads.from[road]), to = number(net.roads.to[road]);
            if (from == to || net.roads.shape[road].size() < 2) continue;
            const std::uint64_t key = static_cast<std::uint64_t>(std::min(from, to)) << 32 | static_cast<std::uint32_t>(std::max(from, to));
            const auto [known, is_new] = seen.emplace(key, net.roads.length_m[road]);
            if (!is_new && std::abs(known->second - net.roads.length_m[road]) < 0.2f * known->second + 10) continue;
            const auto shape = net.roads.shape[road];
            // From junction to junction, since the shape ends at the stop line.
            std::vector<Point> line{position_[static_cast<std::size_t>(from)]};
            line.insert(line.end(), shape.begin(), shape.end());
            line.push_back(position_[static_cast<std::size_t>(to)]);
            const double whole_m = shahr::length(line);
            const int pieces = std::max(1, static_cast<int>(std::ceil(whole_m / longest_edge_m)));
            std::int32_t at = from;
            for (int k = 1; k <= pieces; ++k) {
                const std::int32_t next = k == pieces ? to : static_cast<std::int32_t>(position_.size());
                if (k < pieces) position_.push_back(point_at(line, whole_m * k / pieces));
                a.push_back(at), b.push_back(next);
                length.push_back(static_cast<float>(std::max(0.1, whole_m / pieces)));
                at = next;
            }
        }
    keep_largest_part(a, b, length);
    first_.assign(position_.size() + 1, 0);
    for (std::size_t i = 0; i < a.size(); ++i) ++first_[static_cast<std::size_t>(a[i]) + 1], ++first_[static_cast<std::size_t>(b[i]) + 1];
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    edges_.resize(2 * a.size());
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    for (std::size_t i = 0; i < a.size(); ++i) {
        edges_[next[static_cast<std::size_t>(a[i])]++] = {b[i], length[i]};
        edges_[next[static_cast<std::size_t>(b[i])]++] = {a[i], length[i]};
        total_m_ += static_cast<double>(length[i]);
    }
    sort_into_bins();
}

void StreetGraph::keep_largest_part(std::vector<std::int32_t>& a, std::vector<std::int32_t>& b, std::vector<float>& length_m) {
    JoinedParts parts(position_.size());
    for (std::size_t i = 0; i < a.size(); ++i) parts.join(static_cast<std::size_t>(a[i]), static_cast<std::size_t>(b[i]));
    std::vector<std::int32_t> count(position_.size(), 0);
    for (std::size_t n = 0; n < position_.size(); ++n) ++count[parts.first_of(n)];
    if (count.empty()) return;
    const auto largest = static_cast<std::size_t>(std::max_element(count.begin(), count.end()) - count.begin());
    std::vector<std::int32_t> now_at(position_.size(), -1);
    std::vector<Point> kept;
    for (std::size_t n = 0; n < position_.size(); ++n)
        if (parts.first_of(n) == largest) {
            now_at[n] = static_cast<std::int32_t>(kept.size());
            kept.push_back(position_[n]);
        }
    std::size_t to = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (now_at[static_cast<std::size_t>(a[i])] < 0) {
            left_out_m_ += static_cast<double>(length_m[i]);
            continue;
        }
        a[to] = now_at[static_cast<std::size_t>(a[i])], b[to] = now_at[static_cast<std::size_t>(b[i])], length_m[to] = length_m[i];
        ++to;
    }
    a.resize(to), b.resize(to), length_m.resize(to);
    position_ = std::move(kept);
}

void StreetGraph::sort_into_bins() {
    if (position_.empty()) return;
    Point low = position_[0], high = position_[0];
    for (const Point p : position_) {
        low = {std::min(low.x_m, p.x_m), std::min(low.y_m, p.y_m)};
        high = {std::max(high.x_m, p.x_m), std::max(high.y_m, p.y_m)};
    }
    origin_ = low;
    columns_ = static_cast<std::int32_t>((high.x_m - low.x_m) / bin_m_) + 1;
    rows_ = static_cast<std::int32_t>((high.y_m - low.y_m) / bin_m_) + 1;
    const auto bin_of = [&](Point p) { return static_cast<std::size_t>(static_cast<std::int32_t>((p.y_m - origin_.y_m) / bin_m_) * columns_ + static_cast<std::int32_t>((p.x_m - origin_.x_m) / bin_m_)); };
    bin_first_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) + 1, 0);
    for (const Point p : position_) ++bin_first_[bin_of(p) + 1];
    std::partial_sum(bin_first_.begin(), bin_first_.end(), bin_first_.begin());
    in_bin_.resize(position_.size());
    std::vector<std::int32_t> next(bin_first_.begin(), bin_first_.end() - 1);
    for (std::size_t n = 0; n < position_.size(); ++n) in_bin_[static_cast<std::size_t>(next[bin_of(position_[n])]++)] = static_cast<std::int32_t>(n);
}

std::int32_t StreetGraph::nearest(Point place) const {
    std::int32_t best = -1;
    double best_m = std::numeric_limits<double>::infinity();
    if (position_.empty()) return best;
    const auto column = static_cast<std::int32_t>(std::floor((place.x_m - origin_.x_m) / bin_m_)), row = static_cast<std::int32_t>(std::floor((place.y_m - origin_.y_m) / bin_m_));
    const std::int32_t farthest = columns_ + rows_ + std::abs(column) + std::abs(row);
    for (std::int32_t ring = 0; ring <= farthest; ++ring) {
        if (best >= 0 && best_m < (ring - 1) * bin_m_) break;  // what lies farther out cannot be nearer
        for (std::int32_t r = std::max(0, row - ring); r <= std::min(rows_ - 1, row + ring); ++r)
            for (std::int32_t c = std::max(0, column - ring); c <= std::min(columns_ - 1, column + ring); ++c) {
                if (std::max(std::abs(r - row), std::abs(c - column)) != ring) continue;
                const auto bin = static_cast<std::size_t>(r * columns_ + c);
                for (std::int32_t k = bin_first_[bin]; k < bin_first_[bin + 1]; ++k) {
                    const std::int32_t n = in_bin_[static_cast<std::size_t>(k)];
                    if (const double d = distance(place, position(n)); d < best_m) best_m = d, best = n;
                }
            }
    }
    return best;
}

ShortestWays shortest_ways(const StreetGraph& graph, std::span<const std::int32_t> from, std::span<const std::uint8_t> allowed) {
    const auto n = static_cast<std::size_t>(graph.size());
    ShortestWays ways{std::vector<float>(n, unreached), std::vector<std::int32_t>(n, -1)};
    Frontier frontier;
    for (const std::int32_t source : from) ways.distance_m[static_cast<std::size_t>(source)] = 0, frontier.push({0, source});
    while (!frontier.empty()) {
        const auto [at_m, node] = frontier.top();
        frontier.pop();
        if (at_m > ways.distance_m[static_cast<std::size_t>(node)]) continue;
        for (const auto& [to, length] : graph.edges(node))
            if (const float next_m = at_m + length; (allowed.empty() || allowed[static_cast<std::size_t>(to)]) && next_m < ways.distance_m[static_cast<std::size_t>(to)]) {
                ways.distance_m[static_cast<std::size_t>(to)] = next_m;
                ways.previous[static_cast<std::size_t>(to)] = node;
                frontier.push({next_m, to});
            }
    }
    return ways;
}

WayFinder::WayFinder(const StreetGraph& graph) : graph_(graph), distance_m_(static_cast<std::size_t>(graph.size()), unreached), previous_(static_cast<std::size_t>(graph.size()), -1) {}

std::vector<std::int32_t> WayFinder::find(std::int32_t from, std::int32_t to) {
    for (const std::int32_t node : touched_) distance_m_[static_cast<std::size_t>(node)] = unreached, previous_[static_cast<std::size_t>(node)] = -1;
    touched_ = {from};
    distance_m_[static_cast<std::size_t>(from)] = 0;
    Frontier frontier;
    frontier.push({0, from});
    while (!frontier.empty()) {
        const auto [at_m, node] = frontier.top();
        frontier.pop();
        if (node == to) break;
        if (at_m > distance_m_[static_cast<std::size_t>(node)]) continue;
        for (const auto& [next, length] : graph_.edges(node))
            if (const float next_m = at_m + length; next_m < distance_m_[static_cast<std::size_t>(next)]) {
                if (distance_m_[static_cast<std::size_t>(next)] == unreached) touched_.push_back(next);
                distance_m_[static_cast<std::size_t>(next)] = next_m;
                previous_[static_cast<std::size_t>(next)] = node;
                frontier.push({next_m, next});
            }
    }
    if (distance_m_[static_cast<std::size_t>(to)] == unreached) return {};
    std::vector<std::int32_t> way{to};
    while (way.back() != from) way.push_back(previous_[static_cast<std::size_t>(way.back())]);
    std::reverse(way.begin(), way.end());
    return way;
}

double length_m(const StreetGraph& graph, std::span<const std::int32_t> way) {
    double sum_m = 0;
    for (std::size_t i = 0; i + 1 < way.size(); ++i) {
        float shortest = unreached;
        for (const auto& [to, length] : graph.edges(way[i]))
            if (to == way[i + 1]) shortest = std::min(shortest, length);
        sum_m += static_cast<double>(shortest);
    }
    return sum_m;
}

}  // namespace shahr
