// Turn restrictions: at a node, and over ways that become roads between two junctions.
#include <gtest/gtest.h>

#include "sim/city/turn_graph.h"
#include "sim/city/validate.h"
#include "sim/synthesis/junctions.h"
#include "tests/sim/import/osm/map_snippet.h"

namespace shahr::osm {
namespace {

TEST(Restriction, no_turn_bans_one_pair) {
    const Imported it(crossing().restriction(1, "no_left_turn", {"from way 20", "via node 1", "to way 10"}));
    EXPECT_TRUE(it.banned(it.find(4, 1).value(), it.find(1, 2).value()));
    EXPECT_EQ(it.hints.banned.size(), 1u);
    EXPECT_EQ(it.reported("turn restrictions"), 1);
}

TEST(Restriction, only_turn_bans_the_others) {
    const Imported it(crossing().restriction(1, "only_straight_on", {"from way 20", "via node 1", "to way 21"}));
    const RoadId from = it.find(4, 1).value();
    EXPECT_TRUE(it.banned(from, it.find(1, 2).value()));
    EXPECT_TRUE(it.banned(from, it.find(1, 3).value()));
    EXPECT_TRUE(it.banned(from, it.find(1, 4).value()));
    EXPECT_FALSE(it.banned(from, it.find(1, 5).value()));
}

TEST(Restriction, of_a_way_through_the_node_takes_the_side_that_the_word_means) {
    MapSnippet map;
    map.node(1, 0, 0).node(2, -100, 0).node(3, 100, 0).node(4, 0, -100);
    map.street(10, {2, 1, 3})
        .street(20, {4, 1})
        .restriction(1, "no_right_turn", {"from way 10", "via node 1", "to way 20"});
    const Imported it(map);
    EXPECT_TRUE(it.banned(it.find(2, 1).value(), it.find(1, 4).value())) << "eastward, to the south: a right turn";
    EXPECT_FALSE(it.banned(it.find(3, 1).value(), it.find(1, 4).value()));
}

TEST(Restriction, that_does_not_bind_cars_is_left_out) {
    const std::vector<std::string> members{"from way 20", "via node 1", "to way 10"};
    EXPECT_TRUE(Imported(crossing().restriction(1, "no_left_turn", members, {{"except", "psv;motorcar"}}))
                    .hints.banned.empty());
    EXPECT_FALSE(
        Imported(crossing().restriction(1, "no_left_turn", members, {{"except", "psv;bicycle"}})).hints.banned.empty());
}

TEST(Restriction, of_the_type_of_another_vehicle_is_left_out) {
    const Imported it(crossing().restriction(1, "", {"from way 20", "via node 1", "to way 10"}, {{"restriction:hgv", "no_left_turn"}}));
    EXPECT_TRUE(it.hints.banned.empty());
    EXPECT_EQ(it.reported("do not concern cars"), 1);
}

TEST(Restriction, with_members_missing_is_counted) {
    const Imported it(crossing().restriction(1, "no_left_turn", {"from way 20", "via node 1", "to way 999"}));
    EXPECT_TRUE(it.hints.banned.empty());
    EXPECT_EQ(it.reported("members missing"), 1);
}

// Roads in a row, each by the nodes at its ends: may a route drive them?
class Routes {
public:
    explicit Routes(const MapSnippet& map) : it_(map) {
        synthesise_junctions(it_.city, it_.hints, it_.report);
        graph_ = turn_graph(it_.city.network);
    }
    bool drive(std::initializer_list<std::pair<int, int>> roads) const {
        std::int32_t node = -1;
        for (const auto& [from, to] : roads) {
            const auto road = it_.find(from, to);
            if (!road) throw std::out_of_range("no road from " + std::to_string(from));
            node = node < 0 ? number(*road) : after(node, *road);
            if (node < 0) return false;
        }
        return true;
    }
    std::size_t forbidden() const { return it_.city.network.forbidden_paths.roads.size(); }
    const Imported& imported() const { return it_; }
    const TurnGraph& graph() const { return graph_; }

private:
    std::int32_t after(std::int32_t node, RoadId next) const {
        const auto n = static_cast<std::size_t>(node);
        for (std::int32_t k = graph_.first_arc[n]; k < graph_.first_arc[n + 1]; ++k)
            if (const auto to = graph_.to[static_cast<std::size_t>(k)]; graph_.road[static_cast<std::size_t>(to)] == next) return to;
        return -1;
    }
    Imported it_;
    TurnGraph graph_;
};

// Two crossings 200 m apart, at nodes 2 and 3, on an east-west street of ways 10 (from 1), 11 (2 - 3) and 12 (to 4); north
// and south of 2 the ways 20 (to 5) and 21 (to 6), of 3 the ways 30 (to 7) and 31 (to 8).
MapSnippet two_crossings() {
    MapSnippet map;
    map.node(1, -200, 0).node(2, 0, 0).node(3, 200, 0).node(4, 400, 0);
    map.node(5, 0, 200).node(6, 0, -200).node(7, 200, 200).node(8, 200, -200);
    map.street(10, {1, 2}).street(11, {2, 3}).street(12, {3, 4});
    return map.street(20, {2, 5}).street(21, {2, 6}).street(30, {3, 7}).street(31, {3, 8});
}

TEST(RestrictionViaWays, binds_those_who_come_from_there_and_nobody_else) {
    const Routes can(two_crossings().restriction(1, "no_left_turn", {"from way 10", "via way 11", "to way 30"}));
    EXPECT_EQ(can.forbidden(), 1u);
    EXPECT_FALSE(can.drive({{1, 2}, {2, 3}, {3, 7}}));
    EXPECT_TRUE(can.drive({{1, 2}, {2, 3}, {3, 4}}));
    EXPECT_TRUE(can.drive({{1, 2}, {2, 3}, {3, 8}}));
    EXPECT_TRUE(can.drive({{5, 2}, {2, 3}, {3, 7}}));
    EXPECT_TRUE(can.drive({{2, 3}, {3, 7}})) << "who begins on the way between";
    EXPECT_TRUE(can.drive({{7, 3}, {3, 2}, {2, 1}})) << "the other direction";
    EXPECT_TRUE(validate(can.imported().city).empty());
    EXPECT_EQ(can.imported().reported("forbidden paths"), 1);
}

TEST(RestrictionViaWays, only_bans_every_other_turn_after_the_same_way_in) {
    const Routes can(two_crossings().restriction(1, "only_straight_on", {"from way 10", "via way 11", "to way 12"}));
    EXPECT_TRUE(can.drive({{1, 2}, {2, 3}, {3, 4}}));
    EXPECT_FALSE(can.drive({{1, 2}, {2, 3}, {3, 7}}));
    EXPECT_FALSE(can.drive({{1, 2}, {2, 3}, {3, 8}}));
    EXPECT_TRUE(can.drive({{6, 2}, {2, 3}, {3, 8}}));
    EXPECT_TRUE(can.drive({{1, 2}, {2, 5}})) << "who never comes to the way between";
}

TEST(RestrictionViaWays, several_of_them_and_split_where_others_join) {
    // 11 and 12 are both between, and 11 has a side street in its middle.
    MapSnippet map;
    map.node(1, -200, 0).node(2, 0, 0).node(3, 200, 0).node(4, 400, 0).node(5, 600, 0).node(9, 100, 0);
    map.node(12, 0, 200).node(13, 200, 200).node(14, 400, 200).node(19, 100, 200);
    map.street(10, {1, 2}).street(11, {2, 9, 3}).street(12, {3, 4}).street(13, {4, 5});
    map.street(20, {2, 12}).street(21, {3, 13}).street(22, {4, 14}).street(23, {9, 19});
    map.restriction(1, "no_left_turn", {"from way 10", "via way 11", "via way 12", "to way 22"});
    const Routes can(map);
    EXPECT_FALSE(can.drive({{1, 2}, {2, 9}, {9, 3}, {3, 4}, {4, 14}}));
    EXPECT_TRUE(can.drive({{1, 2}, {2, 9}, {9, 3}, {3, 4}, {4, 5}}));
    EXPECT_TRUE(can.drive({{19, 9}, {9, 3}, {3, 4}, {4, 14}})) << "joined in the middle";
    EXPECT_TRUE(can.drive({{1, 2}, {2, 9}, {9, 3}, {3, 13}})) << "left before the end";
    EXPECT_EQ(can.graph().memory, 3);
}

TEST(RestrictionViaWays, over_the_way_between_two_carriageways_that_stay_apart) {
    // Eastward 1 -> 2 -> 3, westward 6 -> 5 -> 4, 100 m apart; the crossing street 7 - 2 - 5 - 8 is the way between.
    MapSnippet map;
    const TagList oneway{{"highway", "primary"}, {"oneway", "yes"}};
    map.node(1, -200, 0).node(2, 0, 0).node(3, 200, 0).node(4, -200, 100).node(5, 0, 100).node(6, 200, 100).node(7, 0, -200).node(8, 0, 300);
    map.way(10, {1, 2}, oneway).way(11, {2, 3}, oneway).way(12, {6, 5}, oneway).way(13, {5, 4}, oneway);
    map.street(20, {7, 2}).street(21, {2, 5}).street(22, {5, 8});
    map.restriction(1, "no_u_turn", {"from way 10", "via way 21", "to way 13"});
    const Routes can(map);
    EXPECT_FALSE(can.drive({{1, 2}, {2, 5}, {5, 4}}));
    EXPECT_TRUE(can.drive({{1, 2}, {2, 5}, {5, 8}}));
    EXPECT_TRUE(can.drive({{7, 2}, {2, 5}, {5, 4}})) << "a left turn";
}

TEST(RestrictionViaWays, that_begin_or_end_inside_a_joined_crossing) {
    // A dual carriageway, 12 m apart, crossed by a street at 1 and 2 (joined) that meets another at 3, 200 m on.
    const auto map = [] {
        MapSnippet m;
        const TagList oneway{{"highway", "primary"}, {"oneway", "yes"}, {"name", "Abay"}};
        m.node(1, 0, 0).node(2, 0, 12).node(3, 0, 212).node(4, -200, 212).node(5, 200, 212).node(6, 0, 412).node(7, 0, -200);
        m.node(11, -200, 0).node(12, 200, 0).node(13, 200, 12).node(14, -200, 12);
        m.way(10, {11, 1}, oneway).way(11, {1, 12}, oneway).way(12, {13, 2}, oneway).way(13, {2, 14}, oneway);
        m.street(20, {7, 1}).street(21, {1, 2}).street(22, {2, 3}).street(23, {3, 6}).street(30, {4, 3}).street(31, {3, 5});
        return m;
    };
    const Routes begins(map().restriction(1, "no_right_turn", {"from way 21", "via way 22", "to way 31"}));
    EXPECT_FALSE(begins.drive({{7, 1}, {2, 3}, {3, 5}}));
    EXPECT_FALSE(begins.drive({{11, 1}, {2, 3}, {3, 5}})) << "its left turn leads over the way in the median too";
    EXPECT_TRUE(begins.drive({{13, 2}, {2, 3}, {3, 5}})) << "not so the right turn from the east";
    EXPECT_TRUE(begins.drive({{7, 1}, {2, 3}, {3, 6}}));
    const Routes ends(map().restriction(1, "no_straight_on", {"from way 23", "via way 22", "to way 21"}));
    EXPECT_FALSE(ends.drive({{6, 3}, {3, 2}, {1, 7}}));
    EXPECT_TRUE(ends.drive({{6, 3}, {3, 2}, {2, 14}})) << "off before the median";
    EXPECT_TRUE(ends.drive({{4, 3}, {3, 2}, {1, 7}}));
}

TEST(RestrictionViaWays, of_several_from_and_of_others_than_cars) {
    const Routes two(two_crossings().restriction(1, "no_entry", {"from way 10", "from way 20", "via way 11", "to way 30"}));
    EXPECT_FALSE(two.drive({{1, 2}, {2, 3}, {3, 7}}));
    EXPECT_FALSE(two.drive({{5, 2}, {2, 3}, {3, 7}}));
    EXPECT_TRUE(two.drive({{6, 2}, {2, 3}, {3, 7}}));
    const std::vector<std::string> members{"from way 10", "via way 11", "to way 30"};
    EXPECT_EQ(Routes(two_crossings().restriction(1, "no_left_turn", members, {{"except", "motorcar"}})).forbidden(), 0u);
    EXPECT_EQ(Routes(two_crossings().restriction(1, "no_left_turn", members, {{"except", "psv"}})).forbidden(), 1u);
}

TEST(RestrictionViaWays, hold_though_another_begins_inside_them) {
    // No left turn from 10 over 11 into 30, and none from 11 over 12 at all.
    MapSnippet map = two_crossings();
    map.node(9, 400, 200).node(10, 600, 0).street(40, {4, 9}).street(13, {4, 10});
    map.restriction(1, "no_left_turn", {"from way 10", "via way 11", "to way 30"});
    map.restriction(2, "no_left_turn", {"from way 11", "via way 12", "to way 40"});
    const Routes can(map);
    EXPECT_FALSE(can.drive({{1, 2}, {2, 3}, {3, 7}}));
    EXPECT_FALSE(can.drive({{1, 2}, {2, 3}, {3, 4}, {4, 9}})) << "its past is kept through the other";
    EXPECT_TRUE(can.drive({{7, 3}, {3, 4}, {4, 9}}));
}

TEST(TurnGraph, without_forbidden_paths_has_a_node_for_each_road) {
    const Routes can(two_crossings());
    EXPECT_EQ(can.graph().road.size(), can.imported().roads().id.size());
    EXPECT_EQ(can.graph().memory, 0);
    EXPECT_EQ(can.graph().first_movement.size(), can.graph().to.size() + 1);
}

}  // namespace
}  // namespace shahr::osm
