// The land: the grid of cells, buildings, places, and the gates where traffic enters and leaves the map.
#pragma once
#include <cstdint>
#include <string>

#include "sim/base/enum_names.h"
#include "sim/base/ids.h"
#include "sim/base/point.h"
#include "sim/city/roads.h"

namespace shahr {

enum class CellId : std::int32_t {};
enum class BuildingId : std::int32_t {};
enum class PlaceId : std::int32_t {};
enum class GateId : std::int32_t {};

enum class LandUse : std::uint8_t { none, residential, commercial, retail, industrial, education, health, leisure, green, farmland, water, transport };
template <>
inline constexpr std::array enum_names<LandUse> = {"none"sv,   "residential"sv, "commercial"sv, "retail"sv,   "industrial"sv, "education"sv,
                                                   "health"sv, "leisure"sv,     "green"sv,      "farmland"sv, "water"sv,      "transport"sv};

enum class BuildingUse : std::uint8_t { house, apartments, office, shop, restaurant, hotel, school, kindergarten, university, hospital, industry, warehouse, public_, leisure, garage, other };
template <>
inline constexpr std::array enum_names<BuildingUse> = {"house"sv,      "apartments"sv, "office"sv,   "shop"sv,      "restaurant"sv, "hotel"sv,   "school"sv, "kindergarten"sv,
                                                       "university"sv, "hospital"sv,   "industry"sv, "warehouse"sv, "public"sv,     "leisure"sv, "garage"sv, "other"sv};

// A regular grid over the city; row 0 is the south. Cell (column, row) has the id row * columns + column.
struct Cells {
    using Id = CellId;
    static constexpr std::string_view table = "cells";
    Point origin;                              // south-west corner of the grid
    double size_m = 100;
    std::int32_t columns = 0, rows = 0;
    Column<CellId, float> population, jobs;    // people who live, people who work there
    Column<CellId, float> floor_area_m2;
    Column<CellId, LandUse> land_use;          // the use that covers most of it
    Column<CellId, float> elevation_m;

    // The cell that holds a point; none outside the grid.
    CellId at(Point p) const {
        const double c = std::floor((p.x_m - origin.x_m) / size_m), r = std::floor((p.y_m - origin.y_m) / size_m);
        if (c < 0 || r < 0 || c >= columns || r >= rows) return none<CellId>;
        return as_id<CellId>(static_cast<std::int32_t>(r) * columns + static_cast<std::int32_t>(c));
    }
    Point centre(CellId cell) const {
        const auto n = number(cell);
        return {origin.x_m + (n % columns + 0.5) * size_m, origin.y_m + (n / columns + 0.5) * size_m};
    }
};

struct Buildings {
    using Id = BuildingId;
    static constexpr std::string_view table = "buildings";
    Column<BuildingId, std::string> id;        // "way/123", "relation/45", "synthetic/6"
    Column<BuildingId, Point> position;        // centroid of the footprint
    Column<BuildingId, BuildingUse> use;
    Column<BuildingId, float> footprint_m2;
    Column<BuildingId, float> levels;
    Column<BuildingId, float> floor_area_m2;   // gross
    Column<BuildingId, float> residents, jobs, school_places;
    Column<BuildingId, std::int16_t> year;     // of construction; 0: not known
    Column<BuildingId, std::uint8_t> synthetic;  // 1: not mapped, put there to house the people of mapped residential land
    Column<BuildingId, RoadId> access;         // the road its cars leave by; none: none near
    Lists<BuildingId, Point> footprint;        // outer ring, closed; empty for synthetic ones
};

struct Places {
    using Id = PlaceId;
    static constexpr std::string_view table = "places";
    Column<PlaceId, std::string> id, name;
    Column<PlaceId, std::string> kind;         // "city", "suburb", "park", "river", "school" ...: the source's word
    Column<PlaceId, Point> position;
    Column<PlaceId, float> population;         // as tagged; NaN where it is not
    Lists<PlaceId, Point> outline;             // of areas and rivers, for the map; may be empty
    Column<PlaceId, std::uint8_t> is_area;     // 1: outline is a closed ring; 0: a line, or nothing
    Column<PlaceId, LandUse> land_use;         // of the area; none otherwise
};

// Where a road crosses the edge of the map: an external zone.
struct Gates {
    using Id = GateId;
    static constexpr std::string_view table = "gates";
    Column<GateId, JunctionId> junction;
    Column<GateId, RoadId> inbound, outbound;  // none where the road is one way
    Column<GateId, float> daily_vehicles;      // both directions, a day
};

}  // namespace shahr
