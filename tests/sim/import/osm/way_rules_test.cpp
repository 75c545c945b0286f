#include "sim/import/osm/way_rules.h"

#include <gtest/gtest.h>

#include "sim/import/osm/access.h"
#include "sim/import/osm/lanes.h"

namespace shahr::osm {
namespace {

struct Sizes {
    std::size_t forward, backward;
    bool operator==(const Sizes&) const = default;
};

std::optional<WayRules> rules(const Tags& tags, std::string_view country = "KZ", Setting setting = Setting::town) {
    NotDriven reason{};
    return rules_of(tags, {&country_of(country), setting}, reason);
}
Sizes lanes(const Tags& tags) {
    const auto r = rules(tags);
    return r ? Sizes{r->forward.lanes.size(), r->backward.lanes.size()} : Sizes{0, 0};
}
NotDriven reason_of(const Tags& tags) {
    NotDriven reason{};
    EXPECT_FALSE(rules_of(tags, {&country_of("KZ"), Setting::town}, reason));
    return reason;
}
constexpr ClassMask car = mask_of(VehicleClass::car), bus = mask_of(VehicleClass::bus),
                    truck = mask_of(VehicleClass::truck);

TEST(Lanes, come_from_the_tags) {
    EXPECT_EQ(lanes({{"highway", "primary"}, {"lanes", "4"}}), (Sizes{2, 2}));
    EXPECT_EQ(lanes({{"highway", "primary"}, {"lanes", "3"}}), (Sizes{2, 1}));
    EXPECT_EQ(lanes({{"highway", "primary"}, {"lanes", "1"}}), (Sizes{1, 1})) << "narrow, but open both ways";
    EXPECT_EQ(lanes({{"highway", "primary"}, {"lanes", "3"}, {"lanes:forward", "1"}}), (Sizes{1, 2}));
    EXPECT_EQ(lanes({{"highway", "primary"}, {"lanes", "3"}, {"lanes:backward", "2"}}), (Sizes{1, 2}));
    EXPECT_EQ(lanes({{"highway", "primary"}, {"lanes", "5"}, {"lanes:both_ways", "1"}}), (Sizes{2, 2}));
    EXPECT_EQ(lanes({{"highway", "primary"}, {"lanes:forward", "3"}, {"lanes:backward", "2"}, {"lanes", "9"}}),
              (Sizes{3, 2}))
        << "the directed tags win";
    EXPECT_EQ(lanes({{"highway", "primary"}, {"lanes", "2;3"}, {"oneway", "yes"}}), (Sizes{2, 0}));
    EXPECT_EQ(lanes({{"highway", "primary"}, {"lanes", "many"}}), (Sizes{2, 2}));
    EXPECT_EQ(lanes({{"highway", "primary"}, {"lanes", "900"}}), (Sizes{2, 2}));
    EXPECT_EQ(lanes({{"highway", "residential"}, {"oneway", "yes"}, {"width", "7"}}), (Sizes{2, 0}));
    EXPECT_EQ(lanes({{"highway", "primary"}, {"turn:lanes:forward", "left|through|right"}, {"lanes:backward", "1"}}),
              (Sizes{3, 1}));
}

TEST(Lanes, come_from_the_class_where_nothing_is_tagged) {
    EXPECT_EQ(lanes({{"highway", "residential"}}), (Sizes{1, 1}));
    EXPECT_EQ(lanes({{"highway", "primary"}}), (Sizes{2, 2}));
    EXPECT_EQ(lanes({{"highway", "motorway"}}), (Sizes{2, 0}));
    EXPECT_EQ(lanes({{"highway", "secondary"}, {"oneway", "yes"}}), (Sizes{2, 0}));
    EXPECT_TRUE(rules({{"highway", "primary"}})->guessed_lanes);
    EXPECT_EQ(rules({{"highway", "primary"}}, "DE", Setting::open_country)->forward.lanes.size(), 1u) << "outside town";
}

TEST(Lanes, are_more_in_a_large_city) {
    const auto forward = [](const Tags& tags) { return rules(tags, "KZ", Setting::large_city)->forward.lanes.size(); };
    EXPECT_EQ(forward({{"highway", "primary"}, {"oneway", "yes"}}), 3u) << "divided";
    EXPECT_EQ(forward({{"highway", "primary"}}), 2u);
    EXPECT_EQ(forward({{"highway", "secondary"}}), 2u);
    EXPECT_EQ(forward({{"highway", "secondary"}, {"lanes", "2"}}), 1u) << "what is tagged holds";
    EXPECT_EQ(forward({{"highway", "tertiary"}}), 1u);
}

TEST(Lanes, that_state_no_number_are_told) {
    for (const auto count : {"0", "abc", "40", "-2"}) {
        EXPECT_TRUE(rules({{"highway", "residential"}, {"lanes", count}})->unreadable_lanes) << count;
        EXPECT_EQ(lanes({{"highway", "residential"}, {"lanes", count}}), (Sizes{1, 1})) << count;
    }
    EXPECT_FALSE(rules({{"highway", "residential"}, {"lanes", "1.5"}})->unreadable_lanes);
    EXPECT_FALSE(rules({{"highway", "residential"}})->unreadable_lanes);
}

TEST(Class, of_several_is_the_first) {
    EXPECT_EQ(rules({{"highway", "tertiary; residential"}})->road_class, RoadClass::tertiary);
}

TEST(Direction, is_tagged_or_implied) {
    EXPECT_EQ(lanes({{"highway", "residential"}, {"oneway", "yes"}}), (Sizes{1, 0}));
    EXPECT_EQ(lanes({{"highway", "residential"}, {"oneway", "-1"}}), (Sizes{0, 1}));
    EXPECT_EQ(lanes({{"highway", "residential"}, {"oneway", "-1"}, {"lanes", "2"}}), (Sizes{0, 2}));
    EXPECT_EQ(lanes({{"highway", "residential"}, {"junction", "roundabout"}}), (Sizes{1, 0}));
    EXPECT_EQ(lanes({{"highway", "residential"}, {"junction", "circular"}}), (Sizes{1, 0}));
    EXPECT_EQ(lanes({{"highway", "motorway_link"}}), (Sizes{1, 0}));
    EXPECT_EQ(lanes({{"highway", "motorway"}, {"oneway", "no"}}), (Sizes{2, 2}));
    EXPECT_EQ(lanes({{"highway", "residential"}, {"oneway", "reversible"}}), (Sizes{1, 1}));
    EXPECT_TRUE(rules({{"highway", "residential"}, {"oneway", "reversible"}})->reversible);
}

TEST(Arrows, are_numbered_from_the_kerb) {
    const auto right = rules(
        {{"highway", "primary"}, {"oneway", "yes"}, {"lanes", "3"}, {"turn:lanes", "left|through|through;right"}});
    EXPECT_EQ(right->forward.lanes[0].arrows, mask_of(Turn::straight) | mask_of(Turn::right));
    EXPECT_EQ(right->forward.lanes[2].arrows, mask_of(Turn::left));
    const auto left =
        rules({{"highway", "primary"}, {"oneway", "yes"}, {"lanes", "2"}, {"turn:lanes", "sharp_left|"}}, "GB");
    EXPECT_EQ(left->forward.lanes[0].arrows, mask_of(Turn::left)) << "in Britain the kerb is on the left";
    EXPECT_EQ(left->forward.lanes[1].arrows, 0);
}

TEST(Arrows, hold_for_their_direction) {
    const auto r = rules(
        {{"highway", "primary"}, {"oneway", "-1"}, {"lanes", "2"}, {"turn:lanes:backward", "reverse|slight_right"}});
    EXPECT_EQ(r->backward.lanes[1].arrows, mask_of(Turn::u_turn));
    EXPECT_EQ(r->backward.lanes[0].arrows, mask_of(Turn::slight_right));
}

TEST(Arrows, are_not_used_where_they_do_not_match_the_lanes) {
    const auto r =
        rules({{"highway", "primary"}, {"oneway", "yes"}, {"lanes", "2"}, {"turn:lanes", "left|through|right"}});
    EXPECT_TRUE(r->unused_arrows);
    EXPECT_EQ(r->forward.lanes[0].arrows, 0);
    EXPECT_TRUE(rules({{"highway", "primary"}, {"lanes", "4"}, {"turn:lanes", "left|right"}})->unused_arrows) << "of which direction?";
}

TEST(Arrows, skip_lanes_for_cycles) {
    const auto r = rules({{"highway", "primary"},
                          {"oneway", "yes"},
                          {"lanes", "2"},
                          {"turn:lanes", "left|through|through"},
                          {"bicycle:lanes", "||designated"},
                          {"vehicle:lanes", "||no"}});
    ASSERT_EQ(r->forward.lanes.size(), 2u);
    EXPECT_EQ(r->forward.lanes[0].arrows, mask_of(Turn::straight));
    EXPECT_EQ(r->forward.lanes[1].arrows, mask_of(Turn::left));
}

TEST(BusLanes, are_closed_to_cars) {
    const auto by_number = rules({{"highway", "primary"}, {"oneway", "yes"}, {"lanes", "3"}, {"lanes:psv", "1"}});
    EXPECT_EQ(by_number->forward.lanes[0].allowed & car, 0) << "the lane at the kerb";
    EXPECT_NE(by_number->forward.lanes[0].allowed & bus, 0);
    EXPECT_NE(by_number->forward.lanes[1].allowed & car, 0);
    const auto by_list =
        rules({{"highway", "primary"}, {"oneway", "yes"}, {"lanes", "2"}, {"bus:lanes", "designated|yes"}});
    EXPECT_EQ(by_list->forward.lanes[1].allowed & car, 0) << "the list says the left one";
    const auto against = rules({{"highway", "primary"}, {"oneway", "yes"}, {"busway", "opposite_lane"}});
    ASSERT_EQ(against->backward.lanes.size(), 1u);
    EXPECT_EQ(against->backward.lanes[0].allowed & car, 0);
}

TEST(AccessTags, follow_the_hierarchy) {
    EXPECT_EQ(reason_of({{"highway", "residential"}, {"access", "no"}}), NotDriven::no_access);
    EXPECT_TRUE(rules({{"highway", "residential"}, {"access", "no"}, {"motor_vehicle", "yes"}}));
    EXPECT_EQ(reason_of({{"highway", "residential"},
                         {"motor_vehicle", "yes"},
                         {"motorcar", "no"},
                         {"bus", "no"},
                         {"access", "yes"}}),
              NotDriven::no_access);
    EXPECT_TRUE(rules({{"highway", "residential"}, {"access", "private"}})->destination_only);
    EXPECT_FALSE(
        rules({{"highway", "residential"}, {"access", "private"}, {"motorcar", "permissive"}})->destination_only);
    EXPECT_TRUE(rules({{"highway", "service"}})->destination_only);
    const auto buses = rules({{"highway", "service"}, {"access", "no"}, {"bus", "yes"}});
    ASSERT_TRUE(buses);
    EXPECT_EQ(buses->forward.lanes[0].allowed & car, 0);
    EXPECT_NE(buses->forward.lanes[0].allowed & bus, 0);
    EXPECT_EQ(rules({{"highway", "residential"}, {"hgv", "no"}})->forward.lanes[0].allowed & truck, 0);
}

TEST(AccessTags, drop_what_is_not_for_cars) {
    EXPECT_EQ(reason_of({{"highway", "footway"}}), NotDriven::not_for_cars);
    EXPECT_EQ(reason_of({{"highway", "track"}}), NotDriven::not_for_cars);
    EXPECT_EQ(reason_of({{"highway", "pedestrian"}}), NotDriven::not_for_cars);
    EXPECT_EQ(reason_of({{"highway", "construction"}, {"construction", "primary"}}), NotDriven::under_construction);
    EXPECT_EQ(reason_of({{"highway", "service"}, {"area", "yes"}}), NotDriven::area);
    EXPECT_EQ(reason_of({{"highway", "service"}, {"service", "parking_aisle"}}), NotDriven::yard);
    EXPECT_TRUE(rules({{"highway", "service"}, {"service", "alley"}}));
}

TEST(Barriers, stop_cars_unless_they_are_open) {
    EXPECT_TRUE(blocks_cars({{"barrier", "bollard"}}));
    EXPECT_FALSE(blocks_cars({{"barrier", "bollard"}, {"motor_vehicle", "yes"}}));
    EXPECT_FALSE(blocks_cars({{"barrier", "gate"}}));
    EXPECT_TRUE(blocks_cars({{"barrier", "gate"}, {"access", "private"}}));
    EXPECT_FALSE(blocks_cars({{"barrier", "toll_booth"}}));
    EXPECT_FALSE(blocks_cars({{"highway", "crossing"}}));
}

}  // namespace
}  // namespace shahr::osm
