// What a call of the sweeps does for its lanes.
#pragma once
#include "kernels/power/loads.h"
#include "kernels/power/sweep.h"

namespace shahr::SHAHR_BACKEND::power {

template <class P>
struct Phasor {
    P re, im;
};
template <class P>
SHAHR_HD Phasor<P> operator+(Phasor<P> a, Phasor<P> b) {
    return {a.re + b.re, a.im + b.im};
}
template <class P>
SHAHR_HD Phasor<P> operator-(Phasor<P> a, Phasor<P> b) {
    return {a.re - b.re, a.im - b.im};
}
// By the same complex number in every lane.
template <class P>
SHAHR_HD Phasor<P> scaled(View<const double> by, Index i, Phasor<P> a) {
    const double re = by[2 * i], im = by[2 * i + 1];
    return {re * a.re - im * a.im, re * a.im + im * a.re};
}
// The current that draws p + jq at a voltage: the conjugate of S / V.
template <class P>
SHAHR_HD Phasor<P> current_of(P p, P q, Phasor<P> v, P squared) {
    const P over = 1.0 / squared;
    return {(p * v.re + q * v.im) * over, (p * v.im - q * v.re) * over};
}

// Complex rows in an array of lanes.
template <class L>
struct Phasors {
    Strand<L, double> values;
    using P = typename L::Real;
    SHAHR_HD Phasor<P> operator[](Index i) const { return {values[2 * i], values[2 * i + 1]}; }
    SHAHR_HD void set(Index i, Phasor<P> v) const {
        values.set(2 * i, v.re);
        values.set(2 * i + 1, v.im);
    }
};

// Towards the source: what is summed at node k is known, and goes on to the nodes it leads to.
template <class L>
SHAHR_HD void sum_onwards(const FactorView& f, const SweepFactorView& y, const Phasors<L>& sums, Index stride, Index offset, Index k, Phasor<typename L::Real> sum) {
    for (Index e = f.first[k]; e < f.first[k + 1]; ++e) {
        const Index at = f.row[e] * stride + offset;
        sums.set(at, sums[at] - scaled(y.lower, e, sum));
    }
    sums.set(k * stride + offset, sum);
}
// Away from it: the voltage at node k from those nearer to the source.
template <class L>
SHAHR_HD Phasor<typename L::Real> voltage_from(const FactorView& f, const SweepFactorView& y, const Phasors<L>& sums, const Phasors<L>& voltage, Index stride, Index offset, Index k) {
    auto v = scaled(y.inverse, k, sums[k * stride + offset]);
    for (Index e = f.first[k]; e < f.first[k + 1]; ++e) v = v - scaled(y.upper, e, voltage[f.row[e] * stride + offset]);
    return v;
}

// At a node whose voltage is given.
template <class P>
SHAHR_HD Phasor<P> with_source(const SweepFactorView& y, Index k, Phasor<P> sum) {
    return {sum.re + y.source[2 * k], sum.im + y.source[2 * k + 1]};
}

// Sweeps until the voltages of every lane stand still. `sweep` goes there and back for the lanes that still move, and gives the
// square of the greatest change of voltage.
template <class L, class Sweep>
SHAHR_HD void sweep_until_still(const SweepLimits& limits, Index call, Index lanes, View<Convergence> result, const Sweep& sweep) {
    using P = typename L::Real;
    P worst{};
    auto going = P{} == P{};
    Index count[L::width] = {};
    for (Index round = 0; round < limits.iterations && any(going); ++round) {
        for (Index w = 0; w < L::width; ++w) count[w] += lane_of(going, w);
        const P change = square_root(sweep(going));
        worst = select(going, change, worst);
        going = going & !(change < limits.tolerance_pu);
    }
    for (Index w = 0; w < L::width; ++w) {
        const Index lane = first_lane<L>(call) + w;
        if (lane < lanes) result[lane] = {lane_of(worst, w), count[w], lane_of(going, w) ? 0 : 1};
    }
}

template <class L>
struct SolveSweep {
    using P = typename L::Real;
    FactorView factor;
    SweepFactorView y;
    View<const double> load;
    bool zip;
    View<double> voltage, work;                // work: [2 rows a node]
    View<Convergence> result;
    SweepLimits limits;
    Index lanes;

