#include <gtest/gtest.h>

#include "tests/sim/synthesis/star.h"

namespace shahr {
namespace {

enum Leg : std::size_t { east, north, west, south };

std::vector<StarLeg> plain() {
    return {{0}, {90}, {180}, {270}};
}
std::vector<StarLeg> main_road_east_west() {
    auto legs = plain();
    for (Leg leg : {east, west}) legs[leg].road_class = RoadClass::primary, legs[leg].priority = 12;
    return legs;
}
Control control(const Star& star) {
    return star.network().junctions.control[star.centre];
}
RightOfWay right_of_way(const Star& star, Leg from, Leg to) {
    return star.network().movements.right_of_way[star.between(from, to).at(0)];
}

TEST(RightOfWay, RightBeforeLeftAmongMinorStreets) {
    const Star star = Star(plain()).synthesise();
    EXPECT_EQ(control(star), Control::right_before_left);
    EXPECT_TRUE(star.yields(south, north, east, west));
    EXPECT_FALSE(star.yields(east, west, south, north));
    EXPECT_TRUE(star.yields(east, west, north, south));
    EXPECT_TRUE(star.yields(south, west, north, south)) << "left gives way to oncoming";
    EXPECT_FALSE(star.yields(north, south, south, west));
}

TEST(RightOfWay, FastStreetsAreNeverRightBeforeLeft) {
    auto legs = plain();
    for (StarLeg& leg : legs) leg.speed_limit_mps = 80 / 3.6;
    const Star star = Star(legs).synthesise();
    EXPECT_EQ(control(star), Control::priority);
}

TEST(RightOfWay, MainRoadGoesFirst) {
    const Star star = Star(main_road_east_west()).synthesise();
    EXPECT_EQ(control(star), Control::priority);
    EXPECT_TRUE(star.yields(south, north, east, west));
    EXPECT_TRUE(star.yields(south, north, west, east));
    EXPECT_FALSE(star.yields(west, east, south, north));
    EXPECT_EQ(right_of_way(star, west, east), RightOfWay::major);
    EXPECT_EQ(right_of_way(star, west, north), RightOfWay::minor) << "left across the oncoming lane";
    EXPECT_EQ(right_of_way(star, south, north), RightOfWay::minor);
    EXPECT_GT(star.network().movements.wait_m[star.between(west, north)[0]], 0);
    EXPECT_EQ(star.network().movements.wait_m[star.between(south, west)[0]], 0) << "from the minor road it waits at the line";
}

TEST(RightOfWay, BentMainRoadKeepsItsPriority) {
    auto legs = plain();
    for (Leg leg : {east, south}) legs[leg].road_class = RoadClass::primary, legs[leg].priority = 12;
    const Star star = Star(legs).synthesise();
    EXPECT_TRUE(star.yields(west, east, south, east));
    EXPECT_TRUE(star.yields(north, south, east, south));
    EXPECT_TRUE(star.yields(south, north, east, south) || !star.yields(east, south, south, north)) << "who stays on the main road goes first";
}

TEST(RightOfWay, StemOfTheTeeWaits) {
    auto legs = plain();
    legs.erase(legs.begin() + north);
    for (StarLeg& leg : legs) leg.road_class = RoadClass::tertiary, leg.priority = 10;
    const Star star = Star(legs).synthesise();          // east, west, south
    EXPECT_TRUE(star.yields(2, 1, 0, 1));
    EXPECT_FALSE(star.yields(0, 1, 2, 1));
}

TEST(RightOfWay, SignsBeatTheClassOfTheRoad) {
    Star star(main_road_east_west());
    star.hints.sign.resize(star.network().roads.id.size());
    star.hints.sign[star.in[east]] = Sign::give_way;
    star.hints.sign[star.in[west]] = Sign::stop;
    star.synthesise();
    EXPECT_TRUE(star.yields(east, west, south, north));
    EXPECT_FALSE(star.yields(south, north, east, west));
    EXPECT_EQ(right_of_way(star, west, east), RightOfWay::stop);
    EXPECT_EQ(right_of_way(star, east, west), RightOfWay::minor);
}

TEST(RightOfWay, AllWayStopYieldsBothWays) {
    Star star(plain());
    star.hints.sign.resize(star.network().roads.id.size(), Sign::stop);
    star.synthesise();
    EXPECT_EQ(control(star), Control::all_way_stop);
    EXPECT_TRUE(star.yields(south, north, east, west));
    EXPECT_TRUE(star.yields(east, west, south, north));
    EXPECT_EQ(right_of_way(star, south, north), RightOfWay::stop);
}

// The ring comes from the west and goes on to the east, counter-clockwise around a centre in the north; the south leg
// is an ordinary street.
TEST(RightOfWay, RingBeforeEntry) {
    const Star star = Star({{0, 0, 1, RoadClass::residential, 3, 10, true}, {180, 1, 0, RoadClass::residential, 3, 10, true},
                            {270, 1, 1, RoadClass::primary, 12}}).synthesise();
    EXPECT_EQ(control(star), Control::roundabout);
    EXPECT_TRUE(star.yields(2, 0, 1, 0));
    EXPECT_FALSE(star.yields(1, 0, 2, 0));
    EXPECT_EQ(star.network().junctions.keep_clear[star.centre], 0);
}

}  // namespace
}  // namespace shahr
