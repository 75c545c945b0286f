#include "sim/synthesis/junctions.h"

#include <gtest/gtest.h>

#include "sim/base/polyline.h"
#include "sim/city/validate.h"
#include "tests/sim/synthesis/star.h"

namespace shahr {
namespace {

using Pairs = std::vector<std::pair<int, int>>;
enum Leg : std::size_t { east, north, west, south };

Star cross(int lanes = 1, bool left_hand_traffic = false) {
    std::vector<StarLeg> legs;
    for (double angle : {0, 90, 180, 270}) legs.push_back({angle, lanes, lanes});
    return Star(legs, left_hand_traffic);
}

TEST(Movements, PlainCrossingHasTwelve) {
    const Star star = cross().synthesise();
    EXPECT_EQ(star.between(south, north).size(), 1u);
    EXPECT_EQ(star.network().movements.turn[star.between(south, east).at(0)], Turn::right);
    EXPECT_EQ(star.network().movements.turn[star.between(south, north).at(0)], Turn::straight);
    EXPECT_EQ(star.network().movements.turn[star.between(south, west).at(0)], Turn::left);
    EXPECT_TRUE(star.between(south, south).empty());
    EXPECT_EQ(validate(star.city), std::vector<std::string>{});
}

// 4 straight/straight, 4 left/oncoming straight, 4 left/cross straight from the left and 4 left/left side by side cross;
// of the 12 pairs into one road each meets in its lane.
TEST(Conflicts, PlainCrossingHasSixteenCrossingsAndTwelveMerges) {
    const Star star = cross().synthesise();
    int crossings = 0, merges = 0;
    for (ConflictId c : rows(star.network().conflicts.movement)) (star.network().conflicts.merges[c] ? merges : crossings) += 1;
    EXPECT_EQ(crossings, 2 * 16);
    EXPECT_EQ(merges, 2 * 12);
    EXPECT_FALSE(is_some(star.conflict(star.between(south, west)[0], star.between(north, east)[0]))) << "opposing left turns pass";
}

TEST(Conflicts, MeetInTheMiddleOfStraightPaths) {
    const Star star = cross().synthesise();
    const MovementId northbound = star.between(south, north)[0], eastbound = star.between(west, east)[0];
    const ConflictId c = star.conflict(northbound, eastbound);
    const auto path = star.network().movements.shape[northbound];
    const Point met = point_at(path, star.network().conflicts.at_m[c]);
    EXPECT_NEAR(met.x_m, 1.625, 0.01);
    EXPECT_NEAR(met.y_m, -1.625, 0.01);
    EXPECT_NEAR(star.network().conflicts.foe_at_m[c], distance(star.network().movements.shape[eastbound].front(), met), 0.01);
}

TEST(Movements, DeadEndTurnsBack) {
    const Star star = Star(std::vector<StarLeg>{{0}}).synthesise();
    ASSERT_EQ(star.between(0, 0).size(), 1u);
    EXPECT_EQ(star.network().movements.turn[star.between(0, 0)[0]], Turn::u_turn);
    EXPECT_EQ(star.network().junctions.control[star.centre], Control::dead_end);
    EXPECT_EQ(star.network().junctions.keep_clear[star.centre], 0);
}

TEST(Movements, ContinuationKeepsItsLanes) {
    const Star star = Star({{0, 2, 2}, {180, 2, 2}}).synthesise();
    EXPECT_EQ(star.lanes(0, 1), (Pairs{{0, 0}, {1, 1}}));
    EXPECT_EQ(star.network().junctions.control[star.centre], Control::uncontrolled);
    EXPECT_TRUE(star.network().conflicts.movement.empty());
}

TEST(Movements, WideningForksAtTheOuterLane) {
    const Star star = Star({{0, 1, 3}, {180, 2, 1}}).synthesise();
    EXPECT_EQ(star.lanes(1, 0), (Pairs{{0, 0}, {1, 1}, {1, 2}}));
}

TEST(Movements, WideningByTwoForksAtBothLanes) {
    const Star star = Star({{0, 1, 4}, {180, 2, 1}}).synthesise();
    EXPECT_EQ(star.lanes(1, 0), (Pairs{{0, 0}, {0, 1}, {1, 2}, {1, 3}})) << "none leads into the outermost lane only";
}

TEST(Movements, NoLaneLeadsIntoAPocketOnly) {
    Star star({{0, 1, 3}, {180, 2, 1}});
    star.hints.arrows.resize(star.network().lanes.id.size());
    const auto into = star.network().lanes_of()[star.out[0]];
    star.hints.arrows[*into.begin()] = mask_of(Turn::right);
    for (auto lane = std::next(into.begin()); lane != into.end(); ++lane) star.hints.arrows[*lane] = mask_of(Turn::straight);
    EXPECT_EQ(star.synthesise().lanes(1, 0), (Pairs{{0, 0}, {0, 1}, {1, 1}, {1, 2}}));
}

TEST(Movements, NarrowingMergesTheKerbLanes) {
    const Star star = Star({{0, 1, 2}, {180, 3, 1}}).synthesise();
    EXPECT_EQ(star.lanes(1, 0), (Pairs{{0, 0}, {1, 0}, {2, 1}}));
}

TEST(Movements, StemOfTheTeeSplitsItsLanes) {
    const Star star = Star({{0, 2, 2}, {180, 2, 2}, {270, 2, 2}}).synthesise();
    EXPECT_EQ(star.lanes(2, 0), (Pairs{{0, 0}}));
    EXPECT_EQ(star.lanes(2, 1), (Pairs{{1, 1}}));
    EXPECT_EQ(star.network().movements.turn[star.between(2, 0)[0]], Turn::right);
}

TEST(Movements, ThreeLanesKeepOneForTurningAcross) {
    const Star star = cross(3).synthesise();
    EXPECT_EQ(star.lanes(south, east), (Pairs{{0, 0}}));
    EXPECT_EQ(star.lanes(south, north), (Pairs{{0, 0}, {1, 1}, {1, 2}}));
    EXPECT_EQ(star.lanes(south, west), (Pairs{{2, 2}}));
}

TEST(Movements, FollowArrows) {
    Star star = cross(2);
    star.hints.arrows.resize(star.network().lanes.id.size());
    const auto lanes = star.network().lanes_of()[star.in[south]];
    star.hints.arrows[*lanes.begin()] = mask_of(Turn::straight) | mask_of(Turn::right);
    star.hints.arrows[as_id<LaneId>(number(*lanes.begin()) + 1)] = mask_of(Turn::left);
    star.synthesise();
    EXPECT_EQ(star.lanes(south, west), (Pairs{{1, 1}}));
    EXPECT_EQ(star.lanes(south, north), (Pairs{{0, 0}, {0, 1}}));
    EXPECT_EQ(star.lanes(south, east), (Pairs{{0, 0}}));
}

TEST(Movements, ArrowsThatLeadNowhereAreSetAside) {
    Star star({{0, 2, 2}, {180, 2, 2}});
    star.hints.arrows.resize(star.network().lanes.id.size());
    star.hints.arrows[*star.network().lanes_of()[star.in[1]].begin()] = mask_of(Turn::right);
    star.synthesise();
    EXPECT_EQ(star.lanes(1, 0), (Pairs{{0, 0}, {1, 1}}));
    EXPECT_NE(to_text(star.report).find("sets of lane arrows"), std::string::npos);
}

TEST(Movements, BannedTurningsDoNotExist) {
    Star star = cross();
    star.hints.banned = {{star.in[south], star.out[west]}};
    star.synthesise();
    EXPECT_TRUE(star.between(south, west).empty());
    EXPECT_EQ(star.between(south, east).size(), 1u);
}

TEST(Movements, OnlyReachableTurningsExistWhereTheyAreListed) {
    Star star = cross();
    star.hints.restricted.resize(star.network().junctions.id.size());
    star.hints.restricted[star.centre] = 1;
    star.hints.reachable = {{star.in[south], star.out[north]}, {star.in[west], star.out[east]}};
    star.synthesise();
    EXPECT_EQ(star.between(south, north).size(), 1u);
    EXPECT_TRUE(star.between(south, east).empty());
    EXPECT_TRUE(star.between(north, south).empty());
}

TEST(Movements, BusLanesLeadIntoBusLanes) {
    Star star({{0, 2, 2}, {180, 2, 2}});
    for (RoadId r : rows(star.network().roads.id)) star.city.network.lanes.allowed[*star.network().lanes_of()[r].begin()] = mask_of(VehicleClass::bus);
    star.synthesise();
    EXPECT_EQ(star.lanes(1, 0), (Pairs{{0, 0}, {1, 1}}));
    EXPECT_EQ(star.network().movements.allowed[star.between(1, 0)[0]], mask_of(VehicleClass::bus));
}

// The carriageways of a divided road are roads of their own; a side street meets them from the south.
TEST(Movements, DividedRoadMayBeTurnedRoundOn) {
    Star star({{2, 2, 0}, {-2, 0, 2}, {178, 0, 2}, {182, 2, 0}, {270, 1, 1}});
    star.synthesise();
    EXPECT_EQ(star.lanes(3, 2), (Pairs{{1, 1}}));
    EXPECT_EQ(star.network().movements.turn[star.between(3, 2)[0]], Turn::u_turn);
    EXPECT_TRUE(star.between(4, 4).empty()) << "but not on the undivided side street";
}

// A ring around a centre in the north, of two lanes, with an exit to the south east.
TEST(Movements, TheRingGoesAheadAndItsExitsTurnOff) {
    StarLeg before{170, 2, 0}, after{40, 0, 2}, way_out{-20, 0, 1};
    before.roundabout = after.roundabout = true;
    const Star star = Star({after, before, way_out}).synthesise();
    EXPECT_EQ(star.lanes(1, 0), (Pairs{{0, 0}, {1, 1}}));
    EXPECT_EQ(star.network().movements.turn[star.between(1, 0)[0]], Turn::straight);
    EXPECT_EQ(star.lanes(1, 2), (Pairs{{0, 0}, {1, 0}})) << "from the inner lane too";
    EXPECT_EQ(star.network().movements.turn[star.between(1, 2)[0]], Turn::slight_right);
    EXPECT_NE(to_text(star.report).find("exits of roundabouts from every lane"), std::string::npos);
}

// The arrows are those of the next piece of the ring: on this one there are none.
TEST(Movements, ARingWithArrowsIsLeftFromTheKerb) {
    StarLeg before{170, 2, 0}, after{40, 0, 2}, way_out{-20, 0, 1};
    before.roundabout = after.roundabout = true;
    Star star({after, before, way_out});
    star.hints.arrows.resize(star.network().lanes.id.size());
    star.hints.arrows[*star.network().lanes_of()[star.out[0]].begin()] = mask_of(Turn::right);
    star.synthesise();
    EXPECT_EQ(star.lanes(1, 2), (Pairs{{0, 0}}));
    EXPECT_EQ(to_text(star.report).find("exits of roundabouts from every lane"), std::string::npos);
}

TEST(Movements, TheRingMayBeLeftAtEveryLeg) {
    StarLeg before{170, 1, 0}, after{40, 0, 1}, way_out{-20, 0, 1};
    before.roundabout = after.roundabout = true;
    Star star({after, before, way_out});
    star.hints.restricted.resize(star.network().junctions.id.size());
    star.hints.restricted[star.centre] = 1;
    star.hints.reachable = {{star.in[1], star.out[0]}};
    star.synthesise();
    EXPECT_EQ(star.between(1, 2).size(), 1u);
    EXPECT_NE(to_text(star.report).find("besides the mapped ways"), std::string::npos);
}

// A street that bends at a node is driven as a bend, not as a turn: 20 degrees of a road at 50 km/h cost nothing.
TEST(Movements, BendsOfAStreetAreRoundedOff) {
    const Star star = Star(std::vector<StarLeg>{{0}, {160}}).synthesise();
    EXPECT_NEAR(star.network().movements.speed_limit_mps[star.between(1, 0)[0]], 50 / 3.6, 1e-4);
    const Star tee = Star({{0}, {180}, {270}}).synthesise();
    EXPECT_LT(tee.network().movements.speed_limit_mps[tee.between(2, 0)[0]], 9);
}

TEST(LeftHandTraffic, IsTheMirrorImage) {
    const Star right = cross(3).synthesise(), left = cross(3, true).synthesise();
    EXPECT_EQ(left.lanes(south, west), right.lanes(south, east));
    EXPECT_EQ(left.lanes(south, east), right.lanes(south, west));
    EXPECT_EQ(left.network().movements.turn[left.between(south, east)[0]], Turn::right);
    EXPECT_EQ(left.network().conflicts.movement.size(), right.network().conflicts.movement.size());
    const auto path = [](const Star& s, Leg a, Leg b) { return s.network().movements.shape[s.between(a, b)[0]]; };
    EXPECT_NEAR(path(left, south, west).front().x_m, -path(right, south, east).front().x_m, 1e-9);
    const Star one_right = cross().synthesise(), one_left = cross(1, true).synthesise();
    EXPECT_TRUE(one_right.yields(south, north, east, west)) << "right before left";
    EXPECT_TRUE(one_left.yields(south, north, west, east));
}

}  // namespace
}  // namespace shahr
