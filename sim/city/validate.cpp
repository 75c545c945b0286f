#include "sim/city/validate.h"

#include <algorithm>
#include <cmath>

#include "sim/base/error.h"
#include "sim/city/describe.h"
#include "sim/city/findings.h"

namespace shahr {
namespace {

template <class Column>
inline constexpr bool is_lists = requires(const Column& c) { c.items(); };

bool is_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Columns in which "no row" or "no number" has a meaning of its own.
bool may_be_none(std::string_view table, std::string_view column) {
    return (table == "movements" && column == "signal") || (table == "gates" && column != "junction") ||
           (table == "buildings" && column == "access") || (table == "trips" && column == "after") ||
           (table == "thermal_zones" && column != "id") || (table == "gains" && column == "schedule") || (table == "surfaces" && column == "adjacent") ||
           (table.starts_with("water_") && is_of(column, {"head_pattern", "volume_curve", "curve", "head_curve", "efficiency_curve", "speed_pattern", "price_pattern", "pattern"})) ||
           (table == "water_controls" && column == "node") || (table == "water_premises" && is_of(column, {"node", "link"})) ||
           (table == "transformers" && column == "regulated_bus") || (table == "power_loads" && column == "building") ||
           (table == "heat_consumers" && (column == "building" || column == "profile"));
}
bool may_be_nan(std::string_view table, std::string_view column) {
    return table.starts_with("heat_") || (table.starts_with("water_") && is_of(column, {"position", "setting", "price_per_kwh"})) || table == "trips" || (table == "places" && column == "population") || table == "schedules" || table == "glazings" ||
           (table == "thermal_zones" && (column.find("set_point") != column.npos || column.find("power") != column.npos || column == "purge_above_c")) ||
           (table == "buses" && (column == "position" || column.ends_with("_voltage_pu"))) || (table == "branches" && (column.starts_with("zero_") || column.starts_with("back_"))) ||
           (table == "generators" && column.ends_with("_var")) || (table == "constructions" && column.starts_with("convection_"));
}

// How many rows the table of an id has.
template <RowId Id>
std::size_t rows_of(const City& city) {
    std::size_t n = 0;
    describe_tables(city, [&](const auto& table) {
        if constexpr (std::is_same_v<typename std::remove_cvref_t<decltype(table)>::Id, Id>) n = row_count(table);
    });
    return n;
}

template <class Table>
void check_lengths(const Table& table, Findings& findings) {
    const std::size_t n = row_count(table);
    describe(table, [&](std::string_view name, const auto& column, ColumnNote) {
        if (column.size() != n) findings.add_table(Table::table, fmt::format("column {} has {} rows", name, column.size()), fmt::format("(the first has {}) equally many in every column", n));
    });
}

template <class Table, class Value>
void check_value(const City&, const Table& table, typename Table::Id at, std::string_view name, const Value& value, [[maybe_unused]] std::size_t n, Findings& findings) {
    if constexpr (RowId<Value>) {
        const bool missing = value == none<Value> && may_be_none(Table::table, name);
        if (!missing && (!is_some(value) || row(value) >= n)) findings.add(table, at, fmt::format("{} = {} (no such row)", name, number(value)), fmt::format("0 to {}", n - 1));
    } else if constexpr (std::is_floating_point_v<Value>) {
        if (!std::isfinite(value) && !may_be_nan(Table::table, name)) findings.add(table, at, fmt::format("{} = {} (not a finite number)", name, value), "a number");
    } else if constexpr (std::is_same_v<Value, Point>) {
        if ((!std::isfinite(value.x_m) || !std::isfinite(value.y_m)) && !may_be_nan(Table::table, name)) findings.add(table, at, fmt::format("{} = ({}, {}) (not finite)", name, value.x_m, value.y_m), "a point");
    } else if constexpr (std::is_enum_v<Value>) {
        if (static_cast<std::size_t>(value) >= enum_names<Value>.size()) findings.add(table, at, fmt::format("{} = {} (no such value)", name, static_cast<int>(value)), fmt::format("0 to {}", enum_names<Value>.size() - 1));
    }
}

template <class Table>
void check_values(const City& city, const Table& table, Findings& findings) {
    describe(table, [&](std::string_view name, const auto& column, ColumnNote) {
        using Value = typename std::remove_cvref_t<decltype(column)>::value_type;
        std::size_t n = 0;
        if constexpr (RowId<Value>) n = rows_of<Value>(city);
        for (std::size_t i = 0; i < column.size(); ++i) {
            const auto at = as_id<typename Table::Id>(i);
            if constexpr (is_lists<std::remove_cvref_t<decltype(column)>>)
                for (const Value& value : column[at]) check_value(city, table, at, name, value, n, findings);
            else
                check_value(city, table, at, name, column[at], n, findings);
        }
    });
}

template <class Table, class Parent>
void check_order(const Table& table, const Parent& parent, std::string_view name, Findings& findings) {
    for (std::size_t i = 1; i < parent.size(); ++i) {
        const auto at = as_id<typename Table::Id>(i);
        const auto before = as_id<typename Table::Id>(i - 1);
        if (parent[at] < parent[before]) findings.add(table, at, fmt::format("{} is less than in the row before", name), "(rows stand in its order)");
    }
}

template <class Table>
void check_unique_ids(const Table& table, Findings& findings) {
    std::vector<typename Table::Id> order;
    for (auto at : rows(table.id)) order.push_back(at);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return std::tie(table.id[a], a) < std::tie(table.id[b], b); });
    for (std::size_t i = 1; i < order.size(); ++i)
        if (table.id[order[i]] == table.id[order[i - 1]]) findings.add(table, order[i], fmt::format("the id stands in row {} too", number(order[i - 1])), "(ids are unique in their table)");
}

