#include "sim/synthesis/heat_tables.h"

namespace shahr {

HeatNodeId add_node(HeatNetwork& heat, const NodeFacts& facts) {
    HeatNodes& n = heat.nodes;
    n.line.push_back(facts.line);
    n.position.push_back(facts.position);
    n.height_m.push_back(facts.height_m);
    n.pressure_pa.push_back(unstated);
    n.temperature_c.push_back(unstated);
    n.inflow_kgps.push_back(0);
    return n.id.push_back(facts.id);
}

HeatLinkId add_link(HeatNetwork& heat, const LinkFacts& facts) {
    HeatLinks& l = heat.links;
    l.kind.push_back(facts.kind);
    l.from.push_back(facts.from);
    l.to.push_back(facts.to);
    l.open.push_back(facts.open);
    l.length_m.push_back(facts.length_m);
    l.diameter_m.push_back(facts.diameter_m);
    l.roughness_m.push_back(facts.roughness_m);
    l.loss_coefficient.push_back(facts.loss_coefficient);
    l.friction.push_back(facts.friction);
    l.heat_loss_wpmk.push_back(facts.heat_loss_wpmk);
    l.ground_c.push_back(facts.ground_c);
    l.wall_jpmk.push_back(facts.wall_jpmk);
    l.fluid_c.push_back(facts.fluid_c);
    for (auto* column : {&l.pump_pa, &l.pump_pa_per_m3ps, &l.pump_pa_per_m3ps2}) column->push_back(0);
    l.shape.push_back({});
    return l.id.push_back(facts.id);
}

HeatPlantId add_plant(HeatNetwork& heat, const PlantFacts& facts) {
    HeatPlants& p = heat.plants;
    p.link.push_back(add_link(heat, {.id = facts.id, .kind = HeatLinkKind::plant, .from = facts.from, .to = facts.to, .fluid_c = facts.fluid_c}));
    p.supply_c.push_back(facts.supply_c);
    p.return_c.push_back(facts.return_c);
    p.outdoor_c.push_back(facts.outdoor_c);
    p.lowest_supply_c.push_back(facts.lowest_supply_c);
    p.highest_supply_c.push_back(facts.highest_supply_c);
    p.capacity_w.push_back(facts.capacity_w);
    p.lift_pa.push_back(facts.lift_pa);
    p.least_dp_pa.push_back(facts.least_dp_pa);
    p.flow_kgps.push_back(facts.flow_kgps);
    p.pump_efficiency.push_back(facts.pump_efficiency);
    return p.id.push_back(facts.id);
}

HeatConsumerId add_consumer(HeatNetwork& heat, const ConsumerFacts& facts) {
    HeatConsumers& c = heat.consumers;
    c.link.push_back(add_link(heat, {.id = facts.id, .kind = HeatLinkKind::consumer, .from = facts.from, .to = facts.to, .diameter_m = facts.diameter_m, .loss_coefficient = facts.loss_coefficient, .fluid_c = facts.fluid_c}));
    c.building.push_back(facts.building);
    c.use.push_back(facts.use);
    c.kind.push_back(facts.kind);
    c.heat_w.push_back(facts.heat_w);
    c.profile.push_back(facts.profile);
    c.return_c.push_back(facts.return_c);
    c.delta_k.push_back(facts.delta_k);
    c.flow_kgps.push_back(facts.flow_kgps);
    c.bypass_kgps.push_back(facts.bypass_kgps);
    c.supply_c.push_back(facts.supply_c);
    c.design_return_c.push_back(facts.design_return_c);
    c.mixing_ratio.push_back(facts.mixing_ratio);
    c.dp_pa.push_back(facts.dp_pa);
    c.indoor_c.push_back(facts.indoor_c);
    c.outdoor_c.push_back(facts.outdoor_c);
    c.exponent.push_back(facts.exponent);
    c.time_constant_h.push_back(facts.time_constant_h);
    c.season_below_c.push_back(facts.season_below_c);
    return c.id.push_back(facts.id);
}

}  // namespace shahr
