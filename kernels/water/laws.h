// Losses of head in pipes, pumps and valves: pure functions of the flow, for one lane or many at once. SI units.
#pragma once
#include "kernels/base/lane_math.h"
#include "kernels/water/constants.h"

namespace shahr::SHAHR_BACKEND::water {

// p and y of kernels/base/pipe_network.h: 1 / gradient, and loss / gradient.
template <class P>
struct Term {
    P p, y;
};

// Hazen-Williams and Chezy-Manning, h = r q^n + m q^2: Rossman et al., EPANET 2.2 User Manual, table 3.1 and section 12.1.
// `n`: 1.852 or 2. Below the least gradient the friction is linear.
template <class P>
SHAHR_HD Term<P> power_law(P flow, P r, P m, double n) {
    const P q = absolute(flow);
    const P steepness = n * r * (n == 2 ? q : to_power(q, P{} + (n - 1)));
    const auto is_flat = steepness < least_gradient;
    const P friction = select(is_flat, P{} + least_gradient / n, steepness);
    const P loss = (friction * select(is_flat, P{} + 1.0, P{} + 1 / n) + m * q) * q;
    const P p = 1.0 / (friction + 2.0 * m * q), y = loss * p;
    return {p, select(flow < 0.0, -y, y)};
}

template <class P>
struct Friction {
    P factor, slope;                           // df/dq
};

// Swamee and Jain, "Explicit equations for pipe-flow problems" (1976), for Re >= 4000; between 2000 and 4000 the cubic of
// Dunlop (1991): EPANET 2.2 User Manual, section 12.1. `w` = q / (viscosity d) = Re pi / 4, `e` = roughness / d.
template <class P>
SHAHR_HD Friction<P> friction_factor(P q, P w, P e) {
    constexpr double a1 = 3141.5926535897932, a2 = 1570.7963267948966, a8 = 4.61841319859066668690, a9 = -0.86858896380650365530;
    constexpr double ab = 3.28895476345399058690e-3, ac = -5.14214965799093883760e-3;
    const P y1 = a8 / to_power(w, P{} + 0.9);
    const P y2 = e / 3.7 + select(w >= a1, y1, P{} + ab);
    const P y3 = a9 * logarithm(y2);
    const P f = 1.0 / (y3 * y3);
    const P fb = (2.0 + ac / (y2 * y3)) * f, r = w / a2;
    const P x1 = 7.0 * f - fb, x2 = 0.128 - 17.0 * f + 2.5 * fb, x3 = -0.128 + 13.0 * f - (fb + fb), x4 = 0.032 - 3.0 * f + 0.5 * fb;
    return {select(w >= a1, f, x1 + r * (x2 + r * (x3 + r * x4))),
            select(w >= a1, 1.8 * f * y1 * a9 / y2 / y3 / q, (x2 + r * (2.0 * x3 + r * 3.0 * x4)) / (q / w) / a2)};
}

// Darcy-Weisbach, h = (f r + m) q^2, with r = l / (2 g d A^2); laminar flow (Hagen and Poiseuille) below Re = 2000.
template <class P>
SHAHR_HD Term<P> darcy_weisbach(P flow, P r, P m, P viscosity_diameter, P e) {
    constexpr double laminar_w = 1570.7963267948966, sixteen_pi = 50.265482457436691815;
    const P q = absolute(flow), w = q / viscosity_diameter;
    const P viscous = sixteen_pi * viscosity_diameter * r;
    const Friction<P> f = friction_factor(larger(q, viscosity_diameter), larger(w, P{} + 1.0), e);
    const P turbulent = f.factor * r + m;
    const auto laminar = w <= laminar_w;
    const P loss = select(laminar, viscous + m * q, turbulent * q) * flow;
    const P gradient = select(laminar, viscous + 2.0 * m * q, 2.0 * turbulent * q + f.slope * r * q * q);
    return {1.0 / gradient, loss / gradient};
}

SHAHR_HD inline Term<double> shut(double flow) {
    return {1 / steep, flow};
}
SHAHR_HD inline Term<double> wide_open(double flow) {
    return {1 / shallow, flow};
}
SHAHR_HD inline Term<double> term(double loss, double gradient) {
    return {1 / gradient, loss / gradient};
}

// A valve that does not regulate: m q^2, or next to nothing.
SHAHR_HD inline Term<double> open_valve(double flow, double m) {
    if (!(m > 0)) return wide_open(flow);
    const double steepness = 2 * m * absolute(flow), gradient = steepness < least_gradient ? least_gradient / 2 : steepness;
    return term(steepness < least_gradient ? gradient * flow : gradient * flow / 2, gradient);
}

// h = -(w^2 h0 - r w^(2 - n) q^n) at the relative speed w (the affinity laws): EPANET 2.2 User Manual, section 12.1.
SHAHR_HD inline Term<double> pump_by_powers(double flow, double speed, double h0, double r, double n) {
    const double shutoff = -speed * speed * h0, scaled = r * to_power(speed, 2.0 - n), q = absolute(flow);
    if (absolute(n - 1) < 1e-6) return term(shutoff + scaled * flow, scaled);
    const double steepness = n * scaled * to_power(q, n - 1);
    if (steepness < least_gradient) return term(shutoff + least_gradient * flow, least_gradient);
    return term(shutoff + steepness * flow / n, steepness);
}

// The same head times flow whatever the flow: h q = -k.
SHAHR_HD inline Term<double> pump_of_power(double flow, double k) {
    const double gradient = k / (flow * flow);
    if (!(gradient <= steep)) return shut(flow);
    if (gradient < shallow) return wide_open(flow);
    return term(-k / flow, gradient);
}

// An outlet to the open at the node's height, h = k |q|^(n - 1) q; without backflow a steep barrier stands at no flow
// (EPANET 2.3).
template <class P>
struct Outlet {
    P loss, gradient;
};
template <class P>
SHAHR_HD void add_lower_barrier(P difference, Outlet<P>& o) {
    const P a = barrier_slope * difference, b = square_root(a * a + barrier_width_m2);
    o.loss = o.loss + (a - b) / 2.0;
    o.gradient = o.gradient + barrier_slope / 2 * (1.0 - a / b);
}
template <class P>
SHAHR_HD void add_upper_barrier(P difference, Outlet<P>& o) {
    const P a = barrier_slope * difference, b = square_root(a * a + barrier_width_m2);
    o.loss = o.loss + (a + b) / 2.0;
    o.gradient = o.gradient + barrier_slope / 2 * (1.0 + a / b);
}
template <class P>
SHAHR_HD Outlet<P> outlet(P flow, P k, double n, bool backflow) {
    const P steepness = n * k * to_power(absolute(flow), P{} + (n - 1));
    const auto flat = steepness < least_gradient;
    const P gradient = select(flat, P{} + least_gradient / n, steepness);
    Outlet<P> o{select(flat, gradient * flow, gradient * flow / n), gradient};
    if (!backflow) add_lower_barrier(flow, o);
    return o;
}

// Demand that depends on pressure (Wagner et al. 1988), turned round: the pressure above the least one that delivers
// `flow` of `full`, with barriers at none and at all of it: EPANET 2.2 User Manual, section 12.6.
template <class P>
SHAHR_HD Outlet<P> pressure_demand(P flow, P full, double range_m, double n) {
    const P gradient = n * range_m * to_power(absolute(flow) / full, P{} + (n - 1)) / full;
    Outlet<P> o{gradient * flow / n, gradient};
    add_lower_barrier(flow, o);
    add_upper_barrier(flow - full, o);
    return o;
}

}  // namespace shahr::SHAHR_BACKEND::water
