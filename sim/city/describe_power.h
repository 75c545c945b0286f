// The columns of sim/city/power_grid.h, as sim/city/describe.h lists them.
#pragma once
#include "sim/city/column_note.h"
#include "sim/city/power_grid.h"

namespace shahr {

template <IsTable<Buses> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("name", t.name, ColumnNote{"", "name"});
    f("position", t.position, ColumnNote{"m", "east and north of the city's origin; NaN: not known"});
    f("base_voltage_v", t.base_voltage_v, ColumnNote{"V", "nominal voltage, line to line; 0: not known"});
    f("initial_voltage_pu", t.initial_voltage_pu, ColumnNote{"1", "magnitude from which the solution is sought, per unit"});
    f("initial_angle_degree", t.initial_angle_degree, ColumnNote{"degree", "angle from which the solution is sought"});
    f("min_voltage_pu", t.min_voltage_pu, ColumnNote{"1", "least permitted magnitude, per unit; NaN: any"});
    f("max_voltage_pu", t.max_voltage_pu, ColumnNote{"1", "greatest permitted magnitude, per unit; NaN: any"});
    f("in_service", t.in_service, ColumnNote{"1", "takes part"});
}

template <IsTable<Branches> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("name", t.name, ColumnNote{"", "name"});
    f("kind", t.kind, ColumnNote{"1", "what it is"});
    f("from", t.from, ColumnNote{"1", "bus where it begins"});
    f("to", t.to, ColumnNote{"1", "bus where it ends"});
    f("in_service", t.in_service, ColumnNote{"1", "takes part"});
    f("from_closed", t.from_closed, ColumnNote{"1", "the switch at `from` is closed"});
    f("to_closed", t.to_closed, ColumnNote{"1", "the switch at `to` is closed"});
    f("resistance_pu", t.resistance_pu, ColumnNote{"1", "series resistance, per unit"});
    f("reactance_pu", t.reactance_pu, ColumnNote{"1", "series reactance, per unit"});
    f("back_resistance_pu", t.back_resistance_pu, ColumnNote{"1", "series resistance seen from `to`, per unit; NaN: the same"});
    f("back_reactance_pu", t.back_reactance_pu, ColumnNote{"1", "series reactance seen from `to`, per unit; NaN: the same"});
    f("conductance_from_pu", t.conductance_from_pu, ColumnNote{"1", "shunt conductance at `from`, per unit"});
    f("susceptance_from_pu", t.susceptance_from_pu, ColumnNote{"1", "shunt susceptance at `from`, per unit"});
    f("conductance_to_pu", t.conductance_to_pu, ColumnNote{"1", "shunt conductance at `to`, per unit"});
    f("susceptance_to_pu", t.susceptance_to_pu, ColumnNote{"1", "shunt susceptance at `to`, per unit"});
    f("tap_ratio", t.tap_ratio, ColumnNote{"1", "off-nominal turns ratio at `from`"});
    f("shift_degree", t.shift_degree, ColumnNote{"degree", "by which `from` leads `to`"});
    f("zero_resistance_pu", t.zero_resistance_pu, ColumnNote{"1", "zero sequence: series resistance, per unit; NaN: not given, infinite: open"});
    f("zero_reactance_pu", t.zero_reactance_pu, ColumnNote{"1", "zero sequence: series reactance, per unit; NaN: not given"});
    f("zero_conductance_from_pu", t.zero_conductance_from_pu, ColumnNote{"1", "zero sequence: shunt conductance at `from`, per unit"});
    f("zero_susceptance_from_pu", t.zero_susceptance_from_pu, ColumnNote{"1", "zero sequence: shunt susceptance at `from`, per unit"});
    f("zero_conductance_to_pu", t.zero_conductance_to_pu, ColumnNote{"1", "zero sequence: shunt conductance at `to`, per unit"});
    f("zero_susceptance_to_pu", t.zero_susceptance_to_pu, ColumnNote{"1", "zero sequence: shunt susceptance at `to`, per unit"});
    f("rated_current_from_a", t.rated_current_from_a, ColumnNote{"A", "permitted current at `from`; 0: any"});
    f("rated_current_to_a", t.rated_current_to_a, ColumnNote{"A", "permitted current at `to`; 0: any"});
    f("rated_power_va", t.rated_power_va, ColumnNote{"W", "permitted apparent power; 0: any"});
    f("length_m", t.length_m, ColumnNote{"m", "length"});
    f("shape", t.shape, ColumnNote{"m", "course"});
}

