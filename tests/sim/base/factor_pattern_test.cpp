#include "sim/base/factor_pattern.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace shahr {
namespace {

using Rows = std::vector<std::int32_t>;

std::size_t at(std::int32_t i) {
    return static_cast<std::size_t>(i);
}

// The list of targets by definition.
void expect_right_targets(const FactorPattern& pattern) {
    std::size_t update = 0;
    for (std::int32_t k = 0; k < pattern.size(); ++k) {
        ASSERT_EQ(static_cast<std::size_t>(pattern.first_target[at(k)]), update);
        const Rows& row = pattern.filled.high;
        for (std::int32_t a = pattern.filled.first_link[at(k)]; a < pattern.filled.first_link[at(k) + 1]; ++a)
            for (std::int32_t b = a + 1; b < pattern.filled.first_link[at(k) + 1]; ++b) ASSERT_EQ(pattern.target[update++], pattern.filled.find_link(row[at(a)], row[at(b)]));
    }
    EXPECT_EQ(update, pattern.target.size());
}

TEST(FactorPattern, TreesAndRingsFillNothing) {
    Rows a, b;
    for (std::int32_t v = 1; v < 300; ++v) a.push_back(v), b.push_back((v - 1) / 3);
    const FactorPattern tree = analyse_pattern(300, a, b);
    EXPECT_EQ(tree.entries(), 299);
    EXPECT_TRUE(tree.target.empty());
    a.clear(), b.clear();
    for (std::int32_t v = 0; v < 1000; ++v) a.push_back(v), b.push_back((v + 1) % 1000);
    const FactorPattern ring = analyse_pattern(1000, a, b);
    EXPECT_LE(ring.entries(), 2000);
    EXPECT_LT(ring.filled.levels(), 30) << "nodes in series are eliminated in rounds";
}

TEST(FactorPattern, TargetsOfAnyGraphAreThoseOfTheDefinition) {
    std::mt19937 random(3);
    for (const std::int32_t nodes : {1, 2, 5, 60, 200}) {
        for (const std::size_t edges : {0u, 3u, 80u, 260u}) {
            Rows a(edges), b(edges);
            for (auto* ends : {&a, &b})
                for (auto& v : *ends) v = static_cast<std::int32_t>(random() % static_cast<unsigned>(nodes));
            const FactorPattern pattern = analyse_pattern(nodes, a, b);
            Rows order = pattern.filled.node, all;
            std::sort(order.begin(), order.end());
            for (std::int32_t v = 0; v < nodes; ++v) all.push_back(v);
            ASSERT_EQ(order, all);
            expect_right_targets(pattern);
            for (std::size_t i = 0; i < edges; ++i) EXPECT_EQ(pattern.entry_of_edge[i] < 0, a[i] == b[i]);
        }
    }
}

TEST(FactorPattern, TheListByEntryHoldsTheSameUpdates) {
    Rows a, b;
    for (std::int32_t y = 0; y < 9; ++y)
        for (std::int32_t x = 0; x < 9; ++x) {
            if (x < 8) a.push_back(9 * y + x), b.push_back(9 * y + x + 1);
            if (y < 8) a.push_back(9 * y + x), b.push_back(9 * y + x + 9);
        }
    const FactorPattern pattern = analyse_pattern(81, a, b);
    const UpdatesByEntry by = updates_by_entry(pattern);
    ASSERT_EQ(by.left.size(), pattern.target.size());
    const Elimination& f = pattern.filled;
    for (std::int32_t e = 0; e < pattern.entries(); ++e) {
        for (auto u = by.first[at(e)]; u < by.first[at(e) + 1]; ++u) {
            const auto i = static_cast<std::size_t>(u);
            EXPECT_EQ(f.low[at(by.left[i])], f.low[at(by.right[i])]);
            EXPECT_EQ(f.high[at(by.left[i])], f.low[at(e)]);
            EXPECT_EQ(f.high[at(by.right[i])], f.high[at(e)]);
        }
    }
}

}  // namespace
}  // namespace shahr