void check_ids_and_order(const City& city, Findings& findings) {
    const RoadNetwork& n = city.network;
    check_unique_ids(n.junctions, findings);
    check_unique_ids(n.roads, findings);
    check_unique_ids(n.lanes, findings);
    check_unique_ids(n.signals, findings);
    check_unique_ids(city.buildings, findings);
    check_unique_ids(city.vehicle_types, findings);
    describe_tables(city.power, [&](const auto& table) { check_unique_ids(table, findings); });
    describe_tables(city.heat, [&](const auto& table) { check_unique_ids(table, findings); });
    check_order(n.lanes, n.lanes.road, "road", findings);
    check_order(n.movements, n.movements.from_lane, "from_lane", findings);
    check_order(n.conflicts, n.conflicts.movement, "movement", findings);
    check_order(n.signal_phases, n.signal_phases.signal, "signal", findings);
    check_order(city.trips, city.trips.depart, "depart", findings);
}

}  // namespace

std::vector<std::string> validate(const City& city, std::size_t most) {
    Findings findings(most);
    describe_tables(city, [&](const auto& table) { check_lengths(table, findings); });
    if (!findings.empty()) return findings.take();
    describe_tables(city, [&](const auto& table) { check_values(city, table, findings); });
    if (!findings.empty()) return findings.take();  // the other rules follow ids
    check_ids_and_order(city, findings);
    if (!findings.empty()) return findings.take();
    check_network(city, findings);
    check_signals(city, findings);
    check_land(city, findings);
    check_trips(city, findings);
    check_envelopes(city, findings);
    check_power(city, findings);
    check_water(city, findings);
    check_heat(city, findings);
    return findings.take();
}

void require_valid(const City& city, const std::string& source) {
    const auto broken = validate(city, 5);
    if (broken.empty()) return;
    std::string text = fmt::format("{}: (not a sound city)", source);
    for (const std::string& sentence : broken) text += "\n  " + sentence;
    throw InputError(text);
}

}  // namespace shahr
