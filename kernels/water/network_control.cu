// What opens and closes links: controls, rules, and the links that do so by themselves; and how water passes the open ones.
#include <utility>

#include "kernels/water/network_lists.h"

namespace shahr::SHAHR_BACKEND::water {

void Network::put_controls(const WaterNetwork& net) {
    const WaterControls& c = net.controls;
    std::vector<Index> link, state;
    std::vector<std::uint8_t> trigger;
    std::vector<double> level;
    std::vector<std::int64_t> time;
    for (const WaterControlId control : shahr::rows(c.link)) {
        link.push_back(link_at(c.link[control]));
        state.push_back(static_cast<Index>(state_of(c.status[control])));
        trigger.push_back(static_cast<std::uint8_t>(c.trigger[control]));
        level.push_back(is_some(c.node[control]) ? head_of(net, c.node[control], c.level_m[control]) : 0);
        time.push_back(c.time[control].count());
    }
    view_.control_count = static_cast<Index>(link.size());
    view_.control_link = shelf_.put(link);
    view_.control_state = shelf_.put(state);
    view_.control_trigger = shelf_.put(trigger);
    view_.control_level = shelf_.put(level);
    view_.control_time_ms = shelf_.put(time);
    view_.control_node = shelf_.put(numbers(c.node.span()));
    view_.control_setting = shelf_.put(c.setting.span());
}

// EPANET compares with a tolerance of 0.001 in the units of the file.
static double comparison_tolerance(const WaterNetwork& net, WaterQuantity quantity, WaterLinkId link) {
    const UnitsOfWater units = units_of(net.settings);
    switch (quantity) {
        case WaterQuantity::demand:
        case WaterQuantity::flow: return 1e-3 * units.flow_m3s;
        case WaterQuantity::head:
        case WaterQuantity::level: return 1e-3 * units.length_m;
        case WaterQuantity::pressure: return 1e-3 * units.pressure_m;
        case WaterQuantity::setting:
            if (net.links.kind[link] == WaterLinkKind::fcv) return 1e-3 * units.flow_m3s;
            return net.links.kind[link] <= WaterLinkKind::pump || net.links.kind[link] > WaterLinkKind::pbv ? 1e-3 : 1e-3 * units.pressure_m;
        default: return 1e-3;
    }
}

template <class Id, class Parent>
static std::vector<Index> first_of(const Column<Id, Parent>& parents, std::size_t count) {
    const Children<Id, Parent> children(parents, count);
    return {children.offsets().begin(), children.offsets().end()};
}

void Network::put_rules(const WaterNetwork& net) {
    const WaterPremises& p = net.premises;
    const WaterActions& a = net.actions;
    std::vector<std::uint8_t> quantity, relation;
    std::vector<Index> premise_link, action_link, action_state;
    std::vector<double> tolerance;
    for (const WaterPremiseId premise : shahr::rows(p.rule)) {
        quantity.push_back(static_cast<std::uint8_t>(p.quantity[premise]));
        relation.push_back(static_cast<std::uint8_t>(p.relation[premise]));
        premise_link.push_back(is_some(p.link[premise]) ? link_at(p.link[premise]) : -1);
        tolerance.push_back(comparison_tolerance(net, p.quantity[premise], p.link[premise]));
    }
    for (const WaterActionId action : shahr::rows(a.rule)) {
        action_link.push_back(link_at(a.link[action]));
        action_state.push_back(static_cast<Index>(state_of(a.status[action])));
    }
    view_.rule_count = static_cast<Index>(net.rules.id.size());
    view_.rule_first_premise = shelf_.put(first_of(p.rule, net.rules.id.size()));
    view_.rule_first_action = shelf_.put(first_of(a.rule, net.rules.id.size()));
    view_.rule_priority = shelf_.put(net.rules.priority.span());
    view_.premise_or = shelf_.put(p.alternative.span());
    view_.premise_quantity = shelf_.put(quantity);
    view_.premise_relation = shelf_.put(relation);
    view_.premise_node = shelf_.put(numbers(p.node.span()));
    view_.premise_link = shelf_.put(premise_link);
    view_.premise_value = shelf_.put(p.value.span());
    view_.premise_tolerance = shelf_.put(tolerance);
    view_.action_rule = shelf_.put(numbers(a.rule.span()));
    view_.action_otherwise = shelf_.put(a.otherwise.span());
    view_.action_link = shelf_.put(action_link);
    view_.action_state = shelf_.put(action_state);
    view_.action_setting = shelf_.put(a.setting.span());
}

void Network::put_watched(const WaterNetwork& net) {
    std::vector<Index> watched, valves, around_first{0}, around;
    for (Index k = 0; k < view_.links; ++k) {
        const auto row = as_id<WaterLinkId>(row_at_[at(k)]);
        const WaterLinkKind kind = net.links.kind[row];
        const bool at_tank = net.nodes.kind[net.links.from[row]] == WaterNodeKind::tank || net.nodes.kind[net.links.to[row]] == WaterNodeKind::tank;
        if (net.links.check_valve[row] || kind == WaterLinkKind::pump || kind == WaterLinkKind::fcv || at_tank) watched.push_back(k);
        if (kind != WaterLinkKind::prv && kind != WaterLinkKind::psv) continue;
        valves.push_back(k);
        const Index node = kind == WaterLinkKind::prv ? to_[at(k)] : from_[at(k)];
        for (Index other = 0; other < view_.links; ++other)
            if (other != k && (from_[at(other)] == node || to_[at(other)] == node)) around.push_back(other);
        around_first.push_back(static_cast<Index>(around.size()));
    }
    view_.watched = shelf_.put(watched);
    view_.pressure_valves = shelf_.put(valves);
    view_.around_first = shelf_.put(around_first);
    view_.around = shelf_.put(around);
}

void Network::put_passages(const WaterNetwork& net) {
    std::vector<std::uint8_t> passage;
    std::vector<std::vector<Index>> links_at(at(view_.nodes));
    for (Index k = 0; k < view_.links; ++k) {
        const auto row = as_id<WaterLinkId>(row_at_[at(k)]);
        const WaterLinkKind kind = net.links.kind[row];
        const bool one_way = kind == WaterLinkKind::pump || kind == WaterLinkKind::prv || kind == WaterLinkKind::psv || net.links.check_valve[row];
        const bool at_tank = net.nodes.kind[net.links.from[row]] == WaterNodeKind::tank || net.nodes.kind[net.links.to[row]] == WaterNodeKind::tank;
        passage.push_back(static_cast<std::uint8_t>(one_way ? Passage::one_way : kind == WaterLinkKind::pipe && !at_tank ? Passage::plain : Passage::both_ways));
        for (const Index end : {from_[at(k)], to_[at(k)]}) links_at[at(end)].push_back(k);
    }
    // Breadth first from the sources; then, from any node, the parts that no source is joined to.
    std::vector<Index> reached, outwards;
    std::vector<std::uint8_t> is_reached(at(view_.nodes), 0), is_listed(at(view_.links), 0);
    const auto reach = [&](Index v) {
        if (!std::exchange(is_reached[at(v)], std::uint8_t{1})) reached.push_back(v);
    };
    std::size_t next = 0;
    const auto spread = [&] {
        for (; next < reached.size(); ++next) {
            for (const Index k : links_at[at(reached[next])]) {
                if (!std::exchange(is_listed[at(k)], std::uint8_t{1})) outwards.push_back(k);
                for (const Index end : {from_[at(k)], to_[at(k)]}) reach(end);
            }
        }
    };
    for (const WaterNodeId node : shahr::rows(net.nodes.id))
        if (net.nodes.kind[node] != WaterNodeKind::junction) reach(number(node));
    for (Index v = 0; v < view_.nodes; ++v) {
        spread();
        reach(v);
    }
    spread();
    view_.passage = shelf_.put(passage);
    view_.outwards = shelf_.put(outwards);
}

}  // namespace shahr::SHAHR_BACKEND::water
