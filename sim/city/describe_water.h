// The columns of sim/city/water_network.h, as sim/city/describe.h lists them.
#pragma once
#include <string>

#include "sim/city/column_note.h"
#include "sim/city/water_network.h"

namespace shahr {

template <IsTable<WaterPatterns> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("factor", t.factor, ColumnNote{"1", "multiplier in each pattern step"});
}

template <IsTable<WaterCurves> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("kind", t.kind, ColumnNote{"1", "what the curve says"});
    f("x", t.x, ColumnNote{"1", "flow in m3 s-1, level in m, or opening"});
    f("y", t.y, ColumnNote{"1", "head in m, efficiency, volume in m3, or share of the flow coefficient"});
}

template <IsTable<WaterNodes> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("kind", t.kind, ColumnNote{"1", "junction, reservoir or tank"});
    f("position", t.position, ColumnNote{"m", "east and north of the city's origin"});
    f("elevation_m", t.elevation_m, ColumnNote{"m", "height; of a reservoir, its head"});
    f("emitter", t.emitter, ColumnNote{"m3 s-1", "outflow to the open at a pressure of 1 m"});
    f("head_pattern", t.head_pattern, ColumnNote{"1", "pattern of a reservoir's head; -1: constant"});
    f("initial_quality", t.initial_quality, ColumnNote{"", "as in the source"});
}

template <IsTable<WaterTanks> T, class F>
void describe(T& t, F&& f) {
    f("node", t.node, ColumnNote{"1", "its node"});
    f("initial_level_m", t.initial_level_m, ColumnNote{"m", "level at the start, above the bottom"});
    f("min_level_m", t.min_level_m, ColumnNote{"m", "lowest level"});
    f("max_level_m", t.max_level_m, ColumnNote{"m", "highest level"});
    f("diameter_m", t.diameter_m, ColumnNote{"m", "diameter"});
    f("min_volume_m3", t.min_volume_m3, ColumnNote{"m3", "volume below the lowest level"});
    f("volume_curve", t.volume_curve, ColumnNote{"1", "volume over level; -1: a cylinder"});
    f("overflow", t.overflow, ColumnNote{"1", "spills when full"});
}

template <IsTable<WaterLinks> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("kind", t.kind, ColumnNote{"1", "pipe, pump or kind of valve"});
    f("from", t.from, ColumnNote{"1", "where it begins"});
    f("to", t.to, ColumnNote{"1", "where it ends"});
    f("length_m", t.length_m, ColumnNote{"m", "length"});
    f("diameter_m", t.diameter_m, ColumnNote{"m", "inner diameter"});
    f("roughness", t.roughness, ColumnNote{"1", "Hazen-Williams coefficient, height in m, or Manning's n"});
    f("minor_loss", t.minor_loss, ColumnNote{"1", "coefficient of v^2 / 2g"});
    f("check_valve", t.check_valve, ColumnNote{"1", "no backward flow"});
    f("status", t.status, ColumnNote{"1", "at the start"});
    f("setting", t.setting, ColumnNote{"1", "of a valve: m, m3 s-1 or coefficient; NaN: fixed"});
    f("curve", t.curve, ColumnNote{"1", "of a valve; -1: none"});
    f("leak_area_m", t.leak_area_m, ColumnNote{"m", "area of leaks for each m of pipe"});
    f("leak_growth", t.leak_growth, ColumnNote{"1", "growth of that area for each m of pressure"});
    f("valve_from", t.valve_from, ColumnNote{"1", "isolation valve where it begins"});
    f("valve_to", t.valve_to, ColumnNote{"1", "isolation valve where it ends"});
    f("shape", t.shape, ColumnNote{"m", "course between its ends"});
}

template <IsTable<WaterPumps> T, class F>
void describe(T& t, F&& f) {
    f("link", t.link, ColumnNote{"1", "its link"});
    f("power_w", t.power_w, ColumnNote{"W", "constant power given to the water; 0: by the curve"});
    f("head_curve", t.head_curve, ColumnNote{"1", "head over flow; -1: none"});
    f("efficiency_curve", t.efficiency_curve, ColumnNote{"1", "efficiency over flow; -1: the network's"});
    f("speed", t.speed, ColumnNote{"1", "relative speed at the start"});
    f("speed_pattern", t.speed_pattern, ColumnNote{"1", "pattern of the speed; -1: none"});
    f("price_per_kwh", t.price_per_kwh, ColumnNote{"1", "price of energy; NaN: the network's"});
    f("price_pattern", t.price_pattern, ColumnNote{"1", "pattern of the price; -1: the network's"});
}

template <IsTable<WaterDemands> T, class F>
void describe(T& t, F&& f) {
    f("node", t.node, ColumnNote{"1", "where it is drawn"});
    f("base_m3s", t.base_m3s, ColumnNote{"m3 s-1", "before pattern and multiplier"});
    f("pattern", t.pattern, ColumnNote{"1", "its course; -1: constant"});
    f("category", t.category, ColumnNote{"", "what it is for"});
}

template <IsTable<WaterControls> T, class F>
void describe(T& t, F&& f) {
    f("link", t.link, ColumnNote{"1", "the link that is set"});
    f("status", t.status, ColumnNote{"1", "what it is set to"});
    f("setting", t.setting, ColumnNote{"1", "speed or setting; NaN: only the status"});
    f("trigger", t.trigger, ColumnNote{"1", "what it waits for"});
    f("node", t.node, ColumnNote{"1", "whose level or pressure counts; -1: the time"});
    f("level_m", t.level_m, ColumnNote{"m", "level of a tank, pressure of a junction"});
    f("time", t.time, ColumnNote{"ms", "since the start, or since midnight"});
}