template <IsTable<Transformers> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("branch", t.branch, ColumnNote{"1", "the branch that it is"});
    f("rated_power_va", t.rated_power_va, ColumnNote{"W", "rated apparent power"});
    f("vector_group", t.vector_group, ColumnNote{"", "how its windings are connected"});
    f("tap_at_to", t.tap_at_to, ColumnNote{"1", "the tap changer sits in the winding of `to`"});
    f("tap_position", t.tap_position, ColumnNote{"1", "position of the tap changer"});
    f("tap_neutral", t.tap_neutral, ColumnNote{"1", "its position at nominal turns"});
    f("tap_min", t.tap_min, ColumnNote{"1", "its lowest position"});
    f("tap_max", t.tap_max, ColumnNote{"1", "its highest position"});
    f("tap_step", t.tap_step, ColumnNote{"1", "change of turns per position"});
    f("regulated_bus", t.regulated_bus, ColumnNote{"1", "bus whose voltage the tap changer holds; -1: none"});
    f("target_voltage_pu", t.target_voltage_pu, ColumnNote{"1", "voltage that it holds, per unit"});
    f("deadband_pu", t.deadband_pu, ColumnNote{"1", "width of the band in which it rests, per unit"});
}

template <IsTable<PowerLoads> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("bus", t.bus, ColumnNote{"1", "bus that feeds it"});
    f("phase", t.phase, ColumnNote{"1", "phases it is connected to"});
    f("in_service", t.in_service, ColumnNote{"1", "takes part"});
    f("active_power_w", t.active_power_w, ColumnNote{"W", "active power at 1 per unit"});
    f("reactive_power_var", t.reactive_power_var, ColumnNote{"var", "reactive power at 1 per unit"});
    f("impedance_share_p", t.impedance_share_p, ColumnNote{"1", "share of the active power that is a constant impedance"});
    f("current_share_p", t.current_share_p, ColumnNote{"1", "share of the active power that is a constant current"});
    f("impedance_share_q", t.impedance_share_q, ColumnNote{"1", "share of the reactive power that is a constant impedance"});
    f("current_share_q", t.current_share_q, ColumnNote{"1", "share of the reactive power that is a constant current"});
    f("building", t.building, ColumnNote{"1", "building whose electric load it is; -1: none"});
    f("power_factor", t.power_factor, ColumnNote{"1", "of a building's load"});
    f("customers", t.customers, ColumnNote{"1", "customers behind it"});
}

template <IsTable<Generators> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("bus", t.bus, ColumnNote{"1", "bus that it feeds"});
    f("kind", t.kind, ColumnNote{"1", "what it holds"});
    f("phase", t.phase, ColumnNote{"1", "phases it is connected to"});
    f("in_service", t.in_service, ColumnNote{"1", "takes part"});
    f("active_power_w", t.active_power_w, ColumnNote{"W", "active power"});
    f("reactive_power_var", t.reactive_power_var, ColumnNote{"var", "reactive power"});
    f("min_reactive_power_var", t.min_reactive_power_var, ColumnNote{"var", "least reactive power"});
    f("max_reactive_power_var", t.max_reactive_power_var, ColumnNote{"var", "greatest reactive power"});
    f("voltage_pu", t.voltage_pu, ColumnNote{"1", "voltage that it holds, per unit"});
    f("angle_degree", t.angle_degree, ColumnNote{"degree", "angle that a slack holds"});
    f("source_resistance_pu", t.source_resistance_pu, ColumnNote{"1", "negative sequence resistance, per unit"});
    f("source_reactance_pu", t.source_reactance_pu, ColumnNote{"1", "negative sequence reactance, per unit"});
    f("zero_source_resistance_pu", t.zero_source_resistance_pu, ColumnNote{"1", "zero sequence resistance, per unit"});
    f("zero_source_reactance_pu", t.zero_source_reactance_pu, ColumnNote{"1", "zero sequence reactance, per unit"});
}

template <IsTable<Shunts> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("bus", t.bus, ColumnNote{"1", "bus it stands at"});
    f("in_service", t.in_service, ColumnNote{"1", "takes part"});
    f("active_power_w", t.active_power_w, ColumnNote{"W", "active power drawn at 1 per unit"});
    f("reactive_power_var", t.reactive_power_var, ColumnNote{"var", "reactive power drawn at 1 per unit"});
}

// The facts that are no columns.
template <IsTable<PowerGrid> T, class F>
void describe_facts(T& grid, F&& f) {
    f("power_base_va", grid.base_power_va);
    f("power_frequency_hz", grid.frequency_hz);
}

template <IsTable<PowerGrid> T, class F>
void describe_tables(T& t, F&& f) {
    f(t.buses);
    f(t.branches);
    f(t.transformers);
    f(t.loads);
    f(t.generators);
    f(t.shunts);
}

}  // namespace shahr
