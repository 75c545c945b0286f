// The columns of sim/city/building_systems.h, as sim/city/describe.h lists them.
#pragma once
#include "sim/city/building_systems.h"
#include "sim/city/column_note.h"

namespace shahr {

template <IsTable<Usages> T, class F>
void describe(T& t, F&& f) {
    f("name", t.name, ColumnNote{"", "name in the stock"});
    f("appliances_w_m2", t.appliances_w_m2, ColumnNote{"W m-2", "electric power of appliances by month, kind of day and hour"});
    f("lighting_w_m2", t.lighting_w_m2, ColumnNote{"W m-2", "electric power of lighting by month, kind of day and hour"});
    f("hot_water_w_m2", t.hot_water_w_m2, ColumnNote{"W m-2", "heat of hot water by month, kind of day and hour"});
    f("cooking_w_m2", t.cooking_w_m2, ColumnNote{"W m-2", "gas or electricity for cooking by month, kind of day and hour"});
}

template <IsTable<BuildingSystems> T, class F>
void describe(T& t, F&& f) {
    f("building", t.building, ColumnNote{"1", "the building"});
    f("archetype", t.archetype, ColumnNote{"", "name of its archetype in the stock"});
    f("heating", t.heating, ColumnNote{"1", "source of space heat"});
    f("hot_water", t.hot_water, ColumnNote{"1", "source of hot water"});
    f("floor_area_m2", t.floor_area_m2, ColumnNote{"m2", "gross floor area"});
    f("usage", t.usage, ColumnNote{"1", "how it is used"});
    f("dwellings", t.dwellings, ColumnNote{"1", "flats or houses"});
    f("cooled_share", t.cooled_share, ColumnNote{"1", "share of its cooling load that is met"});
    f("electric_cooking", t.electric_cooking, ColumnNote{"1", "share of cooking on electricity"});
    f("pv_w", t.pv_w, ColumnNote{"W", "peak power of photovoltaic panels"});
    f("battery_j", t.battery_j, ColumnNote{"J", "usable capacity of its battery"});
    f("ev_home", t.ev_home, ColumnNote{"1", "electric cars that charge here at home"});
    f("ev_work", t.ev_work, ColumnNote{"1", "electric cars that charge here at work"});
    f("ev_public", t.ev_public, ColumnNote{"1", "electric cars that charge here in public"});
    f("service_peak_w", t.service_peak_w, ColumnNote{"W", "greatest electric load of what is neither dwelling, heating nor cooling"});
    f("power_factor", t.power_factor, ColumnNote{"1", "of its electric load, inductive"});
}

// The facts that are no columns.
template <IsTable<BuildingServices> T, class F>
void describe_facts(T&, F&&) {}

template <IsTable<BuildingServices> T, class F>
void describe_tables(T& t, F&& f) {
    f(t.usages);
    f(t.systems);
}

}  // namespace shahr
