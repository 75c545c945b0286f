// Sparse LU of matrices whose entries are 2 x 2 blocks on a symmetric pattern, such as the Jacobian of the power flow
// (angle and magnitude at each node). No pivoting between nodes: diagonal blocks are inverted as they are. The order and the
// list of updates are those of sim/base/factor_pattern.h.
#pragma once
#include "kernels/base/lanes.h"
#include "kernels/base/sparse_factor.h"

namespace shahr::SHAHR_BACKEND::power {

template <class P>
struct Block {
    P a, b, c, d;                              // a b over c d
};
template <class P>
struct Pair {
    P x, y;
};

template <class P>
SHAHR_HD Block<P> product(const Block<P>& m, const Block<P>& n) {
    return {m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d, m.c * n.a + m.d * n.c, m.c * n.b + m.d * n.d};
}
template <class P>
SHAHR_HD Pair<P> product(const Block<P>& m, const Pair<P>& v) {
    return {m.a * v.x + m.b * v.y, m.c * v.x + m.d * v.y};
}
template <class P>
SHAHR_HD Block<P> inverse(const Block<P>& m) {
    const P over = 1.0 / (m.a * m.d - m.b * m.c);
    return {m.d * over, -m.b * over, -m.c * over, m.a * over};
}

// Rows of blocks (four values each) and of pairs (two) in an array of lanes.
template <class L>
struct Blocks {
    Strand<L, double> values;
    using P = typename L::Real;
    SHAHR_HD Block<P> operator[](Index i) const { return {values[4 * i], values[4 * i + 1], values[4 * i + 2], values[4 * i + 3]}; }
    SHAHR_HD void set(Index i, const Block<P>& m) const {
        values.set(4 * i, m.a);
        values.set(4 * i + 1, m.b);
        values.set(4 * i + 2, m.c);
        values.set(4 * i + 3, m.d);
    }
    SHAHR_HD void subtract(Index i, const Block<P>& m) const {
        const Block<P> now = (*this)[i];
        set(i, {now.a - m.a, now.b - m.b, now.c - m.c, now.d - m.d});
    }
};
template <class L>
struct Pairs {
    Strand<L, double> values;
    using P = typename L::Real;
    SHAHR_HD Pair<P> operator[](Index i) const { return {values[2 * i], values[2 * i + 1]}; }
    SHAHR_HD void set(Index i, const Pair<P>& v) const {
        values.set(2 * i, v.x);
        values.set(2 * i + 1, v.y);
    }
    SHAHR_HD void subtract(Index i, const Pair<P>& v) const {
        const Pair<P> now = (*this)[i];
        set(i, {now.x - v.x, now.y - v.y});
    }
};

template <class L>
struct BlockMatrix {
    Blocks<L> diagonal, lower, upper;          // entry e: rows high[e] (lower) and low[e] (upper)
};

// In: the matrix. Out: L in `lower` (unit diagonal), U in `upper`, the inverses of U's diagonal in `diagonal`.
template <class L>
SHAHR_HD void factorise(const FactorView& f, const BlockMatrix<L>& m) {
    const Index* target = f.target.data;
    for (Index k = 0; k < f.size; ++k) {
        const auto pivot = inverse(m.diagonal[k]);
        m.diagonal.set(k, pivot);
        const Index begin = f.first[k], end = f.first[k + 1];
        for (Index e = begin; e < end; ++e) m.lower.set(e, product(m.lower[e], pivot));
        for (Index a = begin; a < end; ++a) {
            const auto low_a = m.lower[a], up_a = m.upper[a];
            m.diagonal.subtract(f.row[a], product(low_a, up_a));
            for (Index b = a + 1; b < end; ++b, ++target) {
                m.lower.subtract(*target, product(m.lower[b], up_a));
                m.upper.subtract(*target, product(low_a, m.upper[b]));
            }
        }
    }
}

// x: the right-hand side by rank; becomes the solution.
template <class L>
SHAHR_HD void substitute(const FactorView& f, const BlockMatrix<L>& m, const Pairs<L>& x) {
    for (Index k = 0; k < f.size; ++k) {
        const auto known = x[k];
        for (Index e = f.first[k]; e < f.first[k + 1]; ++e) x.subtract(f.row[e], product(m.lower[e], known));
    }
    for (Index k = f.size; k-- > 0;) {
        auto value = x[k];
        for (Index e = f.first[k]; e < f.first[k + 1]; ++e) {
            const auto part = product(m.upper[e], x[f.row[e]]);
            value = {value.x - part.x, value.y - part.y};
        }
        x.set(k, product(m.diagonal[k], value));
    }
}

}  // namespace shahr::SHAHR_BACKEND::power
