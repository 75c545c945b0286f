#include "kernels/power/newton.h"

#include <algorithm>

#include "kernels/power/blocks.h"
#include "kernels/power/loads.h"

namespace shahr::SHAHR_BACKEND::power {
namespace {

enum NodeKind : Index { load_node, voltage_node, slack_node };

struct AdmittanceView {
    View<const Index> first, column, position; // position: the entry if below the diagonal, ~entry if above
    View<const double> g, b, diagonal_g, diagonal_b;
};

// One call: the variants of its lanes, from their starting voltages to the end.
template <class L>
struct SolveNewton {
    using P = typename L::Real;
    FactorView factor;
    AdmittanceView y;
    View<const Index> kind;
    View<const double> load;
    bool zip;
    View<const double> min_q, max_q;           // [rank]  empty: no limits
    View<double> voltage, work;                // work: [6 rows a node, 8 an entry] Jacobian and right-hand side; with limits 2 a node more
    View<Convergence> result;
    double tolerance;
    Index most, lanes;

    struct Lane {
        NodeLoads<L> load;
        Strand<L, double> voltage;
        BlockMatrix<L> jacobian;
        Pairs<L> step;
        Strand<L, double> released;            // [rank][1 where a voltage is no longer held, the reactive power fed in then]
        SHAHR_HD P re(Index k) const { return voltage[2 * k]; }
        SHAHR_HD P im(Index k) const { return voltage[2 * k + 1]; }
    };

    SHAHR_HD void operator()(Index call) const {
        const Index n = factor.size, e = factor.entries;
        const Strand<L, double> all = strand<L>(work, rows(n, e, limited()), call);
        const auto from = [&](Index rows) { return Strand<L, double>{all.data + static_cast<std::int64_t>(rows) * L::tile}; };
        const View<const double> loads = load;
        const Lane s{{strand<L>(loads, n * (zip ? parts_of_load : parts_of_power), call), zip}, strand<L>(voltage, 2 * n, call),
                     {{from(0)}, {from(4 * n)}, {from(4 * n + 4 * e)}}, {from(4 * n + 8 * e)}, from(6 * n + 8 * e)};
        for (Index r = 0; limited() && r < 2 * n; ++r) s.released.set(r, P{});
        P worst{}, left = P{} + most;
        typename L::Mask going = P{} == P{};
        Index count[L::width] = {};
        for (;;) {
            P now = linearise(s);
            const typename L::Mask solved = going & (now < tolerance);
            if (limited() && any(solved)) {
                const typename L::Mask released = release(s, solved);
                if (any(released)) now = linearise(s);
                left = select(released, P{} + most, left);
            }
            worst = select(going, now, worst);
            going = going & !(now < tolerance);
            const typename L::Mask moves = going & (left > 0.0);
            if (!any(moves)) break;
            factorise<L>(factor, s.jacobian);
            substitute<L>(factor, s.jacobian, s.step);
            move(s, moves);
            left = left - 1.0;
            for (Index w = 0; w < L::width; ++w) count[w] += lane_of(moves, w);
        }
        for (Index w = 0; w < L::width; ++w) {
            const Index lane = first_lane<L>(call) + w;
            if (lane < lanes) result[lane] = {lane_of(worst, w), count[w], static_cast<std::int16_t>(!lane_of(going, w)), taps_left, lane_of(going, w) ? worst_node(s, w) : -1};
        }
    }

    // Of a lane, after its last linearisation. No number counts as the worst.
    SHAHR_HD Index worst_node(const Lane& s, Index w) const {
        Index worst = -1;
        double most = 0;
        for (Index r = 0; r < 2 * factor.size; ++r) {
            const double mismatch = s.step.values.lane(r, w), size = mismatch < 0 ? -mismatch : mismatch;
            if (size <= most) continue;
            worst = r / 2;
            if (!(size > most)) break;
            most = size;
        }
        return worst;
    }

    SHAHR_HD bool limited() const { return min_q.size > 0; }
    SHAHR_HD static Index rows(Index nodes, Index entries, bool limited) { return (limited ? 8 : 6) * nodes + 8 * entries; }

