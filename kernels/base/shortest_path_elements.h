// The elements of shortest_path.cu: what one link does when weights change, and what one query does.
#pragma once
#include <cstdint>

#include "kernels/base/array.h"
#include "kernels/base/bits.h"
#include "kernels/base/hierarchy.h"

namespace shahr::SHAHR_BACKEND {

// Sums stop at `unreachable`.
SHAHR_HD inline std::uint32_t add_cost(std::uint32_t a, std::uint32_t b) {
    const std::uint32_t sum = a + b;
    return sum < a ? unreachable : sum;
}

// The filled graph as functors see it: HierarchyTables says what its columns are.
struct Hierarchy {
    View<const Index> rank, node, parent, depth, first_link, low, high;
    View<const Index> high_depth;              // [link]  depth of the high end
    View<const TwoWay<std::uint32_t>> cost;    // [link]  the cheapest way through lower ranks
    View<const TwoWay<Detour>> via;            // [link]  the two links it stands for
    View<const TwoWay<Index>> hops;            // [link]  arcs of the graph on it
};

// Each link costs what the cheapest of its own arcs and of its detours does; of equals, the first. One index owns the
// links of a piece, which lead up from one node u, and hears of the nodes below u that lead to the same ends by fans.
struct CustomizeLinks {
    Index first_of_level;                      // pieces are numbered over all levels
    View<const Index> piece, piece_end, first_fan;
    View<const Fan> fan;
    View<const Index> first_input, input;      // [2 link + 0 up, 1 down]  its own arcs
    View<const std::uint32_t> arc_ms;
    View<TwoWay<std::uint32_t>> cost;
    View<TwoWay<Detour>> via;
    View<TwoWay<Index>> hops;

    SHAHR_HD void operator()(Index i) const {
        const Index p = first_of_level + i;
        for (Index link = piece[p]; link < piece_end[p]; ++link) {
            cost[link] = {cheapest_input(2 * link), cheapest_input(2 * link + 1)};
            via[link] = {};
        }
        for (Index f = first_fan[p]; f < first_fan[p + 1]; ++f) take_detours(fan[f], piece[p]);
        for (Index link = piece[p]; link < piece_end[p]; ++link) {
            const auto [up, down] = via[link];
            hops[link] = {up.to_low < 0 ? 1 : hops[up.to_low].down + hops[up.to_high].up,
                          down.to_low < 0 ? 1 : hops[down.to_high].down + hops[down.to_low].up};
        }
    }

private:
    SHAHR_HD std::uint32_t cheapest_input(Index list) const {
        std::uint32_t best = unreachable;
        for (Index i = first_input[list]; i < first_input[list + 1]; ++i) {
            if (arc_ms[input[i]] < best) best = arc_ms[input[i]];
        }
        return best;
    }
    SHAHR_HD void take_detours(const Fan& f, Index first_link) const {
        const TwoWay<std::uint32_t> near = cost[f.to_low];
        Index to_high = f.to_high;
        for (std::uint32_t ends = f.ends; ends != 0; ends &= ends - 1, ++to_high) {
            const Index link = first_link + lowest_bit(ends);
            const TwoWay<std::uint32_t> far = cost[to_high], known = cost[link];
            const std::uint32_t up = add_cost(near.down, far.up), down = add_cost(far.down, near.up);
            if (up < known.up) cost[link].up = up, via[link].up = {f.to_low, to_high};
            if (down < known.down) cost[link].down = down, via[link].down = {f.to_low, to_high};
        }
    }
};

// How an ancestor is reached in the tree from one end of a query.
struct Label {
    std::uint32_t cost;
    Index link;                                // the last link on the way; -1: none, it is the end itself
};

// A query climbs the elimination tree from both of its ends at once: all that is reachable upwards lies on the way to the
// root, so labels are numbered by depth. Above the lowest common ancestor the two climb together and meet where the sum
// is least; of equals, at the lowest rank.
struct ClimbFromBothEnds {
    Hierarchy h;
    View<const Index> from, to;
    View<Label> label;                         // [2 query + 0 from, 1 to][depth]
    Index label_stride;                        // depth of the tree
    View<std::uint32_t> cost;                  // [query]
    View<Index> meeting;                       // [query]  rank, -1: no path
    View<Index> nodes;                         // [query]  on its path

