// The columns of sim/city/envelopes.h, as sim/city/describe.h lists them.
#pragma once
#include "sim/city/column_note.h"
#include "sim/city/envelopes.h"

namespace shahr {

template <IsTable<Constructions> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("thickness_m", t.thickness_m, ColumnNote{"m", "thickness of the layers, from inside to outside"});
    f("conductivity_w_mk", t.conductivity_w_mk, ColumnNote{"W m-1 K-1", "thermal conductivity of the layers"});
    f("density_kg_m3", t.density_kg_m3, ColumnNote{"kg m-3", "density of the layers; 0: resistance only"});
    f("specific_heat_j_kgk", t.specific_heat_j_kgk, ColumnNote{"J kg-1 K-1", "specific heat of the layers"});
    f("absorptance_inside", t.absorptance_inside, ColumnNote{"1", "share of sunlight absorbed, inside"});
    f("absorptance_outside", t.absorptance_outside, ColumnNote{"1", "share of sunlight absorbed, outside"});
    f("emissivity_inside", t.emissivity_inside, ColumnNote{"1", "emissivity for heat radiation, inside"});
    f("emissivity_outside", t.emissivity_outside, ColumnNote{"1", "emissivity for heat radiation, outside"});
    f("convection_inside_w_m2k", t.convection_inside_w_m2k, ColumnNote{"W m-2 K-1", "prescribed convection inside; NaN: as the model has it"});
    f("convection_outside_w_m2k", t.convection_outside_w_m2k, ColumnNote{"W m-2 K-1", "prescribed convection outside; NaN: as the model has it"});
}

template <IsTable<Glazings> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("pane_thickness_m", t.pane_thickness_m, ColumnNote{"m", "thickness of the panes, from outside to inside"});
    f("pane_conductivity_w_mk", t.pane_conductivity_w_mk, ColumnNote{"W m-1 K-1", "thermal conductivity of the panes"});
    f("transmittance", t.transmittance, ColumnNote{"1", "solar transmittance of each pane at normal incidence"});
    f("reflectance_outside", t.reflectance_outside, ColumnNote{"1", "solar reflectance of each pane towards outside"});
    f("reflectance_inside", t.reflectance_inside, ColumnNote{"1", "solar reflectance of each pane towards inside"});
    f("emissivity_outside", t.emissivity_outside, ColumnNote{"1", "emissivity for heat radiation, outermost face"});
    f("emissivity_inside", t.emissivity_inside, ColumnNote{"1", "emissivity for heat radiation, innermost face"});
    f("convection_inside_w_m2k", t.convection_inside_w_m2k, ColumnNote{"W m-2 K-1", "prescribed convection inside; NaN: as the model has it"});
    f("convection_outside_w_m2k", t.convection_outside_w_m2k, ColumnNote{"W m-2 K-1", "prescribed convection outside; NaN: as the model has it"});
    f("gap_resistance_m2k_w", t.gap_resistance_m2k_w, ColumnNote{"m2 K W-1", "thermal resistance of the gaps, radiation included"});
    f("u_value_w_m2k", t.u_value_w_m2k, ColumnNote{"W m-2 K-1", "thermal transmittance where no panes are given"});
    f("g_value", t.g_value, ColumnNote{"1", "total solar energy transmittance where no panes are given"});
}

template <IsTable<Schedules> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("values", t.values, ColumnNote{"1", "by hour: of a day, a week from Monday on, or a year"});
}

template <IsTable<ThermalZones> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("building", t.building, ColumnNote{"1", "building it is in; -1: none of the city's"});
    f("floor_area_m2", t.floor_area_m2, ColumnNote{"m2", "conditioned floor area"});
    f("volume_m3", t.volume_m3, ColumnNote{"m3", "volume of air"});
    f("furniture_j_k", t.furniture_j_k, ColumnNote{"J K-1", "heat capacity beside that of the air"});
    f("infiltration_per_h", t.infiltration_per_h, ColumnNote{"h-1", "air changes by infiltration"});
    f("ventilation_m3_s", t.ventilation_m3_s, ColumnNote{"m3 s-1", "ventilation with outdoor air"});
    f("ventilation_schedule", t.ventilation_schedule, ColumnNote{"1", "its shares by hour; -1: always 1"});
    f("heat_recovery", t.heat_recovery, ColumnNote{"1", "temperature efficiency of its heat recovery"});
    f("purge_m3_s", t.purge_m3_s, ColumnNote{"m3 s-1", "outdoor air against heat"});
    f("purge_schedule", t.purge_schedule, ColumnNote{"1", "its shares by hour; -1: always 1"});
    f("purge_above_c", t.purge_above_c, ColumnNote{"degC", "zone temperature from which it works; NaN: always"});
    f("heating_set_point_c", t.heating_set_point_c, ColumnNote{"degC", "heated to; NaN: never"});
    f("cooling_set_point_c", t.cooling_set_point_c, ColumnNote{"degC", "cooled to; NaN: never"});
    f("heating_schedule", t.heating_schedule, ColumnNote{"1", "set-points by hour; -1: constant"});
    f("cooling_schedule", t.cooling_schedule, ColumnNote{"1", "set-points by hour; -1: constant"});
    f("heating_power_w", t.heating_power_w, ColumnNote{"W", "greatest heating power"});
    f("cooling_power_w", t.cooling_power_w, ColumnNote{"W", "greatest cooling power"});
    f("heating_convective", t.heating_convective, ColumnNote{"1", "share of the heating that goes to the air"});
    f("cooling_convective", t.cooling_convective, ColumnNote{"1", "share of the cooling that is taken from the air"});
    f("set_point_on", t.set_point_on, ColumnNote{"1", "temperature that is controlled"});
    f("multiplier", t.multiplier, ColumnNote{"1", "number of such zones"});
}

