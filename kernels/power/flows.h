// What follows from the voltages: flows in the branches and their loading. One or three phases.
#pragma once
#include "kernels/power/injections.h"
#include "kernels/power/sweep_elements.h"

namespace shahr::SHAHR_BACKEND::power {

// A branch's flows are [phase][p_from, q_from, p_to, q_to], into the branch, per unit of the base power (a third of it in each
// of three phases); what concerns all phases is [loading], with three phases [loading, neutral_from, neutral_to], currents
// per unit.
inline constexpr Index flow_parts = 4;
SHAHR_HD inline Index branch_parts(Index phases) {
    return phases == 1 ? 1 : 3;
}

struct BranchTable {
    Index branches = 0;
    View<const Index> from, to;                // [branch]  rank; -1: dead or open
    View<const double> ports;                  // [sequence][branch][ff, ft, tf, tt] as pairs; with one phase only the positive
    View<const double> per_current_from, per_current_to, per_power;  // [branch]  one over its rating, per unit; 0: none
};

template <class L>
struct BranchFlow {
    using P = typename L::Real;
    BranchTable table;
    Index nodes, phases, calls;
    View<const double> voltage;
    View<double> flows, extra;

    struct End {
        Phasor<P> from, to;
    };
    SHAHR_HD static Phasor<P> zero() { return {P{}, P{}}; }
    SHAHR_HD Phasor<P> at(const Phasors<L>& v, Index rank, Index sequence) const { return rank < 0 ? zero() : v[phases == 1 ? rank : 3 * rank + sequence]; }
    // `through`: what an ideal transformer between the bus `from` and the branch as built makes of voltage and current.
    template <class Through>
    SHAHR_HD End currents(const Phasors<L>& v, Index branch, Index sequence, const Through& through) const {
        const Phasor<P> from = through(at(v, table.from[branch], sequence)), to = at(v, table.to[branch], sequence);
        const Index y = ((phases == 1 ? 0 : sequence) * table.branches + branch) * 4;
        return {through(scaled(table.ports, y, from) + scaled(table.ports, y + 1, to)), scaled(table.ports, y + 2, from) + scaled(table.ports, y + 3, to)};
    }
    SHAHR_HD static P squared(Phasor<P> x) { return squared_magnitude(x); }
    SHAHR_HD static double squared(double x) { return x * x; }

    SHAHR_HD void operator()(Index i) const {
        const auto [branch, call] = row_and_call<L>(i, table.branches, calls);
        write(branch, call, [](Phasor<P> x) { return x; });
    }
    template <class Through>
    SHAHR_HD void write(Index branch, Index call, const Through& through) const {
        const Index f = table.from[branch], t = table.to[branch], parts = branch_parts(phases);
        const View<const double> state = voltage;
        const Phasors<L> v{{const_cast<double*>(strand<L>(state, nodes * phases * 2, call).data)}};
        const auto out = strand<L>(flows, table.branches * phases * flow_parts, call), more = strand<L>(extra, table.branches * parts, call);
        P loading{};                           // its square, until it is written
        Phasor<P> neutral_from = zero(), neutral_to = zero();
        if (phases == 1) {
            loading = write_phase(out, branch, 0, at(v, f, 1), at(v, t, 1), currents(v, branch, 1, through));
        } else {
            Three<P> v_from, v_to, i_from, i_to;
            for (Index s = 0; s < 3; ++s) {
                const End now = currents(v, branch, s, through);
                v_from.x[s] = at(v, f, s), v_to.x[s] = at(v, t, s);
                i_from.x[s] = now.from, i_to.x[s] = now.to;
            }
            const Three<P> vf = phases_of(v_from), vt = phases_of(v_to), cf = phases_of(i_from), ct = phases_of(i_to);
            for (Index phase = 0; phase < 3; ++phase) {
                loading = larger(loading, write_phase(out, branch, phase, vf.x[phase], vt.x[phase], {cf.x[phase], ct.x[phase]}));
                neutral_from = neutral_from + cf.x[phase];
                neutral_to = neutral_to + ct.x[phase];
            }
        }
        more.set(branch * parts, square_root(loading));
        if (phases == 1) return;
        more.set(branch * parts + 1, square_root(squared(neutral_from)));
        more.set(branch * parts + 2, square_root(squared(neutral_to)));
    }
    // The square of this phase's loading.
    SHAHR_HD P write_phase(const Strand<L, double>& out, Index branch, Index phase, Phasor<P> vf, Phasor<P> vt, End i) const {
        const Index row = (branch * phases + phase) * flow_parts;
        const P pf = vf.re * i.from.re + vf.im * i.from.im, qf = vf.im * i.from.re - vf.re * i.from.im;
        const P pt = vt.re * i.to.re + vt.im * i.to.im, qt = vt.im * i.to.re - vt.re * i.to.im;
        out.set(row, pf);
        out.set(row + 1, qf);
        out.set(row + 2, pt);
        out.set(row + 3, qt);
        P loading = larger(squared(i.from) * squared(table.per_current_from[branch]), squared(i.to) * squared(table.per_current_to[branch]));
        if (table.per_power[branch] > 0) loading = larger(loading, larger(pf * pf + qf * qf, pt * pt + qt * qt) * squared(table.per_power[branch]));
        return loading;
    }
};

// The branch of a tap changer again, at each lane's own position.
template <class L>
struct TappedFlow {
    BranchFlow<L> flow;
    View<const TapChanger> changers;
    View<const Index> positions;

    SHAHR_HD void operator()(Index i) const {
        const auto [changer, call] = row_and_call<L>(i, changers.size, flow.calls);
        const auto position = strand<L>(positions, changers.size, call);
        typename L::Real share{};
        for (Index w = 0; w < L::width; ++w) set_lane(share, w, 1 / changers[changer].ratio(position.lane(changer, w)));
        flow.write(changers[changer].branch, call, [&](Phasor<typename L::Real> x) { return Phasor<typename L::Real>{x.re * share, x.im * share}; });
    }
};

}  // namespace shahr::SHAHR_BACKEND::power