template <IsTable<WaterRules> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("priority", t.priority, ColumnNote{"1", "the higher one acts where two disagree"});
}

template <IsTable<WaterPremises> T, class F>
void describe(T& t, F&& f) {
    f("rule", t.rule, ColumnNote{"1", "its rule"});
    f("alternative", t.alternative, ColumnNote{"1", "OR instead of AND"});
    f("quantity", t.quantity, ColumnNote{"1", "what is looked at"});
    f("node", t.node, ColumnNote{"1", "of which node; -1: none"});
    f("link", t.link, ColumnNote{"1", "of which link; -1: none"});
    f("relation", t.relation, ColumnNote{"1", "how it is compared"});
    f("value", t.value, ColumnNote{"1", "with what: SI"});
}

template <IsTable<WaterActions> T, class F>
void describe(T& t, F&& f) {
    f("rule", t.rule, ColumnNote{"1", "its rule"});
    f("otherwise", t.otherwise, ColumnNote{"1", "where the premises fail"});
    f("link", t.link, ColumnNote{"1", "the link that is set"});
    f("status", t.status, ColumnNote{"1", "what it is set to"});
    f("setting", t.setting, ColumnNote{"1", "speed or setting; NaN: only the status"});
}

// A struct of one row: each member passes as a column of its own for as long as the call lasts.
template <IsTable<WaterSettings> T, class F>
void describe(T& t, F&& f) {
    const auto one = [&]<class V>(std::string_view name, V& value, ColumnNote note) {
        using Values = Column<WaterSettingsId, std::remove_const_t<V>>;
        if constexpr (std::is_const_v<T>) {
            f(name, t.given ? Values{value} : Values{}, note);
        } else {
            Values values = t.given ? Values{value} : Values{};
            f(name, values, note);
            if ((t.given = !values.empty())) value = values.vector().front();
        }
    };
    one("formula", t.formula, {"1", "formula of the friction loss"});
    one("units", t.units, {"1", "flow units of the source"});
    one("pressure_units", t.pressure_units, {"1", "pressure units of the source"});
    one("demand_model", t.demand_model, {"1", "whether demand depends on pressure"});
    one("specific_gravity", t.specific_gravity, {"1", "density over that of water"});
    one("viscosity_m2s", t.viscosity_m2s, {"m2 s-1", "kinematic viscosity"});
    one("demand_multiplier", t.demand_multiplier, {"1", "of all demands"});
    one("min_pressure_m", t.min_pressure_m, {"m", "below it nothing is delivered"});
    one("required_pressure_m", t.required_pressure_m, {"m", "from it on all is delivered"});
    one("pressure_exponent", t.pressure_exponent, {"1", "of demand over pressure"});
    one("emitter_exponent", t.emitter_exponent, {"1", "of outflow over pressure"});
    one("emitter_backflow", t.emitter_backflow, {"1", "flow into emitters allowed"});
    one("accuracy", t.accuracy, {"1", "relative change of flows at which it is solved"});
    one("head_error_m", t.head_error_m, {"m", "largest error of head; 0: not asked"});
    one("flow_change_m3s", t.flow_change_m3s, {"m3 s-1", "largest change of flow; 0: not asked"});
    one("trials", t.trials, {"1", "iterations"});
    one("extra_trials", t.extra_trials, {"1", "iterations more with statuses held; -1: stop"});
    one("check_every", t.check_every, {"1", "iterations between looks at statuses"});
    one("check_until", t.check_until, {"1", "last iteration of such looks"});
    one("damp_limit", t.damp_limit, {"1", "error below which changes are damped; 0: never"});
    one("duration", t.duration, {"ms", "time to simulate; 0: one steady solution"});
    one("hydraulic_step", t.hydraulic_step, {"ms", "longest step"});
    one("pattern_step", t.pattern_step, {"ms", "step of the patterns"});
    one("pattern_start", t.pattern_start, {"ms", "time in the patterns at the start"});
    one("report_step", t.report_step, {"ms", "steps end at its multiples"});
    one("report_start", t.report_start, {"ms", "carried for other programs"});
    one("rule_step", t.rule_step, {"ms", "how often rules are looked at; 0: a tenth of the hydraulic step"});
    one("start_clock", t.start_clock, {"ms", "time of day at the start"});
    one("price_per_kwh", t.price_per_kwh, {"1", "price of energy"});
    one("price_pattern", t.price_pattern, {"", "its pattern"});
    one("efficiency", t.efficiency, {"1", "of pumps without a curve"});
    one("demand_charge_per_kw", t.demand_charge_per_kw, {"1", "price of the greatest power"});
    one("title", t.title, {"", "title of the source"});
}

// The facts that are no columns.
template <IsTable<WaterNetwork> T, class F>
void describe_facts(T&, F&&) {}

template <IsTable<WaterNetwork> T, class F>
void describe_tables(T& t, F&& f) {
    f(t.patterns);
    f(t.curves);
    f(t.nodes);
    f(t.tanks);
    f(t.links);
    f(t.pumps);
    f(t.demands);
    f(t.controls);
    f(t.rules);
    f(t.premises);
    f(t.actions);
    f(t.settings);
}

}  // namespace shahr
