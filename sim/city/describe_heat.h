// The columns of sim/city/heat_network.h, as sim/city/describe.h lists them.
#pragma once
#include "sim/city/column_note.h"
#include "sim/city/heat_network.h"

namespace shahr {

template <IsTable<HeatNodes> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("line", t.line, ColumnNote{"1", "supply or return"});
    f("position", t.position, ColumnNote{"m", "east and north of the city's origin"});
    f("height_m", t.height_m, ColumnNote{"m", "height of the pipe"});
    f("pressure_pa", t.pressure_pa, ColumnNote{"Pa", "pressure held here; NaN: not held"});
    f("temperature_c", t.temperature_c, ColumnNote{"degC", "of water that enters here; NaN: that of the node"});
    f("inflow_kgps", t.inflow_kgps, ColumnNote{"kg s-1", "enters from outside; negative: leaves"});
}

template <IsTable<HeatLinks> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("kind", t.kind, ColumnNote{"1", "pipe, valve, pump, plant or consumer"});
    f("from", t.from, ColumnNote{"1", "where it begins"});
    f("to", t.to, ColumnNote{"1", "where it ends"});
    f("open", t.open, ColumnNote{"1", "0: closed"});
    f("length_m", t.length_m, ColumnNote{"m", "length"});
    f("diameter_m", t.diameter_m, ColumnNote{"m", "inner diameter"});
    f("roughness_m", t.roughness_m, ColumnNote{"m", "sand roughness of the wall"});
    f("loss_coefficient", t.loss_coefficient, ColumnNote{"1", "of fittings, in velocity heads"});
    f("friction", t.friction, ColumnNote{"1", "law below the turbulent range"});
    f("heat_loss_wpmk", t.heat_loss_wpmk, ColumnNote{"W m-1 K-1", "heat loss to the ground"});
    f("ground_c", t.ground_c, ColumnNote{"degC", "outside of the insulation"});
    f("wall_jpmk", t.wall_jpmk, ColumnNote{"J m-1 K-1", "heat capacity of the wall"});
    f("fluid_c", t.fluid_c, ColumnNote{"degC", "temperature of the fluid's properties; NaN: its own"});
    f("pump_pa", t.pump_pa, ColumnNote{"Pa", "lift at no flow"});
    f("pump_pa_per_m3ps", t.pump_pa_per_m3ps, ColumnNote{"Pa m-3 s", "lift, linear in the flow"});
    f("pump_pa_per_m3ps2", t.pump_pa_per_m3ps2, ColumnNote{"Pa m-6 s2", "lift, square of the flow"});
    f("shape", t.shape, ColumnNote{"m", "course on the map; empty: straight"});
}

template <IsTable<HeatPlants> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("link", t.link, ColumnNote{"1", "from the return line to the supply line"});
    f("supply_c", t.supply_c, ColumnNote{"degC", "supply temperature on the design day"});
    f("return_c", t.return_c, ColumnNote{"degC", "return temperature on the design day"});
    f("outdoor_c", t.outdoor_c, ColumnNote{"degC", "outdoor temperature on the design day; NaN: constant supply"});
    f("lowest_supply_c", t.lowest_supply_c, ColumnNote{"degC", "least supply temperature"});
    f("highest_supply_c", t.highest_supply_c, ColumnNote{"degC", "greatest supply temperature"});
    f("capacity_w", t.capacity_w, ColumnNote{"W", "greatest heat output; NaN: no limit"});
    f("lift_pa", t.lift_pa, ColumnNote{"Pa", "lift of its pump"});
    f("least_dp_pa", t.least_dp_pa, ColumnNote{"Pa", "kept at the consumer that has least; NaN: not controlled"});
    f("flow_kgps", t.flow_kgps, ColumnNote{"kg s-1", "given flow; NaN: what the network asks for"});
    f("pump_efficiency", t.pump_efficiency, ColumnNote{"1", "of pump and motor"});
}

template <IsTable<HeatConsumers> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("link", t.link, ColumnNote{"1", "from the supply line to the return line"});
    f("building", t.building, ColumnNote{"1", "building that it heats; -1: none"});
    f("use", t.use, ColumnNote{"1", "own, rooms, hot_water or both: what it supplies of its building"});
    f("kind", t.kind, ColumnNote{"1", "substation, radiator or exchanger"});
    f("heat_w", t.heat_w, ColumnNote{"W", "heat demand on the design day"});
    f("profile", t.profile, ColumnNote{"1", "factors in time; -1: none"});
    f("return_c", t.return_c, ColumnNote{"degC", "return temperature; NaN: not given"});
    f("delta_k", t.delta_k, ColumnNote{"K", "cooling of the water; NaN: not given"});
    f("flow_kgps", t.flow_kgps, ColumnNote{"kg s-1", "flow; NaN: not given"});
    f("bypass_kgps", t.bypass_kgps, ColumnNote{"kg s-1", "flow past the heat exchanger"});
    f("supply_c", t.supply_c, ColumnNote{"degC", "radiators' supply on the design day"});
    f("design_return_c", t.design_return_c, ColumnNote{"degC", "radiators' return on the design day"});
    f("mixing_ratio", t.mixing_ratio, ColumnNote{"1", "return water mixed in per supply water"});
    f("dp_pa", t.dp_pa, ColumnNote{"Pa", "pressure difference that drives the design flow"});
    f("indoor_c", t.indoor_c, ColumnNote{"degC", "indoor temperature on the design day"});
    f("outdoor_c", t.outdoor_c, ColumnNote{"degC", "outdoor temperature on the design day"});
    f("exponent", t.exponent, ColumnNote{"1", "of the radiators' output"});
    f("time_constant_h", t.time_constant_h, ColumnNote{"h", "of the building that the radiators heat"});
    f("season_below_c", t.season_below_c, ColumnNote{"degC", "radiators are open while the running mean of the outdoor temperature is below; NaN: always"});
}

template <IsTable<HeatProfiles> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("step", t.step, ColumnNote{"ms", "between two values"});
    f("factor", t.factor, ColumnNote{"1", "multiplies the design heat"});
}

// The facts that are no columns.
template <IsTable<HeatNetwork> T, class F>
void describe_facts(T&, F&&) {}

template <IsTable<HeatNetwork> T, class F>
void describe_tables(T& t, F&& f) {
    f(t.nodes);
    f(t.links);
    f(t.profiles);
    f(t.plants);
    f(t.consumers);
}

}  // namespace shahr
