// What a call of the sweeps does for its lanes.
#pragma once
#include "kernels/power/loads.h"
#include "kernels/power/sweep.h"

namespace shahr::SHAHR_BACKEND::power {

// The current that draws p + jq at a voltage: the conjugate of S / V.
template <class P>
SHAHR_HD Phasor<P> current_of(P p, P q, Phasor<P> v, P squared) {
    const P over = 1.0 / squared;
    return {(p * v.re + q * v.im) * over, (p * v.im - q * v.re) * over};
}

// A sequence's factor with, where the lanes have taps of their own, their numbers.
template <class L>
struct LaneFactor {
    const FactorView& pattern;
    const SweepFactorView& shared;
    Phasors<L> own;
    using P = typename L::Real;

    // Its number among the columns that each lane has to itself; -1: shared.
    SHAHR_HD Index own_column(Index k) const { return shared.own.of_rank.size > 0 ? shared.own.of_rank[k] : -1; }

    // Towards the source: what is summed at node k is known, and goes on to the nodes it leads to.
    SHAHR_HD void sum_onwards(const Phasors<L>& sums, Index stride, Index offset, Index k, Phasor<P> sum) const {
        const Index column = own_column(k), begin = pattern.first[k], end = pattern.first[k + 1];
        for (Index e = begin; e < end; ++e) {
            const Index at = pattern.row[e] * stride + offset;
            sums.set(at, sums[at] - (column < 0 ? scaled(shared.lower, e, sum) : own[shared.own.lower(shared.own.first[column] + e - begin)] * sum));
        }
        sums.set(k * stride + offset, sum);
    }
    // Away from it: the voltage at node k from those nearer to the source.
    SHAHR_HD Phasor<P> voltage_from(const Phasors<L>& sums, const Phasors<L>& voltage, Index stride, Index offset, Index k) const {
        const Index column = own_column(k), begin = pattern.first[k], end = pattern.first[k + 1];
        const Phasor<P> sum = sums[k * stride + offset];
        auto v = column < 0 ? scaled(shared.inverse, k, sum) : own[column] * sum;
        for (Index e = begin; e < end; ++e) {
            const Phasor<P> nearer = voltage[pattern.row[e] * stride + offset];
            v = v - (column < 0 ? scaled(shared.upper, e, nearer) : own[shared.own.upper(shared.own.first[column] + e - begin)] * nearer);
        }
        return v;
    }
};

// At a node whose voltage is given.
template <class P>
SHAHR_HD Phasor<P> with_source(const SweepFactorView& y, Index k, Phasor<P> sum) {
    return {sum.re + y.source[2 * k], sum.im + y.source[2 * k + 1]};
}

// Sweeps until the voltages of every lane stand still and its taps are at rest. `sweep` goes there and back for the lanes that
// still move, and gives the square of the greatest change of voltage; `regulate` moves the taps of the lanes at rest and gives
// those in which one has moved. Taps look at voltages that have nearly settled, then once more at settled ones.
// The changes of a linear convergence are a geometric series; what is left of it is its error.
template <class L, class Sweep, class Regulate>
SHAHR_HD typename L::Mask sweep_until_still(const SweepLimits& limits, bool regulates, Index call, Index lanes, View<Convergence> result, const Sweep& sweep, const Regulate& regulate) {
    using P = typename L::Real;
    P left{}, before{}, moves{}, tolerance = P{} + (regulates ? limits.settled_pu : limits.tolerance_pu);
    typename L::Mask going = P{} == P{};
    Index count[L::width] = {};
    for (Index round = 0; round < limits.iterations && any(going); ++round) {
        for (Index w = 0; w < L::width; ++w) count[w] += lane_of(going, w);
        const P change = square_root(sweep(going));
        left = select(going, select(2.0 * change < before, change * change / (before - change), change), left);
        before = select(going, change, before);
        const typename L::Mask still = going & (left < tolerance);
        going = going & !still;
        if (!regulates || !any(still)) continue;
        const typename L::Mask moved = regulate(still & (moves < limits.tap_moves));
        going = going | moved | (still & (tolerance > limits.tolerance_pu));
        moves = select(moved, moves + 1.0, moves);
        before = select(moved, P{}, before);
        tolerance = select(still, select(moved, P{} + limits.settled_pu, P{} + limits.tolerance_pu), tolerance);
    }
    for (Index w = 0; w < L::width; ++w) {
        const Index lane = first_lane<L>(call) + w;
        const bool solved = !lane_of(going, w);
        const TapState taps = !regulates || !solved ? taps_left : lane_of(moves, w) < limits.tap_moves ? taps_at_rest : taps_hunting;
        if (lane < lanes) result[lane] = {lane_of(left, w), count[w], solved, taps};
    }
    return going;
}

// What the sweeps of one phase and of three have in common: taps, and the work of a call behind the nodes' sums.
template <class L>
struct Regulation {
    View<const TapChanger> changers;
    View<Index> positions;                     // [changer]

