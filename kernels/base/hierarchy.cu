#include "kernels/base/hierarchy.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "sim/base/elimination.h"
#include "sim/base/ordering.h"

namespace shahr::SHAHR_BACKEND {
namespace {

struct InputLists {
    std::vector<Index> first, arc;
};

// The arcs on each link, [2 link + 0 up, 1 down], ascending; loops are on none.
InputLists inputs_of_links(const Elimination& e, std::span<const Index> tail, std::span<const Index> head) {
    std::vector<Index> list(tail.size(), -1);
    InputLists out;
    out.first.assign(2 * e.high.size() + 1, 0);
    for (std::size_t i = 0; i < tail.size(); ++i) {
        const Index a = e.rank[static_cast<std::size_t>(tail[i])], b = e.rank[static_cast<std::size_t>(head[i])];
        if (a == b) continue;
        list[i] = a < b ? 2 * e.find_link(a, b) : 2 * e.find_link(b, a) + 1;
        ++out.first[static_cast<std::size_t>(list[i]) + 1];
    }
    std::partial_sum(out.first.begin(), out.first.end(), out.first.begin());
    out.arc.resize(static_cast<std::size_t>(out.first.back()));
    std::vector<Index> next(out.first.begin(), out.first.end() - 1);
    for (std::size_t i = 0; i < tail.size(); ++i) {
        if (list[i] >= 0) out.arc[static_cast<std::size_t>(next[static_cast<std::size_t>(list[i])]++)] = static_cast<Index>(i);
    }
    return out;
}

// The links of each node in pieces, nodes of the lowest level first.
void cut_into_pieces(const Elimination& e, HierarchyTables& t) {
    t.first_piece.assign(1, 0);
    for (std::size_t level = 0; level < static_cast<std::size_t>(e.levels()); ++level) {
        for (Index i = e.first_of_level[level]; i < e.first_of_level[level + 1]; ++i) {
            const auto u = static_cast<std::size_t>(e.by_level[static_cast<std::size_t>(i)]);
            for (Index link = e.first_link[u]; link < e.first_link[u + 1]; link += links_in_piece) {
                t.piece.push_back(link);
                t.piece_end.push_back(std::min(link + links_in_piece, e.first_link[u + 1]));
            }
        }
        t.first_piece.push_back(static_cast<Index>(t.piece.size()));
    }
}

// Every link {w, v} with w below u and v above it has a link {u, v} beside it: the graph is filled. So a walk along the
// links of w and the piece finds each of the former, and `next` says where the next piece of u goes on.
void find_fans(const Elimination& e, HierarchyTables& t) {
    std::vector<Index> next(e.high.size());
    for (std::size_t link = 0; link < next.size(); ++link) next[link] = static_cast<Index>(link) + 1;
    t.first_fan.assign(1, 0);
    for (std::size_t p = 0; p < t.piece.size(); ++p) {
        const auto u = static_cast<std::size_t>(e.low[static_cast<std::size_t>(t.piece[p])]);
        for (Index d = e.first_below[u]; d < e.first_below[u + 1]; ++d) {
            const Index to_low = e.below[static_cast<std::size_t>(d)];
            Index& to_high = next[static_cast<std::size_t>(to_low)];
            const Index last = e.first_link[static_cast<std::size_t>(e.low[static_cast<std::size_t>(to_low)]) + 1];
            Fan fan{to_low, to_high, 0};
            for (Index link = t.piece[p]; link < t.piece_end[p] && to_high < last; ++link) {
                if (e.high[static_cast<std::size_t>(link)] != e.high[static_cast<std::size_t>(to_high)]) continue;
                fan.ends |= 1u << (link - t.piece[p]);
                ++to_high;
            }
            if (fan.ends != 0) t.fan.push_back(fan);
        }
        if (t.fan.size() > std::numeric_limits<Index>::max()) throw std::length_error("the hierarchy has more than 2^31 fans");
        t.first_fan.push_back(static_cast<Index>(t.fan.size()));
    }
}

}  // namespace

HierarchyTables make_hierarchy(Index nodes, std::span<const Index> tail, std::span<const Index> head) {
    Elimination e = eliminate(nested_dissection(nodes, tail, head), tail, head);
    HierarchyTables t;
    cut_into_pieces(e, t);
    find_fans(e, t);
    InputLists inputs = inputs_of_links(e, tail, head);
    t.first_input = std::move(inputs.first);
    t.input = std::move(inputs.arc);
    for (Index high : e.high) t.high_depth.push_back(e.depth[static_cast<std::size_t>(high)]);
    t.max_depth = e.max_depth;
    t.rank = std::move(e.rank);
    t.node = std::move(e.node);
    t.parent = std::move(e.parent);
    t.depth = std::move(e.depth);
    t.first_link = std::move(e.first_link);
    t.low = std::move(e.low);
    t.high = std::move(e.high);
    return t;
}

}  // namespace shahr::SHAHR_BACKEND
