// The terms of the linearised equations: every link's p and y, and what emitters, leaks and demands add to their nodes.
#pragma once
#include "kernels/water/laws.h"
#include "kernels/water/state.h"

namespace shahr::SHAHR_BACKEND::water {

// May write past the last pipe, up to a multiple of eight: pumps and valves come after.
template <class L>
SHAHR_HD void pipe_terms(const NetworkView& n, const Lane<L>& s) {
    using Pack = RowPack<L>;
    using Real = typename Pack::Real;
    const double power = n.formula == HeadLossFormula::hazen_williams ? 1.852 : 2;
    for (Index k = 0; k < n.pipe_count; k += Pack::step) {
        const Real flow = Pack::get(s.flow, k), r = Pack::constant(n.resistance, k), m = Pack::constant(n.minor, k);
        Term<Real> t = n.formula == HeadLossFormula::darcy_weisbach ? darcy_weisbach(flow, r, m, Pack::constant(n.viscosity_diameter, k), Pack::constant(n.roughness_ratio, k))
                                                                    : power_law(flow, r, m, power);
        const auto is_shut = Pack::get(s.shut, k) > 0.0;
        Pack::set(s.p, k, select(is_shut, Real{} + 1 / steep, t.p));
        Pack::set(s.y, k, select(is_shut, flow, t.y));
    }
}

// The straight line through the two points of a curve between which x lies: y = at_zero + slope x.
struct Segment {
    double at_zero, slope;
};
SHAHR_HD inline Segment segment_of(const NetworkView& n, Index curve, double x) {
    const Index first = n.curve_first[curve], end = n.curve_first[curve + 1];
    if (end - first == 1) return {0, n.curve_y[first] / n.curve_x[first]};
    Index upper = first;
    while (upper < end && n.curve_x[upper] < x) ++upper;
    if (upper == first) ++upper;
    else if (upper == end) --upper;
    const double slope = (n.curve_y[upper] - n.curve_y[upper - 1]) / (n.curve_x[upper] - n.curve_x[upper - 1]);
    return {n.curve_y[upper - 1] - slope * n.curve_x[upper - 1], slope};
}
// Between the points; beyond the ends the end's value.
SHAHR_HD inline double value_on(const NetworkView& n, Index curve, double x, bool inverse = false) {
    const double *from = inverse ? n.curve_y.data : n.curve_x.data, *to = inverse ? n.curve_x.data : n.curve_y.data;
    const Index first = n.curve_first[curve], end = n.curve_first[curve + 1];
    if (x <= from[first]) return to[first];
    for (Index i = first + 1; i < end; ++i)
        if (from[i] >= x) return to[i] - (from[i] - x) * (to[i] - to[i - 1]) / (from[i] - from[i - 1]);
    return to[end - 1];
}

SHAHR_HD inline bool is_number(double x) {
    return x == x;
}

SHAHR_HD inline Term<double> pump_term(const NetworkView& n, Index pump, double flow, double speed, bool is_shut) {
    if (is_shut || speed == 0) return shut(flow);
    switch (static_cast<PumpKind>(n.pump_kind[pump])) {
        case PumpKind::by_powers: return pump_by_powers(flow, speed, n.pump_h0[pump], n.pump_r[pump], n.pump_n[pump]);
        case PumpKind::of_power: return pump_of_power(flow, n.pump_r[pump]);
        case PumpKind::by_curve: break;
    }
    const Segment s = segment_of(n, n.pump_curve[pump], absolute(flow) / speed);
    const double gradient = larger(-s.slope * speed, 1e-6 * resistance_unit);
    return term(-s.at_zero * speed * speed + gradient * flow, gradient);
}

// Loss coefficient of a valve opened so far: EPANET 2.3's positional control valve.
SHAHR_HD inline double opening_loss(const NetworkView& n, Index k, double opening) {
    const double full = n.minor[k];
    if (opening >= 1) return full;
    if (opening <= 0) return steep;
    double share = opening;
    if (const Index curve = n.curve_of_link[k]; curve >= 0) {
        const Index first = n.curve_first[curve], last = n.curve_first[curve + 1] - 1;
        if (opening < n.curve_x[first]) share = opening / n.curve_x[first] * n.curve_y[first];
        else if (opening > n.curve_x[last]) share = (opening - n.curve_x[last]) / (1 - n.curve_x[last]) * (1 - n.curve_y[last]) + n.curve_y[last];
        else share = value_on(n, curve, opening);
    }
    share = smaller(larger(share, 1e-6), 1.0);
    return smaller(full / (share * share), steep);
}

// A valve that is not holding a pressure; those that do get their terms in hold_pressure().
template <class L>
SHAHR_HD Term<double> valve_term(const NetworkView& n, const Lane<L>& s, Index k, Index w) {
    const double flow = s.flow.lane(k, w), setting = s.setting.lane(k, w);
    const double m = n.minor[k];
    if (s.is_shut(k, w)) return shut(flow);
    switch (static_cast<WaterLinkKind>(n.kind[k])) {
        case WaterLinkKind::pbv:
            if (is_number(setting) && setting != 0 && m * flow * flow <= setting) return {firm, setting * firm};
            return open_valve(flow, m);
        case WaterLinkKind::tcv: {
            const double d2 = n.diameter_m[k] * n.diameter_m[k];
            return open_valve(flow, is_number(setting) ? minor_loss_unit * setting / (d2 * d2) : m);
        }
        case WaterLinkKind::pcv: return open_valve(flow, is_number(setting) ? opening_loss(n, k, setting) : m);
        case WaterLinkKind::gpv: {
            const double q = larger(absolute(flow), 1e-6 * cubic_foot_m3);
            const Segment c = segment_of(n, n.curve_of_link[k], q);
            const double slope = larger(c.slope, 1e-6 * resistance_unit), y = c.at_zero / slope + q;
            return {1 / slope, flow < 0 ? -y : y};
        }
        case WaterLinkKind::fcv:
            if (s.state_of(k, w) == LinkState::active && is_number(setting)) return {1 / steep, flow - setting};
            return open_valve(flow, m);
        default:
            if (s.state_of(k, w) == LinkState::active && is_number(setting)) return {0, flow};
            return open_valve(flow, m);
    }
}

template <class L>
SHAHR_HD void link_terms(const NetworkView& n, const Lane<L>& s) {
    pipe_terms<L>(n, s);
    for (Index k = n.pipe_count; k < n.links; ++k) {
        for (Index w = 0; w < L::width; ++w) {
            const Term<double> t = k < n.pipe_count + n.pump_count ? pump_term(n, k - n.pipe_count, s.flow.lane(k, w), s.setting.lane(k, w), s.is_shut(k, w)) : valve_term<L>(n, s, k, w);
            s.p.lane(k, w) = t.p;
            s.y.lane(k, w) = t.y;
        }
    }
}

// An outlet whose coefficient is 0 lets nothing out.
template <class L>
SHAHR_HD Outlet<typename L::Real> outlet_of(const NetworkView& n, const Lane<L>& s, Index o) {
    using Real = typename L::Real;
    const Real k = s.outlet_k[o];
    Outlet<Real> out = outlet(s.outlet_flow[o], select(k > 0.0, k, Real{} + 1.0), n.outlet_power[o], n.outlet_backflow[o] != 0);
    return out;
}

// Sets the diagonal and the right-hand side to what the nodes themselves draw.
template <class L>
SHAHR_HD void node_terms(const NetworkView& n, const Method& method, const Lane<L>& s) {
    using Real = typename L::Real;
    const bool by_pressure = n.demand_model == WaterDemandModel::pressure;
    for (Index r = 0; r < n.pipes.unknowns(); ++r) {
        const Index v = n.pipes.node[r];
        Real diagonal{}, right = -s.demand[v];
        if (by_pressure) {
            const Real full = s.full_demand[v];
            const auto draws = full > 0.0;
            const Outlet<Real> d = pressure_demand(s.demand[v], select(draws, full, Real{} + 1.0), method.pressure_range_m, method.pressure_power);
            diagonal = select(draws, 1.0 / d.gradient, Real{});
            right = right + select(draws, (d.loss + (n.elevation_m[v] + method.min_pressure_m)) / d.gradient, Real{});
        }
        s.diagonal.set(r, diagonal);
        s.right.set(r, right);
    }
    for (Index o = 0; o < n.outlet_count; ++o) {
        const Index v = n.outlet_node[o], r = n.pipes.rank[v];
        const auto flows = s.outlet_k[o] > 0.0;
        const Outlet<Real> out = outlet_of<L>(n, s, o);
        s.diagonal.set(r, s.diagonal[r] + select(flows, 1.0 / out.gradient, Real{}));
        s.right.set(r, s.right[r] + select(flows, (out.loss + n.elevation_m[v]) / out.gradient - s.outlet_flow[o], Real{}));
    }
}

// A prv or psv that holds its setting: the head at its node is what it is set to, and it passes what that node needs.
template <class L>
SHAHR_HD void hold_pressure(const NetworkView& n, const Lane<L>& s) {
    for (Index i = 0; i < n.pressure_valves.size; ++i) {
        const Index k = n.pressure_valves[i];
        const bool behind = static_cast<WaterLinkKind>(n.kind[k]) == WaterLinkKind::prv;
        const Index node = behind ? n.pipes.to[k] : n.pipes.from[k], other = behind ? n.pipes.from[k] : n.pipes.to[k];
        for (Index w = 0; w < L::width; ++w) {
            const double setting = s.setting.lane(k, w);
            if (s.is_shut(k, w) || s.state_of(k, w) != LinkState::active || !is_number(setting)) continue;
            double excess = -s.demand.lane(node, w);
            for (Index a = n.around_first[i]; a < n.around_first[i + 1]; ++a) {
                const Index link = n.around[a];
                excess += n.pipes.to[link] == node ? s.flow.lane(link, w) : -s.flow.lane(link, w);
            }
            for (Index o = 0; o < n.outlet_count; ++o)
                if (n.outlet_node[o] == node && s.outlet_k.lane(o, w) > 0) excess -= s.outlet_flow.lane(o, w);
            s.y.lane(k, w) = behind ? s.flow.lane(k, w) + excess : s.flow.lane(k, w) - excess;
            const Index r = n.pipes.rank[node], ro = n.pipes.rank[other];
            s.diagonal.lane(r, w) += firm;
            s.right.lane(r, w) += firm * (n.elevation_m[node] + setting);
            if (behind ? excess < 0 : excess > 0) s.right.lane(ro, w) += excess;
            if (!behind) {                     // keeps the far side joined to something
                s.diagonal.lane(ro, w) += 1 / steep;
                s.right.lane(ro, w) += (n.elevation_m[node] + setting) / steep;
            }
        }
    }
}

}  // namespace shahr::SHAHR_BACKEND::water
