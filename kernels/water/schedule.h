// What time does to one lane: demands by their patterns, controls by level and time, the length of the next step.
#pragma once
#include "kernels/water/reach.h"
#include "kernels/water/status.h"

namespace shahr::SHAHR_BACKEND::water {

SHAHR_HD inline double factor_of(const NetworkView& n, Index pattern, std::int64_t period) {
    const Index first = n.pattern_first[pattern], length = n.pattern_first[pattern + 1] - first;
    return n.pattern_factor[first + static_cast<Index>(period % length)];
}

// Demands, heads of reservoirs and speeds of pumps, where the pattern period is another than before.
template <class L>
SHAHR_HD void follow_patterns(const NetworkView& n, const Method& method, const Lane<L>& s, Index w) {
    const std::int64_t period = (s.now_ms.lane(0, w) + method.pattern_start_ms) / method.pattern_step_ms;
    const bool is_new = static_cast<Index>(period) != s.period.lane(0, w);
    s.period.lane(0, w) = static_cast<Index>(period);
    Index pattern = -1;                        // neighbours mostly have the same one
    double factor = 1;
    for (Index r = 0; r < n.pipes.unknowns(); ++r) {
        const Index v = n.pipes.node[r];
        if (is_new) {
            double sum = 0;
            for (Index d = n.demand_first[v]; d < n.demand_first[v + 1]; ++d) {
                if (n.demand_pattern[d] != pattern) {
                    pattern = n.demand_pattern[d];
                    factor = pattern < 0 ? 1.0 : factor_of(n, pattern, period);
                }
                sum += n.demand_base[d] * factor;
            }
            s.asked.lane(v, w) = sum * s.multiplier.lane(0, w);
            s.full_demand.lane(v, w) = may_draw<L>(s, v, w) ? s.asked.lane(v, w) : 0.0;
        } else if (n.demand_model != WaterDemandModel::pressure) {
            break;
        }
        s.demand.lane(v, w) = s.full_demand.lane(v, w);
    }
    if (!is_new) return;
    for (Index f = 0; f < n.fixed.size; ++f) {
        const Index v = n.fixed[f];
        if (n.tank_of_node[v] < 0 && n.head_pattern[v] >= 0) s.head.lane(v, w) = n.elevation_m[v] * factor_of(n, n.head_pattern[v], period);
    }
}

// A pump's speed pattern is imposed at every solution.
template <class L>
SHAHR_HD void follow_speeds(const NetworkView& n, const Method& method, const Lane<L>& s, Index w) {
    const std::int64_t period = (s.now_ms.lane(0, w) + method.pattern_start_ms) / method.pattern_step_ms;
    for (Index pump = 0; pump < n.pump_count; ++pump) {
        if (n.pump_pattern[pump] < 0) continue;
        const Index k = n.pipe_count + pump;
        const double speed = factor_of(n, n.pump_pattern[pump], period);
        s.setting.lane(k, w) = speed;
        if (speed > 0 && s.state_of(k, w) <= LinkState::closed) switch_link<L>(n, s, k, w, LinkState::open);
        if (speed == 0 && s.state_of(k, w) > LinkState::closed) switch_link<L>(n, s, k, w, LinkState::closed);
    }
}

SHAHR_HD inline double volume_at(const NetworkView& n, Index tank, double head) {
    if (n.tank_curve[tank] < 0) return n.tank_low_volume[tank] + (head - n.tank_low[tank]) * n.tank_area[tank];
    return value_on(n, n.tank_curve[tank], head - n.elevation_m[n.tank_node[tank]]);
}
SHAHR_HD inline double head_at(const NetworkView& n, Index tank, double volume) {
    if (n.tank_curve[tank] < 0) return n.tank_low[tank] + (volume - n.tank_low_volume[tank]) / n.tank_area[tank];
    return n.elevation_m[n.tank_node[tank]] + value_on(n, n.tank_curve[tank], volume, true);
}

constexpr std::int64_t day_ms = 86'400'000;

SHAHR_HD inline std::int64_t clock_of(const Method& method, std::int64_t now_ms) {
    return (now_ms + method.start_clock_ms) % day_ms;
}

template <class L>
SHAHR_HD bool control_holds(const NetworkView& n, const Method& method, const Lane<L>& s, Index c, Index w) {
    const auto trigger = static_cast<WaterTrigger>(n.control_trigger[c]);
    const std::int64_t now = s.now_ms.lane(0, w);
    if (trigger == WaterTrigger::time) return n.control_time_ms[c] == now;
    if (trigger == WaterTrigger::clock) return n.control_time_ms[c] == clock_of(method, now);
    const Index tank = n.tank_of_node[n.control_node[c]];
    if (tank < 0) return false;
    const double volume = volume_at(n, tank, s.head.lane(n.control_node[c], w)), at = volume_at(n, tank, n.control_level[c]);
    const double within_a_second = absolute(s.inflow.lane(n.fixed_of_tank[tank], w));
    return trigger == WaterTrigger::below ? volume <= at + within_a_second : volume >= at - within_a_second;
}

template <class L>
SHAHR_HD void obey_controls(const NetworkView& n, const Method& method, const Lane<L>& s, Index w) {
    for (Index c = 0; c < n.control_count; ++c) {
        if (!control_holds<L>(n, method, s, c, w)) continue;
        const Index k = n.control_link[c];
        const auto state = static_cast<LinkState>(n.control_state[c]);
        const bool was_shut = s.state_of(k, w) <= LinkState::closed;
        const double now = s.setting.lane(k, w), setting = n.control_setting[c];
        const bool differs = k >= n.pipe_count && !(now == setting || (!is_number(now) && !is_number(setting)));
        if (was_shut != (state == LinkState::closed) || differs || (!was_shut && state == LinkState::active)) command<L>(n, s, k, w, state, setting);
    }
}

SHAHR_HD inline std::int64_t whole_seconds_ms(double seconds) {
    return seconds > 1e9 ? std::int64_t{1'000'000'000'000} : static_cast<std::int64_t>(seconds + (seconds < 0 ? -0.5 : 0.5)) * 1000;
}

// Until the next full or empty tank; a second where it is nearer, for a longer step would take what the tank does not hold.
template <class L>
SHAHR_HD std::int64_t until_tank(const NetworkView& n, const Lane<L>& s, Index w, std::int64_t step) {
    for (Index tank = 0; tank < n.tank_count; ++tank) {
        const double head = s.head.lane(n.tank_node[tank], w), inflow = s.inflow.lane(n.fixed_of_tank[tank], w);
        if (absolute(inflow) <= no_flow_m3s) continue;
        const bool fills = inflow > 0 && head < n.tank_high[tank], drains = inflow < 0 && head > n.tank_low[tank];
        if (!fills && !drains) continue;
        const std::int64_t t = whole_seconds_ms(((fills ? n.tank_high_volume[tank] : n.tank_low_volume[tank]) - s.volume.lane(tank, w)) / inflow);
        if (t < step) step = t > 1000 ? t : 1000;
    }
    return step;
}

// Until the next control that would change anything.
template <class L>
SHAHR_HD std::int64_t until_control(const NetworkView& n, const Method& method, const Lane<L>& s, Index w, std::int64_t step) {
    const std::int64_t now = s.now_ms.lane(0, w);
    for (Index c = 0; c < n.control_count; ++c) {
        std::int64_t t = 0;
        const auto trigger = static_cast<WaterTrigger>(n.control_trigger[c]);
        if (trigger == WaterTrigger::time) {
            t = n.control_time_ms[c] - now;
        } else if (trigger == WaterTrigger::clock) {
            t = n.control_time_ms[c] - clock_of(method, now);
            if (t < 0) t += day_ms;
        } else {
            const Index node = n.control_node[c], tank = n.tank_of_node[node];
            if (tank < 0) continue;
            const double head = s.head.lane(node, w), inflow = s.inflow.lane(n.fixed_of_tank[tank], w), level = n.control_level[c];
            if (absolute(inflow) <= no_flow_m3s) continue;
            const bool nears = trigger == WaterTrigger::above ? head < level && inflow > 0 : head > level && inflow < 0;
            if (!nears) continue;
            t = whole_seconds_ms((volume_at(n, tank, level) - s.volume.lane(tank, w)) / inflow);
        }
        if (t <= 0 || t >= step) continue;
        const Index k = n.control_link[c];
        const double setting = s.setting.lane(k, w), wanted = n.control_setting[c];
        const bool differs = k >= n.pipe_count && !(setting == wanted || (!is_number(setting) && !is_number(wanted)));
        if (differs || s.state.lane(k, w) != n.control_state[c]) step = t;
    }
    return step;
}

// An empty tank serves again when it holds this share of what it can, so that a trickle does not serve every other second.
constexpr double refilled_share = 0.01;

// What the tanks hold after so long, in whole steps of the rules: full or empty within a second counts as full or empty, and next
// to no flow as none. (EPANET means the same, but asks of a draining tank whether it was empty a second ago: where the second
// rounds down, its tank gives water that it does not have until the next step.)
template <class L>
SHAHR_HD void fill_tanks(const NetworkView& n, const Lane<L>& s, Index w, std::int64_t dt_ms, bool really) {
    for (Index tank = 0; tank < n.tank_count; ++tank) {
        const double inflow = s.inflow.lane(n.fixed_of_tank[tank], w), before = s.volume.lane(tank, w), added = before + inflow * (static_cast<double>(dt_ms) / 1000);
        const double low = n.tank_low_volume[tank], high = n.tank_high_volume[tank];
        double volume = added;
        if (absolute(inflow) <= no_flow_m3s) volume = before;
        else if (volume + inflow >= high) volume = high;
        else if (volume + inflow <= low) volume = low;
        if (really) {
            const double spilled = n.tank_overflows[tank] ? larger(added - high, 0.0) : 0;
            s.spilled.lane(tank, w) += spilled;
            s.rounded.lane(tank, w) += added - volume - spilled;
            const Index empty = volume <= low || (s.empty.lane(tank, w) && volume < low + refilled_share * (high - low));
            if (empty != s.empty.lane(tank, w)) s.reach_stale.lane(0, w) = 1;
            s.empty.lane(tank, w) = empty;
        }
        s.volume.lane(tank, w) = volume;
        s.head.lane(n.tank_node[tank], w) = head_at(n, tank, volume);
    }
}

}  // namespace shahr::SHAHR_BACKEND::water
