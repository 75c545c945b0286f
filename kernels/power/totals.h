// What the sources feed in, and sums over the grid, per unit of the base power. One or three phases.
#pragma once
#include "kernels/power/flows.h"

namespace shahr::SHAHR_BACKEND::power {

enum TotalRow : Index { total_load_p, total_load_q, total_slack_p, total_slack_q, total_loss_p, total_loss_q, total_shunt_p, total_not_served, total_low, total_high, total_overloaded, total_loading, total_min, total_max, total_beyond_q, total_rows };

struct GridTable {
    Index buses = 0;
    View<const Index> rank_of_bus;             // [bus]  -1: dead
    View<const double> min_pu, max_pu;         // [bus]  NaN: no limit
    View<const double> shunt_g, shunt_b;       // [rank]
};

// Nodes at which a slack or a generator of kind `voltage` stands.
struct SourceTable {
    View<const Index> rank;                    // [source]
    View<const std::uint8_t> is_slack;         // [source]
    View<const double> min_q, max_q;           // [source]  of its generators together, per unit; may be infinite
    View<const Index> first, end;              // [source, and one more]  its branches' ends: 2 branch + (0 from, 1 to)
};

// What a node draws in its loads (generation of fixed power taken off) and shunts.
template <class L>
struct NodeDraw {
    using P = typename L::Real;
    const GridTable& grid;
    const NodeLoadTable& loads;
    Index phases;
    Phasors<L> voltage;
    Strand<L, const double> load;

    struct Drawn {
        Phasor<P> load, shunt;
    };
    SHAHR_HD Drawn operator()(Index k) const {
        if (phases == 1) {
            const P squared = squared_magnitude(voltage[k]);
            const auto at = NodeLoads<L>{load, loads.shape.zip}.at(k, squared);
            return {{at.p, at.q}, {squared * grid.shunt_g[k], squared * -grid.shunt_b[k]}};
        }
        const Three<P> u = phases_of(Three<P>{{voltage[3 * k], voltage[3 * k + 1], voltage[3 * k + 2]}});
        Phasor<P> sum{P{}, P{}};
        for (Index c = 0; c < loads.shape.connections(); ++c) {
            const P squared = squared_magnitude(c < 3 ? u.x[c] : u.x[c - 3] - u.x[(c - 2) % 3]) * (c < 3 ? 1.0 : 1.0 / 3);
            const Index row = k * loads.rows() + c * loads.shape.parts();
            Phasor<P> s{load[row], load[row + 1]};
            if (loads.shape.zip) {
                const P magnitude = square_root(squared);
                s = s + Phasor<P>{load[row + 2] * magnitude + load[row + 4] * squared, load[row + 3] * magnitude + load[row + 5] * squared};
            }
            sum = sum + s;
        }
        const P squared = squared_magnitude(voltage[3 * k + 1]) + squared_magnitude(voltage[3 * k + 2]);
        return {{sum.re * (1.0 / 3), sum.im * (1.0 / 3)}, {squared * grid.shunt_g[k], squared * -grid.shunt_b[k]}};
    }
};

// [source][p, q]: what flows away from its node, and what is drawn there.
template <class L>
struct SumSource {
    using P = typename L::Real;
    SourceTable sources;
    GridTable grid;
    NodeLoadTable loads;
    Index nodes, branches, phases, calls;
    View<const double> voltage, node_load, flows;
    View<double> fed;

    SHAHR_HD void operator()(Index i) const {
        const auto [source, call] = row_and_call<L>(i, sources.rank.size, calls);
        const View<const double> state = voltage;
        const NodeDraw<L> drawn{grid, loads, phases, {{const_cast<double*>(strand<L>(state, nodes * phases * 2, call).data)}}, strand<L>(node_load, nodes * loads.rows(), call)};
        const auto flow = strand<L>(flows, branches * phases * flow_parts, call);
        const auto here = drawn(sources.rank[source]);
        Phasor<P> sum = here.load + here.shunt;
        const double share = 1.0 / phases;
        for (Index e = sources.first[source]; e < sources.first[source + 1]; ++e)
            for (Index phase = 0; phase < phases; ++phase) {
                const Index row = (sources.end[e] / 2 * phases + phase) * flow_parts + sources.end[e] % 2 * 2;
                sum = sum + Phasor<P>{flow[row] * share, flow[row + 1] * share};
            }
        Phasors<L>{strand<L>(fed, 2 * sources.rank.size, call)}.set(source, sum);
    }
};

template <class L>
struct SumTotals {
    using P = typename L::Real;
    GridTable grid;
    SourceTable sources;
    Index nodes, branches, phases;
    NodeLoadTable loads;
    LaneInputs inputs;
    View<const double> voltage, node_load, flows, extra;
    View<double> fed, totals;

