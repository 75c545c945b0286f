// Every table once more, as a list of its columns: name, unit, meaning. The city file, the result file, validation and
// `shahr info` all walk this one list, so that a new column appears in each of them by itself.
//
//   describe(city.network.roads, [](std::string_view name, auto& column, ColumnNote note) { ... });
//   describe_tables(city, [](auto& table) { ... });
//
// `column` is a Column<Id, T> or a Lists<Id, T>; T is a number, a string, a Point, a Duration, an enum with enum_names,
// or an id of a table. A const table gives const columns.
#pragma once
#include "sim/city/city.h"
#include "sim/city/column_note.h"
#include "sim/city/describe_building_systems.h"
#include "sim/city/describe_envelopes.h"
#include "sim/city/describe_heat.h"
#include "sim/city/describe_power.h"
#include "sim/city/describe_water.h"

namespace shahr {

template <IsTable<Junctions> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("position", t.position, ColumnNote{"m", "east and north of the city's origin"});
    f("elevation_m", t.elevation_m, ColumnNote{"m", "height of the ground"});
    f("control", t.control, ColumnNote{"1", "how the junction is regulated"});
    f("keep_clear", t.keep_clear, ColumnNote{"1", "vehicles enter only if there is room beyond"});
}

template <IsTable<Roads> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("name", t.name, ColumnNote{"", "street name"});
    f("from", t.from, ColumnNote{"1", "junction where the road begins"});
    f("to", t.to, ColumnNote{"1", "junction where the road ends"});
    f("road_class", t.road_class, ColumnNote{"1", "class of the road"});
    f("length_m", t.length_m, ColumnNote{"m", "driven length"});
    f("speed_limit_mps", t.speed_limit_mps, ColumnNote{"m s-1", "speed limit"});
    f("priority", t.priority, ColumnNote{"1", "rank at junctions"});
    f("allowed", t.allowed, ColumnNote{"1", "set of vehicle classes, one bit each"});
    f("destination_only", t.destination_only, ColumnNote{"1", "closed to through traffic"});
    f("bridge", t.bridge, ColumnNote{"1", "on a bridge"});
    f("tunnel", t.tunnel, ColumnNote{"1", "in a tunnel"});
    f("roundabout", t.roundabout, ColumnNote{"1", "part of a roundabout's ring"});
    f("connected", t.connected, ColumnNote{"1", "in the strongly connected part for cars"});
    f("shape", t.shape, ColumnNote{"m", "centre line"});
}

template <IsTable<Lanes> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("road", t.road, ColumnNote{"1", "road it belongs to"});
    f("length_m", t.length_m, ColumnNote{"m", "driven length"});
    f("speed_limit_mps", t.speed_limit_mps, ColumnNote{"m s-1", "speed limit"});
    f("width_m", t.width_m, ColumnNote{"m", "width"});
    f("allowed", t.allowed, ColumnNote{"1", "set of vehicle classes, one bit each"});
}

template <IsTable<Movements> T, class F>
void describe(T& t, F&& f) {
    f("from_lane", t.from_lane, ColumnNote{"1", "lane it leaves"});
    f("to_lane", t.to_lane, ColumnNote{"1", "lane it enters"});
    f("junction", t.junction, ColumnNote{"1", "junction it crosses"});
    f("turn", t.turn, ColumnNote{"1", "direction"});
    f("length_m", t.length_m, ColumnNote{"m", "path inside the junction"});
    f("speed_limit_mps", t.speed_limit_mps, ColumnNote{"m s-1", "speed limit on it"});
    f("wait_m", t.wait_m, ColumnNote{"m", "place to wait inside the junction; 0: only at the stop line"});
    f("right_of_way", t.right_of_way, ColumnNote{"1", "rule where no signal shows"});
    f("allowed", t.allowed, ColumnNote{"1", "set of vehicle classes, one bit each"});
    f("signal", t.signal, ColumnNote{"1", "signal that controls it; -1: none"});
    f("signal_link", t.signal_link, ColumnNote{"1", "its place in the signal's aspects; -1: none"});
    f("shape", t.shape, ColumnNote{"m", "path"});
}

