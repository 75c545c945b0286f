// What opens and closes while a solution is sought: check valves, pumps, control valves, links at full and empty tanks. The
// rules are EPANET's: Rossman et al., EPANET 2.2 User Manual (2020), section 12.1, with the changes of 2.3 to tanks, flow control
// valves and pumps of constant power.
#pragma once
#include "kernels/water/coefficients.h"

namespace shahr::SHAHR_BACKEND::water {

SHAHR_HD inline LinkState check_valve_state(LinkState now, double loss, double flow) {
    if (loss < -head_tolerance_m || flow < -flow_tolerance_m3s) return LinkState::closed;
    return absolute(loss) > head_tolerance_m ? LinkState::open : now;
}

// `set`: the head that the valve is to hold behind it; `open_loss`: what it loses when wide open.
SHAHR_HD inline LinkState reducing_valve_state(LinkState now, double flow, double open_loss, double set, double before, double behind) {
    constexpr double t = head_tolerance_m;
    switch (now) {
        case LinkState::active: return flow < -flow_tolerance_m3s ? LinkState::closed : before - open_loss < set - t ? LinkState::open : LinkState::active;
        case LinkState::open: return flow < -flow_tolerance_m3s ? LinkState::closed : behind >= set + t ? LinkState::active : LinkState::open;
        case LinkState::closed:
            if (before >= set + t && behind < set - t) return LinkState::active;
            return before < set - t && before > behind + t ? LinkState::open : LinkState::closed;
        case LinkState::pressure_not_reached: return flow < -flow_tolerance_m3s ? LinkState::closed : now;
        default: return now;
    }
}

// `set`: the head that the valve is to hold before it.
SHAHR_HD inline LinkState sustaining_valve_state(LinkState now, double flow, double open_loss, double set, double before, double behind) {
    constexpr double t = head_tolerance_m;
    switch (now) {
        case LinkState::active: return flow < -flow_tolerance_m3s ? LinkState::closed : behind + open_loss > set + t ? LinkState::open : LinkState::active;
        case LinkState::open: return flow < -flow_tolerance_m3s ? LinkState::closed : before < set - t ? LinkState::active : LinkState::open;
        case LinkState::closed:
            if (behind > set + t && before > behind + t) return LinkState::open;
            return before >= set + t && before > behind + t ? LinkState::active : LinkState::closed;
        case LinkState::pressure_not_reached: return flow < -flow_tolerance_m3s ? LinkState::closed : now;
        default: return now;
    }
}

// `m`: the valve's loss over the square of its flow when wide open, below which it cannot go.
SHAHR_HD inline LinkState flow_valve_state(LinkState now, double flow, double set, double m, double before, double behind) {
    if (before - behind < -head_tolerance_m || flow < -flow_tolerance_m3s) return LinkState::flow_not_reached;
    if (now == LinkState::flow_not_reached) return flow >= set ? LinkState::active : now;
    return now == LinkState::active && before - behind < m * flow * flow ? LinkState::flow_not_reached : now;
}

// One lane's prv and psv. True if any has changed.
template <class L>
SHAHR_HD bool update_pressure_valves(const NetworkView& n, const Lane<L>& s, Index w) {
    bool changed = false;
    for (Index i = 0; i < n.pressure_valves.size; ++i) {
        const Index k = n.pressure_valves[i];
        const double setting = s.setting.lane(k, w), flow = s.flow.lane(k, w);
        if (!is_number(setting) || s.forced.lane(k, w)) continue;
        const double before = s.head.lane(n.pipes.from[k], w), behind = s.head.lane(n.pipes.to[k], w), open_loss = n.minor[k] * flow * flow;
        const LinkState now = s.state_of(k, w);
        const LinkState next = static_cast<WaterLinkKind>(n.kind[k]) == WaterLinkKind::prv
                                   ? reducing_valve_state(now, flow, open_loss, n.elevation_m[n.pipes.to[k]] + setting, before, behind)
                                   : sustaining_valve_state(now, flow, open_loss, n.elevation_m[n.pipes.from[k]] + setting, before, behind);
        if (next == now) continue;
        s.set_state(k, w, next);
        changed = true;
    }
    return changed;
}

// Shut: what flows into a full tank or out of an empty one.
template <class L>
SHAHR_HD bool tank_shuts(const NetworkView& n, const Lane<L>& s, Index w, Index node, double flow_from_tank) {
    const Index tank = n.tank_of_node[node];
    if (tank < 0) return false;
    const double volume = s.volume.lane(tank, w);
    if (volume >= n.tank_high_volume[tank] && !n.tank_overflows[tank]) return flow_from_tank < 0;
    return volume <= n.tank_low_volume[tank] && flow_from_tank > 0;
}

// A pump that has to lift too high stands; so does one of constant power that has all but stopped.
SHAHR_HD inline LinkState pump_state(const NetworkView& n, Index pump, double flow, double lift, double speed) {
    if (static_cast<PumpKind>(n.pump_kind[pump]) == PumpKind::of_power) return flow < no_flow_m3s ? LinkState::held_shut : LinkState::open;
    return lift > speed * speed * n.pump_max_head[pump] + head_tolerance_m ? LinkState::cannot_lift : LinkState::open;
}

// One lane's check valves, pumps, flow control valves and links at tanks. True if any has changed.
template <class L>
SHAHR_HD bool update_links(const NetworkView& n, const Lane<L>& s, Index w) {
    bool changed = false;
    for (Index i = 0; i < n.watched.size; ++i) {
        const Index k = n.watched[i], from = n.pipes.from[k], to = n.pipes.to[k];
        if (s.forced.lane(k, w)) continue;
        const double flow = s.flow.lane(k, w), before = s.head.lane(from, w), behind = s.head.lane(to, w), setting = s.setting.lane(k, w);
        const LinkState now = s.state_of(k, w);
        const auto kind = static_cast<WaterLinkKind>(n.kind[k]);
        LinkState next = now == LinkState::cannot_lift || now == LinkState::held_shut ? LinkState::open : now;
        if (n.check_valve[k]) next = check_valve_state(next, before - behind, flow);
        if (kind == WaterLinkKind::pump && next >= LinkState::open && setting > 0)
            next = pump_state(n, k - n.pipe_count, flow, behind - before, setting);
        if (kind == WaterLinkKind::fcv && is_number(setting)) next = flow_valve_state(now, flow, setting, n.minor[k], before, behind);
        if (next > LinkState::closed && (tank_shuts<L>(n, s, w, from, flow) || tank_shuts<L>(n, s, w, to, -flow))) next = LinkState::held_shut;
        if (next == now) continue;
        s.set_state(k, w, next);
        changed = true;
    }
    return changed;
}

// Opens or closes a link for those who command it. A pump of constant power is steep where next to nothing flows and would never
// start: it begins anew with the flow that it has at the start of a run, as in EPANET 2.3.
template <class L>
SHAHR_HD void switch_link(const NetworkView& n, const Lane<L>& s, Index k, Index w, LinkState to) {
    const Index pump = k - n.pipe_count;
    const bool starts = pump >= 0 && pump < n.pump_count && s.state_of(k, w) <= LinkState::closed && to > LinkState::closed;
    if (starts && static_cast<PumpKind>(n.pump_kind[pump]) == PumpKind::of_power) s.flow.lane(k, w) = cubic_foot_m3;
    s.set_state(k, w, to);
    s.reach_stale.lane(0, w) = 1;
}

// A command of a control or a rule: fixes a valve open or closed, switches a pump, or gives a setting.
template <class L>
SHAHR_HD void command(const NetworkView& n, const Lane<L>& s, Index k, Index w, LinkState state, double setting) {
    if (k >= n.pipe_count && static_cast<WaterLinkKind>(n.kind[k]) != WaterLinkKind::gpv) s.setting.lane(k, w) = setting;
    switch_link<L>(n, s, k, w, state);
}

// Controls by the pressure at a junction act while the solution is sought.
template <class L>
SHAHR_HD bool update_by_pressure(const NetworkView& n, const Lane<L>& s, Index w) {
    bool changed = false;
    for (Index c = 0; c < n.control_count; ++c) {
        const Index node = n.control_node[c], k = n.control_link[c];
        if (node < 0 || n.pipes.rank[node] < 0) continue;
        const double head = s.head.lane(node, w);
        const bool below = static_cast<WaterTrigger>(n.control_trigger[c]) == WaterTrigger::below;
        if (below ? head > n.control_level[c] + head_tolerance_m : head < n.control_level[c] - head_tolerance_m) continue;
        const auto state = static_cast<LinkState>(n.control_state[c]);
        const double setting = n.control_setting[c], now = s.setting.lane(k, w);
        const bool same_setting = now == setting || (!is_number(now) && !is_number(setting));
        const auto kind = static_cast<WaterLinkKind>(n.kind[k]);
        const bool differs = kind == WaterLinkKind::pipe   ? s.state_of(k, w) != state
                             : kind == WaterLinkKind::pump ? !same_setting
                                                           : !same_setting || (!is_number(now) && s.state_of(k, w) != state);
        if (!differs) continue;
        command<L>(n, s, k, w, state, setting);
        changed = true;
    }
    return changed;
}

}  // namespace shahr::SHAHR_BACKEND::water
