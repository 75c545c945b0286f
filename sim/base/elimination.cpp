#include "sim/base/elimination.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace shahr {
namespace {

using Ranks = std::vector<std::int32_t>;

constexpr std::size_t max_links = std::numeric_limits<std::int32_t>::max();

constexpr std::size_t at(std::int32_t i) {
    return static_cast<std::size_t>(i);
}

// The graph's own edges by lower rank: first and higher ends, repeated ones included.
struct Edges {
    Ranks first, high;
};
Edges edges_by_lower_rank(const Ranks& rank, std::span<const std::int32_t> a, std::span<const std::int32_t> b) {
    Edges edges{Ranks(rank.size() + 1, 0), {}};
    const auto ends = [&](std::size_t i) { return std::minmax(rank[at(a[i])], rank[at(b[i])]); };
    for (std::size_t i = 0; i < a.size(); ++i) ++edges.first[at(ends(i).first) + 1];
    std::partial_sum(edges.first.begin(), edges.first.end(), edges.first.begin());
    edges.high.resize(a.size());
    Ranks next(edges.first.begin(), edges.first.end() - 1);
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto [low, high] = ends(i);
        edges.high[at(next[at(low)]++)] = high;
    }
    return edges;
}

// Liu, "The role of elimination trees in sparse factorization", SIAM J. Matrix Anal. Appl. 11 (1990), algorithm 4.2.
Ranks elimination_tree(const Ranks& rank, std::span<const std::int32_t> a, std::span<const std::int32_t> b) {
    Ranks swapped(rank.size());                // by higher rank: the same in the mirrored order
    const auto last = static_cast<std::int32_t>(rank.size()) - 1;
    for (std::size_t v = 0; v < rank.size(); ++v) swapped[v] = last - rank[v];
    const Edges by_high = edges_by_lower_rank(swapped, a, b);
    Ranks parent(rank.size(), -1), ancestor(rank.size(), -1);
    for (std::int32_t v = 0; v <= last; ++v) {
        for (std::int32_t e = by_high.first[at(last - v)]; e < by_high.first[at(last - v) + 1]; ++e) {
            std::int32_t u = last - by_high.high[at(e)];
            while (u != v && ancestor[at(u)] != v) {
                const std::int32_t next = std::exchange(ancestor[at(u)], v);
                if (next < 0) {
                    parent[at(u)] = v;
                    break;
                }
                u = next;
            }
        }
    }
    return parent;
}

// The nodes of the tree, children before parents, each subtree in one piece. The largest subtree of a node comes last,
// so that long chains of ancestors lie side by side.
Ranks postorder(const Ranks& parent) {
    const auto n = static_cast<std::int32_t>(parent.size());
    Ranks size(parent.size(), 1), start(parent.size(), 0);
    for (std::int32_t v = 0; v < n; ++v) {
        if (parent[at(v)] >= 0) size[at(parent[at(v)])] += size[at(v)];
    }
    Ranks largest(parent.size(), -1);
    for (std::int32_t v = 0; v < n; ++v) {
        const std::int32_t p = parent[at(v)];
        if (p >= 0 && (largest[at(p)] < 0 || size[at(v)] > size[at(largest[at(p)])])) largest[at(p)] = v;
    }
    // From the roots down: `start` is where a subtree begins, `next` where the next child's does.
    Ranks next(parent.size(), 0), order(parent.size());
    std::int32_t next_root = 0;
    for (std::int32_t v = n - 1; v >= 0; --v) {
        const std::int32_t p = parent[at(v)];
        if (p < 0) {
            start[at(v)] = std::exchange(next_root, next_root + size[at(v)]);
        } else if (largest[at(p)] == v) {
            start[at(v)] = start[at(p)] + size[at(p)] - 1 - size[at(v)];
        } else {
            start[at(v)] = std::exchange(next[at(p)], next[at(p)] + size[at(v)]);
        }
        next[at(v)] = start[at(v)];
        order[at(start[at(v)] + size[at(v)] - 1)] = v;
    }
    return order;
}

