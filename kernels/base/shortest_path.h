// Shortest paths in a graph whose weights change: customizable contraction hierarchies (Dibbelt, Strasser, Wagner,
// "Customizable contraction hierarchies", ACM J. Exp. Algorithmics 21, 2016).
// Three stages: a hierarchy from the graph alone, once, on the host; new weights, often; many queries at a time.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/base/array.h"
#include "kernels/base/hierarchy.h"

namespace shahr::SHAHR_BACKEND {

// The answers to n queries. Query i went along node[offset[i]] ... node[offset[i + 1] - 1], both ends included.
struct Paths {
    Array<std::uint32_t> cost;                 // [n]      ms; `unreachable`: there is no path, and its list is empty
    Array<Index> offset;                       // [n + 1]
    Array<Index> node;
};

struct Hierarchy;

class ShortestPaths {
public:
    // Arc i leads from tail[i] to head[i], both in [0, nodes); loops and parallel arcs are allowed. All weights are
    // `unreachable` at first. Host time about 10 us a node of a road network. Throws std::length_error when the
    // hierarchy outgrows 32-bit indices.
    ShortestPaths(Index nodes, std::span<const Index> tail, std::span<const Index> head);

    // arc_ms[i]: cost of arc i, `unreachable` if it is closed. Where several paths cost the same, which one is found
    // depends on the graph and the weights alone.
    void set_weights(View<const std::uint32_t> arc_ms);

    // from.size == to.size, values in [0, nodes). A query from a node to itself is that node, at no cost. With weights
    // above zero no node is passed twice. As many queries run at once as have room in the scratch memory; 64 MiB hold
    // about ten thousand in a city of 20,000 roads. Throws DeviceError if the lists have more than 2^31 nodes in all.
    Paths find(View<const Index> from, View<const Index> to, std::int64_t scratch_bytes = std::int64_t{2} << 20) const;

    struct Size {
        Index nodes, arcs, links, levels, depth;
    };
    Size size() const { return size_; }

private:
    ShortestPaths(const HierarchyTables& tables, Index arcs);

    Size size_;                                // the columns below are those of HierarchyTables
    Array<Index> rank_, node_, parent_, depth_, first_link_, low_, high_, high_depth_;
    Array<Index> first_input_, input_, piece_, piece_end_, first_fan_;
    Array<Fan> fan_;
    std::vector<Index> first_piece_;

    Array<TwoWay<std::uint32_t>> cost_;
    Array<TwoWay<Detour>> via_;
    Array<TwoWay<Index>> hops_;
    Hierarchy hierarchy() const;
};

}  // namespace shahr::SHAHR_BACKEND
