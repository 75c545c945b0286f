// A steady solution for each lane of a call: the gradient algorithm of kernels/base/pipe_network.h with EPANET's looks at
// statuses, damping, conditions of convergence and further trials (EPANET 2.2 User Manual, section 12.1; 2.3's leakage).
#pragma once
#include "kernels/water/reach.h"
#include "kernels/water/status.h"

namespace shahr::SHAHR_BACKEND::water {

template <class L>
struct Changes {
    typename L::Real sum{}, of{}, greatest{};
    SHAHR_HD void add(typename L::Real change, typename L::Real flow) {
        sum = sum + absolute(change);
        of = of + absolute(flow);
        greatest = larger(greatest, absolute(change));
    }
};

template <class L>
SHAHR_HD void update_link_flows(const NetworkView& n, const Lane<L>& s, typename L::Mask going, typename L::Real relax, Changes<L>& changes) {
    using Real = typename L::Real;
    for (Index k = 0; k < n.links; ++k) {
        const Real flow = s.flow[k];
        Real change = flow_change<L>(n.pipes, s.pipes, k) * relax;
        const Index pump = k - n.pipe_count;   // one of constant power never runs backwards
        if (pump >= 0 && pump < n.pump_count && static_cast<PumpKind>(n.pump_kind[pump]) == PumpKind::of_power) change = select(change > flow, flow / 2.0, change);
        const Real next = flow - change;
        s.flow.set(k, select(going, next, flow));
        changes.add(change, next);
    }
}

template <class L>
SHAHR_HD void update_node_flows(const NetworkView& n, const Method& method, const Lane<L>& s, typename L::Mask going, typename L::Real relax, Changes<L>& changes) {
    using Real = typename L::Real;
    for (Index o = 0; o < n.outlet_count; ++o) {
        const Index v = n.outlet_node[o];
        const auto flows = s.outlet_k[o] > 0.0;
        const Outlet<Real> out = outlet_of<L>(n, s, o);
        const Real change = select(flows, (out.loss - (s.head[v] - n.elevation_m[v])) / out.gradient * relax, Real{});
        const Real next = s.outlet_flow[o] - change;
        s.outlet_flow.set(o, select(going, next, s.outlet_flow[o]));
        changes.add(change, select(flows, next, Real{}));
    }
    if (n.demand_model != WaterDemandModel::pressure) return;
    for (Index r = 0; r < n.pipes.unknowns(); ++r) {
        const Index v = n.pipes.node[r];
        const Real full = s.full_demand[v];
        const auto draws = full > 0.0;
        const Outlet<Real> d = pressure_demand(s.demand[v], select(draws, full, Real{} + 1.0), method.pressure_range_m, method.pressure_power);
        Real change = (d.loss - (s.head[v] - n.elevation_m[v] - method.min_pressure_m)) / d.gradient * relax;
        change = select(draws, smaller(larger(change, -0.4 * full), 0.4 * full), Real{});
        const Real next = s.demand[v] - change;
        s.demand.set(v, select(going, next, s.demand[v]));
        changes.add(change, select(draws, next, Real{}));
    }
}

// The largest difference between a link's loss by its law and by the heads at its ends.
template <class L>
SHAHR_HD double head_error(const NetworkView& n, const Lane<L>& s, Index w) {
    double worst = 0;
    for (Index k = 0; k < n.links; ++k) {
        if (s.is_shut(k, w) || s.p.lane(k, w) == 0) continue;
        worst = larger(worst, absolute(s.head.lane(n.pipes.from[k], w) - s.head.lane(n.pipes.to[k], w) - s.y.lane(k, w) / s.p.lane(k, w)));
    }
    return worst;
}

// Whether demands and leaks are what the pressures give.
template <class L>
SHAHR_HD bool outlets_agree(const NetworkView& n, const Method& method, const Lane<L>& s, Index w) {
    constexpr double most = 0.0001 * cubic_foot_m3;
    if (n.demand_model == WaterDemandModel::pressure) {
        for (Index r = 0; r < n.pipes.unknowns(); ++r) {
            const Index v = n.pipes.node[r];
            const double full = s.full_demand.lane(v, w);
            if (full <= 0) continue;
            const double share = (s.head.lane(v, w) - n.elevation_m[v] - method.min_pressure_m) / method.pressure_range_m;
            const double right = share <= 0 ? 0 : share >= 1 ? full : full * to_power(share, 1 / method.pressure_power);
            if (absolute(right - s.demand.lane(v, w)) > most) return false;
        }
    }
    for (Index o = 0; o < n.outlet_count; ++o) {
        const double k = s.outlet_k.lane(o, w), pressure = s.head.lane(n.outlet_node[o], w) - n.elevation_m[n.outlet_node[o]];
        if (!(k > 0) || n.outlet_backflow[o] || pressure <= 0) continue;
        const double right = to_power(pressure / k, 1 / n.outlet_power[o]);
        if (absolute(right - s.outlet_flow.lane(o, w)) > most + 0.001 * right) return false;
    }
    return true;
}

// All conditions of convergence that are asked for.
template <class L>
SHAHR_HD bool is_close(const NetworkView& n, const Method& method, const Lane<L>& s, Index w, double greatest) {
    if (!(s.error.lane(0, w) <= method.accuracy)) return false;
    if (method.flow_change_m3s > 0 && greatest > method.flow_change_m3s) return false;
    if (method.head_error_m > 0 && head_error<L>(n, s, w) > method.head_error_m) return false;
    return outlets_agree<L>(n, method, s, w);
}

// A pivot that is not positive: if the node belongs to a valve that regulates, its setting makes the equations contradict
// each other, and it is opened. False where that is not the cause.
template <class L>
SHAHR_HD bool open_bad_valve(const NetworkView& n, const Lane<L>& s, Index w) {
    Index r = 0;
    while (r < n.pipes.unknowns() && s.diagonal.lane(r, w) > 0 && s.diagonal.lane(r, w) < 1e300) ++r;
    if (r == n.pipes.unknowns()) return false;
    const Index node = n.pipes.node[r];
    for (Index k = n.pipe_count + n.pump_count; k < n.links; ++k) {
        if (n.pipes.from[k] != node && n.pipes.to[k] != node) continue;
        const auto kind = static_cast<WaterLinkKind>(n.kind[k]);
        if (s.state_of(k, w) != LinkState::active || (kind != WaterLinkKind::prv && kind != WaterLinkKind::psv && kind != WaterLinkKind::fcv)) continue;
        s.set_state(k, w, kind == WaterLinkKind::fcv ? LinkState::flow_not_reached : LinkState::pressure_not_reached);
        return true;
    }
    return false;
}

// Solves the equations at the flows that stand; lanes whose matrix is singular are dealt with and left out of the result.
template <class L>
SHAHR_HD typename L::Mask solve_linear(const NetworkView& n, const Method& method, const Lane<L>& s, typename L::Mask& going) {
    using Real = typename L::Real;
    link_terms<L>(n, s);
    node_terms<L>(n, method, s);
    if (any(s.dry[0] > 0.0)) hold_the_dry<L>(n, s);
    assemble<L>(n.pipes, s.pipes);
    hold_pressure<L>(n, s);
    factorise<L>(n.pipes.factor, s.diagonal, s.below);
    Real least = Real{} + 1.0, most{};
    for (Index r = 0; r < n.pipes.unknowns(); ++r) {
        least = smaller(s.diagonal[r], least);
        most = larger(s.diagonal[r], most);
    }
    const typename L::Mask sound = (least > 0.0) & (most < 1e300);
    auto solved = going;
    for (Index w = 0; w < L::width; ++w) {
        if (!lane_of(going, w) || lane_of(sound, w)) continue;
        set_lane(solved, w, false);
        if (open_bad_valve<L>(n, s, w)) continue;
        s.flags.lane(0, w) |= flag_failed;
        set_lane(going, w, false);
    }
    substitute<L>(n.pipes.factor, s.diagonal, s.below, s.right);
    for (Index r = 0; r < n.pipes.unknowns(); ++r) s.head.set(n.pipes.node[r], select(solved, s.right[r], s.head[n.pipes.node[r]]));
    return solved;
}

// What a lane's search for a solution remembers from one iteration to the next.
template <class L>
struct Search {
    typename L::Real relax;                    // share of each change that is made
    Index next_check[L::width];                // the iteration after which statuses are looked at

