// What the map knows about junctions: signals, signs, and crossings drawn with several nodes.
#include <gtest/gtest.h>

#include "tests/sim/import/osm/map_snippet.h"

namespace shahr::osm {
namespace {

TEST(Signals, on_the_node_or_before_it) {
    const Imported on_node(crossing({{"highway", "traffic_signals"}}));
    EXPECT_EQ(on_node.hints.signalised[on_node.junction("node/1").value()], 1);

    MapSnippet map;
    map.node(1, 0, 0).node(2, -100, 0).node(3, 100, 0).node(4, 0, -100).node(5, 0, 100);
    const TagList signal{{"highway", "traffic_signals"}};
    map.node(6, -15, 0, signal).node(7, 15, 0, signal).node(8, 0, -15, signal);
    map.street(10, {2, 6, 1}).street(11, {1, 7, 3}).street(20, {4, 8, 1}).street(21, {1, 5});
    const Imported before(map);
    EXPECT_EQ(before.hints.signalised[before.junction("node/1").value()], 1) << "three of four approaches";
}

TEST(Signals, hold_for_the_direction_that_they_say) {
    MapSnippet towards, away;
    for (auto [map, direction] : {std::pair{&towards, "forward"}, std::pair{&away, "backward"}}) {
        map->node(1, 0, 0).node(2, -100, 0).node(3, 0, 100).node(4, 0, -100);
        map->node(6, -15, 0, {{"highway", "traffic_signals"}, {"traffic_signals:direction", direction}});
        map->street(10, {2, 6, 1})
            .way(20, {1, 3}, {{"highway", "residential"}, {"oneway", "yes"}})
            .way(21, {1, 4}, {{"highway", "residential"}, {"oneway", "yes"}});
    }
    const Imported with(towards), without(away);
    EXPECT_EQ(with.hints.signalised[with.junction("node/1").value()], 1) << "its only approach";
    EXPECT_EQ(without.hints.signalised[without.junction("node/1").value()], 0) << "it stops those who drive away";
}

TEST(Signals, look_past_slip_roads_and_not_at_the_exit) {
    // Eastward carriageway 2 -> 1 -> 3, a crossing at 1, a slip road joining at 7, 15 m behind it. The signal at 6 is
    // for people who cross the exit: it makes no signalised junction of the merge at 7.
    MapSnippet map;
    const TagList oneway{{"highway", "primary"}, {"oneway", "yes"}},
        slip{{"highway", "primary_link"}, {"oneway", "yes"}};
    map.node(1, 0, 0).node(2, -200, 0).node(3, 200, 0).node(4, 0, -200).node(5, 0, 200).node(7, 35, 0).node(8, 5, -60);
    map.node(6, 20, 0, {{"highway", "traffic_signals"}, {"crossing", "traffic_signals"}})
        .node(9, -25, 0, {{"highway", "traffic_signals"}});
    map.node(10, 0, -20, {{"highway", "traffic_signals"}}).node(11, 0, 20, {{"highway", "traffic_signals"}});
    map.way(10, {2, 9, 1}, oneway)
        .way(11, {1, 6, 7}, oneway)
        .way(12, {7, 3}, oneway)
        .way(13, {8, 7}, slip)
        .street(20, {4, 10, 1})
        .street(21, {1, 11, 5});
    const Imported it(map);
    EXPECT_EQ(it.hints.signalised[it.junction("node/1").value()], 1);
    EXPECT_EQ(it.hints.signalised[it.junction("node/7").value()], 0);
}

TEST(Signals, half_way_between_two_crossings_stop_both_directions) {
    MapSnippet map;
    map.node(1, 0, 0).node(2, 60, 0).node(3, 0, 100).node(4, 60, 100).node(5, 28, 0, {{"highway", "traffic_signals"}});
    map.node(6, -100, 0).node(7, 160, 0);
    const TagList away{{"highway", "residential"}, {"oneway", "yes"}};
    map.street(10, {1, 5, 2}).way(20, {1, 3}, away).way(21, {2, 4}, away).way(22, {1, 6}, away).way(23, {2, 7}, away);
    const Imported it(map);
    for (const char* id : {"node/1", "node/2"}) EXPECT_EQ(it.hints.signalised[it.junction(id).value()], 1) << id;
}

TEST(Signals, far_from_any_junction_are_dropped_and_counted) {
    MapSnippet map;
    map.node(1, 0, 0)
        .node(2, 200, 0, {{"highway", "traffic_signals"}})
        .node(3, 400, 0)
        .node(4, 200, 10, {{"highway", "traffic_signals"}});
    const Imported it(map.street(10, {1, 2, 3}));
    for (const auto signal : it.hints.signalised) EXPECT_EQ(signal, 0);
    EXPECT_EQ(it.reported("signals with no junction near"), 1);
}

TEST(Signals, of_near_junctions_share_a_controller) {
    const TagList signal{{"highway", "traffic_signals"}};
    MapSnippet map;
    map.node(1, 0, 0, signal)
        .node(2, 45, 0, signal)
        .node(3, -200, 0)
        .node(4, 245, 0)
        .node(5, 0, 200)
        .node(6, 45, -200)
        .node(7, 245, 200, signal)
        .node(8, 245, -200)
        .node(9, 400, 0);
    map.street(10, {3, 1})
        .street(11, {1, 2})
        .street(12, {2, 4})
        .street(20, {1, 5})
        .street(21, {2, 6})
        .street(22, {4, 7})
        .street(23, {4, 8})
        .street(24, {4, 9});
    const Imported it(map);
    const auto controller = [&](const char* id) { return it.hints.controller[it.junction(id).value()]; };
    EXPECT_GE(controller("node/1"), 0);
    EXPECT_EQ(controller("node/1"), controller("node/2"));
    EXPECT_EQ(controller("node/4"), -1);
}

TEST(Signs, go_to_the_approach_before_the_junction) {
    MapSnippet map;
    map.node(1, 0, 0)
        .node(2, -100, 0)
        .node(3, 100, 0)
        .node(4, 0, -100)
        .node(6, 0, -10, {{"highway", "stop"}, {"direction", "forward"}});
    const Imported it(map.street(10, {2, 1}).street(11, {1, 3}).street(20, {4, 6, 1}));
    EXPECT_EQ(it.hints.sign[it.find(4, 1).value()], Sign::stop);
    EXPECT_EQ(it.hints.sign[it.find(1, 4).value()], Sign::none);
    EXPECT_EQ(it.hints.sign[it.find(2, 1).value()], Sign::none);
}

TEST(Signs, on_the_node_bind_the_lower_rank) {
    MapSnippet map;
    map.node(1, 0, 0, {{"highway", "give_way"}}).node(2, -100, 0).node(3, 100, 0).node(4, 0, -100);
    const Imported it(map.street(10, {2, 1}, "secondary").street(11, {1, 3}, "secondary").street(20, {4, 1}));
    EXPECT_EQ(it.hints.sign[it.find(4, 1).value()], Sign::give_way);
    EXPECT_EQ(it.hints.sign[it.find(2, 1).value()], Sign::none);
    const Imported mini(crossing({{"highway", "mini_roundabout"}}));
    for (const int from : {2, 3, 4, 5}) EXPECT_EQ(mini.hints.sign[mini.find(from, 1).value()], Sign::give_way);
}

// Two carriageways of an east-west street, 20 m apart unless said, crossed by a street from the south (node 5) to the north (node
// 6). Nodes 1 (southern carriageway, eastward) and 2 (northern, westward) are the crossing.
MapSnippet dual_carriageway(double apart_m = 20) {
    MapSnippet map;
    map.node(1, 0, 0)
        .node(2, 0, apart_m)
        .node(3, -200, 0)
        .node(4, 200, 0)
        .node(7, 200, apart_m)
        .node(8, -200, apart_m)
        .node(5, 0, -200)
        .node(6, 0, 220);
    const TagList carriageway{{"highway", "primary"}, {"oneway", "yes"}, {"name", "Abay"}, {"lanes", "3"}};
    map.way(10, {3, 1}, carriageway)
        .way(11, {1, 4}, carriageway)
        .way(12, {7, 2}, carriageway)
        .way(13, {2, 8}, carriageway);
    return map.street(20, {5, 1}, "secondary").street(21, {1, 2}, "secondary").street(22, {2, 6}, "secondary");
}

TEST(Joining, makes_one_junction_of_a_dual_carriageway_crossing) {
    const Imported it(dual_carriageway());
    const auto junction = it.junction("node/1+2");
    ASSERT_TRUE(junction);
    EXPECT_EQ(it.hints.restricted[*junction], 1);
    EXPECT_FALSE(it.find(1, 2)) << "the piece between the carriageways is inside the junction";
    const RoadId south = it.find(5, 1).value(), east = it.find(3, 1).value();
    EXPECT_TRUE(it.reachable(south, it.find(1, 4).value())) << "right";
    EXPECT_TRUE(it.reachable(south, it.find(2, 6).value())) << "straight on";
    EXPECT_TRUE(it.reachable(south, it.find(2, 8).value())) << "left, over the median";
    EXPECT_FALSE(it.reachable(south, it.find(1, 5).value())) << "back";
    EXPECT_TRUE(it.reachable(east, it.find(2, 8).value())) << "a turn in the median: there is no signal";
    EXPECT_NEAR(it.roads().shape[south].back().y_m - it.roads().shape[it.find(2, 6).value()].front().y_m, -20, 0.1)
        << "roads end where they touch it";
}

TEST(Joining, swallows_the_road_over_a_wide_median) {
    const Imported it(dual_carriageway(38));
    ASSERT_TRUE(it.junction("node/1+2"));
    EXPECT_FALSE(it.find(1, 2)) << "there would be a second stop line with room for two cars before it";
    EXPECT_TRUE(it.reachable(it.find(5, 1).value(), it.find(2, 6).value())) << "straight on over both carriageways";
}

TEST(Joining, keeps_the_restrictions_inside) {
    // Straight on only from the south at the first carriageway: the left turn at the second stays possible.
    const Imported straight(
        dual_carriageway().restriction(1, "only_straight_on", {"from way 20", "via node 1", "to way 21"}));
    const RoadId south = straight.find(5, 1).value();
    EXPECT_FALSE(straight.reachable(south, straight.find(1, 4).value()));
    EXPECT_TRUE(straight.reachable(south, straight.find(2, 8).value()));
    EXPECT_TRUE(straight.reachable(south, straight.find(2, 6).value()));
    // No left turn over the median.
    const Imported no_left(
        dual_carriageway().restriction(1, "no_left_turn", {"from way 20", "via way 21", "to way 13"}));
    EXPECT_FALSE(no_left.reachable(no_left.find(5, 1).value(), no_left.find(2, 8).value()));
    EXPECT_TRUE(no_left.reachable(no_left.find(3, 1).value(), no_left.find(2, 8).value())) << "others may";
}

TEST(Joining, leaves_roundabouts_and_bridges_alone) {
    MapSnippet ring;
    for (int i = 0; i < 8; ++i) ring.node(1 + i, 20 * std::cos(i * 0.785398), 20 * std::sin(i * 0.785398));
    for (int i = 0; i < 8; i += 2)
        ring.node(11 + i, 150 * std::cos(i * 0.785398), 150 * std::sin(i * 0.785398)).street(100 + i, {11 + i, 1 + i});
    ring.way(50, {1, 2, 3, 4, 5, 6, 7, 8, 1}, {{"highway", "residential"}, {"junction", "roundabout"}});
    const Imported it(ring);
    EXPECT_EQ(it.city.network.junctions.id.size(), 8u);
    EXPECT_EQ(it.roads().id.size(), 12u) << "four pieces of the ring, four streets in both directions";
    EXPECT_EQ(it.roads().roundabout[it.find(1, 3).value()], 1);
    EXPECT_FALSE(it.find(3, 1)) << "the ring is one-way";

    MapSnippet bridge;
    bridge.node(1, 0, 0).node(2, 14, 0).node(3, -100, 0).node(4, 114, 0).node(5, 0, 100).node(6, 14, 100);
    bridge.street(10, {3, 1})
        .way(11, {1, 2}, {{"highway", "residential"}, {"bridge", "yes"}})
        .street(12, {2, 4})
        .street(20, {1, 5})
        .street(21, {2, 6});
    EXPECT_TRUE(Imported(bridge).find(1, 2));
}

TEST(Joining, leaves_far_crossings_apart) {
    MapSnippet map;
    map.node(1, 0, 0).node(2, 40, 0).node(3, -100, 0).node(4, 140, 0).node(5, 0, 100).node(6, 40, -100);
    const Imported it(
        map.street(10, {3, 1}).street(11, {1, 2}).street(12, {2, 4}).street(20, {1, 5}).street(21, {2, 6}));
    EXPECT_EQ(it.city.network.junctions.id.size(), 6u);
}

}  // namespace
}  // namespace shahr::osm
