#include "kernels/base/shortest_path.h"

#include <gtest/gtest.h>

#include <functional>
#include <queue>
#include <random>

#include "kernels/base/shortest_path_elements.h"

namespace shahr::SHAHR_BACKEND {
namespace {

struct Graph {
    Index nodes = 0;
    std::vector<Index> tail, head;
    std::vector<std::uint32_t> weight;
    void arc(Index a, Index b, std::uint32_t w) {
        tail.push_back(a);
        head.push_back(b);
        weight.push_back(w);
    }
};

// Costs from one node to all, by Dijkstra's algorithm (1959).
std::vector<std::uint32_t> costs_from(const Graph& g, Index origin) {
    std::vector<std::vector<std::size_t>> out(static_cast<std::size_t>(g.nodes));
    for (std::size_t i = 0; i < g.tail.size(); ++i) out[static_cast<std::size_t>(g.tail[i])].push_back(i);
    std::vector<std::uint32_t> cost(out.size(), unreachable);
    using Entry = std::pair<std::uint32_t, Index>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    cost[static_cast<std::size_t>(origin)] = 0;
    queue.push({0, origin});
    while (!queue.empty()) {
        const auto [here, v] = queue.top();
        queue.pop();
        if (here > cost[static_cast<std::size_t>(v)]) continue;
        for (std::size_t i : out[static_cast<std::size_t>(v)]) {
            const std::uint32_t there = add_cost(here, g.weight[i]);
            if (there >= cost[static_cast<std::size_t>(g.head[i])]) continue;
            cost[static_cast<std::size_t>(g.head[i])] = there;
            queue.push({there, g.head[i]});
        }
    }
    return cost;
}

// Along the cheapest arc between each two nodes of the list.
std::uint32_t cost_along(const Graph& g, std::span<const Index> nodes) {
    std::uint32_t total = 0;
    for (std::size_t k = 0; k + 1 < nodes.size(); ++k) {
        std::uint32_t step = unreachable;
        for (std::size_t i = 0; i < g.tail.size(); ++i) {
            if (g.tail[i] == nodes[k] && g.head[i] == nodes[k + 1]) step = std::min(step, g.weight[i]);
        }
        total = add_cost(total, step);
    }
    return total;
}

// Every pair of nodes: the cost is Dijkstra's, and the path is one of that cost between the right nodes.
void expect_shortest(const ShortestPaths& router, const Graph& g, std::int64_t scratch_bytes = 1 << 26) {
    std::vector<Index> from, to;
    for (Index a = 0; a < g.nodes; ++a) {
        for (Index b = 0; b < g.nodes; ++b) from.push_back(a), to.push_back(b);
    }
    const Paths paths = router.find(Array<Index>(from), Array<Index>(to), scratch_bytes);
    const auto cost = paths.cost.to_host();
    const auto offset = paths.offset.to_host(), node = paths.node.to_host();
    ASSERT_EQ(offset.back(), static_cast<Index>(node.size()));
    std::vector<std::uint32_t> expected;
    for (std::size_t q = 0; q < from.size(); ++q) {
        if (to[q] == 0) expected = costs_from(g, from[q]);
        ASSERT_EQ(cost[q], expected[static_cast<std::size_t>(to[q])]) << from[q] << " to " << to[q];
        const std::span<const Index> path(node.begin() + offset[q], node.begin() + offset[q + 1]);
        ASSERT_EQ(path.empty(), cost[q] == unreachable);
        if (path.empty()) continue;
        ASSERT_EQ(path.front(), from[q]);
        ASSERT_EQ(path.back(), to[q]);
        ASSERT_EQ(cost_along(g, path), cost[q]) << from[q] << " to " << to[q];
    }
}

Graph random_graph(unsigned seed, Index nodes, int arcs, std::uint32_t max_weight) {
    std::mt19937 random(seed);
    const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
    Graph g{nodes, {}, {}, {}};
    for (int i = 0; i < arcs; ++i) {
        const auto a = static_cast<Index>(below(static_cast<std::uint32_t>(nodes))), b = static_cast<Index>(below(static_cast<std::uint32_t>(nodes)));
        g.arc(a, b, below(max_weight + 1));
    }
    return g;
}

TEST(ShortestPaths, AreDijkstrasOnRandomGraphs) {
    // Sparse ones fall apart, dense ones have loops and parallel arcs; small weights are often zero and often tie.
    for (unsigned seed = 1; seed <= 4; ++seed) {
        for (int arcs : {8, 25, 80}) {
            const Graph g = random_graph(seed, 16, arcs, seed % 2 ? 3 : 100000);
            ShortestPaths router(g.nodes, g.tail, g.head);
            router.set_weights(Array<std::uint32_t>(g.weight));
            expect_shortest(router, g);
        }
    }
}

// So dense that the links of a node fill more than one piece, and queried a few at a time.
TEST(ShortestPaths, AreDijkstrasOnADenseGraphInBatches) {
    const Graph g = random_graph(3, 70, 700, 5000);
    ShortestPaths router(g.nodes, g.tail, g.head);
    ASSERT_GT(router.size().depth, 40);
    router.set_weights(Array<std::uint32_t>(g.weight));
    expect_shortest(router, g, 1 << 20);
}

TEST(ShortestPaths, FollowNewWeightsAndClosures) {
    Graph g = random_graph(7, 20, 60, 1000);
    ShortestPaths router(g.nodes, g.tail, g.head);
    for (std::size_t round = 0; round < 3; ++round) {
        for (std::size_t i = 0; i < g.weight.size(); ++i) g.weight[i] = i % 4 == round ? unreachable : g.weight[(i + 1) % g.weight.size()];
        router.set_weights(Array<std::uint32_t>(g.weight));
        expect_shortest(router, g);
    }
}

// Weights without ties, so that the expected value is that of the graph, not of an order of elimination.
TEST(ShortestPaths, AreTheSameOnAnyNumberOfThreadsAndOnEveryDevice) {
    const Graph g = random_graph(11, 300, 900, 1 << 20);
    for (int threads : {1, 2, 8}) {
        set_threads(threads);
        ShortestPaths router(g.nodes, g.tail, g.head);
        router.set_weights(Array<std::uint32_t>(g.weight));
        std::vector<Index> from, to;
        for (Index v = 0; v < g.nodes; ++v) from.push_back(v), to.push_back((7 * v + 5) % g.nodes);
        const Paths paths = router.find(Array<Index>(from), Array<Index>(to));
        std::uint64_t hash = 14695981039346656037u;                              // FNV-1a
        for (Index v : paths.node.to_host()) hash = (hash ^ static_cast<std::uint64_t>(v)) * 1099511628211u;
        for (std::uint32_t c : paths.cost.to_host()) hash = (hash ^ c) * 1099511628211u;
        EXPECT_EQ(hash, 5412488705619874546u) << threads << " threads";
    }
    set_threads(0);
}

TEST(ShortestPaths, OfAGridWithOneWayStreets) {
    Graph g{36, {}, {}, {}};
    for (Index v = 0; v < 36; ++v) {
        if (v % 6 < 5) g.arc(v, v + 1, static_cast<std::uint32_t>(7 + v % 5));
        if (v % 6 > 0 && v / 6 % 2) g.arc(v, v - 1, static_cast<std::uint32_t>(9 + v % 3));
        if (v < 30) g.arc(v, v + 6, 10);
        if (v >= 6 && v % 2) g.arc(v, v - 6, 8);
    }
    ShortestPaths router(g.nodes, g.tail, g.head);
    router.set_weights(Array<std::uint32_t>(g.weight));
    expect_shortest(router, g);
}

TEST(ShortestPaths, WithoutWeightsNothingIsReached) {
    const ShortestPaths router(2, std::vector<Index>{0}, std::vector<Index>{1});
    const Paths paths = router.find(Array<Index>(std::vector<Index>{0, 1}), Array<Index>(std::vector<Index>{1, 1}));
    EXPECT_EQ(paths.cost.to_host(), (std::vector<std::uint32_t>{unreachable, 0}));
    EXPECT_EQ(paths.offset.to_host(), (std::vector<Index>{0, 0, 1}));
    EXPECT_EQ(paths.node.to_host(), (std::vector<Index>{1}));
}

TEST(ShortestPaths, CostsStopAtUnreachable) {
    const Graph g{3, {0, 1}, {1, 2}, {unreachable - 1, 5}};
    ShortestPaths router(g.nodes, g.tail, g.head);
    router.set_weights(Array<std::uint32_t>(g.weight));
    expect_shortest(router, g);
}

TEST(ShortestPaths, TakeAnEmptyGraphAndNoQueries) {
    ShortestPaths router(0, {}, {});
    router.set_weights(Array<std::uint32_t>());
    const Paths paths = router.find(Array<Index>(), Array<Index>());
    EXPECT_EQ(paths.offset.to_host(), (std::vector<Index>{0}));
    EXPECT_EQ(paths.node.size(), 0);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND
