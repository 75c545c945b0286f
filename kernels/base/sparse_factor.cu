#include "kernels/base/sparse_factor.h"

#include <limits>
#include <stdexcept>

namespace shahr::SHAHR_BACKEND {

// Column `rank`: what the columns that came before have to give, in their order; then its scaling.
template <class L>
struct FactoriseColumn {
    WideFactor::Columns columns;
    Index calls;
    View<double> diagonal, below, unscaled;
    SHAHR_HD void operator()(Index i) const {
        const Index k = columns.rank[i / calls], call = i % calls;
        const auto d = strand<L>(diagonal, columns.size, call), l = strand<L>(below, columns.entries, call), u = strand<L>(unscaled, columns.entries, call);
        auto pivot = d[k];
        for (Index b = columns.first_below[k]; b < columns.first_below[k + 1]; ++b) {
            const Index e = columns.below_of[b];
            pivot = pivot - u[e] * l[e];
        }
        const auto inverse = 1.0 / pivot;
        d.set(k, inverse);
        for (Index e = columns.first[k]; e < columns.first[k + 1]; ++e) {
            auto value = l[e];
            for (std::int64_t t = columns.first_update.data[e]; t < columns.first_update.data[e + 1]; ++t) value = value - u[columns.right.data[t]] * l[columns.left.data[t]];
            u.set(e, value);
            l.set(e, value * inverse);
        }
    }
};

template <class L>
struct SubstituteForward {
    WideFactor::Columns columns;
    Index calls;
    View<const double> below;
    View<double> x;
    SHAHR_HD void operator()(Index i) const {
        const Index k = columns.rank[i / calls], call = i % calls;
        const auto l = strand<L>(below, columns.entries, call);
        const auto values = strand<L>(x, columns.size, call);
        auto value = values[k];
        for (Index b = columns.first_below[k]; b < columns.first_below[k + 1]; ++b) {
            const Index e = columns.below_of[b];
            value = value - l[e] * values[columns.low[e]];
        }
        values.set(k, value);
    }
};

template <class L>
struct SubstituteBackward {
    WideFactor::Columns columns;
    Index calls;
    View<const double> diagonal, below;
    View<double> x;
    SHAHR_HD void operator()(Index i) const {
        const Index k = columns.rank[i / calls], call = i % calls;
        const auto d = strand<L>(diagonal, columns.size, call), l = strand<L>(below, columns.entries, call);
        const auto values = strand<L>(x, columns.size, call);
        auto value = values[k] * d[k];
        for (Index e = columns.first[k]; e < columns.first[k + 1]; ++e) value = value - l[e] * values[columns.row[e]];
        values.set(k, value);
    }
};


Factor::Factor(const FactorPattern& pattern) : size_(pattern.size()), entries_(pattern.entries()), first_(pattern.filled.first_link), row_(pattern.filled.high), target_(pattern.target) {
    if (pattern.target.size() > static_cast<std::size_t>(std::numeric_limits<Index>::max())) throw std::length_error("the factorisation has more than 2^31 updates");
}

FactorView Factor::view() const {
    return {size_, entries_, first_, row_, target_};
}

WideFactor::WideFactor(const FactorPattern& pattern, Index lanes)
    : size_(pattern.size()), entries_(pattern.entries()), lanes_(lanes), first_of_level_(pattern.filled.first_of_level), by_level_(pattern.filled.by_level),
      first_(pattern.filled.first_link), row_(pattern.filled.high), first_below_(pattern.filled.first_below), below_(pattern.filled.below), low_(pattern.filled.low) {
    const UpdatesByEntry updates = updates_by_entry(pattern);
    left_ = Array<Index>(updates.left);
    right_ = Array<Index>(updates.right);
    first_update_ = Array<std::int64_t>(updates.first);
    unscaled_ = Array<double>(entries_ * (lanes == 1 ? 1 : padded<Batch>(lanes)));
}

WideFactor::Columns WideFactor::level(Index l) const {
    const Index begin = first_of_level_[static_cast<std::size_t>(l)], end = first_of_level_[static_cast<std::size_t>(l) + 1];
    return {size_, entries_, {by_level_.view().data + begin, end - begin}, first_, row_, first_below_, below_, low_, first_update_, left_, right_};
}

// One functor for each column and call of every level, in order or in reverse.
template <class Make>
static void for_each_level(Index levels, bool upward, const Make& run) {
    for (Index l = 0; l < levels; ++l) run(upward ? l : levels - 1 - l);
}

void WideFactor::factorise(View<double> diagonal, View<double> below) {
    const Index n = lanes_ == 1 ? 1 : calls<Batch>(lanes_);
    for_each_level(static_cast<Index>(first_of_level_.size()) - 1, true, [&](Index l) {
        const Columns columns = level(l);
        if (lanes_ == 1) parallel_for(columns.rank.size, FactoriseColumn<Single>{columns, n, diagonal, below, unscaled_}, 64);
        else parallel_for(columns.rank.size * n, FactoriseColumn<Batch>{columns, n, diagonal, below, unscaled_}, 16);
    });
}

void WideFactor::substitute(View<const double> diagonal, View<const double> below, View<double> x) {
    const Index n = lanes_ == 1 ? 1 : calls<Batch>(lanes_), levels = static_cast<Index>(first_of_level_.size()) - 1;
    for_each_level(levels, true, [&](Index l) {
        const Columns columns = level(l);
        if (lanes_ == 1) parallel_for(columns.rank.size, SubstituteForward<Single>{columns, n, below, x}, 256);
        else parallel_for(columns.rank.size * n, SubstituteForward<Batch>{columns, n, below, x}, 64);
    });
    for_each_level(levels, false, [&](Index l) {
        const Columns columns = level(l);
        if (lanes_ == 1) parallel_for(columns.rank.size, SubstituteBackward<Single>{columns, n, diagonal, below, x}, 256);
        else parallel_for(columns.rank.size * n, SubstituteBackward<Batch>{columns, n, diagonal, below, x}, 64);
    });
}

}  // namespace shahr::SHAHR_BACKEND
