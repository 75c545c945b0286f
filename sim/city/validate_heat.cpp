// The rules of district heat.
#include <cmath>
#include <numeric>

#include "sim/city/city.h"
#include "sim/city/findings.h"

namespace shahr {
namespace {

void check_links(const HeatNetwork& heat, Findings& findings) {
    const HeatLinks& l = heat.links;
    for (const HeatLinkId at : rows(l.id)) {
        const auto require = [&](bool holds, std::string_view name, double value, std::string_view why, std::string_view right) {
            if (!holds) findings.add(l, at, fmt::format("{} = {} ({})", name, value, why), std::string(right));
        };
        const bool pipe = l.kind[at] == HeatLinkKind::pipe, sized = pipe || l.kind[at] == HeatLinkKind::valve;
        if (pipe) require(l.length_m[at] > 0, "length_m", l.length_m[at], "not positive", "above 0");
        if (sized) require(l.diameter_m[at] > 0, "diameter_m", l.diameter_m[at], "not positive", "above 0");
        if (sized) require(l.roughness_m[at] >= 0 && l.roughness_m[at] < 0.5 * l.diameter_m[at], "roughness_m", l.roughness_m[at], "not between 0 and the radius", "a sand roughness");
        require(l.loss_coefficient[at] >= 0, "loss_coefficient", l.loss_coefficient[at], "negative", "0 or more");
        require(l.heat_loss_wpmk[at] >= 0, "heat_loss_wpmk", l.heat_loss_wpmk[at], "negative", "0 or more");
        require(l.wall_jpmk[at] >= 0, "wall_jpmk", l.wall_jpmk[at], "negative", "0 or more");
        if (l.from[at] == l.to[at]) findings.add(l, at, "begins and ends at the same node", "(a link joins two nodes)");
        if (l.kind[at] == HeatLinkKind::pump) require(l.pump_pa[at] > 0, "pump_pa", l.pump_pa[at], "not positive", "the lift at no flow");
    }
}

// Each plant and each consumer has a link of its kind, and each such link has one of them.
template <class Table>
void check_stands_on(const HeatLinks& links, const Table& table, HeatLinkKind kind, Findings& findings) {
    std::vector<int> count(links.id.size(), 0);
    for (const auto at : rows(table.id)) {
        ++count[row(table.link[at])];
        if (links.kind[table.link[at]] != kind) findings.add(table, at, fmt::format("link '{}' is a {}", links.id[table.link[at]], name_of(links.kind[table.link[at]])), fmt::format("(a {})", name_of(kind)));
    }
    for (const HeatLinkId k : rows(links.id))
        if (count[row(k)] != (links.kind[k] == kind ? 1 : 0)) findings.add(links, k, fmt::format("{} rows of {} stand on it", count[row(k)], Table::table), links.kind[k] == kind ? "one" : "none");
}

void check_plants(const HeatPlants& p, Findings& findings) {
    for (const HeatPlantId at : rows(p.id)) {
        const auto require = [&](bool holds, std::string_view name, double value, std::string_view right) {
            if (!holds) findings.add(p, at, fmt::format("{} = {} (out of range)", name, value), std::string(right));
        };
        require(p.supply_c[at] > 0 && p.supply_c[at] <= 200, "supply_c", p.supply_c[at], "above 0, up to 200");
        if (!std::isnan(p.outdoor_c[at])) {
            require(p.outdoor_c[at] < 20, "outdoor_c", p.outdoor_c[at], "below the indoor temperature, 20");
            require(p.return_c[at] > 20 && p.return_c[at] < p.supply_c[at], "return_c", p.return_c[at], "between 20 and supply_c");
        }
        require(!(p.lowest_supply_c[at] > p.highest_supply_c[at]), "lowest_supply_c", p.lowest_supply_c[at], "highest_supply_c or less");
        require(p.lift_pa[at] >= 0, "lift_pa", p.lift_pa[at], "0 or more");
        require(!(p.capacity_w[at] < 0), "capacity_w", p.capacity_w[at], "0 or more");
        require(!(p.flow_kgps[at] < 0), "flow_kgps", p.flow_kgps[at], "0 or more");
        require(p.pump_efficiency[at] > 0 && p.pump_efficiency[at] <= 1, "pump_efficiency", p.pump_efficiency[at], "above 0, up to 1");
    }
}

void check_consumers(const HeatConsumers& c, Findings& findings) {
    for (const HeatConsumerId at : rows(c.id)) {
        const auto require = [&](bool holds, std::string_view name, double value, std::string_view right) {
            if (!holds) findings.add(c, at, fmt::format("{} = {} (out of range)", name, value), std::string(right));
        };
        require(c.heat_w[at] >= 0, "heat_w", c.heat_w[at], "0 or more");
        require(c.bypass_kgps[at] >= 0, "bypass_kgps", c.bypass_kgps[at], "0 or more");
        require(!(c.flow_kgps[at] < 0), "flow_kgps", c.flow_kgps[at], "0 or more");
        if (c.kind[at] == HeatConsumerKind::substation && std::isnan(c.return_c[at]) && std::isnan(c.delta_k[at]) && std::isnan(c.flow_kgps[at]))
            findings.add(c, at, "neither return_c, delta_k nor flow_kgps", "one of them, so that the flow is known");
        if (c.kind[at] == HeatConsumerKind::substation && c.delta_k[at] <= 0 && std::isnan(c.flow_kgps[at])) require(false, "delta_k", c.delta_k[at], "above 0");
        if (c.use[at] != HeatUse::own && !is_some(c.building[at])) findings.add(c, at, fmt::format("use = {} (it has no building)", name_of(c.use[at])), "a building, or own");
        if (c.kind[at] == HeatConsumerKind::radiator) require(c.use[at] == HeatUse::own || c.use[at] == HeatUse::rooms, "use", static_cast<double>(c.use[at]), "own or rooms: radiators warm no water");
        if (c.kind[at] == HeatConsumerKind::exchanger) require(c.use[at] == HeatUse::own, "use", static_cast<double>(c.use[at]), "own: an exchanger takes what flow comes");
        if (c.kind[at] != HeatConsumerKind::radiator) continue;
        require(c.heat_w[at] > 0, "heat_w", c.heat_w[at], "above 0");
        require(c.supply_c[at] > c.design_return_c[at], "supply_c", c.supply_c[at], "above design_return_c");
        require(c.design_return_c[at] > c.indoor_c[at], "design_return_c", c.design_return_c[at], "above indoor_c");
        require(c.indoor_c[at] > c.outdoor_c[at], "indoor_c", c.indoor_c[at], "above outdoor_c");
        require(c.mixing_ratio[at] >= 0, "mixing_ratio", c.mixing_ratio[at], "0 or more");
        require(c.dp_pa[at] > 0, "dp_pa", c.dp_pa[at], "above 0");
        require(c.exponent[at] >= 1 && c.exponent[at] <= 2, "exponent", c.exponent[at], "from 1 to 2");
        require(c.time_constant_h[at] > 0, "time_constant_h", c.time_constant_h[at], "above 0");
    }
}

// The rooms of a building, and its hot water, come from one consumer.
void check_buildings(const HeatConsumers& c, std::size_t buildings, Findings& findings) {
    std::vector<std::uint8_t> rooms_of(buildings, 0), water_of(buildings, 0);
    for (const HeatConsumerId at : rows(c.id)) {
        if (!is_some(c.building[at]) || c.use[at] == HeatUse::own || row(c.building[at]) >= buildings) continue;
        const bool rooms = c.use[at] != HeatUse::hot_water, water = c.use[at] != HeatUse::rooms;
        if ((rooms && rooms_of[row(c.building[at])]++) || (water && water_of[row(c.building[at])]++))
            findings.add(c, at, fmt::format("use = {} (another consumer does so for its building)", name_of(c.use[at])), "one consumer for the rooms of a building, and one for its hot water");
    }
}

void check_profiles(const HeatProfiles& p, Findings& findings) {
    for (const HeatProfileId at : rows(p.id)) {
        if (p.step[at] <= Duration{0}) findings.add(p, at, fmt::format("step = {} ms (not positive)", p.step[at].count()), "above 0");
        if (p.factor[at].empty()) findings.add(p, at, "no values", "one at least");
        for (const double f : p.factor[at])
            if (f < 0) {
                findings.add(p, at, fmt::format("factor = {} (negative)", f), "0 or more");
                break;
            }
    }
}

// Pressures are differences from somewhere: each part that hangs together holds a pressure.
void check_pressure_is_held(const HeatNetwork& heat, Findings& findings) {
    std::vector<std::int32_t> root(heat.nodes.id.size());
    std::iota(root.begin(), root.end(), 0);
    const auto find = [&](std::int32_t v) {
        while (root[static_cast<std::size_t>(v)] != v) v = root[static_cast<std::size_t>(v)] = root[static_cast<std::size_t>(root[static_cast<std::size_t>(v)])];
        return v;
    };
    std::vector<std::uint8_t> imposes(heat.links.id.size(), 0);  // a flow, and so no pressure
    for (const HeatConsumerId c : rows(heat.consumers.id)) imposes[row(heat.consumers.link[c])] = heat.consumers.kind[c] == HeatConsumerKind::substation;
    for (const HeatPlantId p : rows(heat.plants.id)) imposes[row(heat.plants.link[p])] = !std::isnan(heat.plants.flow_kgps[p]);
    for (const HeatLinkId k : rows(heat.links.id))
        if (!imposes[row(k)]) root[static_cast<std::size_t>(find(number(heat.links.from[k])))] = find(number(heat.links.to[k]));
    std::vector<std::uint8_t> held(heat.nodes.id.size(), 0);
    for (const HeatNodeId v : rows(heat.nodes.id))
        if (!std::isnan(heat.nodes.pressure_pa[v])) held[static_cast<std::size_t>(find(number(v)))] = 1;
    for (const HeatNodeId v : rows(heat.nodes.id))
        if (find(number(v)) == number(v) && !held[row(v)]) findings.add(heat.nodes, v, "no node that hangs together with it has its pressure held", "pressure_pa at one of them, as where the expansion vessel is");
}

}  // namespace

void check_heat(const City& city, Findings& findings) {
    const HeatNetwork& heat = city.heat;
    check_links(heat, findings);
    check_stands_on(heat.links, heat.plants, HeatLinkKind::plant, findings);
    check_stands_on(heat.links, heat.consumers, HeatLinkKind::consumer, findings);
    check_plants(heat.plants, findings);
    check_consumers(heat.consumers, findings);
    check_buildings(heat.consumers, city.buildings.id.size(), findings);
    check_profiles(heat.profiles, findings);
    check_pressure_is_held(heat, findings);
}

}  // namespace shahr