    SHAHR_HD Strand<L, Index> of(Index call) const { return strand<L>(positions, changers.size, call); }
    SHAHR_HD void begin(Index call) const {
        for (Index c = 0; c < changers.size; ++c)
            for (Index w = 0; w < L::width; ++w) of(call).lane(c, w) = changers[c].built;
    }
    // Where there is no solution the taps stand as built.
    SHAHR_HD void end(Index call, typename L::Mask unsolved) const {
        for (Index c = 0; c < changers.size; ++c)
            for (Index w = 0; w < L::width; ++w)
                if (lane_of(unsolved, w)) of(call).lane(c, w) = changers[c].built;
    }
    // A call from the taps as built until voltages and taps rest; `move` moves taps and says where, `factorise` follows them.
    template <class Factorise, class Move, class Sweep>
    SHAHR_HD void sweep(const SweepLimits& limits, Index call, Index lanes, View<Convergence> result, const Factorise& factorise, const Move& move, const Sweep& once) const {
        begin(call);
        factorise();
        const auto unsolved = sweep_until_still<L>(limits, changers.size > 0, call, lanes, result, once, [&](typename L::Mask at_rest) {
            const typename L::Mask moved = move(at_rest);
            if (any(moved)) factorise();
            return moved;
        });
        end(call, unsolved);
    }
};

template <class L>
struct SolveSweep {
    using P = typename L::Real;
    FactorView pattern;
    SweepFactorView sequence;
    VoltageHoldersView holders;
    Regulation<L> regulation;
    View<const double> load;
    bool zip;
    View<double> voltage, work;
    View<Convergence> result;
    SweepLimits limits;
    Index lanes;

    // Of the work: 2 a node, 2 a number of the lanes' columns, those of the generators.
    SHAHR_HD static Index rows(Index nodes, const SweepFactorView& sequence, const VoltageHoldersView& holders) { return 2 * (nodes + sequence.own.numbers()) + ReactivePowers<L>::rows(holders); }

