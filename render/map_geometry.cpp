#include "render/map_geometry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <span>

#include "render/triangulate.h"
#include "sim/base/polyline.h"

namespace shahr {
namespace {

constexpr double lane_width_m = 3.2;           // as drawn

void grow(Box& box, Point p) {
    box.low = {std::min(box.low.x_m, p.x_m), std::min(box.low.y_m, p.y_m)};
    box.high = {std::max(box.high.x_m, p.x_m), std::max(box.high.y_m, p.y_m)};
}

bool is_placed(Point p) {
    return std::isfinite(p.x_m) && std::isfinite(p.y_m);
}

Box box_of(const City& city) {
    constexpr double far = std::numeric_limits<double>::max();
    Box box{{far, far}, {-far, -far}};
    for (const Point p : city.network.roads.shape.items()) grow(box, p);
    for (const Point p : city.network.junctions.position) grow(box, p);
    if (box.low.x_m <= box.high.x_m) return box;
    const Cells& cells = city.cells;
    if (cells.columns == 0)
        for (const std::span<const Point> nodes : {city.water.nodes.position.span(), city.power.buses.position.span()})
            for (const Point p : nodes)
                if (is_placed(p)) grow(box, p);
    if (box.low.x_m <= box.high.x_m) return box;
    return {cells.origin, cells.origin + Point{cells.columns * cells.size_m, cells.rows * cells.size_m}};
}

// Without the outermost junctions on each side: long roads into the country would make the town a small spot.
Box core_of(const City& city, const Box& box) {
    constexpr double left_out = 0.06, margin = 0.08;
    std::vector<double> x, y;
    for (const Point p : city.network.junctions.position) x.push_back(p.x_m), y.push_back(p.y_m);
    if (x.size() < 100) return box;
    const auto quantile = [](std::vector<double>& values, double share) {
        const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
        std::nth_element(values.begin(), at, values.end());
        return *at;
    };
    const Box dense{{quantile(x, left_out), quantile(y, left_out)}, {quantile(x, 1 - left_out), quantile(y, 1 - left_out)}};
    const Point extra{margin * dense.width_m(), margin * dense.height_m()};
    const Point low = dense.low - extra, high = dense.high + extra;
    return {{std::max(low.x_m, box.low.x_m), std::max(low.y_m, box.low.y_m)}, {std::min(high.x_m, box.high.x_m), std::min(high.y_m, box.high.y_m)}};
}

void add_ring(std::span<const Point> ring, std::size_t paint, std::vector<FillVertex>& to, std::int32_t building = -1) {
    for (const std::uint32_t corner : triangulate(ring))
        to.push_back({static_cast<float>(ring[corner].x_m), static_cast<float>(ring[corner].y_m), static_cast<std::uint32_t>(paint), building});
}

double area_of(std::span<const Point> ring) {
    double twice = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) twice += cross(ring[i] - ring[0], ring[i + 1] - ring[0]);
    return std::abs(twice) / 2;
}

// Areas of places, the larger below; where none is mapped, the land use of the cells.
void add_areas(const City& city, MapGeometry& map) {
    const Places& places = city.places;
    std::vector<PlaceId> areas;
    for (const PlaceId place : rows(places.name))
        if (places.is_area[place] && places.land_use[place] != LandUse::none && places.outline[place].size() > 3) areas.push_back(place);
    std::stable_sort(areas.begin(), areas.end(), [&](PlaceId a, PlaceId b) { return area_of(places.outline[a]) > area_of(places.outline[b]); });
    for (const PlaceId place : areas) add_ring(places.outline[place], static_cast<std::size_t>(places.land_use[place]), map.areas);
    if (!areas.empty()) return;
    for (const CellId cell : rows(city.cells.land_use)) {
        const LandUse use = city.cells.land_use[cell];
        const Point c = city.cells.centre(cell);
        const double h = city.cells.size_m / 2;
        const std::array<Point, 4> square = {Point{c.x_m - h, c.y_m - h}, {c.x_m + h, c.y_m - h}, {c.x_m + h, c.y_m + h}, {c.x_m - h, c.y_m + h}};
        if (use != LandUse::none) add_ring(square, static_cast<std::size_t>(use), map.areas);
    }
}

void add_buildings(const Buildings& buildings, MapGeometry& map) {
    for (const BuildingId building : rows(buildings.position))
        if (buildings.footprint[building].size() > 3) add_ring(buildings.footprint[building], Paper::building, map.buildings, number(building));
}

void add_line(std::span<const Point> line, double width_m, float side, std::int32_t road, std::vector<LinePiece>& pieces) {
    for (std::size_t i = 1; i < line.size(); ++i)
        pieces.push_back({static_cast<float>(line[i - 1].x_m), static_cast<float>(line[i - 1].y_m), static_cast<float>(line[i].x_m),
                          static_cast<float>(line[i].y_m), static_cast<float>(width_m), side, road});
}

void add_rivers(const Places& places, MapGeometry& map) {
    struct Kind {
        std::string_view name;
        double width_m;
        float least_width_px;
        bool detail;
    };
    constexpr std::array kinds = {Kind{"stream", 3, 0.5f, true}, Kind{"ditch", 2, 0.4f, true}, Kind{"drain", 2, 0.4f, true},
                                  Kind{"canal", 10, 0.9f, false}, Kind{"river", 14, 1.3f, false}};
    for (const Kind& kind : kinds) {
        LineStratum stratum{map.pieces.size(), 0, kind.least_width_px, kind.detail};
        for (const PlaceId place : rows(places.name))
            if (!places.is_area[place] && places.kind[place] == kind.name) add_line(places.outline[place], kind.width_m, 0, -1, map.pieces);
        stratum.count = map.pieces.size() - stratum.first;
        if (stratum.count > 0) map.rivers.push_back(stratum);
    }
}

// Roads whose line is also that of the opposite direction: each is then drawn on its own side of it.
Column<RoadId, std::uint8_t> share_their_line(const Roads& roads) {
    std::map<std::pair<JunctionId, JunctionId>, std::vector<RoadId>> between;
    for (const RoadId road : rows(roads.id)) between[{roads.from[road], roads.to[road]}].push_back(road);
    Column<RoadId, std::uint8_t> shares(roads.id.size(), 0);
    for (const RoadId road : rows(roads.id)) {
        const auto back = between.find({roads.to[road], roads.from[road]});
        if (back == between.end()) continue;
        if (roads.shape[road].empty()) continue;
        const Point middle = point_at(roads.shape[road], length(roads.shape[road]) / 2);
        for (const RoadId other : back->second)
            if (other != road && !roads.shape[other].empty() && distance(middle, roads.shape[other]) < 1) shares[road] = 1;
    }
    return shares;
}

struct Style {
    int rank;                                  // the higher is drawn later
    float least_width_px;
    bool detail;
};

Style style_of(RoadClass road_class) {
    switch (road_class) {
        case RoadClass::motorway: return {6, 2.4f, false};
        case RoadClass::trunk: return {5, 2.3f, false};
        case RoadClass::primary: return {4, 2.1f, false};
        case RoadClass::secondary: return {3, 1.6f, false};
        case RoadClass::motorway_link:
        case RoadClass::trunk_link:
        case RoadClass::primary_link:
        case RoadClass::tertiary: return {2, 1.2f, false};
        case RoadClass::secondary_link:
        case RoadClass::tertiary_link:
        case RoadClass::unclassified:
        case RoadClass::residential:
        case RoadClass::other: return {1, 0.7f, false};
        case RoadClass::living_street:
        case RoadClass::service: return {0, 0.45f, true};
    }
    return {1, 0.7f, false};
}

void add_roads(const City& city, MapGeometry& map) {
    const Roads& roads = city.network.roads;
    const auto lanes_of = city.network.lanes_of();
    const Column<RoadId, std::uint8_t> shares = share_their_line(roads);
    std::vector<RoadId> order(roads.id.size());
    std::transform(roads.id.begin(), roads.id.end(), order.begin(), [next = 0](const std::string&) mutable { return as_id<RoadId>(next++); });
    std::stable_sort(order.begin(), order.end(), [&](RoadId a, RoadId b) { return style_of(roads.road_class[a]).rank < style_of(roads.road_class[b]).rank; });
    for (const RoadId road : order) {
        const Style style = style_of(roads.road_class[road]);
        if (map.roads.empty() || map.roads.back().least_width_px != style.least_width_px)
            map.roads.push_back({map.pieces.size(), 0, style.least_width_px, style.detail});
        const double width_m = lane_width_m * std::max(1, lanes_of[road].size());
        const float side = shares[road] ? (city.left_hand_traffic ? -1.0f : 1.0f) : 0.0f;
        // From junction to junction, though roads end at their stop lines.
        std::vector<Point> line{city.network.junctions.position[roads.from[road]]};
        line.insert(line.end(), roads.shape[road].begin(), roads.shape[road].end());
        line.push_back(city.network.junctions.position[roads.to[road]]);
        add_line(line, width_m, side, number(road), map.pieces);
        map.roads.back().count = map.pieces.size() - map.roads.back().first;
    }
}

// A line of each row in the stratum of its kind; those whose ends have no place on the plane are left out.
template <class Links, class Positions>
void add_links(const Links& links, const Positions& position, std::span<const float> least_width_px, const auto& kind_of, MapGeometry& map,
               std::vector<LineStratum>& strata) {
    for (std::size_t kind = 0; kind < least_width_px.size(); ++kind) {
        LineStratum stratum{map.pieces.size(), 0, least_width_px[kind], false};
        for (const auto link : rows(links.id)) {
            const Point from = position[links.from[link]], to = position[links.to[link]];
            if (kind_of(link) != kind || !is_placed(from) || !is_placed(to)) continue;
            std::vector<Point> line{from};
            line.insert(line.end(), links.shape[link].begin(), links.shape[link].end());
            line.push_back(to);
            add_line(line, 0, 0, static_cast<std::int32_t>(map.road_count) + number(link), map.pieces);
        }
        stratum.count = map.pieces.size() - stratum.first;
        if (stratum.count > 0) strata.push_back(stratum);
    }
}

// Thin ones first.
void add_mains(const City& city, MapGeometry& map) {
    constexpr std::array least_width_px = {1.4f, 2.0f, 3.0f};
    const auto by_diameter = [&](WaterLinkId link) -> std::size_t {
        const double diameter_m = city.water.links.diameter_m[link];
        return diameter_m < 0.14 ? 0 : diameter_m < 0.29 ? 1 : 2;
    };
    add_links(city.water.links, city.water.nodes.position, least_width_px, by_diameter, map, map.mains);
}

// High voltage first, so that a thin feeder (below 1 kV, IEC 60038) lies over the cable of 10 kV in its street; then
// transformers: dots, where both ends are at one place.
void add_branches(const City& city, MapGeometry& map) {
    constexpr std::array least_width_px = {4.5f, 3.2f, 1.5f, 6.0f};
    const PowerGrid& grid = city.power;
    const auto by_voltage = [&](BranchId branch) -> std::size_t {
        const double base_v = grid.buses.base_voltage_v[grid.branches.from[branch]];
        return grid.branches.kind[branch] == BranchKind::transformer ? 3 : base_v < 1e3 ? 2 : base_v < 35e3 ? 1 : 0;
    };
    add_links(grid.branches, grid.buses.position, least_width_px, by_voltage, map, map.branches);
}

}  // namespace

MapGeometry make_geometry(const City& city) {
    MapGeometry map;
    map.road_count = city.network.roads.id.size();
    map.box = box_of(city);
    map.core = core_of(city, map.box);
    add_areas(city, map);
    add_buildings(city.buildings, map);
    add_rivers(city.places, map);
    add_roads(city, map);
    add_mains(city, map);
    add_branches(city, map);
    return map;
}

double distance_to(const LinePiece& piece, Point p, double least_width_m) {
    Point from{piece.from_x_m, piece.from_y_m}, to{piece.to_x_m, piece.to_y_m};
    const double length_m = distance(from, to);
    if (length_m > 0) {
        const Point right = 1 / length_m * Point{to.y_m - from.y_m, from.x_m - to.x_m};
        const Point shift = piece.side * std::max(double{piece.width_m}, least_width_m) / 2 * right;
        from = from + shift, to = to + shift;
    }
    const std::array ends = {from, to};
    return distance(p, ends);
}

}  // namespace shahr