// Symbolic factorisation: a node's higher ends are those of its own edges and those of its children in the tree.
void fill(Elimination& e, const Edges& edges) {
    const auto n = static_cast<std::int32_t>(e.node.size());
    Ranks first_child(at(n), -1), next_sibling(at(n), -1), seen(at(n), -1), highs;
    e.first_link.assign(1, 0);
    for (std::int32_t v = 0; v < n; ++v) {
        highs.clear();
        const auto take = [&](std::int32_t high) {
            if (high != v && std::exchange(seen[at(high)], v) != v) highs.push_back(high);
        };
        for (std::int32_t i = edges.first[at(v)]; i < edges.first[at(v) + 1]; ++i) take(edges.high[at(i)]);
        for (std::int32_t c = first_child[at(v)]; c >= 0; c = next_sibling[at(c)]) {
            for (std::int32_t i = e.first_link[at(c)]; i < e.first_link[at(c) + 1]; ++i) take(e.high[at(i)]);
        }
        if (e.high.size() + highs.size() > max_links) throw std::length_error("the filled graph has more than 2^31 links");
        std::sort(highs.begin(), highs.end());
        e.low.insert(e.low.end(), highs.size(), v);
        e.high.insert(e.high.end(), highs.begin(), highs.end());
        e.first_link.push_back(static_cast<std::int32_t>(e.high.size()));
        const std::int32_t parent = e.parent[at(v)] = highs.empty() ? -1 : highs.front();
        if (parent >= 0) next_sibling[at(v)] = std::exchange(first_child[at(parent)], v);
    }
}

void measure_depths(Elimination& e) {
    e.depth.assign(e.node.size(), 0);
    for (std::size_t v = e.node.size(); v-- > 0;) {
        if (e.parent[v] >= 0) e.depth[v] = e.depth[at(e.parent[v])] + 1;
        e.max_depth = std::max(e.max_depth, e.depth[v]);
    }
}

void group_by_level(Elimination& e) {
    Ranks level(e.node.size(), 0);
    std::int32_t levels = 0;
    for (std::size_t v = 0; v < e.node.size(); ++v) {
        levels = std::max(levels, level[v] + 1);
        if (e.parent[v] >= 0) level[at(e.parent[v])] = std::max(level[at(e.parent[v])], level[v] + 1);
    }
    e.first_of_level.assign(at(levels) + 1, 0);
    for (std::int32_t l : level) ++e.first_of_level[at(l) + 1];
    std::partial_sum(e.first_of_level.begin(), e.first_of_level.end(), e.first_of_level.begin());
    e.by_level.resize(e.node.size());
    Ranks next(e.first_of_level.begin(), e.first_of_level.end() - 1);
    for (std::size_t v = 0; v < e.node.size(); ++v) e.by_level[at(next[at(level[v])]++)] = static_cast<std::int32_t>(v);
}

void group_by_high_end(Elimination& e) {
    e.first_below.assign(e.node.size() + 1, 0);
    for (std::int32_t high : e.high) ++e.first_below[at(high) + 1];
    std::partial_sum(e.first_below.begin(), e.first_below.end(), e.first_below.begin());
    e.below.resize(e.high.size());
    Ranks next(e.first_below.begin(), e.first_below.end() - 1);
    for (std::int32_t link = 0; link < e.links(); ++link) e.below[at(next[at(e.high[at(link)])]++)] = link;
}

}  // namespace

std::int32_t Elimination::find_link(std::int32_t low_rank, std::int32_t high_rank) const {
    const auto begin = high.begin() + first_link[at(low_rank)], end = high.begin() + first_link[at(low_rank) + 1];
    const auto it = std::lower_bound(begin, end, high_rank);
    return it != end && *it == high_rank ? static_cast<std::int32_t>(it - high.begin()) : -1;
}

Elimination eliminate(std::span<const std::int32_t> order, std::span<const std::int32_t> a, std::span<const std::int32_t> b) {
    assert(a.size() == b.size());
    Elimination e;
    e.rank.resize(order.size());
    for (std::size_t k = 0; k < order.size(); ++k) e.rank[at(order[k])] = static_cast<std::int32_t>(k);
    for (std::int32_t old_rank : postorder(elimination_tree(e.rank, a, b))) e.node.push_back(order[at(old_rank)]);
    for (std::size_t k = 0; k < e.node.size(); ++k) e.rank[at(e.node[k])] = static_cast<std::int32_t>(k);
    e.parent.resize(order.size());
    fill(e, edges_by_lower_rank(e.rank, a, b));
    group_by_high_end(e);
    measure_depths(e);
    group_by_level(e);
    return e;
}

}  // namespace shahr