    // In the lanes `solved`, the generators beyond a limit are set to it. The lanes in which there is one.
    SHAHR_HD typename L::Mask release(const Lane& s, typename L::Mask solved) const {
        typename L::Mask found = P{} != P{};
        for (Index k = 0; k < factor.size; ++k) {
            if (kind[k] != voltage_node) continue;
            const P re = s.re(k), im = s.im(k), squared = re * re + im * im;
            P q = s.load.at(k, squared).q - squared * y.diagonal_b[k];
            for (Index i = y.first[k]; i < y.first[k + 1]; ++i) {
                const Index m = y.column[i];
                q = q + im * (y.g[i] * s.re(m) - y.b[i] * s.im(m)) - re * (y.g[i] * s.im(m) + y.b[i] * s.re(m));
            }
            const auto held = solved & (s.released[2 * k] == 0.0), above = held & (q > max_q[k] + limit_noise), below = held & (q < min_q[k] - limit_noise);
            s.released.set(2 * k, select(above | below, P{} + 1.0, s.released[2 * k]));
            s.released.set(2 * k + 1, select(above, P{} + max_q[k], select(below, P{} + min_q[k], s.released[2 * k + 1])));
            found = found | above | below;
        }
        return found;
    }

    // The mismatch into `step`, its derivative by angle and logarithm of magnitude into the Jacobian. The largest mismatch.
    SHAHR_HD P linearise(const Lane& s) const {
        P worst{};
        for (Index e = 0; e < factor.entries; ++e) {
            s.jacobian.lower.set(e, {P{}, P{}, P{}, P{}});
            s.jacobian.upper.set(e, {P{}, P{}, P{}, P{}});
        }
        for (Index k = 0; k < factor.size; ++k) {
            if (kind[k] == slack_node) {
                s.jacobian.diagonal.set(k, {P{} + 1.0, P{}, P{}, P{} + 1.0});
                s.step.set(k, {P{}, P{}});
                continue;
            }
            worst = larger_or_nan(worst, linearise_node(s, k));
        }
        return worst;
    }

    // With c = V_k conj(Y_km V_m): dS_k/d(angle_m) = -i c, dS_k/d(ln |V_m|) = c for another node m; for the node itself
    // i (S_k - c) and S_k + c.
    SHAHR_HD P linearise_node(const Lane& s, Index k) const {
        const P re = s.re(k), im = s.im(k), squared = re * re + im * im;
        const P own_p = squared * y.diagonal_g[k], own_q = -squared * y.diagonal_b[k];
        P p = own_p, q = own_q;
        const bool has_generator = kind[k] == voltage_node;
        const typename L::Mask holds = !has_generator ? P{} != P{} : limited() ? s.released[2 * k] == 0.0 : P{} == P{};
        for (Index i = y.first[k]; i < y.first[k + 1]; ++i) {
            const Index m = y.column[i], at = y.position[i];
            const P i_re = y.g[i] * s.re(m) - y.b[i] * s.im(m), i_im = y.g[i] * s.im(m) + y.b[i] * s.re(m);
            const P c_re = re * i_re + im * i_im, c_im = im * i_re - re * i_im;
            p = p + c_re;
            q = q + c_im;
            const Block<P> block{c_im, c_re, select(holds, P{}, -c_re), select(holds, P{}, c_im)};
            if (at >= 0) s.jacobian.lower.set(at, block);
            else s.jacobian.upper.set(~at, block);
        }
        const auto drawn = s.load.at(k, squared);
        const P given_q = has_generator && limited() ? s.released[2 * k + 1] : P{};
        const P missing_p = -(p + drawn.p), missing_q = select(holds, P{}, given_q - (q + drawn.q));
        s.jacobian.diagonal.set(k, {own_q - q, p + own_p + drawn.slope_p, select(holds, P{}, p - own_p), select(holds, P{} + 1.0, q + own_q + drawn.slope_q)});
        s.step.set(k, {missing_p, missing_q});
        return larger_or_nan(absolute(missing_p), absolute(missing_q));
    }