    SHAHR_HD void begin(const Method& method, const Lane<L>& s, Index w) {
        set_lane(relax, w, 1);
        next_check[w] = method.check_every;
        s.flags.lane(0, w) = 0;
        s.iterations.lane(0, w) = 0;
        s.error.lane(0, w) = 1;
    }
};

// One lane after its flows have changed: statuses, and whether it is done.
template <class L>
SHAHR_HD bool is_solved(const NetworkView& n, const Method& method, const Lane<L>& s, Index w, Index& next_check, double greatest, bool valves_look) {
    const Index iteration = s.iterations.lane(0, w);
    bool changed = valves_look && update_pressure_valves<L>(n, s, w);
    if (!is_close<L>(n, method, s, w, greatest)) {
        if (iteration <= method.check_until && iteration == next_check) {
            update_links<L>(n, s, w);
            next_check += method.check_every;
        }
        return false;
    }
    if (iteration > method.trials) return true;
    if (update_links<L>(n, s, w)) changed = true;
    if (update_by_pressure<L>(n, s, w)) changed = true;
    next_check = iteration + method.check_every;
    return !changed;
}

// One iteration of the lanes in `going`; the others keep their state. Returns the lanes whose search is over: with a solution,
// or without one.
template <class L>
SHAHR_HD typename L::Mask iterate(const NetworkView& n, const Method& method, const Lane<L>& s, typename L::Mask going, Search<L>& search) {
    serve_whom_water_reaches<L>(n, s, going);
    auto solvable = going, over = typename L::Mask{};
    const auto solved = solve_linear<L>(n, method, s, solvable);
    Changes<L> changes;
    update_link_flows<L>(n, s, solved, search.relax, changes);
    update_node_flows<L>(n, method, s, solved, search.relax, changes);
    if (method.head_error_m > 0) link_terms<L>(n, s);
    const Index most = method.trials + (method.extra_trials > 0 ? method.extra_trials : 0);
    for (Index w = 0; w < L::width; ++w) {
        if (!lane_of(going, w)) continue;
        s.iterations.lane(0, w) += 1;
        bool is_over = !lane_of(solvable, w) || s.iterations.lane(0, w) >= most;
        if (lane_of(solved, w)) {
            const double of = lane_of(changes.of, w), sum = lane_of(changes.sum, w);
            s.error.lane(0, w) = of > method.accuracy * cubic_foot_m3 ? sum / of : sum / cubic_foot_m3;
            const bool damped = method.damp_limit > 0 && s.error.lane(0, w) <= method.damp_limit;
            set_lane(search.relax, w, damped ? 0.6 : 1.0);
            if (is_solved<L>(n, method, s, w, search.next_check[w], lane_of(changes.greatest, w), damped || !(method.damp_limit > 0))) is_over = true;
        }
        set_lane(over, w, is_over);
    }
    return over;
}

}  // namespace shahr::SHAHR_BACKEND::water