    SHAHR_HD void operator()(Index query) const {
        Index s = h.rank[from[query]], t = h.rank[to[query]];
        Label* forward = start(2 * query, s);
        Label* backward = start(2 * query + 1, t);
        while (s != t) {
            const bool climb_s = t < 0 || (s >= 0 && s < t);
            Index& v = climb_s ? s : t;
            if (climb_s) relax_up(v, forward);
            else relax_down(v, backward);
            v = h.parent[v];
        }
        Index met = -1;
        std::uint32_t best = unreachable;
        for (Index v = s; v >= 0; v = h.parent[v]) {
            const Label f = forward[h.depth[v]], b = backward[h.depth[v]];
            const std::uint32_t sum = add_cost(f.cost, b.cost);
            if (sum < best) best = sum, met = v;
            if (f.cost < best) relax_up(v, forward);
            if (b.cost < best) relax_down(v, backward);
        }
        cost[query] = best;
        meeting[query] = met;
        nodes[query] = met < 0 ? 0 : 1 + count_hops(met, forward, true) + count_hops(met, backward, false);
    }

private:
    SHAHR_HD Label* start(Index side, Index rank) const {
        Label* labels = label.data + static_cast<std::int64_t>(side) * label_stride;
        for (Index d = 0; d < h.depth[rank]; ++d) labels[d] = {unreachable, -1};
        labels[h.depth[rank]] = {0, -1};
        return labels;
    }
    template <std::uint32_t TwoWay<std::uint32_t>::*way>
    SHAHR_HD void relax(Index v, Label* labels) const {
        const std::uint32_t here = labels[h.depth[v]].cost;
        if (here == unreachable) return;
        for (Index link = h.first_link[v]; link < h.first_link[v + 1]; ++link) {
            const std::uint32_t there = add_cost(here, h.cost[link].*way);
            Label& known = labels[h.high_depth[link]];
            if (there < known.cost) known = {there, link};
        }
    }
    SHAHR_HD void relax_up(Index v, Label* labels) const { relax<&TwoWay<std::uint32_t>::up>(v, labels); }
    SHAHR_HD void relax_down(Index v, Label* labels) const { relax<&TwoWay<std::uint32_t>::down>(v, labels); }
    SHAHR_HD Index count_hops(Index met, const Label* labels, bool up) const {
        Index count = 0;
        for (Index link = labels[h.depth[met]].link; link >= 0; link = labels[h.depth[h.low[link]]].link) {
            count += up ? h.hops[link].up : h.hops[link].down;
        }
        return count;
    }
};

// Writes the nodes of a query's path: each link on it is replaced by the two below it until only arcs are left.
struct UnpackPath {
    Hierarchy h;
    View<const Index> from;
    View<const Label> label;                   // as ClimbFromBothEnds left them
    Index label_stride;
    View<const Index> meeting, offset;         // [query], [query + 1]
    View<Index> stack;                         // [query][level]  a link divides into links of lower levels
    Index stack_stride;
    View<Index> node;

    SHAHR_HD void operator()(Index query) const {
        const Index met = meeting[query];
        if (met < 0) return;
        const Label* forward = label.data + static_cast<std::int64_t>(2 * query) * label_stride;
        const Label* backward = forward + label_stride;
        Index* pending = stack.data + static_cast<std::int64_t>(query) * stack_stride;

        node[offset[query]] = from[query];
        Index end = offset[query] + 1;         // the way up is known from its end
        for (Index link = forward[h.depth[met]].link; link >= 0; link = forward[h.depth[h.low[link]]].link) end += h.hops[link].up;
        Index at = end;
        for (Index link = forward[h.depth[met]].link; link >= 0; link = forward[h.depth[h.low[link]]].link) {
            at -= h.hops[link].up;
            write(2 * link, at, pending);
        }
        for (Index link = backward[h.depth[met]].link; link >= 0; link = backward[h.depth[h.low[link]]].link) {
            write(2 * link + 1, end, pending);
            end += h.hops[link].down;
        }
    }

private:
    // The nodes after the first of a link taken up (2 link) or down (2 link + 1).
    SHAHR_HD void write(Index directed, Index at, Index* pending) const {
        Index waiting = 0;
        while (true) {
            const Index link = directed / 2;
            const bool up = directed % 2 == 0;
            const Detour via = up ? h.via[link].up : h.via[link].down;
            if (via.to_low >= 0) {
                pending[waiting++] = up ? 2 * via.to_high : 2 * via.to_low;
                directed = up ? 2 * via.to_low + 1 : 2 * via.to_high + 1;
            } else {
                node[at++] = h.node[up ? h.high[link] : h.low[link]];
                if (waiting == 0) return;
                directed = pending[--waiting];
            }
        }
    }
};

}  // namespace shahr::SHAHR_BACKEND
