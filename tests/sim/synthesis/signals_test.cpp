#include <gtest/gtest.h>

#include "sim/city/grid_city.h"
#include "sim/synthesis/signal_timing.h"
#include "tests/sim/synthesis/star.h"

namespace shahr {
namespace {

enum Leg : std::size_t { east, north, west, south };

Star signalised(const std::vector<StarLeg>& legs) {
    Star star(legs);
    star.hints.signalised[star.centre] = 1;
    return star.synthesise();
}
std::vector<StarLeg> cross(int lanes, RoadClass road_class = RoadClass::primary) {
    std::vector<StarLeg> legs;
    for (double angle : {0, 90, 180, 270}) legs.push_back({angle, lanes, lanes, road_class, 12});
    return legs;
}

Aspect aspect(const RoadNetwork& n, PhaseId phase, MovementId m) {
    return n.signal_phases.aspects[phase][static_cast<std::size_t>(n.movements.signal_link[m])];
}
bool goes(Aspect a) {
    return a == Aspect::green || a == Aspect::green_minor;
}

// What holds for every programme that we make.
void expect_safe(const RoadNetwork& n) {
    const auto phases_of = n.phases_of();
    for (ConflictId c : rows(n.conflicts.movement)) {
        const MovementId a = n.conflicts.movement[c], b = n.conflicts.foe[c];
        if (!is_some(n.movements.signal[a])) continue;
        for (PhaseId p : phases_of[n.movements.signal[a]]) {
            ASSERT_FALSE(aspect(n, p, a) == Aspect::green && aspect(n, p, b) == Aspect::green) << number(a) << " and " << number(b);
            if (goes(aspect(n, p, a)) && goes(aspect(n, p, b))) {
                ASSERT_EQ(n.conflicts.yields[c] ? aspect(n, p, a) : aspect(n, p, b), Aspect::green_minor);
            }
        }
    }
    for (MovementId m : rows(n.movements.turn)) {
        if (!is_some(n.movements.signal[m])) continue;
        int green = 0;
        Duration cycle{0};
        for (PhaseId p : phases_of[n.movements.signal[m]]) green += goes(aspect(n, p, m)), cycle += n.signal_phases.duration[p];
        ASSERT_GT(green, 0) << "movement " << number(m);
        ASSERT_EQ(cycle, n.signals.cycle[n.movements.signal[m]]);
    }
}

TEST(Signals, PlainCrossingHasTwoStages) {
    const Star star = signalised(cross(1));
    const RoadNetwork& n = star.network();
    ASSERT_EQ(n.signals.id.size(), 1u);
    EXPECT_EQ(n.junctions.control[star.centre], Control::signal);
    expect_safe(n);
    const PhaseId first{0};
    EXPECT_EQ(aspect(n, first, star.between(east, west)[0]), Aspect::green);
    EXPECT_EQ(aspect(n, first, star.between(west, east)[0]), Aspect::green);
    EXPECT_EQ(aspect(n, first, star.between(east, south)[0]), Aspect::green_minor) << "left gives way to oncoming";
    EXPECT_EQ(aspect(n, first, star.between(south, north)[0]), Aspect::red);
    EXPECT_EQ(n.signal_phases.signal.size(), 6u) << "green, yellow and all-red, twice";
}

TEST(Signals, LeftLaneOfItsOwnGetsAStage) {
    const Star star = signalised(cross(3));
    const RoadNetwork& n = star.network();
    expect_safe(n);
    const MovementId left = star.between(east, south)[0];
    bool protected_green = false;
    for (PhaseId p : n.phases_of()[SignalId{0}]) protected_green |= aspect(n, p, left) == Aspect::green;
    EXPECT_TRUE(protected_green);
}

TEST(Signals, OneSideStreetGetsAStageOfItsOwn) {
    auto legs = cross(2);
    legs.erase(legs.begin() + north);
    const Star star = signalised(legs);
    expect_safe(star.network());
    EXPECT_EQ(aspect(star.network(), PhaseId{0}, star.between(2, 0)[0]), Aspect::red);
}

TEST(Signals, AreGuessedWhereMainRoadsCross) {
    const Star guessed = Star(cross(2)).synthesise();
    EXPECT_EQ(guessed.network().junctions.control[guessed.centre], Control::signal);
    EXPECT_NE(to_text(guessed.report).find("not tagged"), std::string::npos);
    Star beside_a_signal(cross(2));
    const RoadId near = beside_a_signal.in[0];
    beside_a_signal.city.network.roads.shape[near].front() = {38, 0};
    beside_a_signal.city.network.roads.length_m[near] = 38;
    for (LaneId lane : beside_a_signal.city.network.lanes_of()[near]) beside_a_signal.city.network.lanes.length_m[lane] = 38;
    beside_a_signal.hints.signalised[beside_a_signal.city.network.roads.from[near]] = 1;
    beside_a_signal.synthesise();
    EXPECT_NE(beside_a_signal.network().junctions.control[beside_a_signal.centre], Control::signal) << "a part of that crossing";
    auto minor = cross(2);
    for (Leg leg : {north, south}) minor[leg].road_class = RoadClass::tertiary, minor[leg].priority = 10;
    const Star priority = Star(minor).synthesise();
    EXPECT_EQ(priority.network().junctions.control[priority.centre], Control::priority);
    Star with_signs(cross(2));
    with_signs.hints.sign.resize(with_signs.network().roads.id.size());
    with_signs.hints.sign[with_signs.in[north]] = Sign::give_way;
    with_signs.synthesise();
    EXPECT_EQ(with_signs.network().junctions.control[with_signs.centre], Control::priority);
}

TEST(Signals, NoneWhereNothingMeets) {
    const Star star = signalised({{0}, {180}});
    EXPECT_TRUE(star.network().signals.id.empty());
    EXPECT_EQ(star.network().junctions.control[star.centre], Control::uncontrolled);
    EXPECT_NE(to_text(star.report).find("no two roads' traffic meets"), std::string::npos);
}

TEST(Signals, GridCityIsSafeThroughout) {
    const City city = make_grid_city({.rows = 6, .columns = 6, .arterial_every = 2, .arterial_lanes = 3, .ring = true, .signals = 0.8});
    EXPECT_GT(city.network.signals.id.size(), 20u);
    expect_safe(city.network);
}

TEST(SignalTiming, YellowByTheLimit) {
    EXPECT_EQ(yellow_s(50 / 3.6), 3);
    EXPECT_EQ(yellow_s(60 / 3.6), 4);
    EXPECT_EQ(yellow_s(80 / 3.6), 5);
}

TEST(SignalTiming, AllRedLetsTheLastOneClear) {
    EXPECT_EQ(all_red_s(20, 10, 5, 10), 2);    // 25/10 - 5/10
    EXPECT_EQ(all_red_s(5, 10, 30, 10), 0);    // the other has the longer way
    EXPECT_EQ(all_red_s(25, 10, 5, 10), 3);    // 2.5 s: up
}

// L = 2 (2 + 1) = 6, Y = 0.6: C = (9 + 5) / 0.4 = 35, at least 50, then the next step of 30: 60. Between the greens
// 2 (3 + 1) = 8 s pass, 52 remain. Effective green 54 = 60 - 6 in the ratio 2 : 1 is 36 and 18: less yellow, plus loss.
TEST(SignalTiming, WebsterByPencil) {
    const std::vector<StageDemand> stages = {{0.4, 3, 1, 8}, {0.2, 3, 1, 8}};
    EXPECT_EQ(webster_cycle_s(stages), 60);
    EXPECT_EQ(split_greens_s(stages, 60), (std::vector<double>{35, 17}));
}

// L = 3 x 3 = 9, Y = 0.85: C = (13.5 + 5) / 0.15 = 123, at most 120.
TEST(SignalTiming, CycleHasAnUpperEnd) {
    EXPECT_EQ(webster_cycle_s({{0.4, 3, 1, 8}, {0.4, 3, 1, 8}, {0.3, 3, 1, 8}}), 120);
}

TEST(SignalTiming, LeastGreensComeFirst) {
    const auto green = split_greens_s({{0.5, 3, 1, 8}, {0.01, 3, 1, 20}}, 60);
    EXPECT_EQ(green, (std::vector<double>{32, 20}));
}

// A one-way arterial, signals 200 m apart: the second starts when the first vehicles get there.
TEST(Signals, NeighboursShareAWave) {
    const City city = make_grid_city({.rows = 4, .columns = 8, .block_m = 200, .arterial_every = 4, .signals = 0.5});
    std::size_t shifted = 0;
    for (SignalId s : rows(city.network.signals.id)) {
        EXPECT_GE(city.network.signals.offset[s], Duration{0});
        EXPECT_LT(city.network.signals.offset[s], city.network.signals.cycle[s]);
        shifted += city.network.signals.offset[s] != Duration{0};
    }
    EXPECT_GT(shifted, 0u);
}

}  // namespace
}  // namespace shahr
