#include "kernels/base/shortest_path.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "kernels/base/algorithms.h"
#include "kernels/base/parallel_for.h"
#include "kernels/base/shortest_path_elements.h"
#include "sim/base/error.h"

namespace shahr::SHAHR_BACKEND {
namespace {

constexpr Index grain = 8;                     // a query takes 20 us, a piece one to ten

struct Forget {
    View<TwoWay<std::uint32_t>> cost;
    View<TwoWay<Detour>> via;
    View<TwoWay<Index>> hops;
    SHAHR_HD void operator()(Index link) const {
        cost[link] = {unreachable, unreachable};
        via[link] = {};
        hops[link] = {1, 1};
    }
};

template <class T>
struct CopyTo {
    View<const T> from;
    View<T> to;
    Index at;
    SHAHR_HD void operator()(Index i) const { to[at + i] = from[i]; }
};

template <class T>
View<T> part(View<T> whole, Index begin, Index size) {
    return {whole.data + begin, size};
}

void check_total(std::int64_t nodes, Index queries) {
    if (nodes <= std::numeric_limits<Index>::max()) return;
    throw DeviceError("shortest paths: " + std::to_string(queries) + " queries (their paths have more than 2^31 nodes in all) ask for fewer at a time");
}

// The lists of all batches, end to end.
Array<Index> join(std::vector<Array<Index>> lists, Index total) {
    if (lists.size() == 1) return std::move(lists.front());
    Array<Index> all(total);
    Index at = 0;
    for (const Array<Index>& list : lists) {
        parallel_for(list.size(), CopyTo<Index>{list, all, at});
        at += list.size();
    }
    return all;
}

}  // namespace

ShortestPaths::ShortestPaths(Index nodes, std::span<const Index> tail, std::span<const Index> head)
    : ShortestPaths(make_hierarchy(nodes, tail, head), static_cast<Index>(tail.size())) {}

ShortestPaths::ShortestPaths(const HierarchyTables& t, Index arcs)
    : size_{static_cast<Index>(t.node.size()), arcs, static_cast<Index>(t.high.size()), static_cast<Index>(t.first_piece.size()) - 1,
            t.max_depth + 1},
      rank_(t.rank), node_(t.node), parent_(t.parent), depth_(t.depth), first_link_(t.first_link), low_(t.low), high_(t.high),
      high_depth_(t.high_depth), first_input_(t.first_input), input_(t.input), piece_(t.piece), piece_end_(t.piece_end),
      first_fan_(t.first_fan), fan_(t.fan), first_piece_(t.first_piece),
      cost_(size_.links), via_(size_.links), hops_(size_.links) {
    parallel_for(size_.links, Forget{cost_, via_, hops_});
}

void ShortestPaths::set_weights(View<const std::uint32_t> arc_ms) {
    assert(arc_ms.size == size_.arcs);
    for (std::size_t level = 0; level + 1 < first_piece_.size(); ++level) {
        parallel_for(first_piece_[level + 1] - first_piece_[level],
                     CustomizeLinks{first_piece_[level], piece_, piece_end_, first_fan_, fan_, first_input_, input_, arc_ms,
                                    cost_, via_, hops_},
                     grain);
    }
}

Hierarchy ShortestPaths::hierarchy() const {
    return {rank_, node_, parent_, depth_, first_link_, low_, high_, high_depth_, cost_, via_, hops_};
}

Paths ShortestPaths::find(View<const Index> from, View<const Index> to, std::int64_t scratch_bytes) const {
    assert(from.size == to.size);
    const std::int64_t bytes_per_query = size_.depth * std::int64_t{2 * sizeof(Label)} + size_.levels * std::int64_t{sizeof(Index)};
    const auto batch = static_cast<Index>(std::clamp<std::int64_t>(scratch_bytes / std::max<std::int64_t>(bytes_per_query, 1), 1,
                                                                   std::max(from.size, 1)));
    Array<Label> label(2 * batch * size_.depth);
    Array<Index> stack(batch * size_.levels), meeting(batch), offset(batch + 1), nodes(from.size);
    Paths paths{Array<std::uint32_t>(from.size), Array<Index>(from.size + 1), {}};
    std::vector<Array<Index>> lists;
    for (Index begin = 0; begin < from.size; begin += batch) {
        const Index count = std::min(batch, from.size - begin);
        const View<const Index> from_here = part(from, begin, count), to_here = part(to, begin, count);
        const View<Index> nodes_here = part(nodes.view(), begin, count);
        parallel_for(count, ClimbFromBothEnds{hierarchy(), from_here, to_here, label, size_.depth,
                                              part(paths.cost.view(), begin, count), meeting, nodes_here},
                     grain);
        check_total(sum(nodes), from.size);
        exclusive_scan(nodes_here, part(offset.view(), 0, count + 1));
        lists.emplace_back(offset.to_host(count));
        parallel_for(count, UnpackPath{hierarchy(), from_here, label, size_.depth, meeting, offset, stack, size_.levels, lists.back()},
                     grain);
    }
    exclusive_scan(nodes, paths.offset);
    if (!lists.empty()) paths.node = join(std::move(lists), paths.offset.to_host(from.size));
    return paths;
}

}  // namespace shahr::SHAHR_BACKEND