template <IsTable<Conflicts> T, class F>
void describe(T& t, F&& f) {
    f("movement", t.movement, ColumnNote{"1", "the movement"});
    f("foe", t.foe, ColumnNote{"1", "the movement it meets"});
    f("yields", t.yields, ColumnNote{"1", "gives way to the foe"});
    f("merges", t.merges, ColumnNote{"1", "both end in the same lane"});
    f("at_m", t.at_m, ColumnNote{"m", "where they meet, from the movement's start"});
    f("foe_at_m", t.foe_at_m, ColumnNote{"m", "where they meet, from the foe's start"});
}

template <IsTable<Signals> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("offset", t.offset, ColumnNote{"ms", "start of the first phase"});
    f("cycle", t.cycle, ColumnNote{"ms", "length of the programme"});
}

template <IsTable<SignalPhases> T, class F>
void describe(T& t, F&& f) {
    f("signal", t.signal, ColumnNote{"1", "signal it belongs to"});
    f("duration", t.duration, ColumnNote{"ms", "length of the phase"});
    f("aspects", t.aspects, ColumnNote{"1", "what each signal link shows"});
}

template <IsTable<ForbiddenPaths> T, class F>
void describe(T& t, F&& f) {
    f("roads", t.roads, ColumnNote{"1", "roads that may not be driven in a row"});
}

template <IsTable<Cells> T, class F>
void describe(T& t, F&& f) {
    f("population", t.population, ColumnNote{"1", "people who live there"});
    f("jobs", t.jobs, ColumnNote{"1", "people who work there"});
    f("floor_area_m2", t.floor_area_m2, ColumnNote{"m2", "gross floor area"});
    f("land_use", t.land_use, ColumnNote{"1", "use that covers most of the cell"});
    f("elevation_m", t.elevation_m, ColumnNote{"m", "height of the ground"});
}

template <IsTable<Buildings> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("position", t.position, ColumnNote{"m", "centroid of the footprint"});
    f("use", t.use, ColumnNote{"1", "main use"});
    f("footprint_m2", t.footprint_m2, ColumnNote{"m2", "area of the footprint"});
    f("levels", t.levels, ColumnNote{"1", "storeys above ground"});
    f("floor_area_m2", t.floor_area_m2, ColumnNote{"m2", "gross floor area"});
    f("residents", t.residents, ColumnNote{"1", "people who live there"});
    f("jobs", t.jobs, ColumnNote{"1", "people who work there"});
    f("school_places", t.school_places, ColumnNote{"1", "places for pupils and students"});
    f("year", t.year, ColumnNote{"1", "year of construction; 0: not known"});
    f("synthetic", t.synthetic, ColumnNote{"1", "not mapped, put on mapped residential land"});
    f("access", t.access, ColumnNote{"1", "road its cars leave by; -1: none near"});
    f("footprint", t.footprint, ColumnNote{"m", "outer ring"});
}

template <IsTable<Places> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("name", t.name, ColumnNote{"", "name"});
    f("kind", t.kind, ColumnNote{"", "the source's word for it"});
    f("position", t.position, ColumnNote{"m", "centre"});
    f("population", t.population, ColumnNote{"1", "as tagged"});
    f("outline", t.outline, ColumnNote{"m", "ring of an area, course of a line"});
    f("is_area", t.is_area, ColumnNote{"1", "the outline is a ring"});
    f("land_use", t.land_use, ColumnNote{"1", "land use of the area"});
}

template <IsTable<Gates> T, class F>
void describe(T& t, F&& f) {
    f("junction", t.junction, ColumnNote{"1", "where the road leaves the map"});
    f("inbound", t.inbound, ColumnNote{"1", "road that leads in; -1: none"});
    f("outbound", t.outbound, ColumnNote{"1", "road that leads out; -1: none"});
    f("daily_vehicles", t.daily_vehicles, ColumnNote{"1", "vehicles a day, both directions"});
}

