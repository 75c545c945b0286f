#include "kernels/base/shortest_path.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "kernels/base/algorithms.h"
#include "kernels/base/parallel_for.h"
#include "sim/base/error.h"
#include "sim/base/ordering.h"

namespace shahr::SHAHR_BACKEND {
namespace {

// Scratch for the queries that run at once: 64 MiB hold about ten thousand in a city of 20,000 roads.
constexpr std::int64_t scratch_bytes = std::int64_t{64} << 20;

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

// Links in the order of their lower ends' levels; first_of_level says where each level begins.
std::vector<Index> links_by_level(const Elimination& e, std::vector<Index>& first_of_level) {
    std::vector<Index> links;
    first_of_level.assign(1, 0);
    for (Index level = 0; level < e.levels(); ++level) {
        for (auto i = static_cast<std::size_t>(e.first_of_level[static_cast<std::size_t>(level)]);
             i < static_cast<std::size_t>(e.first_of_level[static_cast<std::size_t>(level) + 1]); ++i) {
            const auto v = static_cast<std::size_t>(e.by_level[i]);
            for (Index link = e.first_link[v]; link < e.first_link[v + 1]; ++link) links.push_back(link);
        }
        first_of_level.push_back(static_cast<Index>(links.size()));
    }
    return links;
}

struct Forget {
    View<TwoWay<std::uint32_t>> cost;
    View<TwoWay<Index>> via, hops;
    SHAHR_HD void operator()(Index link) const {
        cost[link] = {unreachable, unreachable};
        via[link] = {-1, -1};
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

ShortestPaths::ShortestPaths(Index nodes, std::span<const Index> tail, std::span<const Index> head) {
    assert(tail.size() == head.size());
    const Elimination e = eliminate(nested_dissection(nodes, tail, head), tail, head);
    const LowerTriangles triangles = lower_triangles(e);
    const InputLists inputs = inputs_of_links(e, tail, head);
    size_ = {nodes, static_cast<Index>(tail.size()), e.links(), triangles.first.back(), e.levels(), e.max_depth + 1};

    rank_ = Array<Index>(e.rank);
    node_ = Array<Index>(e.node);
    parent_ = Array<Index>(e.parent);
    depth_ = Array<Index>(e.depth);
    first_link_ = Array<Index>(e.first_link);
    low_ = Array<Index>(e.low);
    high_ = Array<Index>(e.high);
    std::vector<Index> high_depth;
    for (Index high : e.high) high_depth.push_back(e.depth[static_cast<std::size_t>(high)]);
    high_depth_ = Array<Index>(high_depth);
    first_input_ = Array<Index>(inputs.first);
    input_ = Array<Index>(inputs.arc);
    first_triangle_ = Array<Index>(triangles.first);
    triangle_ = Array<LowerTriangle>(triangles.triangle);
    link_by_level_ = Array<Index>(links_by_level(e, first_of_level_));

    cost_ = Array<TwoWay<std::uint32_t>>(e.links());
    via_ = Array<TwoWay<Index>>(e.links());
    hops_ = Array<TwoWay<Index>>(e.links());
    parallel_for(e.links(), Forget{cost_, via_, hops_});
}

void ShortestPaths::set_weights(View<const std::uint32_t> arc_ms) {
    assert(arc_ms.size == size_.arcs);
    for (std::size_t level = 0; level + 1 < first_of_level_.size(); ++level) {
        const Index begin = first_of_level_[level], count = first_of_level_[level + 1] - begin;
        parallel_for(count, CustomizeLink{part(link_by_level_.view(), begin, count), first_input_, input_, arc_ms,
                                          first_triangle_, triangle_, cost_, via_, hops_});
    }
}

Hierarchy ShortestPaths::hierarchy() const {
    return {rank_, node_, parent_, depth_, first_link_, low_, high_, high_depth_, triangle_, cost_, via_, hops_};
}

Paths ShortestPaths::find(View<const Index> from, View<const Index> to) const {
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
                                              part(paths.cost.view(), begin, count), meeting, nodes_here});
        check_total(sum(nodes), from.size);
        exclusive_scan(nodes_here, part(offset.view(), 0, count + 1));
        lists.emplace_back(offset.to_host(count));
        parallel_for(count, UnpackPath{hierarchy(), from_here, label, size_.depth, meeting, offset, stack, size_.levels, lists.back()});
    }
    exclusive_scan(nodes, paths.offset);
    if (!lists.empty()) paths.node = join(std::move(lists), paths.offset.to_host(from.size));
    return paths;
}

}  // namespace shahr::SHAHR_BACKEND