    SHAHR_HD void move(const Lane& s, typename L::Mask going) const {
        for (Index k = 0; k < factor.size; ++k) {
            if (kind[k] == slack_node) continue;
            const Pair<P> step = s.step[k];
            const P half = 0.5 * step.x, over = (1.0 + step.y) / (1.0 + half * half);
            const P turn_re = (1.0 - half * half) * over, turn_im = 2.0 * half * over;
            const P re = s.re(k), im = s.im(k);
            s.voltage.set(2 * k, select(going, re * turn_re - im * turn_im, re));
            s.voltage.set(2 * k + 1, select(going, re * turn_im + im * turn_re, im));
        }
    }
};

struct RowMatrix {
    std::vector<Index> first{0}, column, position;
    std::vector<double> g, b;
};

// Entries that are fill or nothing are left out.
RowMatrix by_rows(const Network& network, const Admittance& y) {
    RowMatrix m;
    const Elimination& filled = network.pattern.filled;
    const auto add = [&](Index column, Index position, Complex value) {
        if (value == Complex{}) return;
        m.column.push_back(column);
        m.position.push_back(position);
        m.g.push_back(value.real());
        m.b.push_back(value.imag());
    };
    for (Index k = 0; k < network.size(); ++k) {
        const auto at = static_cast<std::size_t>(k);
        for (Index i = filled.first_below[at]; i < filled.first_below[at + 1]; ++i) {
            const Index e = filled.below[static_cast<std::size_t>(i)];
            add(filled.low[static_cast<std::size_t>(e)], e, y.lower[static_cast<std::size_t>(e)]);
        }
        for (Index e = filled.first_link[at]; e < filled.first_link[at + 1]; ++e) add(filled.high[static_cast<std::size_t>(e)], ~e, y.upper[static_cast<std::size_t>(e)]);
        m.first.push_back(static_cast<Index>(m.column.size()));
    }
    return m;
}

}  // namespace

Newton::Newton(const Network& network, const Admittance& admittance, bool reactive_limits) : factor_(network.pattern) {
    std::vector<Index> kind;
    for (std::size_t k = 0; k < network.is_slack.size(); ++k) kind.push_back(network.is_slack[k] ? slack_node : network.is_voltage[k] ? voltage_node : load_node);
    const RowMatrix rows = by_rows(network, admittance);
    std::vector<double> diagonal_g, diagonal_b;
    for (const Complex& y : admittance.diagonal) {
        diagonal_g.push_back(y.real());
        diagonal_b.push_back(y.imag());
        noise_ = std::max(noise_, 1e-14 * std::abs(y));
    }
    kind_ = Array<Index>(kind);
    first_ = Array<Index>(rows.first);
    column_ = Array<Index>(rows.column);
    position_ = Array<Index>(rows.position);
    g_ = Array<double>(rows.g);
    b_ = Array<double>(rows.b);
    diagonal_g_ = Array<double>(diagonal_g);
    diagonal_b_ = Array<double>(diagonal_b);
    if (!reactive_limits || !network.has_voltage_nodes()) return;
    min_q_ = Array<double>(network.min_reactive_pu);
    max_q_ = Array<double>(network.max_reactive_pu);
}

void Newton::solve(Index lanes, View<const double> load, bool zip, View<double> voltage, View<Convergence> result, NewtonLimits limits) {
    const FactorView factor = factor_.view();
    const AdmittanceView y{first_, column_, position_, g_, b_, diagonal_g_, diagonal_b_};
    const Index rows = SolveNewton<Single>::rows(factor.size, factor.entries, min_q_.size() > 0);
    const double tolerance = std::max(limits.tolerance_pu, noise_);
    const auto run = [&]<class L>(L) {
        if (work_.size() < rows * padded<L>(lanes)) work_ = Array<double>(rows * padded<L>(lanes));
        parallel_for(calls<L>(lanes), SolveNewton<L>{factor, y, kind_, load, zip, min_q_, max_q_, voltage, work_, result, tolerance, limits.iterations, lanes}, 1);
    };
    if (lanes == 1) run(Single{});
    else run(Batch{});
}

}  // namespace shahr::SHAHR_BACKEND::power