    SHAHR_HD void operator()(Index call) const {
        const View<const double> state = voltage;
        const Phasors<L> v{{const_cast<double*>(strand<L>(state, nodes * phases * 2, call).data)}};
        const auto out = strand<L>(totals, total_rows, call);
        sum_nodes(v, call, out);
        sum_branches(call, out);
        sum_sources(call, out);
        count_limits(v, out);
        for (Index w = 0; w < L::width; ++w) out.lane(total_not_served, w) = loads.sum_of(nodes, inputs, first_lane<L>(call) + w);
    }

    SHAHR_HD void sum_nodes(const Phasors<L>& v, Index call, const Strand<L, double>& out) const {
        const NodeDraw<L> drawn{grid, loads, phases, v, strand<L>(node_load, nodes * loads.rows(), call)};
        P load_p{}, load_q{}, shunt_p{};
        for (Index k = 0; k < nodes; ++k) {
            const auto at = drawn(k);
            load_p = load_p + at.load.re;
            load_q = load_q + at.load.im;
            shunt_p = shunt_p + at.shunt.re;
        }
        out.set(total_load_p, load_p);
        out.set(total_load_q, load_q);
        out.set(total_shunt_p, shunt_p);
    }

    SHAHR_HD void sum_branches(Index call, const Strand<L, double>& out) const {
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
    }

    SHAHR_HD void sum_sources(Index call, const Strand<L, double>& out) const {
        const Phasors<L> all{strand<L>(fed, 2 * sources.rank.size, call)};
        Phasor<P> slack{P{}, P{}};
        P beyond{};
        for (Index s = 0; s < sources.rank.size; ++s) {
            const Phasor<P> at = all[s];
            if (sources.is_slack[s]) slack = slack + at;
            beyond = beyond + select((at.im > sources.max_q[s] + limit_noise) | (at.im < sources.min_q[s] - limit_noise), P{} + 1.0, P{});
        }
        out.set(total_slack_p, slack.re);
        out.set(total_slack_q, slack.im);
        out.set(total_beyond_q, beyond);
    }

    SHAHR_HD void count_limits(const Phasors<L>& v, const Strand<L, double>& out) const {
        P low{}, high{}, least = P{} + 1e9, most{};
        for (Index bus = 0; bus < grid.buses; ++bus) {
            const Index k = grid.rank_of_bus[bus];
            if (k < 0) continue;
            const Range at = range_at(v, k);
            least = smaller(least, at.least);
            most = larger(most, at.most);
            low = low + select(at.least < grid.min_pu[bus] * grid.min_pu[bus], P{} + 1.0, P{});
            high = high + select(at.most > grid.max_pu[bus] * grid.max_pu[bus], P{} + 1.0, P{});
        }
        out.set(total_low, low);
        out.set(total_high, high);
        out.set(total_min, square_root(least));
        out.set(total_max, square_root(most));
    }
    // The squares of the least and the greatest magnitude among the phases.
    struct Range {
        P least, most;
    };
    SHAHR_HD Range range_at(const Phasors<L>& v, Index k) const {
        if (phases == 1) return {squared_magnitude(v[k]), squared_magnitude(v[k])};
        const Three<P> u = phases_of(Three<P>{{v[3 * k], v[3 * k + 1], v[3 * k + 2]}});
        const P a = squared_magnitude(u.x[0]), b = squared_magnitude(u.x[1]), c = squared_magnitude(u.x[2]);
        return {smaller(smaller(a, b), c), larger(larger(a, b), c)};
    }
};

}  // namespace shahr::SHAHR_BACKEND::power
