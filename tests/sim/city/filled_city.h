// A city whose every column holds arbitrary values, for whatever must carry all columns through. Not a sound city.
#pragma once
#include <algorithm>
#include <any>
#include <concepts>
#include <random>
#include <vector>

#include "sim/city/describe.h"

namespace shahr {

class ColumnFiller {
public:
    ColumnFiller(std::size_t rows, std::mt19937& random) : rows_(rows), random_(random) {}

    template <class Id, class T>
    void operator()(std::string_view, Column<Id, T>& column, ColumnNote) {
        for (std::size_t i = 0; i < rows_; ++i) column.push_back(value<T>());
    }
    template <class Id, class T>
    void operator()(std::string_view, Lists<Id, T>& lists, ColumnNote) {
        for (std::size_t i = 0; i < rows_; ++i) {
            std::vector<T> list(draw(7));
            std::generate(list.begin(), list.end(), [&] { return value<T>(); });
            lists.push_back(list);
        }
    }

private:
    std::uint32_t draw(std::uint32_t below) { return static_cast<std::uint32_t>(random_()) % below; }

    template <class T>
    T value() {
        if constexpr (std::is_same_v<T, std::string>) return draw(4) == 0 ? "" : "хиёбони Рӯдакӣ " + std::to_string(draw(1000));
        else if constexpr (std::is_same_v<T, Point>) return {draw(100'000) / 7.0, draw(100'000) / 7.0};
        else if constexpr (std::is_same_v<T, Duration>) return Duration{draw(1'000'000)};
        else if constexpr (std::is_enum_v<T> && !RowId<T>) return static_cast<T>(draw(static_cast<std::uint32_t>(enum_names<T>.size())));
        else if constexpr (std::is_floating_point_v<T>) return static_cast<T>(draw(1'000'000)) / T{13};
        else return static_cast<T>(static_cast<std::int32_t>(draw(100)) - (std::is_unsigned_v<T> ? 0 : 1));
    }

    std::size_t rows_;
    std::mt19937& random_;
};

// `rows_of(table name)` tells how many rows each table gets; the cells become a grid of that many columns and two rows.
template <std::invocable<std::string_view> RowsOf>
City filled_city(const RowsOf& rows_of) {
    City city;
    city.name = "Душанбе";
    city.source = "test";
    city.attribution = "(c) nobody";
    city.projection = {"+proj=tmerc +lat_0=38.5 +lon_0=68.7 +ellps=WGS84 +units=m", 12.5, -3};
    std::mt19937 random(1);
    describe_tables(city, [&]<class Table>(Table& table) {
        std::size_t rows = rows_of(Table::table);
        if constexpr (std::is_same_v<Table, Cells>) {
            table.origin = {-50, 25};
            table.columns = static_cast<std::int32_t>(rows);
            table.rows = 2;
            rows *= 2;
        }
        describe(table, ColumnFiller(rows, random));
    });
    return city;
}

inline City filled_city(std::size_t rows = 20) {
    return filled_city([rows](std::string_view) { return rows; });
}

// How many columns of the two cities differ.
inline int differing_columns(const City& a, const City& b) {
    std::vector<std::any> columns;             // copies: a table of settings is described through columns made for the occasion
    describe_tables(a, [&](const auto& table) {
        describe(table, [&](std::string_view, const auto& column, ColumnNote) { columns.emplace_back(column); });
    });
    int differing = 0;
    std::size_t i = 0;
    describe_tables(b, [&](const auto& table) {
        describe(table, [&]<class C>(std::string_view, const C& column, ColumnNote) {
            differing += !(column == std::any_cast<const C&>(columns[i++]));
        });
    });
    return differing;
}

}  // namespace shahr
