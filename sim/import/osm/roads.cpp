#include "sim/import/osm/roads.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/error.h"
#include "sim/import/osm/built_up.h"
#include "sim/import/osm/conditional.h"
#include "sim/import/osm/continuations.h"
#include "sim/import/osm/cordon.h"
#include "sim/import/osm/graph.h"
#include "sim/import/osm/joining.h"
#include "sim/import/osm/restrictions.h"
#include "sim/import/osm/signals_and_signs.h"
#include "sim/import/osm/tables.h"

namespace shahr::osm {
namespace {

constexpr double widest_deg = 10;  // of an extract: a transverse Mercator plane is true to 0.1 % within 300 km

Box extent_of_roads(const RoadData& data) {
    Box box{{181, 91}, {-181, -91}};
    for (const WayData& way : data.ways) {
        if (!road_class_of(way.tags)) continue;
        for (const std::int64_t id : way.nodes)
            if (const NodeData* node = data.node(id)) {
                auto& [low, high] = box;
                low = {std::min(low.lon_deg, node->position.lon_deg), std::min(low.lat_deg, node->position.lat_deg)};
                high = {std::max(high.lon_deg, node->position.lon_deg), std::max(high.lat_deg, node->position.lat_deg)};
            }
    }
    if (box.south_west.lon_deg > box.north_east.lon_deg)
        throw InputError(fmt::format("{} (no road for cars in it) an extract with roads", data.source));
    const auto& [low, high] = box;
    if (high.lon_deg - low.lon_deg > widest_deg || high.lat_deg - low.lat_deg > widest_deg ||
        std::max(-low.lat_deg, high.lat_deg) > 85)
        throw InputError(
            fmt::format("{} (roads from {:.2f}, {:.2f} to {:.2f}, {:.2f} degrees: no plane holds them) an extract of "
                        "one city or region",
                        data.source, low.lon_deg, low.lat_deg, high.lon_deg, high.lat_deg));
    return box;
}

// The plane is centred on the extent, and moved so that no road node lies west or south of its origin.
Projection projection_for(const Box& box) {
    const auto& [low, high] = box;
    Projection projection = local_projection({(low.lon_deg + high.lon_deg) / 2, (low.lat_deg + high.lat_deg) / 2});
    const LocalPlane plane(projection);
    const Point corners[] = {plane.to_plane(low), plane.to_plane({high.lon_deg, low.lat_deg}),
                             plane.to_plane({low.lon_deg, high.lat_deg}),
                             plane.to_plane({(low.lon_deg + high.lon_deg) / 2, low.lat_deg})};
    Point least = corners[0];
    for (const Point p : corners) least = {std::min(least.x_m, p.x_m), std::min(least.y_m, p.y_m)};
    projection.offset_x_m = -std::floor(least.x_m);
    projection.offset_y_m = -std::floor(least.y_m);
    return projection;
}

struct Counts {
    std::int64_t kept = 0, dropped[5] = {}, road = 0, lanes = 0, unreadable_lanes = 0, speed = 0, unreadable = 0, arrows = 0, centre = 0,
                 reversible = 0, destination = 0, other_side = 0;
    ConditionalTags conditional;
};

std::vector<Way> drivable_ways(const RoadData& data, const Country& country, const BuiltUp& built_up, Counts& counts) {
    const std::string_view other_side = country.left_hand_traffic ? "right" : "left";
    std::vector<Way> ways;
    for (const WayData& way : data.ways) {
        NotDriven reason{};
        ConditionalTags unused;
        const Tags tags = as_at_eight(way.tags, road_class_of(way.tags) ? counts.conditional : unused);
        auto rules = rules_of(tags, {&country, built_up.around(way)}, reason);
        if (!rules) {
            ++counts.dropped[static_cast<int>(reason)];
            continue;
        }
        ++counts.kept;
        counts.lanes += rules->guessed_lanes;
        counts.unreadable_lanes += rules->unreadable_lanes;
        counts.speed += rules->guessed_speed;
        counts.unreadable += rules->unreadable_speed;
        counts.arrows += rules->unused_arrows;
        counts.centre += rules->centre_turn_lane;
        counts.reversible += rules->reversible;
        counts.destination += rules->destination_only;
        counts.other_side += tags.is("driving_side", other_side);
        counts.road += tags.is("highway", "road");
        ways.push_back({way.id, way.nodes, std::move(*rules)});
    }
    if (ways.empty())
        throw InputError(fmt::format("{} (none of its {} ways is open to cars) an extract with roads", data.source,
                                     data.ways.size()));
    return ways;
}

void report_ways(const Counts& counts, ImportReport& report) {
    report.kept(counts.kept, "ways for motor vehicles");
    report.guessed(counts.lanes, "ways without a lane count",
                   "by class: 2 a direction on main roads in town and divided ones, 2 to 3 in a city of 500,000 people, else 1");
    report.guessed(counts.speed, "ways without a speed limit",
                   "by class, the country's law, and whether the area is built up");
    report.guessed(counts.reversible, "ways of changing direction", "open both ways");
    report.guessed(counts.road, "ways tagged highway = road", "of unknown class: as unclassified");
    if (counts.destination > 0)
        report.kept(counts.destination, "ways open only to trips that begin or end there",
                    "service roads, and private or destination access");
    report_conditional(counts.conditional, "ways", report);
    report.dropped(counts.unreadable, "speed limits that state no number or known word", "the class's limit holds");
    report.dropped(counts.unreadable_lanes, "lane counts that state no number from 1 to 16", "the class's count holds");
    report.dropped(counts.arrows, "lists of turn arrows", "not as many as lanes, or of a two-way road without a direction");
    report.dropped(counts.other_side, "ways on which traffic keeps the other side", "a city has one side: they are driven as all others");
    report.dropped(counts.centre, "centre turn lanes", "the tables have no lane for both directions");
    report.dropped(counts.dropped[static_cast<int>(NotDriven::not_for_cars)], "ways not for cars",
                   "footways, cycleways, tracks, pedestrian streets");
    report.dropped(counts.dropped[static_cast<int>(NotDriven::area)], "areas of road surface",
                   "no line to drive along");
    report.dropped(counts.dropped[static_cast<int>(NotDriven::yard)], "parking aisles and driveways",
                   "their cars begin and end on the street");
    report.dropped(counts.dropped[static_cast<int>(NotDriven::under_construction)],
                   "roads under construction or planned", "not open");
    report.dropped(counts.dropped[static_cast<int>(NotDriven::no_access)], "roads closed to motor vehicles",
                   "by their access tags");
}

}  // namespace

JunctionHints import_roads(const RoadData& data, std::string_view country_code, City& city, ImportReport& report) {
    const Box box = extent_of_roads(data);
    city.projection = projection_for(box);
    city.attribution = "(c) OpenStreetMap contributors";
    const LocalPlane plane(city.projection);
    const LonLat centre{(box.south_west.lon_deg + box.north_east.lon_deg) / 2,
                        (box.south_west.lat_deg + box.north_east.lat_deg) / 2};
    const auto [law, how] = guess_country(country_code, data.countries, centre);
    Country country = *law;
    if (data.left_driving != data.right_driving) country.left_hand_traffic = data.left_driving > data.right_driving;
    city.left_hand_traffic = country.left_hand_traffic;
    report.note(fmt::format(
        "country {}: limits {:.0f} km/h in town, {:.0f} outside, {:.0f} on motorways; traffic keeps {}", how,
        country.urban_kmh, country.rural_kmh, country.motorway_kmh, country.left_hand_traffic ? "left" : "right"));
    Counts counts;
    auto ways = drivable_ways(data, country, BuiltUp(data, plane), counts);
    report_ways(counts, report);

    Graph graph = make_graph(data, std::move(ways), plane, report);
    mark_cordon(graph, data, plane);
    auto banned = banned_chains(graph, data, report);
    const auto signal = place_signals_and_signs(graph, report);
    join_continuations(graph, banned, report);
    const Clusters clusters = join_nodes(graph, signal, report);
    Network made = make_tables(graph, clusters, signal, banned, report);
    if (made.network.roads.id.empty())
        throw InputError(fmt::format("{} (no road in it is longer than a car) an extract with roads", data.source));
    city.network = std::move(made.network);
    report.kept(static_cast<std::int64_t>(city.network.junctions.id.size()), "junctions");
    report.kept(static_cast<std::int64_t>(city.network.roads.id.size()), "roads", "each direction");
    report.kept(static_cast<std::int64_t>(city.network.lanes.id.size()), "lanes");
    make_gates(city, report);
    return std::move(made.hints);
}

}  // namespace shahr::osm
