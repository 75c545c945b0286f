// What follows from the voltages: flows in the branches, their loading, and sums over the grid. One or three phases.
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

// Sums over the grid, per unit of the base power.
enum TotalRow : Index { total_load_p, total_load_q, total_slack_p, total_slack_q, total_loss_p, total_loss_q, total_shunt_p, total_not_served, total_low, total_high, total_overloaded, total_loading, total_min, total_max, total_rows };

struct GridTable {
    Index buses = 0, slack_ends = 0, slack_nodes = 0;
    View<const Index> rank_of_bus;             // [bus]  -1: dead
    View<const double> min_pu, max_pu;         // [bus]  NaN: no limit
    View<const Index> slack_end;               // a branch's end at a slack: 2 branch + (0 from, 1 to)
    View<const Index> slack_node;              // rank
    View<const double> shunt_g, shunt_b;       // [rank]
};

template <class L>
struct SumTotals {
    using P = typename L::Real;
    GridTable grid;
    Index nodes, branches, phases;
    NodeLoadTable loads;
    LaneInputs inputs;
    View<const double> voltage, node_load, flows, extra;
    View<double> totals;

    SHAHR_HD void operator()(Index call) const {
        const auto out = strand<L>(totals, total_rows, call);
        for (Index i = 0; i < total_rows; ++i) out.set(i, P{});
        out.set(total_min, P{} + 1e9);
        nodal(call, out);
        const auto flow = strand<L>(flows, branches * phases * flow_parts, call), more = strand<L>(extra, branches * branch_parts(phases), call);
        const double share = 1.0 / phases;
        P loss_p{}, loss_q{}, overloaded{}, most{};
        for (Index b = 0; b < branches; ++b) {
            for (Index row = b * phases * flow_parts; row < (b + 1) * phases * flow_parts; row += flow_parts) {
                loss_p = loss_p + flow[row] + flow[row + 2];
                loss_q = loss_q + flow[row + 1] + flow[row + 3];
            }
            const P loading = more[b * branch_parts(phases)];
            most = larger(most, loading);
            overloaded = overloaded + select(loading > 1.0, P{} + 1.0, P{});
        }
        out.set(total_loss_p, loss_p * share);
        out.set(total_loss_q, loss_q * share);
        out.set(total_overloaded, overloaded);
        out.set(total_loading, most);
        P slack_p = out[total_slack_p], slack_q = out[total_slack_q];
        for (Index i = 0; i < grid.slack_ends; ++i)
            for (Index phase = 0; phase < phases; ++phase) {
                const Index row = (grid.slack_end[i] / 2 * phases + phase) * flow_parts + grid.slack_end[i] % 2 * 2;
                slack_p = slack_p + flow[row] * share;
                slack_q = slack_q + flow[row + 1] * share;
            }
        out.set(total_slack_p, slack_p);
        out.set(total_slack_q, slack_q);
        for (Index w = 0; w < L::width; ++w) out.lane(total_not_served, w) = loads.sum_of(nodes, inputs, first_lane<L>(call) + w);
    }

    // Loads and shunts at their nodes' voltages; those at a slack are fed there.
    SHAHR_HD void nodal(Index call, const Strand<L, double>& out) const {
        const View<const double> state = voltage, load = node_load;
        const Phasors<L> v{{const_cast<double*>(strand<L>(state, nodes * phases * 2, call).data)}};
        const auto drawn = strand<L>(load, nodes * loads.rows(), call);
        P load_p{}, load_q{}, shunt_p{};
        const auto node = [&](Index k) {
            if (phases == 1) {
                const P squared = v[k].re * v[k].re + v[k].im * v[k].im;
                const auto at = NodeLoads<L>{drawn, loads.shape.zip}.at(k, squared);
                return Three<P>{{{at.p, at.q}, {squared * grid.shunt_g[k], squared * -grid.shunt_b[k]}, {P{}, P{}}}};
            }
            const Three<P> u = phases_of(Three<P>{{v[3 * k], v[3 * k + 1], v[3 * k + 2]}});
            Phasor<P> sum{P{}, P{}};
            for (Index c = 0; c < loads.shape.connections(); ++c) {
                const Phasor<P> across = c < 3 ? u.x[c] : u.x[c - 3] - u.x[(c - 2) % 3];
                const P squared = (across.re * across.re + across.im * across.im) * (c < 3 ? 1.0 : 1.0 / 3);
                const Index row = k * loads.rows() + c * loads.shape.parts();
                Phasor<P> s{drawn[row], drawn[row + 1]};
                if (loads.shape.zip) {
                    const P magnitude = square_root(squared);
                    s = s + Phasor<P>{drawn[row + 2] * magnitude + drawn[row + 4] * squared, drawn[row + 3] * magnitude + drawn[row + 5] * squared};
                }
                sum = sum + s;
            }
            P squared{};
            for (Index s = 1; s < 3; ++s) squared = squared + v[3 * k + s].re * v[3 * k + s].re + v[3 * k + s].im * v[3 * k + s].im;
            return Three<P>{{{sum.re * (1.0 / 3), sum.im * (1.0 / 3)}, {squared * grid.shunt_g[k], squared * -grid.shunt_b[k]}, {P{}, P{}}}};
        };
        for (Index k = 0; k < nodes; ++k) {
            const Three<P> at = node(k);
            load_p = load_p + at.x[0].re;
            load_q = load_q + at.x[0].im;
            shunt_p = shunt_p + at.x[1].re;
        }
        P slack_p{}, slack_q{};
        for (Index i = 0; i < grid.slack_nodes; ++i) {
            const Three<P> at = node(grid.slack_node[i]);
            slack_p = slack_p + at.x[0].re + at.x[1].re;
            slack_q = slack_q + at.x[0].im + at.x[1].im;
        }
        out.set(total_load_p, load_p);
        out.set(total_load_q, load_q);
        out.set(total_shunt_p, shunt_p);
        out.set(total_slack_p, slack_p);
        out.set(total_slack_q, slack_q);
        limits(v, out);
    }
    SHAHR_HD void limits(const Phasors<L>& v, const Strand<L, double>& out) const {
        P low{}, high{}, least = P{} + 1e9, most{};
        for (Index bus = 0; bus < grid.buses; ++bus) {
            const Index k = grid.rank_of_bus[bus];
            if (k < 0) continue;
            Three<P> u{{v[phases == 1 ? k : 3 * k], {P{}, P{}}, {P{}, P{}}}};
            if (phases == 3) u = phases_of(Three<P>{{v[3 * k], v[3 * k + 1], v[3 * k + 2]}});
            P bottom = P{} + 1e9, top{};
            for (Index phase = 0; phase < phases; ++phase) {
                const P squared = u.x[phase].re * u.x[phase].re + u.x[phase].im * u.x[phase].im;
                bottom = smaller(bottom, squared);
                top = larger(top, squared);
            }
            least = smaller(least, bottom);
            most = larger(most, top);
            low = low + select(bottom < grid.min_pu[bus] * grid.min_pu[bus], P{} + 1.0, P{});
            high = high + select(top > grid.max_pu[bus] * grid.max_pu[bus], P{} + 1.0, P{});
        }
        out.set(total_low, low);
        out.set(total_high, high);
        out.set(total_min, square_root(least));
        out.set(total_max, square_root(most));
    }
};

}  // namespace shahr::SHAHR_BACKEND::power
