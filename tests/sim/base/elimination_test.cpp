#include "sim/base/elimination.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "sim/base/ordering.h"

namespace shahr {
namespace {

using Rows = std::vector<std::int32_t>;

TEST(NestedDissection, IsAPermutationOfAnyGraph) {
    std::mt19937 random(1);
    for (std::int32_t nodes : {0, 1, 2, 7, 500}) {
        for (std::size_t edges : {0u, 1u, 3u, 900u}) {
            if (nodes == 0 && edges > 0) continue;
            Rows a(edges), b(edges);
            for (auto* ends : {&a, &b}) {
                for (auto& v : *ends) v = static_cast<std::int32_t>(random() % static_cast<unsigned>(nodes));
            }
            Rows order = nested_dissection(nodes, a, b);
            EXPECT_EQ(order, nested_dissection(nodes, a, b));
            std::sort(order.begin(), order.end());
            Rows all;
            for (std::int32_t v = 0; v < nodes; ++v) all.push_back(v);
            EXPECT_EQ(order, all) << nodes << " nodes, " << edges << " edges";
        }
    }
}

TEST(NestedDissection, OfAPathHasLogarithmicDepth) {
    Rows a, b;
    for (std::int32_t v = 0; v + 1 < 1000; ++v) a.push_back(v), b.push_back(v + 1);
    EXPECT_LT(eliminate(nested_dissection(1000, a, b), a, b).max_depth, 40);
}

// The filled graph by definition: eliminating a node joins all of its remaining neighbours.
std::set<std::pair<int, int>> filled(const Rows& order, const Rows& a, const Rows& b) {
    const std::size_t n = order.size();
    std::vector<std::set<int>> neighbours(n);
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] == b[i]) continue;
        neighbours[static_cast<std::size_t>(a[i])].insert(b[i]);
        neighbours[static_cast<std::size_t>(b[i])].insert(a[i]);
    }
    std::set<std::pair<int, int>> links;
    for (int v : order) {
        const std::set<int> around = neighbours[static_cast<std::size_t>(v)];
        for (int u : around) {
            links.insert(std::minmax(u, v));
            auto& of_u = neighbours[static_cast<std::size_t>(u)];
            of_u.insert(around.begin(), around.end());
            of_u.erase(u);
            of_u.erase(v);
        }
    }
    return links;
}

TEST(Elimination, FillsAsTheDefinitionSays) {
    std::mt19937 random(5);
    for (int round = 0; round < 20; ++round) {
        Rows a(30), b(30), order(24);
        for (auto* ends : {&a, &b}) {
            for (auto& v : *ends) v = static_cast<std::int32_t>(random() % order.size());
        }
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::int32_t>(i);
        std::shuffle(order.begin(), order.end(), random);
        const Elimination e = eliminate(order, a, b);
        std::set<std::pair<int, int>> links;
        for (std::size_t i = 0; i < e.high.size(); ++i) {
            links.insert(std::minmax(e.node[static_cast<std::size_t>(e.low[i])], e.node[static_cast<std::size_t>(e.high[i])]));
        }
        EXPECT_EQ(links.size(), e.high.size());
        EXPECT_EQ(links, filled(order, a, b));
    }
}

TEST(Elimination, OfACycleOfFour) {
    // 0 - 1 - 2 - 3 - 0; eliminating 0 joins 1 and 3.
    const Elimination e = eliminate(Rows{0, 1, 2, 3}, Rows{0, 1, 2, 3}, Rows{1, 2, 3, 0});
    EXPECT_EQ(e.links(), 5);
    EXPECT_EQ(e.parent, (Rows{1, 2, 3, -1}));
    EXPECT_EQ(e.depth, (Rows{3, 2, 1, 0}));
    EXPECT_EQ(e.levels(), 4);
    const Rows below_3(e.below.begin() + e.first_below[3], e.below.begin() + e.first_below[4]);
    EXPECT_EQ(below_3, (Rows{e.find_link(0, 3), e.find_link(1, 3), e.find_link(2, 3)}));
    EXPECT_EQ(e.find_link(0, 2), -1);
}

}  // namespace
}  // namespace shahr
