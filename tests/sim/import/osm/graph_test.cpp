// How ways become roads: splitting, cutting, joining of pieces, what lies above what.
#include <gtest/gtest.h>

#include "sim/base/error.h"
#include "tests/sim/import/osm/map_snippet.h"

namespace shahr::osm {
namespace {

TEST(Graph, splits_ways_where_they_meet) {
    MapSnippet map;
    map.node(1, -100, 0).node(2, 0, 0).node(3, 100, 0).node(4, 0, 100);
    const Imported it(map.street(10, {1, 2, 3}).street(20, {2, 4}));
    EXPECT_EQ(it.roads().id.size(), 6u);
    EXPECT_EQ(it.city.network.junctions.id.size(), 4u);
    const RoadId road = it.find(1, 2).value();
    EXPECT_EQ(it.roads().id[road], "way/10:1-2");
    EXPECT_NEAR(it.roads().length_m[road], 100, 0.5);
    EXPECT_EQ(it.roads().to[road], it.junction("node/2").value());
    EXPECT_EQ(it.roads().shape[road].size(), 2u);
}

TEST(Graph, keeps_bends_as_shape) {
    MapSnippet map;
    map.node(1, 0, 0).node(2, 100, 0).node(3, 100, 100);
    const Imported it(map.street(10, {1, 2, 3}));
    EXPECT_EQ(it.roads().id.size(), 2u);
    EXPECT_NEAR(it.roads().length_m[it.find(1, 3).value()], 200, 1);
}

TEST(Graph, roads_that_cross_without_a_common_node_do_not_meet) {
    MapSnippet map;
    map.node(1, -100, 0).node(2, 100, 0).node(3, 0, -100).node(4, 0, 100);
    const Imported it(
        map.way(10, {1, 2}, {{"highway", "primary"}, {"bridge", "yes"}, {"layer", "1"}}).street(20, {3, 4}));
    EXPECT_EQ(it.roads().id.size(), 4u);
    EXPECT_EQ(it.roads().bridge[it.find(1, 2).value()], 1);
    EXPECT_EQ(it.roads().bridge[it.find(3, 4).value()], 0);
}

TEST(Graph, nodes_in_one_place_are_one_only_on_the_same_layer) {
    MapSnippet level, bridge;
    for (MapSnippet* map : {&level, &bridge})
        map->node(1, -100, 0).node(2, 0, 0).node(3, 100, 0).node(4, 0, -100).node(5, 0, 0).node(6, 0, 100);
    level.street(10, {1, 2, 3}).street(20, {4, 5, 6});
    EXPECT_EQ(Imported(level).roads().id.size(), 8u);
    bridge.street(10, {1, 2, 3}).way(20, {4, 5, 6}, {{"highway", "residential"}, {"layer", "1"}, {"bridge", "yes"}});
    EXPECT_EQ(Imported(bridge).roads().id.size(), 4u) << "a bridge is not welded to the street below";
}

TEST(Graph, reverse_oneway_runs_against_its_nodes) {
    MapSnippet map;
    map.node(1, 0, 0).node(2, 100, 0);
    const Imported it(map.way(10, {1, 2}, {{"highway", "residential"}, {"oneway", "-1"}}));
    ASSERT_EQ(it.roads().id.size(), 1u);
    EXPECT_TRUE(it.find(2, 1));
    EXPECT_NEAR(it.roads().shape[RoadId{0}].front().x_m, 100, 2);
}

TEST(Graph, cuts_ways_at_missing_nodes_and_makes_gates_there) {
    MapSnippet map;
    map.node(1, 0, 0).node(2, 100, 0).node(4, 300, 0).node(5, 400, 0);
    const Imported it(map.street(10, {1, 2, 3, 4, 5}, "primary").bounds(42.9, 75.9, 43.1, 76.1));
    EXPECT_EQ(it.roads().id.size(), 4u);
    EXPECT_EQ(it.reported("road nodes that the file does not hold"), 1);
    ASSERT_EQ(it.city.gates.junction.size(), 2u);
    EXPECT_EQ(it.city.network.junctions.control[it.junction("node/2").value()], Control::cordon);
    EXPECT_NE(it.city.network.junctions.control[it.junction("node/1").value()], Control::cordon);
    EXPECT_EQ(it.city.gates.daily_vehicles[GateId{0}], 2 * 4500) << "a lane each way of a primary road in the open";
}

TEST(Graph, ends_near_the_edge_of_the_box_are_gates) {
    MapSnippet map;
    map.node(1, 0, 0).node(2, 300, 0);
    map.street(10, {1, 2}).bounds(42.99, 75.99, 43.01, 76.0 + 310 / 81325.0);
    const Imported it(map);
    ASSERT_EQ(it.city.gates.junction.size(), 1u);
    EXPECT_EQ(it.city.network.junctions.id[it.city.gates.junction[GateId{0}]], "node/2");
    EXPECT_EQ(it.city.gates.outbound[GateId{0}], it.find(1, 2).value());
    EXPECT_EQ(it.city.gates.inbound[GateId{0}], it.find(2, 1).value());
}

TEST(Graph, a_bollard_leaves_two_dead_ends) {
    MapSnippet map;
    map.node(1, 0, 0).node(2, 100, 0, {{"barrier", "bollard"}}).node(3, 200, 0);
    const Imported it(map.street(10, {1, 2, 3}));
    EXPECT_EQ(it.city.network.junctions.id.size(), 4u);
    EXPECT_EQ(it.reported("passages at bollards"), 1);
    const auto& roads = it.roads();
    EXPECT_NE(roads.to[it.find(1, 2).value()], roads.from[it.find(2, 3).value()]);
}

TEST(Graph, a_way_drawn_twice_is_one_road) {
    MapSnippet map;
    map.node(1, 0, 0).node(2, 100, 0);
    const Imported it(map.street(10, {1, 2}).street(11, {2, 1}, "secondary"));
    EXPECT_EQ(it.roads().id.size(), 2u);
    EXPECT_EQ(it.roads().road_class[RoadId{0}], RoadClass::secondary) << "the one of higher rank stays";
}

TEST(Graph, two_oneways_on_the_same_nodes_are_two_sides) {
    MapSnippet map;
    map.node(1, 0, 0).node(2, 100, 0);
    map.way(10, {1, 2}, {{"highway", "residential"}, {"oneway", "yes"}})
        .way(11, {2, 1}, {{"highway", "residential"}, {"oneway", "yes"}});
    EXPECT_EQ(Imported(map).roads().id.size(), 2u);
}

TEST(Graph, loops_are_split_and_self_loops_dropped) {
    MapSnippet map;
    map.node(1, 0, 0).node(2, 100, 0).node(3, 100, 100).node(4, 0, 100).node(5, -100, 0);
    map.street(10, {1, 2, 3, 4, 1}).street(20, {5, 1}).street(30, {5, 5});
    const Imported it(map);
    EXPECT_EQ(it.roads().id.size(), 6u);
    for (RoadId road : rows(it.roads().id)) EXPECT_NE(it.roads().from[road], it.roads().to[road]);
}

TEST(Graph, short_pieces_of_one_street_are_joined) {
    MapSnippet map;
    map.node(1, 0, 0).node(2, 100, 0).node(3, 112, 0).node(4, 300, 0);
    map.street(10, {1, 2})
        .way(11, {2, 3}, {{"highway", "residential"}, {"bridge", "yes"}, {"maxspeed", "20"}})
        .street(12, {3, 4});
    const Imported it(map);
    ASSERT_EQ(it.roads().id.size(), 4u) << "the bridge of 12 m belongs to one of its neighbours";
    double total_m = 0;
    for (const float length : it.roads().length_m) total_m += length;
    EXPECT_NEAR(total_m, 600, 2);
}

TEST(Graph, changes_along_a_long_street_stay) {
    MapSnippet map;
    map.node(1, 0, 0).node(2, 100, 0).node(3, 200, 0);
    const Imported it(map.street(10, {1, 2}).way(11, {2, 3}, {{"highway", "residential"}, {"lanes", "4"}}));
    EXPECT_EQ(it.roads().id.size(), 4u);
    EXPECT_EQ(it.lanes(2, 3), 2u);
    EXPECT_EQ(it.lanes(1, 2), 1u);
}

TEST(Graph, limits_follow_the_surroundings) {
    MapSnippet map;
    map.node(1, 0, 0).node(2, 180, 0).node(3, 5000, 0).node(4, 0, 150).node(5, 180, 150).node(6, 4000, 0);
    map.street(10, {1, 2}, "primary").street(11, {6, 3}, "primary").street(12, {2, 6}, "primary");
    const Imported it(map.street(20, {1, 4}).street(21, {4, 5}).street(22, {5, 2}));
    EXPECT_NEAR(it.limit_kmh(1, 2), 60, 0.1) << "between residential streets";
    EXPECT_NEAR(it.limit_kmh(6, 3), 110, 0.1) << "in the open";
}

TEST(Graph, keeps_names_and_the_place_on_the_earth) {
    MapSnippet map;
    map.node(1, 0, 0).node(2, 100, 0).node(3, 0, 100);
    const Imported it(map.way(10, {1, 2}, {{"highway", "primary"}, {"name", "Abay &amp; Sons"}})
                          .way(11, {1, 3}, {{"highway", "primary"}, {"ref", "A3"}}));
    EXPECT_EQ(it.roads().name[it.find(1, 2).value()], "Abay & Sons");
    EXPECT_EQ(it.roads().name[it.find(1, 3).value()], "A3");
    EXPECT_EQ(it.city.attribution, "(c) OpenStreetMap contributors");
    for (RoadId road : rows(it.roads().id))
        for (const Point p : it.roads().shape[road])
            EXPECT_TRUE(p.x_m >= 0 && p.y_m >= 0 && p.x_m < 102 && p.y_m < 102);
    const LonLat origin = LocalPlane(it.city.projection).to_earth({0, 0});
    EXPECT_NEAR(origin.lon_deg, 76, 2e-5);
    EXPECT_NEAR(origin.lat_deg, 43, 2e-5);
}

}  // namespace
}  // namespace shahr::osm
