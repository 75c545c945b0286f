// From one solution to the next: how long a step is, what it adds up to, and the run of a call's lanes to a given time.
#pragma once
#include "kernels/base/pump_channels.h"
#include "kernels/water/rules.h"
#include "kernels/water/solve.h"

namespace shahr::SHAHR_BACKEND::water {

// Moves the tanks (and with `really` the rules' links) on by up to `step`; rules are looked at every rule step, and the step
// ends where one of them changes something. Returns how long it was.
template <class L>
SHAHR_HD std::int64_t move_on(const NetworkView& n, const Method& method, const Lane<L>& s, Index w, std::int64_t step, bool really) {
    if (n.rule_count == 0) {
        fill_tanks<L>(n, s, w, step, really);
        return step;
    }
    const std::int64_t begin = s.now_ms.lane(0, w);
    std::int64_t done = 0, next = method.rule_step_ms - begin % method.rule_step_ms;
    while (done < step) {
        const std::int64_t dt = next < step - done ? next : step - done;
        done += dt;
        fill_tanks<L>(n, s, w, dt, really);
        if (obey_rules<L>(n, method, s, w, {begin + done - dt + 1000, begin + done}, really)) break;
        next = method.rule_step_ms;
    }
    return done;
}

// The time of the next solution: the hydraulic, pattern and report steps, the next tank, control or rule.
template <class L>
SHAHR_HD std::int64_t next_time(const NetworkView& n, const Method& method, const Lane<L>& s, Index w) {
    const std::int64_t now = s.now_ms.lane(0, w);
    std::int64_t step = method.hydraulic_step_ms;
    // EPANET's: the next period counts from the patterns' start, its time from 0, so that a late start is not stepped on.
    const std::int64_t pattern = ((now + method.pattern_start_ms) / method.pattern_step_ms + 1) * method.pattern_step_ms - now;
    const std::int64_t report = method.report_step_ms - now % method.report_step_ms;
    step = pattern < step ? pattern : step;
    step = report < step ? report : step;
    step = until_tank<L>(n, s, w, step);
    step = until_control<L>(n, method, s, w, step);
    if (n.rule_count == 0) return now + step;
    for (Index tank = 0; tank < n.tank_count; ++tank) s.trial_volume.lane(tank, w) = s.volume.lane(tank, w);
    step = move_on<L>(n, method, s, w, step, false);
    for (Index tank = 0; tank < n.tank_count; ++tank) {
        s.volume.lane(tank, w) = s.trial_volume.lane(tank, w);
        s.head.lane(n.tank_node[tank], w) = head_at(n, tank, s.volume.lane(tank, w));
    }
    return now + step;
}

// Power that a running pump draws: rho g q h over the efficiency, which changes with the speed as Sarbu and Borza (1998).
template <class L>
SHAHR_HD double pump_power(const NetworkView& n, const Method& method, const Lane<L>& s, Index pump, Index w) {
    const Index k = n.pipe_count + pump;
    const double flow = absolute(s.flow.lane(k, w)), lift = absolute(s.head.lane(n.pipes.from[k], w) - s.head.lane(n.pipes.to[k], w)), speed = s.setting.lane(k, w);
    double efficiency = method.default_efficiency;
    if (n.pump_efficiency[pump] >= 0 && speed > 0) efficiency = 1 - (1 - value_on(n, n.pump_efficiency[pump], flow / speed)) * to_power(1 / speed, 0.1);
    return lift * flow * method.specific_gravity / head_flow_per_watt / smaller(larger(efficiency, 0.01), 1.0);
}

// To the power grid (kernels/base/pump_channels.h), which knows the pumps by their row in the city.
template <class L>
struct TellPumps {
    NetworkView network;
    Method method;
    StateView state;
    Index members;
    View<double> channel;
    SHAHR_HD void operator()(Index call) const {
        const Lane<L> s = lanes_of<L>(network, state, call);
        for (Index pump = 0; pump < network.pump_count; ++pump)
            for (Index w = 0; w < L::width && first_lane<L>(call) + w < members; ++w) {
                const auto tell = [&](PumpRow row, double value) { channel[pump_row(row, pump, network.pump_count) * members + first_lane<L>(call) + w] = value; };
                tell(PumpRow::power, s.is_shut(network.pipe_count + pump, w) ? 0 : pump_power<L>(network, method, s, pump, w));
                tell(PumpRow::energy, s.energy_j.lane(pump, w));
            }
    }
};

// Adds up what the solution that stands comes to over the next `seconds`.
template <class L>
SHAHR_HD void account(const NetworkView& n, const Method& method, const Lane<L>& s, Index w, double seconds) {
    const std::int64_t period = (s.now_ms.lane(0, w) + method.pattern_start_ms) / method.pattern_step_ms;
    for (Index pump = 0; pump < n.pump_count; ++pump) {
        if (s.is_shut(n.pipe_count + pump, w)) continue;
        const double watts = pump_power<L>(n, method, s, pump, w);
        const double price = n.pump_price[pump] * (n.pump_price_pattern[pump] < 0 ? 1.0 : factor_of(n, n.pump_price_pattern[pump], period));
        s.energy_j.lane(pump, w) += watts * seconds;
        s.cost.lane(pump, w) += watts * seconds * price;
        s.running_s.lane(pump, w) += seconds;
        s.greatest_w.lane(pump, w) = larger(s.greatest_w.lane(pump, w), watts);
    }
    double supplied = s.put_in.lane(0, w), leaked = 0;
    for (Index f = 0; f < n.fixed.size; ++f)
        if (n.tank_of_node[n.fixed[f]] < 0) supplied -= s.inflow.lane(f, w);
    for (Index f = 0; f < n.fixed.size; ++f) { // what seeps through shut links, which are steep and not tight
        for (Index i = n.fixed_first[f]; i < n.fixed_first[f + 1]; ++i) {
            const Index k = n.fixed_link[i];
            if (s.is_shut(k, w)) supplied += n.pipes.from[k] == n.fixed[f] ? s.flow.lane(k, w) : -s.flow.lane(k, w);
        }
    }
    for (Index o = 0; o < n.outlet_count; ++o)
        if (s.outlet_k.lane(o, w) > 0) leaked += s.outlet_flow.lane(o, w);
    s.supplied.lane(0, w) += supplied * seconds;
    s.delivered.lane(0, w) += s.drawn.lane(0, w) * seconds;
    s.leaked.lane(0, w) += leaked * seconds;
    s.asked_for.lane(0, w) += s.wanted.lane(0, w) * seconds;
    s.poor_service_s.lane(0, w) += s.poorly_served.lane(0, w) * seconds;
}

// What the junctions draw and how they are served, of the lanes in `over`.
template <class L>
SHAHR_HD void sum_demands(const NetworkView& n, const Method& method, const Lane<L>& s, typename L::Mask over) {
    using Real = typename L::Real;
    const double required_m = method.min_pressure_m + method.pressure_range_m;
    Real drawn{}, put_in{}, wanted{}, poor{}, cut_off{}, least = Real{} + 1e300;
    for (Index r = 0; r < n.pipes.unknowns(); ++r) {
        const Index v = n.pipes.node[r];
        const Real demand = s.demand[v];
        drawn = drawn + larger(demand, Real{});
        put_in = put_in + larger(-demand, Real{});
        const Real asked = s.asked[v], pressure = s.head[v] - n.elevation_m[v];
        wanted = wanted + larger(asked, Real{});
        least = smaller(least, select(demand > 0.0, pressure, Real{} + 1e300));
        const auto is_cut_off = (asked > 0.0) & (s.served[v] < 1.0);
        cut_off = cut_off + select(is_cut_off, Real{} + 1.0, Real{});
        poor = poor + select(((asked > 0.0) & (pressure < required_m)) | is_cut_off, Real{} + 1.0, Real{});
    }
    s.drawn.set(0, select(over, drawn, s.drawn[0]));
    s.put_in.set(0, select(over, put_in, s.put_in[0]));
    s.wanted.set(0, select(over, wanted, s.wanted[0]));
    s.poorly_served.set(0, select(over, poor, s.poorly_served[0]));
    s.cut_off.set(0, select(over, cut_off, s.cut_off[0]));
    s.least_pressure_m.set(0, select(over, least, s.least_pressure_m[0]));
}

// After a solution: what flows into the nodes of given head, and what is to be warned of.
template <class L>
SHAHR_HD void look_at(const NetworkView& n, const Method& method, const Lane<L>& s, Index w) {
    for (Index f = 0; f < n.fixed.size; ++f) {
        double inflow = 0;
        for (Index i = n.fixed_first[f]; i < n.fixed_first[f + 1]; ++i) {
            const Index k = n.fixed_link[i];
            if (!s.is_shut(k, w)) inflow += n.pipes.to[k] == n.fixed[f] ? s.flow.lane(k, w) : -s.flow.lane(k, w);
        }
        s.inflow.lane(f, w) = inflow;
    }
    Index flags = s.flags.lane(0, w);
    if (!(s.error.lane(0, w) <= method.accuracy)) flags |= flag_unbalanced;
    if (s.least_pressure_m.lane(0, w) < 0) flags |= flag_negative_pressure;
    for (Index k = n.pipe_count; k < n.links; ++k) {
        const LinkState state = s.state_of(k, w);
        if (state == LinkState::cannot_lift) flags |= flag_cannot_lift;
        if (state >= LinkState::flow_not_reached) flags |= flag_valve_open;
    }
    s.flags.lane(0, w) = flags;
    s.solutions.lane(0, w) += 1;
    s.all_iterations.lane(0, w) += s.iterations.lane(0, w);
    s.unbalanced.lane(0, w) += flags & flag_unbalanced ? 1 : 0;
}

template <class L>
SHAHR_HD void begin_solution(const NetworkView& n, const Method& method, const Lane<L>& s, Search<L>& search, Index w) {
    follow_patterns<L>(n, method, s, w);
    follow_speeds<L>(n, method, s, w);
    obey_controls<L>(n, method, s, w);
    search.begin(method, s, w);
}

template <class L>
SHAHR_HD void end_solution(const NetworkView& n, const Method& method, const Lane<L>& s, Index w) {
    look_at<L>(n, method, s, w);
    s.next_ms.lane(0, w) = next_time<L>(n, method, s, w);
}

// Moves a lane on to its next solution, which then begins. False where it stands at `until_ms`.
template <class L>
SHAHR_HD bool begin_step(const NetworkView& n, const Method& method, const Lane<L>& s, Search<L>& search, Index w, std::int64_t until_ms) {
    const std::int64_t now = s.now_ms.lane(0, w);
    if (now >= until_ms) return false;
    const std::int64_t wanted = s.next_ms.lane(0, w) < until_ms ? s.next_ms.lane(0, w) : until_ms;
    account<L>(n, method, s, w, static_cast<double>(wanted - now) / 1000);
    s.now_ms.lane(0, w) = now + move_on<L>(n, method, s, w, wanted - now, true);
    begin_solution<L>(n, method, s, search, w);
    return true;
}

// The lanes of one call that are members at all.
template <class L>
SHAHR_HD typename L::Mask members_of(Index call, Index lanes) {
    auto mask = typename L::Real{} == typename L::Real{};
    for (Index w = 0; w < L::width; ++w) set_lane(mask, w, first_lane<L>(call) + w < lanes);
    return mask;
}

// The first solution, or one more at the same time for the lanes in which something has changed: the others keep their bits.
template <class L>
struct SolveStale {
    NetworkView network;
    Method method;
    StateView state;
    SHAHR_HD void operator()(Index call) const {
        const Lane<L> s = lanes_of<L>(network, state, call);
        Search<L> search;
        auto going = typename L::Mask{};
        for (Index w = 0; w < L::width; ++w) {
            if (s.stale.lane(0, w) == 0) continue;
            set_lane(going, w, true);
            begin_solution<L>(network, method, s, search, w);
        }
        while (any(going)) {
            const auto over = iterate<L>(network, method, s, going, search);
            if (any(over)) sum_demands<L>(network, method, s, over);
            for (Index w = 0; w < L::width; ++w) {
                if (!lane_of(over, w)) continue;
                end_solution<L>(network, method, s, w);
                s.stale.lane(0, w) = 0;
                set_lane(going, w, false);
            }
        }
    }
};

// Every member, with as many steps as its tanks and controls ask for, to the time `until`; the state there is solved. A lane
// whose solution is found goes on to its next step, whatever the others of its call are at.
template <class L>
struct MarchTo {
    NetworkView network;
    Method method;
    StateView state;
    Index lanes;
    std::int64_t until_ms;
    SHAHR_HD void operator()(Index call) const {
        const Lane<L> s = lanes_of<L>(network, state, call);
        Search<L> search;
        auto going = members_of<L>(call, lanes);
        for (Index w = 0; w < L::width; ++w)
            if (lane_of(going, w)) set_lane(going, w, begin_step<L>(network, method, s, search, w, until_ms));
        while (any(going)) {
            const auto over = iterate<L>(network, method, s, going, search);
            if (any(over)) sum_demands<L>(network, method, s, over);
            for (Index w = 0; w < L::width; ++w) {
                if (!lane_of(over, w)) continue;
                end_solution<L>(network, method, s, w);
                set_lane(going, w, begin_step<L>(network, method, s, search, w, until_ms));
            }
        }
    }
};

}  // namespace shahr::SHAHR_BACKEND::water