template <IsTable<VehicleTypes> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("vehicle_class", t.vehicle_class, ColumnNote{"1", "class, for permissions"});
    f("length_m", t.length_m, ColumnNote{"m", "length"});
    f("min_gap_m", t.min_gap_m, ColumnNote{"m", "gap to the leader at standstill"});
    f("headway_s", t.headway_s, ColumnNote{"s", "desired time gap"});
    f("acceleration_mps2", t.acceleration_mps2, ColumnNote{"m s-2", "greatest acceleration"});
    f("deceleration_mps2", t.deceleration_mps2, ColumnNote{"m s-2", "comfortable deceleration"});
    f("emergency_deceleration_mps2", t.emergency_deceleration_mps2, ColumnNote{"m s-2", "greatest deceleration"});
    f("max_speed_mps", t.max_speed_mps, ColumnNote{"m s-1", "greatest speed"});
    f("speed_factor_mean", t.speed_factor_mean, ColumnNote{"1", "desired speed over the limit: mean"});
    f("speed_factor_deviation", t.speed_factor_deviation, ColumnNote{"1", "desired speed over the limit: standard deviation"});
    f("speed_factor_min", t.speed_factor_min, ColumnNote{"1", "desired speed over the limit: least"});
    f("speed_factor_max", t.speed_factor_max, ColumnNote{"1", "desired speed over the limit: greatest"});
}

template <IsTable<Trips> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("depart", t.depart, ColumnNote{"ms", "departure wanted"});
    f("type", t.type, ColumnNote{"1", "vehicle type"});
    f("origin", t.origin, ColumnNote{"1", "road where it begins"});
    f("destination", t.destination, ColumnNote{"1", "road where it ends"});
    f("depart_position_m", t.depart_position_m, ColumnNote{"m", "where on the road the front is at departure"});
    f("depart_speed_mps", t.depart_speed_mps, ColumnNote{"m s-1", "speed at departure"});
    f("depart_lane", t.depart_lane, ColumnNote{"1", "lane at departure, from the kerb; -1: the best one"});
    f("arrival_position_m", t.arrival_position_m, ColumnNote{"m", "where on the road it ends"});
    f("speed_factor", t.speed_factor, ColumnNote{"1", "desired speed over the limit"});
    f("purpose", t.purpose, ColumnNote{"1", "what the trip is for"});
    f("after", t.after, ColumnNote{"1", "earlier trip of the same car; -1: none"});
    f("route", t.route, ColumnNote{"1", "roads from origin to destination; empty: to be routed"});
}

// The facts of a city that are no columns.
template <class C, class F>
    requires std::same_as<std::remove_cvref_t<C>, City>
void describe_facts(C& city, F&& f) {
    f("name", city.name);
    f("source", city.source);
    f("attribution", city.attribution);
    f("timezone", city.timezone);
    f("left_hand_traffic", city.left_hand_traffic);
    f("has_elevation", city.has_elevation);
    f("proj", city.projection.proj);
    f("offset_x_m", city.projection.offset_x_m);
    f("offset_y_m", city.projection.offset_y_m);
    f("cells_origin_x_m", city.cells.origin.x_m);
    f("cells_origin_y_m", city.cells.origin.y_m);
    f("cell_size_m", city.cells.size_m);
    f("cell_columns", city.cells.columns);
    f("cell_rows", city.cells.rows);
    describe_facts(city.envelopes, f);
    describe_facts(city.services, f);
    describe_facts(city.power, f);
    describe_facts(city.water, f);
    describe_facts(city.heat, f);
}

// All tables of a city, parents before children.
template <class C, class F>
    requires std::same_as<std::remove_cvref_t<C>, City>
void describe_tables(C& city, F&& f) {
    f(city.network.junctions);
    f(city.network.roads);
    f(city.network.lanes);
    f(city.network.signals);
    f(city.network.signal_phases);
    f(city.network.movements);
    f(city.network.conflicts);
    f(city.network.forbidden_paths);
    f(city.cells);
    f(city.buildings);
    f(city.places);
    f(city.gates);
    f(city.vehicle_types);
    f(city.trips);
    describe_tables(city.envelopes, f);
    describe_tables(city.services, f);
    describe_tables(city.power, f);
    describe_tables(city.water, f);
    describe_tables(city.heat, f);
}

// The number of rows of a table: that of its first column.
template <class T>
std::size_t row_count(const T& table) {
    std::size_t n = 0;
    bool first = true;
    describe(table, [&](std::string_view, const auto& column, ColumnNote) {
        if (std::exchange(first, false)) n = column.size();
    });
    return n;
}

}  // namespace shahr
