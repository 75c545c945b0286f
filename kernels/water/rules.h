// Rules: premises over the state at a moment, the actions of those that hold, the higher priority first where two disagree.
// EPANET 2.2 User Manual, [RULES]; comparisons, tolerances and order as there.
#pragma once
#include "kernels/water/schedule.h"

namespace shahr::SHAHR_BACKEND::water {

// The moment at which rules are looked at, and the first one since the last look.
struct Moment {
    std::int64_t since_ms, now_ms;
};

SHAHR_HD inline bool compares(WaterRelation relation, double x, double value, double tolerance) {
    switch (relation) {
        case WaterRelation::equal: return absolute(x - value) <= tolerance;
        case WaterRelation::unequal: return absolute(x - value) >= tolerance;
        case WaterRelation::below: return x <= value + tolerance;
        case WaterRelation::at_most: return x <= value - tolerance;
        case WaterRelation::above: return x >= value - tolerance;
        case WaterRelation::at_least: return x >= value + tolerance;
    }
    return false;
}

SHAHR_HD inline bool time_holds(WaterRelation relation, double first_s, double now_s, double value) {
    switch (relation) {
        case WaterRelation::below: return now_s < value;
        case WaterRelation::at_most: return now_s <= value;
        case WaterRelation::above: return now_s > value;
        case WaterRelation::at_least: return now_s >= value;
        case WaterRelation::equal:
        case WaterRelation::unequal: break;
    }
    const bool within = now_s < first_s ? value >= first_s || value <= now_s : value >= first_s && value <= now_s;
    return within == (relation == WaterRelation::equal);
}

template <class L>
SHAHR_HD bool status_holds(const Lane<L>& s, Index k, Index w, WaterRelation relation, double value) {
    const LinkState now = s.state_of(k, w);
    const auto status = s.is_shut(k, w) ? WaterStatus::closed : now == LinkState::active ? WaterStatus::active : WaterStatus::open;
    const bool same = static_cast<double>(status) == value;
    return relation == WaterRelation::equal ? same : relation == WaterRelation::unequal && !same;
}

// The quantity of a premise; NaN where there is none.
template <class L>
SHAHR_HD double quantity_of(const NetworkView& n, const Lane<L>& s, Index premise, Index w) {
    const Index v = n.premise_node[premise], k = n.premise_link[premise];
    const Index tank = v >= 0 ? n.tank_of_node[v] : -1;
    const auto inflow = [&] { return s.inflow.lane(n.fixed_of_tank[tank], w); };
    const double none = __builtin_nan("");
    switch (static_cast<WaterQuantity>(n.premise_quantity[premise])) {
        case WaterQuantity::demand: {
            if (tank >= 0) return inflow();
            if (v >= 0) return s.demand.lane(v, w);
            double sum = 0;
            for (Index r = 0; r < n.pipes.unknowns(); ++r) sum += larger(s.full_demand.lane(n.pipes.node[r], w), 0.0);
            return sum;
        }
        case WaterQuantity::head: return s.head.lane(v, w);
        case WaterQuantity::pressure:
        case WaterQuantity::level: return s.head.lane(v, w) - n.elevation_m[v];
        case WaterQuantity::flow: return absolute(s.flow.lane(k, w));
        case WaterQuantity::setting: return s.setting.lane(k, w);
        case WaterQuantity::fill_time: return inflow() > 1e-6 * cubic_foot_m3 ? (n.tank_high_volume[tank] - s.volume.lane(tank, w)) / inflow() : none;
        case WaterQuantity::drain_time: return inflow() < -1e-6 * cubic_foot_m3 ? (n.tank_low_volume[tank] - s.volume.lane(tank, w)) / inflow() : none;
        default: return none;
    }
}

template <class L>
SHAHR_HD bool premise_holds(const NetworkView& n, const Method& method, const Lane<L>& s, Index premise, Index w, Moment moment) {
    const auto quantity = static_cast<WaterQuantity>(n.premise_quantity[premise]);
    const auto relation = static_cast<WaterRelation>(n.premise_relation[premise]);
    const double value = n.premise_value[premise];
    const auto seconds = [](std::int64_t ms) { return static_cast<double>(ms) / 1000; };
    if (quantity == WaterQuantity::time) return time_holds(relation, seconds(moment.since_ms), seconds(moment.now_ms), value);
    if (quantity == WaterQuantity::clock) return time_holds(relation, seconds(clock_of(method, moment.since_ms)), seconds(clock_of(method, moment.now_ms)), value);
    if (quantity == WaterQuantity::status) return status_holds<L>(s, n.premise_link[premise], w, relation, value);
    const double x = quantity_of<L>(n, s, premise, w);
    return is_number(x) && compares(relation, x, value, n.premise_tolerance[premise]);
}

template <class L>
SHAHR_HD bool rule_holds(const NetworkView& n, const Method& method, const Lane<L>& s, Index rule, Index w, Moment moment) {
    bool result = true;
    for (Index p = n.rule_first_premise[rule]; p < n.rule_first_premise[rule + 1]; ++p) {
        if (n.premise_or[p]) {
            if (!result) result = premise_holds<L>(n, method, s, p, w, moment);
        } else {
            if (!result) return false;
            result = premise_holds<L>(n, method, s, p, w, moment);
        }
    }
    return result;
}

// Whether an action is to be taken: its branch is the one that holds, and no other such action on its link comes first.
template <class L>
SHAHR_HD bool acts(const NetworkView& n, const Lane<L>& s, Index action, Index w) {
    const auto chosen = [&](Index a) { return (s.branch.lane(n.action_rule[a], w) == 0) == (n.action_otherwise[a] != 0); };
    if (!chosen(action)) return false;
    const double own = n.rule_priority[n.action_rule[action]];
    for (Index other = 0; other < n.action_rule.size; ++other) {
        if (other == action || n.action_link[other] != n.action_link[action] || !chosen(other)) continue;
        const double priority = n.rule_priority[n.action_rule[other]];
        if (priority > own || (priority == own && other < action)) return false;
    }
    return true;
}

// Takes an action, or only tells whether it would change anything.
template <class L>
SHAHR_HD bool take(const NetworkView& n, const Lane<L>& s, Index action, Index w, bool really) {
    const Index k = n.action_link[action];
    const auto state = static_cast<LinkState>(n.action_state[action]);
    const double setting = n.action_setting[action], now = s.setting.lane(k, w);
    const bool is_shut = s.state_of(k, w) <= LinkState::closed, is_pump = k >= n.pipe_count && k < n.pipe_count + n.pump_count;
    if (!is_number(setting)) {
        if (state == LinkState::active || (state == LinkState::closed) == is_shut) return false;
        if (really) command<L>(n, s, k, w, state, is_pump ? (state == LinkState::open ? 1.0 : 0.0) : setting);
        return true;
    }
    if (is_number(now) && absolute(setting - now) <= 1e-3 * (static_cast<WaterLinkKind>(n.kind[k]) == WaterLinkKind::fcv ? cubic_foot_m3 : foot_m)) return false;
    if (!really) return true;
    LinkState next = s.state_of(k, w);
    if (is_pump) next = setting > 0 ? (is_shut ? LinkState::open : next) : LinkState::closed;
    else if (static_cast<WaterLinkKind>(n.kind[k]) == WaterLinkKind::fcv) next = LinkState::active;
    else if (!is_number(now) && is_shut) next = LinkState::open;
    s.setting.lane(k, w) = setting;
    switch_link<L>(n, s, k, w, next);
    return true;
}

// Looks at all rules. True if any of them changes something.
template <class L>
SHAHR_HD bool obey_rules(const NetworkView& n, const Method& method, const Lane<L>& s, Index w, Moment moment, bool really) {
    for (Index rule = 0; rule < n.rule_count; ++rule) s.branch.lane(rule, w) = rule_holds<L>(n, method, s, rule, w, moment) ? 1 : 0;
    bool changed = false;
    for (Index action = 0; action < n.action_rule.size; ++action)
        if (acts<L>(n, s, action, w) && take<L>(n, s, action, w, really)) changed = true;
    return changed;
}

}  // namespace shahr::SHAHR_BACKEND::water
