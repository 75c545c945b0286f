#include "sim/import/osm/land.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include <fmt/format.h>

#include "sim/base/polygon.h"
#include "sim/city/projection.h"
#include "sim/import/elevation.h"
#include "sim/import/osm/land_buildings.h"
#include "sim/import/osm/land_features.h"
#include "sim/import/osm/land_raster.h"
#include "sim/synthesis/buildings.h"
#include "sim/synthesis/population.h"
#include "sim/synthesis/vehicle_types.h"

namespace shahr {
namespace {

constexpr double margin_m = 500;
constexpr double most_cells = 4e6;

Cells cells_over(const RoadNetwork& network, double size_m) {
    Point low{INFINITY, INFINITY}, high{-INFINITY, -INFINITY};
    for (Point p : network.junctions.position) {
        low = {std::min(low.x_m, p.x_m), std::min(low.y_m, p.y_m)};
        high = {std::max(high.x_m, p.x_m), std::max(high.y_m, p.y_m)};
    }
    Cells cells;
    cells.size_m = size_m;
    if (network.junctions.position.empty()) return cells;
    const auto count = [&](double extent_m) { return std::ceil((extent_m + 2 * margin_m) / cells.size_m); };
    while (count(high.x_m - low.x_m) * count(high.y_m - low.y_m) > most_cells) cells.size_m *= 2;
    // Corners on whole multiples of the size: the same place is in the same cell in another extract of the city.
    const auto below = [&](double m) { return std::floor((m - margin_m) / cells.size_m) * cells.size_m; };
    cells.origin = {below(low.x_m), below(low.y_m)};
    cells.columns = static_cast<std::int32_t>(std::ceil((high.x_m + margin_m - cells.origin.x_m) / cells.size_m));
    cells.rows = static_cast<std::int32_t>(std::ceil((high.y_m + margin_m - cells.origin.y_m) / cells.size_m));
    const auto n = static_cast<std::size_t>(cells.columns) * static_cast<std::size_t>(cells.rows);
    for (auto* column : {&cells.population, &cells.jobs, &cells.floor_area_m2, &cells.elevation_m}) column->resize(n, 0);
    cells.land_use.resize(n, LandUse::none);
    return cells;
}

// The use that covers most of each cell; the first of the list if two cover as much.
void set_land_use(Cells& cells, const LandRaster& raster) {
    for (CellId c : rows(cells.land_use)) {
        std::array<float, enum_names<LandUse>.size()> area_m2{};
        const auto grounds = raster.in_cell(c);
        for (std::size_t g = 0; g < ground_count; ++g)
            area_m2[static_cast<std::size_t>(land_use_of(static_cast<Ground>(g)))] += grounds[g];
        cells.land_use[c] = static_cast<LandUse>(std::max_element(area_m2.begin(), area_m2.end()) - area_m2.begin());
    }
}

// Half the street's width of gardens and houses on a road's own side.
constexpr double homes_along_street_m = 30;

// Residential land per cell: as mapped, and along streets of homes where nothing is mapped.
Column<CellId, float> residential_land(const City& city, const LandRaster& raster) {
    const Roads& roads = city.network.roads;
    Column<CellId, float> along_streets(city.cells.population.size(), 0);
    for (RoadId r : rows(roads.id)) {
        if (roads.road_class[r] != RoadClass::residential && roads.road_class[r] != RoadClass::living_street) continue;
        const auto shape = roads.shape[r];
        for (std::size_t i = 1; i < shape.size(); ++i) {
            const double length_m = distance(shape[i - 1], shape[i]);
            const int steps = 1 + static_cast<int>(length_m / 25);
            for (int s = 0; s < steps; ++s)
                if (const CellId c = city.cells.at(shape[i - 1] + (s + 0.5) / steps * (shape[i] - shape[i - 1])); is_some(c))
                    along_streets[c] += static_cast<float>(length_m / steps * homes_along_street_m);
        }
    }
    Column<CellId, float> land_m2(along_streets.size(), 0);
    for (CellId c : rows(land_m2)) {
        const auto grounds = raster.in_cell(c);
        land_m2[c] = grounds[static_cast<std::size_t>(Ground::residential)] +
                     std::min(along_streets[c], grounds[static_cast<std::size_t>(Ground::none)]);
    }
    return land_m2;
}

// The part of the land that seems to hold buildings which are not mapped. Where buildings cover 10 % of the land of a
// neighbourhood (5 x 5 cells), it is fully mapped; where they cover none, not at all; in between in proportion.
void leave_unmapped(Column<CellId, float>& land_m2, const City& city, bool dwellings) {
    constexpr std::int32_t block = 5;
    constexpr double fully_mapped = 0.10;
    const Cells& cells = city.cells;
    const std::int32_t columns = (cells.columns + block - 1) / block;
    const auto block_of = [&](CellId c) {
        return static_cast<std::size_t>(number(c) / cells.columns / block) * static_cast<std::size_t>(columns) +
               static_cast<std::size_t>(number(c) % cells.columns / block);
    };
    std::vector<double> land(
        static_cast<std::size_t>(columns) * static_cast<std::size_t>((cells.rows + block - 1) / block), 0),
        built(land.size(), 0);
    for (CellId c : rows(land_m2)) land[block_of(c)] += static_cast<double>(land_m2[c]);
    const Buildings& b = city.buildings;
    for (BuildingId i : rows(b.id))
        if (is_dwelling(b.use[i]) == dwellings)
            if (const CellId c = cells.at(b.position[i]); is_some(c)) built[block_of(c)] += static_cast<double>(b.footprint_m2[i]);
    for (CellId c : rows(land_m2)) {
        if (land_m2[c] <= 0) continue;
        const double mapped = built[block_of(c)] / land[block_of(c)] / fully_mapped;
        land_m2[c] *= static_cast<float>(std::max(0.0, 1 - mapped));
    }
}

EmptyLand empty_land(const City& city, const LandRaster& raster) {
    EmptyLand land;
    land.residential = residential_land(city, raster);
    for (auto [column, ground] :
         {std::pair(&land.commercial, Ground::commercial), std::pair(&land.retail, Ground::retail),
          std::pair(&land.industrial, Ground::industrial)}) {
        column->resize(city.cells.population.size());
        for (CellId c : rows(*column)) (*column)[c] = raster.in_cell(c)[static_cast<std::size_t>(ground)];
        leave_unmapped(*column, city, false);
    }
    leave_unmapped(land.residential, city, true);
    return land;
}

bool is_settlement(std::string_view kind) {
    return kind == "city" || kind == "town" || kind == "village" || kind == "hamlet";
}

// The sum over cities, towns, villages and hamlets inside the cells. A place mapped twice counts once, and one that lies in
// another by its is_in not at all: the other's people include its own.
PopulationSource tagged_population(const std::vector<PlaceFeature>& places, const Cells& cells, ImportReport& report) {
    std::map<std::string, const PlaceFeature*> by_name;
    std::int64_t unreadable = 0;
    const PlaceFeature* largest = nullptr;
    for (const PlaceFeature& place : places) {
        unreadable += place.population_unreadable;
        if (!is_settlement(place.kind) || !is_some(cells.at(place.position)) || place.population <= 0) continue;
        const auto [at, added] = by_name.emplace(place.name.empty() ? place.id : place.name, &place);
        if (!added && place.population > at->second->population) at->second = &place;
    }
    PopulationSource source;
    for (const auto& [name, place] : by_name) {
        const bool inside = std::any_of(by_name.begin(), by_name.end(), [&, place = place](const auto& other) {
            return other.second != place && other.second->population > place->population &&
                   place->is_in.find(other.first) != std::string::npos;
        });
        if (inside) continue;
        source.tagged += place->population;
        source.tagged_where += fmt::format("{}{} ({:.0f})", source.tagged_where.empty() ? "" : ", ", name, place->population);
        if (largest == nullptr || place->population > largest->population) largest = place;
    }
    if (largest != nullptr) source.centre = largest->position;
    report.dropped(unreadable, "population tags", "not a number");
    return source;
}

void add_place(Places& places, std::string id, std::string name, std::string kind, Point position, double population,
               std::span<const Point> outline, bool area, LandUse use) {
    places.id.push_back(std::move(id));
    places.name.push_back(std::move(name));
    places.kind.push_back(std::move(kind));
    places.position.push_back(position);
    places.population.push_back(population > 0 ? static_cast<float>(population) : std::numeric_limits<float>::quiet_NaN());
    places.outline.push_back(outline);
    places.is_area.push_back(area);
    places.land_use.push_back(use);
}

// Settlements, then areas, then lines. A node and an area may share an id's number, and an area may be a settlement too.
void make_places(const LandFeatures& features, Places& places, ImportReport& report) {
    for (const PlaceFeature& p : features.places)
        add_place(places, p.id + ":place", p.name, p.kind, p.position, p.population, {}, false, LandUse::none);
    for (const GroundFeature& g : features.grounds)
        for (std::size_t i = 0; i < g.outer.size(); ++i)
            add_place(places, i == 0 ? g.id : fmt::format("{}:{}", g.id, i + 1), g.name, g.kind, centroid(g.outer[i]),
                      0, g.outer[i], true, land_use_of(g.ground));
    for (const LineFeature& l : features.lines)
        add_place(places, l.id + ":line", l.name, l.kind, l.course[l.course.size() / 2], 0, l.course, false,
                  LandUse::water);
    report.kept(static_cast<std::int64_t>(places.id.size()), "places",
                fmt::format("{} settlements and other named places, {} areas, {} rivers and coast lines", features.places.size(),
                            places.id.size() - features.places.size() - features.lines.size(), features.lines.size()));
}

}  // namespace

void import_land(const std::filesystem::path& file, const LandOptions& options, City& city, ImportReport& report) {
    const LocalPlane plane(city.projection);
    LandFeatures features = read_land_features(file, plane);
    if (city.vehicle_types.id.empty()) city.vehicle_types = default_vehicle_types();
    city.cells = cells_over(city.network, options.cell_m);
    if (city.cells.size_m != options.cell_m)
        report.guessed(1, "size of the cells",
                       fmt::format("{:.0f} m, so that there are at most four million", city.cells.size_m));
    const LandRaster raster(city.cells, features.grounds);
    set_land_use(city.cells, raster);
    PopulationSource source = tagged_population(features.places, city.cells, report);
    source.given = options.population;
    source.jobs_inside = make_buildings(features, raster, city, report);
    settle(city, empty_land(city, raster), source, report);
    make_places(features, city.places, report);
    report.kept(static_cast<std::int64_t>(city.cells.population.size()), "cells",
                fmt::format("{} x {}, {:.0f} m", city.cells.columns, city.cells.rows, city.cells.size_m));
    if (options.elevation.empty())
        report.note("no elevation was given: the city is flat");
    else
        import_elevation(options.elevation, city, report);
}

}  // namespace shahr
