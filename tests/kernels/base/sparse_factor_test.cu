#include "kernels/base/sparse_factor.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace shahr::SHAHR_BACKEND {

template <class L>
struct SolveSystem {
    FactorView factor;
    View<double> diagonal, below, x;
    SHAHR_HD void operator()(Index call) const {
        const auto d = strand<L>(diagonal, factor.size, call), l = strand<L>(below, factor.entries, call);
        factorise<L>(factor, d, l);
        substitute<L>(factor, d, l, strand<L>(x, factor.size, call));
    }
};

namespace {

std::size_t at(std::int64_t i) {
    return static_cast<std::size_t>(i);
}

// Graph Laplacians of one grid with other conductances in each lane, over six decades, plus something on the diagonal.
struct Systems {
    Systems(Index side, Index lanes) : lanes(lanes) {
        for (Index y = 0; y < side; ++y)
            for (Index x = 0; x < side; ++x) {
                if (x + 1 < side) a.push_back(side * y + x), b.push_back(side * y + x + 1);
                if (y + 1 < side && x % 3 == 0) a.push_back(side * y + x), b.push_back(side * y + x + side);
            }
        pattern = analyse_pattern(side * side, a, b);
    }
    template <class L>
    void fill(Index first, Index count) {
        const Index n = pattern.size(), m = pattern.entries(), stored = padded<L>(count);
        diagonal.assign(at(n * stored), 1.0), below.assign(at(m * stored), 0.0), right.assign(at(n * stored), 0.0);
        for (Index lane = 0; lane < count; ++lane) {
            std::mt19937 random(static_cast<unsigned>(first + lane) + 7u);
            const auto draw = [&] { return std::pow(10.0, 6.0 * static_cast<double>(random()) / 4294967296.0 - 3.0); };
            for (Index r = 0; r < n; ++r) {
                diagonal[at(place<L>(n, r, lane))] = 1e-3 * draw();
                right[at(place<L>(n, r, lane))] = draw();
            }
            for (std::size_t i = 0; i < a.size(); ++i) {
                const double g = draw();
                for (const Index v : {a[i], b[i]}) diagonal[at(place<L>(n, pattern.filled.rank[at(v)], lane))] += g;
                below[at(place<L>(m, pattern.entry_of_edge[i], lane))] -= g;
            }
        }
    }
    template <class L>
    std::vector<double> solve(Index first, Index count) {
        fill<L>(first, count);
        const Factor factor(pattern);
        Array<double> d(diagonal), l(below), x(right);
        parallel_for(calls<L>(count), SolveSystem<L>{factor.view(), d, l, x}, 1);
        return x.to_host();
    }
    Index lanes;
    std::vector<Index> a, b;
    FactorPattern pattern;
    std::vector<double> diagonal, below, right;
};

TEST(SparseFactor, SolvesWhatWasAsked) {
    Systems s(12, 1);
    const std::vector<double> x = s.solve<Single>(0, 1);
    double worst = 0;
    std::vector<double> product(x.size()), size(x.size());
    const auto add = [&](Index r, double v) { product[at(r)] += v, size[at(r)] += std::abs(v); };
    for (Index r = 0; r < s.pattern.size(); ++r) add(r, s.diagonal[at(r)] * x[at(r)]);
    for (Index e = 0; e < s.pattern.entries(); ++e) {
        add(s.pattern.filled.high[at(e)], s.below[at(e)] * x[at(s.pattern.filled.low[at(e)])]);
        add(s.pattern.filled.low[at(e)], s.below[at(e)] * x[at(s.pattern.filled.high[at(e)])]);
    }
    for (std::size_t r = 0; r < x.size(); ++r) worst = std::max(worst, std::abs(product[r] - s.right[r]) / size[r]);
    EXPECT_LT(worst, 1e-13);
}

TEST(SparseFactor, ALaneHasTheSameBitsAloneAndInAnyBatch) {
    Systems s(9, 1);
    const Index n = s.pattern.size(), count = 11;
    const std::vector<double> batch = s.solve<Batch>(0, count);
    for (const Index lane : {0, 3, 7, 8, 10}) {
        const std::vector<double> alone = s.solve<Single>(lane, 1);
        for (Index r = 0; r < n; ++r) ASSERT_EQ(alone[at(r)], batch[at(place<Batch>(n, r, lane))]) << "lane " << lane << ", row " << r;
    }
}

template <class L>
void expect_wide_is_the_same(Index count) {
    Systems s(10, count);
    const std::vector<double> expected = s.solve<L>(0, count);
    s.fill<L>(0, count);
    Array<double> d(s.diagonal), l(s.below), x(s.right);
    WideFactor wide(s.pattern, count);
    wide.factorise(d, l);
    wide.substitute(d, l, x);
    const std::vector<double> found = x.to_host();
    for (Index lane = 0; lane < count; ++lane)
        for (Index r = 0; r < s.pattern.size(); ++r) ASSERT_EQ(found[at(place<L>(s.pattern.size(), r, lane))], expected[at(place<L>(s.pattern.size(), r, lane))]);
}

TEST(SparseFactor, LevelByLevelGivesTheSameBits) {
    expect_wide_is_the_same<Single>(1);
    expect_wide_is_the_same<Batch>(5);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND
