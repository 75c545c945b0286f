// Sparse symmetric systems A x = b by A = L D L^T without square roots or pivots, for matrices that are positive definite
// or diagonally dominant. The order and the updates are worked out once (sim/base/factor_pattern.h); the numbers of many
// matrices of that pattern lie side by side (lanes.h). Two ways to run the same updates, to the same bits:
//   - `factorise` and `substitute` inside a functor, one call for all rows of its lanes: for batches and small systems;
//   - `WideFactor`, where the columns of a level of the elimination tree are done at the same time: one large system on a GPU.
#pragma once
#include "kernels/base/lanes.h"
#include "kernels/base/parallel_for.h"
#include "sim/base/factor_pattern.h"

namespace shahr::SHAHR_BACKEND {

struct FactorView {
    Index size = 0, entries = 0;
    View<const Index> first;                   // [rank, and one more]  its entries
    View<const Index> row;                     // [entry]  rank of the row
    View<const Index> target;                  // [update]  FactorPattern::target
};

// In: the diagonal and the entries below it. Out: the reciprocals of D and the entries of L. A zero pivot gives infinities
// in its own lane and nowhere else.
template <class L>
SHAHR_HD void factorise(const FactorView& f, Strand<L, double> diagonal, Strand<L, double> below) {
    const Index* target = f.target.data;
    for (Index k = 0; k < f.size; ++k) {
        const auto inverse = 1.0 / diagonal[k];
        diagonal.set(k, inverse);
        const Index end = f.first[k + 1];
        for (Index a = f.first[k]; a < end; ++a) {
            const auto value = below[a], scaled = value * inverse;
            const Index j = f.row[a];
            diagonal.set(j, diagonal[j] - value * scaled);
            for (Index b = a + 1; b < end; ++b, ++target) below.set(*target, below[*target] - below[b] * scaled);
            below.set(a, scaled);
        }
    }
}

// x: the right-hand side by rank; becomes the solution.
template <class L>
SHAHR_HD void substitute(const FactorView& f, Strand<L, double> diagonal, Strand<L, double> below, Strand<L, double> x) {
    for (Index k = 0; k < f.size; ++k) {
        const auto known = x[k];
        for (Index a = f.first[k]; a < f.first[k + 1]; ++a) x.set(f.row[a], x[f.row[a]] - below[a] * known);
    }
    for (Index k = f.size; k-- > 0;) {
        auto value = x[k] * diagonal[k];
        for (Index a = f.first[k]; a < f.first[k + 1]; ++a) value = value - below[a] * x[f.row[a]];
        x.set(k, value);
    }
}

// The pattern on the device.
class Factor {
public:
    explicit Factor(const FactorPattern& pattern);
    FactorView view() const;

private:
    Index size_, entries_;
    Array<Index> first_, row_, target_;
};

// Level by level, one call of a functor for each column of the level and each of `lanes` (tiles of one layout L).
class WideFactor {
public:
    WideFactor(const FactorPattern& pattern, Index lanes);
    // As above; `batch` tells the layout: Batch, or Single (lanes = 1).
    void factorise(View<double> diagonal, View<double> below);
    void substitute(View<const double> diagonal, View<const double> below, View<double> x);

    struct Columns {                           // of one level, and what they gather
        Index size, entries;
        View<const Index> rank;                // [column in the level]
        View<const Index> first, row, first_below, below_of, low;
        View<const std::int64_t> first_update;
        View<const Index> left, right;
    };

private:
    Columns level(Index l) const;
    Index size_, entries_, lanes_;
    std::vector<Index> first_of_level_;
    Array<Index> by_level_, first_, row_, first_below_, below_, low_, left_, right_;
    Array<std::int64_t> first_update_;
    Array<double> unscaled_;
};

}  // namespace shahr::SHAHR_BACKEND
