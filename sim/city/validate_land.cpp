// The rules of cells, buildings, gates, vehicle types and trips.
#include "sim/city/city.h"
#include "sim/city/findings.h"

namespace shahr {
namespace {

template <class Table, class Values>
void check_not_negative(const Table& table, const Values& column, std::string_view name, Findings& findings) {
    for (auto at : rows(column))
        if (column[at] < 0) findings.add(table, at, fmt::format("{} = {} (negative)", name, column[at]), "0 or more");
}

void check_cells(const Cells& cells, Findings& findings) {
    const auto expected = static_cast<std::size_t>(cells.columns) * static_cast<std::size_t>(cells.rows);
    if (cells.population.size() != expected) findings.add_table(Cells::table, fmt::format("{} rows (columns x rows = {} x {})", cells.population.size(), cells.columns, cells.rows), "one row per cell");
    if (expected > 0 && !(cells.size_m > 0)) findings.add_table(Cells::table, fmt::format("size_m = {} (not positive)", cells.size_m), "above 0");
    check_not_negative(cells, cells.population, "population", findings);
    check_not_negative(cells, cells.jobs, "jobs", findings);
    check_not_negative(cells, cells.floor_area_m2, "floor_area_m2", findings);
}

void check_buildings(const Buildings& b, Findings& findings) {
    check_not_negative(b, b.footprint_m2, "footprint_m2", findings);
    check_not_negative(b, b.floor_area_m2, "floor_area_m2", findings);
    check_not_negative(b, b.levels, "levels", findings);
    check_not_negative(b, b.residents, "residents", findings);
    check_not_negative(b, b.jobs, "jobs", findings);
    check_not_negative(b, b.school_places, "school_places", findings);
}

void check_gates(const City& city, Findings& findings) {
    const Gates& g = city.gates;
    const Roads& roads = city.network.roads;
    for (GateId at : rows(g.junction)) {
        const RoadId in = g.inbound[at], out = g.outbound[at];
        if (!is_some(in) && !is_some(out)) findings.add(g, at, "neither inbound nor outbound road", "(a gate has one at least)");
        if (is_some(in) && roads.from[in] != g.junction[at]) findings.add(g, at, fmt::format("inbound road '{}' begins at junction {}", roads.id[in], number(roads.from[in])), fmt::format("one that begins at {}", number(g.junction[at])));
        if (is_some(out) && roads.to[out] != g.junction[at]) findings.add(g, at, fmt::format("outbound road '{}' ends at junction {}", roads.id[out], number(roads.to[out])), fmt::format("one that ends at {}", number(g.junction[at])));
    }
    check_not_negative(g, g.daily_vehicles, "daily_vehicles", findings);
}

void check_vehicle_types(const VehicleTypes& v, Findings& findings) {
    for (VehicleTypeId at : rows(v.id)) {
        const auto positive = [&](std::string_view name, float value) {
            if (!(value > 0)) findings.add(v, at, fmt::format("{} = {} (not positive)", name, value), "above 0");
        };
        positive("length_m", v.length_m[at]);
        positive("acceleration_mps2", v.acceleration_mps2[at]);
        positive("deceleration_mps2", v.deceleration_mps2[at]);
        positive("max_speed_mps", v.max_speed_mps[at]);
        if (v.min_gap_m[at] < 0) findings.add(v, at, fmt::format("min_gap_m = {} (negative)", v.min_gap_m[at]), "0 or more");
    }
}

}  // namespace

void check_land(const City& city, Findings& findings) {
    check_cells(city.cells, findings);
    check_buildings(city.buildings, findings);
    check_gates(city, findings);
    check_vehicle_types(city.vehicle_types, findings);
}

void check_trips(const City& city, Findings& findings) {
    const Trips& t = city.trips;
    const Roads& roads = city.network.roads;
    for (TripId at : rows(t.id)) {
        if (t.after[at] >= at) findings.add(t, at, fmt::format("after = {} (not an earlier trip)", number(t.after[at])), "a row above");
        const auto route = t.route[at];
        if (route.empty()) continue;
        if (route.front() != t.origin[at] || route.back() != t.destination[at]) findings.add(t, at, "the route does not run from origin to destination", "one that does");
        for (std::size_t i = 1; i < route.size(); ++i)
            if (roads.to[route[i - 1]] != roads.from[route[i]]) findings.add(t, at, fmt::format("road '{}' of the route does not follow '{}'", roads.id[route[i]], roads.id[route[i - 1]]), "roads that meet at a junction");
    }
}

}  // namespace shahr