    SHAHR_HD void operator()(Index call) const {
        const Index n = pattern.size;
        const NodeLoads<L> loads{strand<L>(load, n * (zip ? parts_of_load : parts_of_power), call), zip};
        const Phasors<L> v{strand<L>(voltage, 2 * n, call)}, sums{strand<L>(work, rows(n, sequence, holders), call)};
        const LaneFactor<L> factor{pattern, sequence, sums.from(n)};
        const ReactivePowers<L> fed{holders, factor.own.from(sequence.own.numbers()).values};
        for (Index k = 0; k < n; ++k) sums.set(k, {P{}, P{}});
        fed.begin();
        const auto factorise = [&] { factorise_columns(sequence.own, regulation.changers, regulation.of(call), factor.own); };
        const auto move = [&](typename L::Mask at_rest) { return move_taps(regulation.changers, at_rest, v, 1, 0, regulation.of(call)); };
        regulation.sweep(limits, call, lanes, result, factorise, move, [&](typename L::Mask going) {
            sum_currents(factor, loads, fed, v, sums);
            const P change = let_fall(factor, v, sums, going);
            return larger_or_nan(change, fed.adjust(v, 1, 0, going));
        });
    }
    SHAHR_HD void sum_currents(const LaneFactor<L>& factor, const NodeLoads<L>& loads, const ReactivePowers<L>& fed, const Phasors<L>& v, const Phasors<L>& sums) const {
        for (Index k = 0; k < pattern.size; ++k) {
            if (!sequence.takes_load[k]) {
                factor.sum_onwards(sums, 1, 0, k, with_source(sequence, k, sums[k]));
                continue;
            }
            const Phasor<P> at = v[k];
            const P squared = squared_magnitude(at);
            const auto drawn = loads.at(k, squared);
            const P q = fed.stand_at(k) ? drawn.q - fed.at(k) : drawn.q;
            factor.sum_onwards(sums, 1, 0, k, sums[k] - current_of(drawn.p, q, at, squared));
        }
    }
    // The largest square of a change of voltage. Leaves the sums at zero.
    SHAHR_HD P let_fall(const LaneFactor<L>& factor, const Phasors<L>& v, const Phasors<L>& sums, typename L::Mask going) const {
        P worst{};
        for (Index k = pattern.size; k-- > 0;) {
            const Phasor<P> now = factor.voltage_from(sums, v, 1, 0, k), before = v[k];
            sums.set(k, {P{}, P{}});
            worst = larger_or_nan(worst, squared_magnitude(now - before));
            v.set(k, {select(going, now.re, before.re), select(going, now.im, before.im)});
        }
        return worst;
    }
};

// 1, a, a^2: the turn by 120 degrees.
inline constexpr double a_re = -0.5, a_im = 0.86602540378443864676;
template <class P>
SHAHR_HD Phasor<P> turned(Phasor<P> x) {
    return {a_re * x.re - a_im * x.im, a_re * x.im + a_im * x.re};
}
template <class P>
SHAHR_HD Phasor<P> turned_back(Phasor<P> x) {
    return {a_re * x.re + a_im * x.im, a_re * x.im - a_im * x.re};
}
template <class P>
struct Three {
    Phasor<P> x[3];                            // phases a, b, c, or sequences 0, 1, 2
};
template <class P>
SHAHR_HD Three<P> phases_of(const Three<P>& s) {
    return {{s.x[0] + s.x[1] + s.x[2], s.x[0] + turned_back(s.x[1]) + turned(s.x[2]), s.x[0] + turned(s.x[1]) + turned_back(s.x[2])}};
}
template <class P>
SHAHR_HD Three<P> sequences_of(const Three<P>& p) {
    const auto third = [](Phasor<P> v) { return Phasor<P>{v.re * (1.0 / 3), v.im * (1.0 / 3)}; };
    return {{third(p.x[0] + p.x[1] + p.x[2]), third(p.x[0] + turned(p.x[1]) + turned_back(p.x[2])), third(p.x[0] + turned_back(p.x[1]) + turned(p.x[2]))}};
}

template <class L>
struct SolvePhaseSweep {
    using P = typename L::Real;
    FactorView pattern;
    SweepFactorView sequences[3];
    VoltageHoldersView holders;
    Regulation<L> regulation;
    View<const double> load;
    PhaseLoads shape;
    View<double> voltage, work;
    View<Convergence> result;
    SweepLimits limits;
    Index lanes;

    // Of the work: 6 a node, 2 a number of each sequence's columns of the lanes, those of the generators.
    SHAHR_HD static Index rows(Index nodes, const SweepFactorView& sequence, const VoltageHoldersView& holders) { return sequence_rows * (nodes + sequence.own.numbers()) + ReactivePowers<L>::rows(holders); }

