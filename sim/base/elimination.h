// What eliminating the nodes of a sparse graph one after the other leaves behind: the filled (chordal) graph and its
// elimination tree. Sparse factorisations and contraction hierarchies are computed over these.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace shahr {

// Nodes are known here by rank, their place in the order of elimination. A link joins a node to one of higher rank.
// The links of each lower end stand together, the higher ends ascending; the first of them is the parent in the tree.
struct Elimination {
    std::vector<std::int32_t> node;            // [rank]   the caller's number of the node
    std::vector<std::int32_t> rank;            // [node]
    std::vector<std::int32_t> parent;          // [rank]   rank of the parent in the elimination tree; -1: a root
    std::vector<std::int32_t> depth;           // [rank]   ancestors in the tree; all higher ends of its links are among them
    std::vector<std::int32_t> first_link;      // [rank, and one more]
    std::vector<std::int32_t> low, high;       // [link]   ranks of its two ends
    std::int32_t max_depth = -1;               // -1: no nodes
    std::vector<std::int32_t> first_below;     // [rank, and one more]
    std::vector<std::int32_t> below;           // [link]   the same links by their higher ends, the lower ends ascending

    // Nodes of one level depend only on lower levels: those at [first_of_level[l], first_of_level[l + 1]).
    std::vector<std::int32_t> by_level;        // [rank]   ranks, lowest level first, ascending in each
    std::vector<std::int32_t> first_of_level;  // [level, and one more]

    std::int32_t levels() const { return static_cast<std::int32_t>(first_of_level.size()) - 1; }
    std::int32_t links() const { return static_cast<std::int32_t>(high.size()); }
    // The link between two ranks, low < high; -1: there is none.
    std::int32_t find_link(std::int32_t low_rank, std::int32_t high_rank) const;
};

// Eliminates the graph with undirected edges a[i] - b[i] in the given order (order[k]: the node eliminated k-th). Ranks are
// renumbered to a postorder of the tree (Liu 1990), which leaves the fill as it is and brings what is near in the tree
// near in memory. Time and memory: proportional to the links. Throws std::length_error beyond 2^31 links.
Elimination eliminate(std::span<const std::int32_t> order, std::span<const std::int32_t> a, std::span<const std::int32_t> b);

}  // namespace shahr