    SHAHR_HD void operator()(Index call) const {
        const Index n = factor.size;
        const NodeLoads<L> loads{strand<L>(load, n * (zip ? parts_of_load : parts_of_power), call), zip};
        const Phasors<L> v{strand<L>(voltage, 2 * n, call)}, sums{strand<L>(work, 2 * n, call)};
        for (Index k = 0; k < n; ++k) sums.set(k, {P{}, P{}});
        sweep_until_still<L>(limits, call, lanes, result, [&](typename L::Mask going) {
            sum_currents(loads, v, sums);
            return let_fall(v, sums, going);
        });
    }
    SHAHR_HD void sum_currents(const NodeLoads<L>& loads, const Phasors<L>& v, const Phasors<L>& sums) const {
        for (Index k = 0; k < factor.size; ++k) {
            if (!y.takes_load[k]) {
                sum_onwards<L>(factor, y, sums, 1, 0, k, with_source(y, k, sums[k]));
                continue;
            }
            const Phasor<P> at = v[k];
            const P squared = at.re * at.re + at.im * at.im;
            const auto drawn = loads.at(k, squared);
            sum_onwards<L>(factor, y, sums, 1, 0, k, sums[k] - current_of(drawn.p, drawn.q, at, squared));
        }
    }
    // The largest square of a change of voltage. Leaves the sums at zero.
    SHAHR_HD P let_fall(const Phasors<L>& v, const Phasors<L>& sums, typename L::Mask going) const {
        P worst{};
        for (Index k = factor.size; k-- > 0;) {
            const Phasor<P> now = voltage_from<L>(factor, y, sums, v, 1, 0, k), before = v[k], change = now - before;
            sums.set(k, {P{}, P{}});
            worst = larger_or_nan(worst, change.re * change.re + change.im * change.im);
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
    FactorView factor;
    SweepFactorView y[3];
    View<const double> load;
    PhaseLoads shape;
    View<double> voltage, work;                // work: [6 rows a node]
    View<Convergence> result;
    SweepLimits limits;
    Index lanes;

    SHAHR_HD void operator()(Index call) const {
        const Index n = factor.size;
        const View<const double> given = load;
        const Strand<L, const double> loads = strand<L>(given, n * shape.rows(), call);
        const Phasors<L> v{strand<L>(voltage, sequence_rows * n, call)}, sums{strand<L>(work, sequence_rows * n, call)};
        for (Index k = 0; k < 3 * n; ++k) sums.set(k, {P{}, P{}});
        sweep_until_still<L>(limits, call, lanes, result, [&](typename L::Mask going) {
            sum_currents(loads, v, sums);
            return let_fall(v, sums, going);
        });
    }

    // `nominal`: the square of the magnitude at which the load has its rated power: 1 from phase to neutral, 3 between phases.
    SHAHR_HD Phasor<P> drawn(const Strand<L, const double>& loads, Index row, Phasor<P> v, double nominal) const {
        const P squared = v.re * v.re + v.im * v.im;
        P p = loads[row], q = loads[row + 1];
        if (shape.zip) {
            const P share = squared * (1.0 / nominal), magnitude = square_root(share);
            p = p + loads[row + 2] * magnitude + loads[row + 4] * share;
            q = q + loads[row + 3] * magnitude + loads[row + 5] * share;
        }
        return current_of(p, q, v, squared);
    }
    SHAHR_HD Three<P> load_currents(const Strand<L, const double>& loads, Index k, const Three<P>& v) const {
        const Index row = k * shape.rows(), parts = shape.parts();
        Three<P> i;
        for (Index phase = 0; phase < 3; ++phase) i.x[phase] = drawn(loads, row + phase * parts, v.x[phase], 1);
        if (!shape.delta) return i;
        for (Index phase = 0; phase < 3; ++phase) {
            const Index next = (phase + 1) % 3;
            const Phasor<P> between = drawn(loads, row + (3 + phase) * parts, v.x[phase] - v.x[next], 3);
            i.x[phase] = i.x[phase] + between;
            i.x[next] = i.x[next] - between;
        }
        return i;
    }
    SHAHR_HD void sum_currents(const Strand<L, const double>& loads, const Phasors<L>& v, const Phasors<L>& sums) const {
        for (Index k = 0; k < factor.size; ++k) {
            const Three<P> i = sequences_of(load_currents(loads, k, phases_of(Three<P>{{v[3 * k], v[3 * k + 1], v[3 * k + 2]}})));
            for (Index s = 0; s < 3; ++s) {
                const Phasor<P> sum = sums[3 * k + s];
                sum_onwards<L>(factor, y[s], sums, 3, s, k, y[s].takes_load[k] ? sum - i.x[s] : with_source(y[s], k, sum));
            }
        }
    }
    SHAHR_HD P let_fall(const Phasors<L>& v, const Phasors<L>& sums, typename L::Mask going) const {
        P worst{};
        for (Index k = factor.size; k-- > 0;) {
            for (Index s = 0; s < 3; ++s) {
                const Phasor<P> now = voltage_from<L>(factor, y[s], sums, v, 3, s, k), before = v[3 * k + s], change = now - before;
                sums.set(3 * k + s, {P{}, P{}});
                worst = larger_or_nan(worst, change.re * change.re + change.im * change.im);
                v.set(3 * k + s, {select(going, now.re, before.re), select(going, now.im, before.im)});
            }
        }
        return worst;
    }
};

}  // namespace shahr::SHAHR_BACKEND::power