    SHAHR_HD void operator()(Index call) const {
        const Index n = pattern.size, numbers = sequences[0].own.numbers();
        const Strand<L, const double> loads = strand<L>(load, n * shape.rows(), call);
        const Phasors<L> v{strand<L>(voltage, sequence_rows * n, call)}, sums{strand<L>(work, rows(n, sequences[0], holders), call)}, own = sums.from(3 * n);
        const ReactivePowers<L> fed{holders, own.from(3 * numbers).values};
        const LaneFactor<L> factors[3] = {{pattern, sequences[0], own}, {pattern, sequences[1], own.from(numbers)}, {pattern, sequences[2], own.from(2 * numbers)}};
        for (Index k = 0; k < 3 * n; ++k) sums.set(k, {P{}, P{}});
        fed.begin();
        const auto factorise = [&] {
            for (const LaneFactor<L>& factor : factors) factorise_columns(factor.shared.own, regulation.changers, regulation.of(call), factor.own);
        };
        const auto move = [&](typename L::Mask at_rest) { return move_taps(regulation.changers, at_rest, v, 3, positive_sequence, regulation.of(call)); };
        regulation.sweep(limits, call, lanes, result, factorise, move, [&](typename L::Mask going) {
            sum_currents(factors, loads, fed, v, sums);
            const P change = let_fall(factors, v, sums, going);
            return larger_or_nan(change, fed.adjust(v, 3, positive_sequence, going));
        });
    }

    // `nominal`: the square of the magnitude at which the load has its rated power: 1 from phase to neutral, 3 between phases.
    SHAHR_HD Phasor<P> drawn(const Strand<L, const double>& loads, Index row, Phasor<P> v, double nominal) const {
        const P squared = squared_magnitude(v);
        P p = loads[row], q = loads[row + 1];
        if (shape.zip) {
            const P share = squared * (1.0 / nominal), magnitude = square_root(share);
            p = p + loads[row + 2] * magnitude + loads[row + 4] * share;
            q = q + loads[row + 3] * magnitude + loads[row + 5] * share;
        }
        return current_of(p, q, v, squared);
    }
    SHAHR_HD Three<P> load_currents(const Strand<L, const double>& loads, const ReactivePowers<L>& fed, Index k, const Three<P>& v) const {
        const Index row = k * shape.rows(), parts = shape.parts();
        Three<P> i;
        for (Index phase = 0; phase < 3; ++phase) i.x[phase] = drawn(loads, row + phase * parts, v.x[phase], 1);
        if (fed.stand_at(k))
            for (Index phase = 0; phase < 3; ++phase) i.x[phase] = i.x[phase] - current_of(P{}, fed.at(k), v.x[phase], squared_magnitude(v.x[phase]));
        if (!shape.delta) return i;
        for (Index phase = 0; phase < 3; ++phase) {
            const Index next = (phase + 1) % 3;
            const Phasor<P> between = drawn(loads, row + (3 + phase) * parts, v.x[phase] - v.x[next], 3);
            i.x[phase] = i.x[phase] + between;
            i.x[next] = i.x[next] - between;
        }
        return i;
    }
    SHAHR_HD void sum_currents(const LaneFactor<L> (&factors)[3], const Strand<L, const double>& loads, const ReactivePowers<L>& fed, const Phasors<L>& v, const Phasors<L>& sums) const {
        for (Index k = 0; k < pattern.size; ++k) {
            const Three<P> i = sequences_of(load_currents(loads, fed, k, phases_of(Three<P>{{v[3 * k], v[3 * k + 1], v[3 * k + 2]}})));
            for (Index s = 0; s < 3; ++s) {
                const Phasor<P> sum = sums[3 * k + s];
                factors[s].sum_onwards(sums, 3, s, k, sequences[s].takes_load[k] ? sum - i.x[s] : with_source(sequences[s], k, sum));
            }
        }
    }
    SHAHR_HD P let_fall(const LaneFactor<L> (&factors)[3], const Phasors<L>& v, const Phasors<L>& sums, typename L::Mask going) const {
        P worst{};
        for (Index k = pattern.size; k-- > 0;) {
            for (Index s = 0; s < 3; ++s) {
                const Phasor<P> now = factors[s].voltage_from(sums, v, 3, s, k), before = v[3 * k + s];
                sums.set(3 * k + s, {P{}, P{}});
                worst = larger_or_nan(worst, squared_magnitude(now - before));
                v.set(3 * k + s, {select(going, now.re, before.re), select(going, now.im, before.im)});
            }
        }
        return worst;
    }
};

}  // namespace shahr::SHAHR_BACKEND::power
