#include "kernels/power/sweep_factor.h"

#include <algorithm>

namespace shahr::SHAHR_BACKEND::power {
namespace {

std::vector<double> pairs(const std::vector<Complex>& values) {
    std::vector<double> list;
    for (const Complex& value : values) {
        list.push_back(value.real());
        list.push_back(value.imag());
    }
    return list;
}

// The equation of a node whose voltage is given is that alone.
void hold(const Elimination& filled, Admittance& y, Index k) {
    y.diagonal[at(k)] = 1;
    for (Index e = filled.first_link[at(k)]; e < filled.first_link[at(k) + 1]; ++e) y.upper[at(e)] = 0;
    for (Index i = filled.first_below[at(k)]; i < filled.first_below[at(k) + 1]; ++i) y.lower[at(filled.below[at(i)])] = 0;
}

// In place, of column k: L (unit diagonal) in `lower`, the inverse of the diagonal in `diagonal`, U's row times that in `upper`.
void eliminate_column(const FactorPattern& pattern, Admittance& y, Index k) {
    const Elimination& filled = pattern.filled;
    auto next = static_cast<std::size_t>(pattern.first_target[at(k)]);
    const Complex inverse = 1.0 / y.diagonal[at(k)];
    y.diagonal[at(k)] = inverse;
    const Index begin = filled.first_link[at(k)], end = filled.first_link[at(k) + 1];
    for (Index a = begin; a < end; ++a) {
        const Complex low = y.lower[at(a)] * inverse, up = y.upper[at(a)];
        y.diagonal[at(filled.high[at(a)])] -= low * up;
        for (Index b = a + 1; b < end; ++b, ++next) {
            const auto target = at(pattern.target[next]);
            y.lower[target] -= y.lower[at(b)] * inverse * up;
            y.upper[target] -= low * y.upper[at(b)];
        }
    }
    for (Index a = begin; a < end; ++a) {
        y.lower[at(a)] *= inverse;
        y.upper[at(a)] *= inverse;
    }
}

std::vector<Complex> solve_once(const Elimination& filled, const Admittance& y, std::vector<Complex> x) {
    const auto n = static_cast<Index>(x.size());
    for (Index k = 0; k < n; ++k)
        for (Index e = filled.first_link[at(k)]; e < filled.first_link[at(k) + 1]; ++e) x[at(filled.high[at(e)])] -= y.lower[at(e)] * x[at(k)];
    for (Index k = n; k-- > 0;) {
        x[at(k)] *= y.diagonal[at(k)];
        for (Index e = filled.first_link[at(k)]; e < filled.first_link[at(k) + 1]; ++e) x[at(k)] -= y.upper[at(e)] * x[at(filled.high[at(e)])];
    }
    return x;
}

// The columns that the tapped branches alter: from each branch's own up to the root of the elimination tree.
std::vector<std::uint8_t> altered_columns(const Elimination& filled, std::span<const TappedBranch> tapped) {
    std::vector<std::uint8_t> altered(filled.node.size(), 0);
    for (const TappedBranch& branch : tapped)
        for (Index k = std::min(branch.from, branch.to); k >= 0 && !altered[at(k)]; k = filled.parent[at(k)]) altered[at(k)] = 1;
    return altered;
}

}  // namespace

LaneColumns::LaneColumns(const FactorPattern& pattern, const std::vector<std::uint8_t>& is_own, const Admittance& reduced, const std::vector<std::uint8_t>& is_held, std::span<const TappedBranch> tapped) {
    const Elimination& filled = pattern.filled;
    std::vector<Index> of_rank(is_own.size(), -1), of_entry(at(pattern.entries()), -1), first{0}, row, target;
    std::vector<Complex> diagonal, lower, upper;
    for (Index k = 0, next = 0; k < pattern.size(); ++k)
        if (is_own[at(k)]) of_rank[at(k)] = next++;
    for (Index k = 0; k < pattern.size(); ++k) {
        if (!is_own[at(k)]) continue;
        diagonal.push_back(reduced.diagonal[at(k)]);
        for (Index e = filled.first_link[at(k)]; e < filled.first_link[at(k) + 1]; ++e) {
            of_entry[at(e)] = static_cast<Index>(row.size());
            row.push_back(of_rank[at(filled.high[at(e)])]);
            lower.push_back(reduced.lower[at(e)]);
            upper.push_back(reduced.upper[at(e)]);
        }
        first.push_back(static_cast<Index>(row.size()));
    }
    for (Index k = 0; k < pattern.size(); ++k)
        if (is_own[at(k)])
            for (auto t = pattern.first_target[at(k)]; t < pattern.first_target[at(k) + 1]; ++t) target.push_back(of_entry[at(pattern.target[static_cast<std::size_t>(t)])]);
    std::vector<Index> place_ff, place_ft, place_tf;
    std::vector<Complex> ff, ft, tf;
    const auto columns = static_cast<Index>(diagonal.size()), entries = static_cast<Index>(row.size());
    for (const TappedBranch& branch : tapped) {
        const Index f = branch.from, t = branch.to, entry = of_entry[at(filled.find_link(std::min(f, t), std::max(f, t)))];
        const Index below = columns + entry, above = below + entries;
        place_ff.push_back(is_held[at(f)] ? -1 : of_rank[at(f)]);
        place_ft.push_back(is_held[at(f)] ? -1 : f > t ? below : above);
        place_tf.push_back(is_held[at(t)] ? -1 : f > t ? above : below);
        ff.push_back(branch.port.ff);
        ft.push_back(branch.port.ft);
        tf.push_back(branch.port.tf);
    }
    diagonal.insert(diagonal.end(), lower.begin(), lower.end());
    diagonal.insert(diagonal.end(), upper.begin(), upper.end());
    of_rank_ = Array<Index>(of_rank);
    first_ = Array<Index>(first);
    row_ = Array<Index>(row);
    target_ = Array<Index>(target);
    place_ff_ = Array<Index>(place_ff);
    place_ft_ = Array<Index>(place_ft);
    place_tf_ = Array<Index>(place_tf);
    reduced_ = Array<double>(pairs(diagonal));
    ff_ = Array<double>(pairs(ff));
    ft_ = Array<double>(pairs(ft));
    tf_ = Array<double>(pairs(tf));
}

SweepFactor::SweepFactor(const FactorPattern& pattern, const Admittance& admittance, const std::vector<Complex>& held, const std::vector<std::uint8_t>& is_held, std::span<const TappedBranch> tapped,
                         std::span<const Index> into) {
    Admittance y = admittance;
    std::vector<Complex> source(held.size());
    std::vector<std::uint8_t> takes_load(held.size(), 1);
    for (std::size_t k = 0; k < held.size(); ++k) {
        if (!is_held[k]) continue;
        hold(pattern.filled, y, static_cast<Index>(k));
        source[k] = held[k];
        takes_load[k] = 0;
    }
    const std::vector<std::uint8_t> is_own = altered_columns(pattern.filled, tapped);
    for (Index k = 0; k < pattern.size(); ++k)
        if (!is_own[at(k)]) eliminate_column(pattern, y, k);
    if (!tapped.empty()) own_ = LaneColumns(pattern, is_own, y, is_held, tapped);
    for (Index k = 0; k < pattern.size(); ++k)
        if (is_own[at(k)]) eliminate_column(pattern, y, k);
    without_load_ = solve_once(pattern.filled, y, source);
    response_.resize(into.size());
    for (const Index b : into) {
        std::vector<Complex> current(held.size());
        current[at(b)] = 1;
        const std::vector<Complex> voltage = solve_once(pattern.filled, y, std::move(current));
        for (std::size_t a = 0; a < into.size(); ++a) response_[a].push_back(voltage[at(into[a])]);
    }
    lower_ = Array<double>(pairs(y.lower));
    upper_ = Array<double>(pairs(y.upper));
    inverse_ = Array<double>(pairs(y.diagonal));
    source_ = Array<double>(pairs(source));
    takes_load_ = Array<std::uint8_t>(takes_load);
}

}  // namespace shahr::SHAHR_BACKEND::power
