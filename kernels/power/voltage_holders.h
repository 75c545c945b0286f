// Generators that hold a voltage while a grid is swept: the reactive power that each feeds in is found beside the voltages.
//
// After Cheng and Shirmohammadi (IEEE Trans. Power Syst. 10, 1995): a matrix of sensitivities says what reactive power at one
// holder does to the magnitude of the (positive-sequence) voltage at another. After each sweep the voltages that are missing
// are turned into reactive powers with it, holder after holder, so that each can stop at its limit (projected Gauss-Seidel).
// The sensitivities are those of the grid without load, which is enough to converge where a sweep does. In three phases a
// generator feeds the same power into each.
#pragma once
#include "kernels/power/convergence.h"
#include "kernels/power/network.h"
#include "kernels/power/phasor.h"

namespace shahr::SHAHR_BACKEND::power {

struct VoltageHoldersView {
    View<const Index> rank;                    // [holder]
    View<const Index> of_rank;                 // [rank]  -1: none stands there
    View<const double> target_pu, min_q, max_q;  // [holder]  per unit; limits may be infinite
    View<const double> sensitivity;            // [holder][holder]  voltage of the first per reactive power of the second
};

class VoltageHolders {
public:
    VoltageHolders() = default;
    // At these nodes, whose response is that of SweepFactor; `without_load` [rank].
    VoltageHolders(const Network& network, const std::vector<Index>& ranks, bool keep_limits, const std::vector<Complex>& without_load, const std::vector<std::vector<Complex>>& response);
    VoltageHoldersView view() const { return {rank_, of_rank_, target_pu_, min_q_, max_q_, sensitivity_}; }

private:
    Array<Index> rank_, of_rank_;
    Array<double> target_pu_, min_q_, max_q_, sensitivity_;
};

// Ranks of the nodes at which a generator holds the voltage beside the slacks.
std::vector<Index> voltage_ranks(const Network& network);

// Those of the lanes of a call.
template <class L>
struct ReactivePowers {
    using P = typename L::Real;
    const VoltageHoldersView& holders;
    Strand<L, double> values;                  // [holder][reactive power fed in, voltage missing]

    SHAHR_HD static Index rows(const VoltageHoldersView& holders) { return 2 * holders.rank.size; }
    SHAHR_HD void begin() const {
        for (Index r = 0; r < rows(holders); ++r) values.set(r, P{});
    }
    // Into node k.
    SHAHR_HD bool stand_at(Index k) const { return holders.rank.size > 0 && holders.of_rank[k] >= 0; }
    SHAHR_HD P at(Index k) const { return values[2 * holders.of_rank[k]]; }

    // In the lanes that are going. The square of the greatest voltage that was missing and can be had.
    SHAHR_HD P adjust(const Phasors<L>& voltage, Index stride, Index offset, typename L::Mask going) const {
        const Index n = holders.rank.size;
        for (Index i = 0; i < n; ++i) values.set(2 * i + 1, holders.target_pu[i] - square_root(squared_magnitude(voltage[holders.rank[i] * stride + offset])));
        P worst{};
        for (Index pass = 0; pass < (n > 1 ? passes : n); ++pass) {
            for (Index i = 0; i < n; ++i) {
                const P by = select(going, step(i), P{}), gained = by * holders.sensitivity[i * n + i];
                if (pass == 0) worst = larger_or_nan(worst, gained * gained);
                values.set(2 * i, values[2 * i] + by);
                for (Index j = 0; j < n; ++j) values.set(2 * j + 1, values[2 * j + 1] - by * holders.sensitivity[j * n + i]);
            }
        }
        return worst;
    }

private:
    static constexpr Index passes = 30;

    SHAHR_HD P step(Index i) const {
        const P now = values[2 * i], wanted = now + values[2 * i + 1] * (1.0 / holders.sensitivity[i * holders.rank.size + i]);
        const P above = select(wanted > holders.max_q[i], P{} + holders.max_q[i], wanted);
        return select(above < holders.min_q[i], P{} + holders.min_q[i], above) - now;
    }
};

}  // namespace shahr::SHAHR_BACKEND::power
