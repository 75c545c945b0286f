// The streets as a graph on which cables, mains and heat pipes are laid: both directions of a street are one edge, and long edges
// have nodes in between to which buildings are connected.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/city/city.h"

namespace shahr {

class StreetGraph {
public:
    struct Edge {
        std::int32_t to;
        float length_m;
    };

    // Only the largest connected part is kept; `left_out_m` says how much is not. Lines cross bridges as streets do.
    StreetGraph(const City& city, double longest_edge_m);

    std::int32_t size() const { return static_cast<std::int32_t>(position_.size()); }
    Point position(std::int32_t node) const { return position_[static_cast<std::size_t>(node)]; }
    std::span<const Edge> edges(std::int32_t node) const {
        const auto n = static_cast<std::size_t>(node);
        return std::span(edges_).subspan(first_[n], first_[n + 1] - first_[n]);
    }
    // -1 if the graph is empty.
    std::int32_t nearest(Point place) const;
    double total_m() const { return total_m_; }
    double left_out_m() const { return left_out_m_; }

private:
    void keep_largest_part(std::vector<std::int32_t>& a, std::vector<std::int32_t>& b, std::vector<float>& length_m);
    void sort_into_bins();

    static constexpr double bin_m_ = 100;
    std::vector<Point> position_;
    std::vector<std::size_t> first_;
    std::vector<Edge> edges_;
    Point origin_;
    std::int32_t columns_ = 0, rows_ = 0;
    std::vector<std::int32_t> bin_first_, in_bin_;
    double total_m_ = 0, left_out_m_ = 0;
};

// Shortest ways from some nodes to all others (Dijkstra 1959). `from` are the sources; previous is -1 at them and where none leads.
// `allowed`: [node] 0: no way leads through it; empty: all are.
struct ShortestWays {
    std::vector<float> distance_m;             // infinite where no way leads
    std::vector<std::int32_t> previous;
};
ShortestWays shortest_ways(const StreetGraph& graph, std::span<const std::int32_t> from, std::span<const std::uint8_t> allowed = {});

// The nodes from `from` to `to`, both ends included; the search stops when it is there. Empty if no way leads.
class WayFinder {
public:
    explicit WayFinder(const StreetGraph& graph);
    std::vector<std::int32_t> find(std::int32_t from, std::int32_t to);

private:
    const StreetGraph& graph_;
    std::vector<float> distance_m_;
    std::vector<std::int32_t> previous_, touched_;
};

double length_m(const StreetGraph& graph, std::span<const std::int32_t> way);

}  // namespace shahr
