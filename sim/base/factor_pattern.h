// The symbolic part of a sparse factorisation, done once per topology: the order of elimination, where fill arises, and the
// static list of updates that any numeric factorisation of a matrix with this symmetric pattern runs through.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/elimination.h"

namespace shahr {

// A matrix is known here by its diagonal, one value per rank, and its entries below the diagonal, one per link of the
// filled graph: entry e stands in column filled.low[e] and row filled.high[e].
struct FactorPattern {
    Elimination filled;                        // ranks, entries, elimination tree, levels
    std::vector<std::int32_t> entry_of_edge;   // [edge as given]  the entry on which it lies; -1: both ends are the same node

    // Right-looking: eliminating column k changes, for each pair a < b of its entries, the entry in column high[a] and row
    // high[b]. `target` names these for a = first, first + 1 ... and within it b = a + 1 ...; the diagonals need no list.
    std::vector<std::int64_t> first_target;    // [rank, and one more]
    std::vector<std::int32_t> target;

    std::int32_t size() const { return static_cast<std::int32_t>(filled.node.size()); }
    std::int32_t entries() const { return filled.links(); }
};

// The same updates by the entry that they change, for a gather where columns of one level are done at the same time: entry
// e loses the product of the entries left[u] and right[u] (column k: rows low[e] and high[e]) for u in [first[e],
// first[e + 1]), columns ascending, which is the order of the right-looking list.
struct UpdatesByEntry {
    std::vector<std::int64_t> first;           // [entry, and one more]
    std::vector<std::int32_t> left, right;
};

// For the undirected graph with edges a[i] - b[i]; loops and repeated edges do no harm. Trees are stripped and nodes in
// series eliminated in rounds of nodes that are not neighbours, which makes no fill and few levels; what is left is ordered
// by approximate minimum degree (Amestoy, Davis and Duff 1996) or nested dissection, whichever has fewer updates.
FactorPattern analyse_pattern(std::int32_t nodes, std::span<const std::int32_t> a, std::span<const std::int32_t> b);

UpdatesByEntry updates_by_entry(const FactorPattern& pattern);

}  // namespace shahr
