// The tables of a customizable contraction hierarchy: all that follows from the graph alone. Made once, on the host.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/base/backend.h"

namespace shahr::SHAHR_BACKEND {

inline constexpr std::uint32_t unreachable = UINT32_MAX;

// A value for travel along a link from its low to its high end, and for travel back.
template <class T>
struct TwoWay {
    T up, down;
};

// A way from one end of a link {u, v} to the other through a node w below both.
struct Detour {
    Index to_low = -1, to_high = -1;           // links {w, u} and {w, v}; -1: none, it is an arc of the graph or nothing
};

// All detours of one piece through one node w: link {w, u}, and the links from w to those ends of the piece whose bits are
// set, which stand side by side. Twelve bytes for up to 32 triangles: lists of triangles would outgrow all else.
struct Fan {
    Index to_low;
    Index to_high;                             // the first of them
    std::uint32_t ends;
};
inline constexpr Index links_in_piece = 32;

struct HierarchyTables {
    // Columns of sim/base/elimination.h: nodes by rank, links from low to high ends.
    std::vector<Index> rank, node, parent, depth, first_link, low, high;
    std::vector<Index> high_depth;             // [link]   depth of its high end
    std::vector<Index> first_input, input;     // [2 link + 0 up, 1 down]  the arcs on it, ascending
    std::vector<Index> piece, piece_end;       // [piece]  up to 32 links of one low end; pieces by the level of that
    std::vector<Index> first_fan;              // [piece, and one more]
    std::vector<Fan> fan;                      // of each piece, w ascending
    std::vector<Index> first_piece;            // [level, and one more]
    Index max_depth;                           // -1: no nodes
};

// Arc i leads from tail[i] to head[i], both in [0, nodes). Throws std::length_error beyond 2^31 links or fans.
HierarchyTables make_hierarchy(Index nodes, std::span<const Index> tail, std::span<const Index> head);

}  // namespace shahr::SHAHR_BACKEND