template <IsTable<Gains> T, class F>
void describe(T& t, F&& f) {
    f("zone", t.zone, ColumnNote{"1", "zone it heats"});
    f("kind", t.kind, ColumnNote{"1", "what gives it off"});
    f("power_w", t.power_w, ColumnNote{"W", "greatest sensible heat"});
    f("schedule", t.schedule, ColumnNote{"1", "its shares by hour; -1: always 1"});
    f("radiant", t.radiant, ColumnNote{"1", "share given off as radiation"});
}

template <IsTable<Surfaces> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("zone", t.zone, ColumnNote{"1", "zone inside it"});
    f("construction", t.construction, ColumnNote{"1", "what it is made of"});
    f("area_m2", t.area_m2, ColumnNote{"m2", "area without windows"});
    f("azimuth_deg", t.azimuth_deg, ColumnNote{"degree", "where it faces, clockwise from north"});
    f("tilt_deg", t.tilt_deg, ColumnNote{"degree", "0: faces up; 90: a wall; 180: faces down"});
    f("boundary", t.boundary, ColumnNote{"1", "what is behind it"});
    f("adjacent", t.adjacent, ColumnNote{"1", "zone behind it; -1: none"});
    f("perimeter_m", t.perimeter_m, ColumnNote{"m", "exposed perimeter of a floor on the ground"});
}

template <IsTable<Windows> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("zone", t.zone, ColumnNote{"1", "zone inside it"});
    f("glazing", t.glazing, ColumnNote{"1", "what it is made of"});
    f("azimuth_deg", t.azimuth_deg, ColumnNote{"degree", "where it faces, clockwise from north"});
    f("tilt_deg", t.tilt_deg, ColumnNote{"degree", "0: faces up; 90: in a wall"});
    f("width_m", t.width_m, ColumnNote{"m", "width of each"});
    f("height_m", t.height_m, ColumnNote{"m", "height of each"});
    f("count", t.count, ColumnNote{"1", "number of such windows"});
    f("frame_share", t.frame_share, ColumnNote{"1", "share of the area that is frame"});
    f("overhang_depth_m", t.overhang_depth_m, ColumnNote{"m", "depth of the overhang; 0: none"});
    f("overhang_above_m", t.overhang_above_m, ColumnNote{"m", "from the head up to the overhang"});
    f("overhang_left_m", t.overhang_left_m, ColumnNote{"m", "overhang beyond the left edge, as seen from outside"});
    f("overhang_right_m", t.overhang_right_m, ColumnNote{"m", "overhang beyond the right edge, as seen from outside"});
    f("left_fin_depth_m", t.left_fin_depth_m, ColumnNote{"m", "depth of the left fin; 0: none"});
    f("right_fin_depth_m", t.right_fin_depth_m, ColumnNote{"m", "depth of the right fin; 0: none"});
    f("left_fin_gap_m", t.left_fin_gap_m, ColumnNote{"m", "from the left edge to the fin"});
    f("right_fin_gap_m", t.right_fin_gap_m, ColumnNote{"m", "from the right edge to the fin"});
    f("fin_above_m", t.fin_above_m, ColumnNote{"m", "fins beyond the head"});
    f("fin_below_m", t.fin_below_m, ColumnNote{"m", "fins beyond the sill"});
}

// The facts that are no columns.
template <IsTable<Envelopes> T, class F>
void describe_facts(T&, F&&) {}

template <IsTable<Envelopes> T, class F>
void describe_tables(T& t, F&& f) {
    f(t.constructions);
    f(t.glazings);
    f(t.schedules);
    f(t.zones);
    f(t.gains);
    f(t.surfaces);
    f(t.windows);
}

}  // namespace shahr
