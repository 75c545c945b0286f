#include <algorithm>
#include <map>

#include "tests/kernels/traffic/run.h"

namespace shahr::SHAHR_BACKEND::traffic {
namespace {

using traffic_tests::Sketch;

// A major road (lanes 0 -> 1) crossed by a minor one (lanes 2 -> 3).
struct Crossing {
    Sketch s;
    RoadId major = s.road(300), after_major = s.road(300), minor = s.road(100), after_minor = s.road(100);
    Crossing() {
        const MovementId a = s.movement(0, 1, 10), b = s.movement(2, 3, 10);
        s.conflict(a, false, 5, b, true, 5);
    }
};

TEST(Junction, TheMinorRoadWaitsForAGap) {
    Crossing c;
    // A dense stream on the major road for two minutes, one car on the minor one.
    for (int k = 0; k < 40; ++k) {
        c.s.trip(3 * k, {c.major, c.after_major});
        if (k == 10) c.s.trip(3 * k, {c.minor, c.after_minor});
    }
    TestRun run(c.s.city);
    // Both paths are never covered at once: no car on one movement while one is on the other's conflict point.
    for (int k = 0; k < 200; ++k) {
        run.steps(1);
        const auto strips = run.column<std::int32_t>("vehicles", "strip");
        const auto position = run.column<float>("vehicles", "position");
        bool crossing[2] = {false, false};
        for (std::size_t i = 0; i < strips.size(); ++i)
            for (int m = 0; m < 2; ++m)
                if (strips[i] == 4 + m && position[i] > 3.5f) crossing[m] = true;
        ASSERT_FALSE(crossing[0] && crossing[1]) << "at " << k << " s";
    }
    EXPECT_EQ(run.count("trips_arrived"), 41);
    EXPECT_EQ(run.count("clamps"), 0);
    const auto waited = run.column<float>("trips", "waiting");
    for (std::size_t t = 0; t < waited.size(); ++t) EXPECT_TRUE(t == 11 || waited[t] < 3) << "the major road does not wait, trip " << t;
}

TEST(Junction, TheJunctionIsKeptClear) {
    // Beyond the junction there is room for three cars, and a red light that never ends.
    Sketch s;
    const RoadId a = s.road(200), b = s.road(24), c = s.road(50);
    s.movement(0, 1, 10);
    s.movement(1, 2, 10, 0);
    s.signal({{60, "r"}});
    for (int k = 0; k < 8; ++k) s.trip(4 * k, {a, b, c});
    TestRun run(s.city);
    run.steps(110);
    std::map<std::int32_t, int> on;
    for (std::int32_t strip : run.column<std::int32_t>("vehicles", "strip")) ++on[strip];
    EXPECT_EQ(on[1], 3);
    EXPECT_EQ(on[3], 0) << "in the junction";
    EXPECT_EQ(on[0], 5);
}

TEST(Junction, AShortLaneBeyondDoesNotHoldAQueueThatDrives) {
    // Eight metres of lane after the junction, and all drive on from there: nobody waits until the one before is across.
    Sketch s;
    const RoadId a = s.road(200), b = s.road(8), c = s.road(300);
    s.movement(0, 1, 20, 0);
    s.movement(1, 2, 5);
    s.signal({{60, "r"}, {60, "G"}});
    for (int k = 0; k < 10; ++k) s.trip(3 * k, {a, b, c});
    TestRun run(s.city);
    run.steps(59);
    const auto on_approach = [&] {
        const auto strips = run.column<std::int32_t>("vehicles", "strip");
        return std::count(strips.begin(), strips.end(), 0);
    };
    EXPECT_EQ(on_approach(), 10);
    run.steps(21);
    EXPECT_LE(on_approach(), 2) << "one in about two seconds";
}

TEST(Junction, TwoWaysIntoOneLaneMergeInOrder) {
    Sketch s;
    const RoadId a = s.road(150), b = s.road(150), c = s.road(400);
    const MovementId m = s.movement(0, 2, 12), n = s.movement(1, 2, 15);
    s.conflict(m, false, 12, n, true, 15, true);
    for (int k = 0; k < 30; ++k) s.trip(2 * k, {k % 2 ? b : a, c});
    TestRun run(s.city);
    run.steps(250);
    EXPECT_EQ(run.count("trips_arrived"), 30);
}

TEST(Junction, FourWhoAllWaitForTheRightGetThrough) {
    // Right before left at a plain crossroads: each gives way to the one on its right, all four come at once.
    Sketch s(false);
    std::vector<RoadId> in, out;
    for (int k = 0; k < 4; ++k) in.push_back(s.road(80));
    for (int k = 0; k < 4; ++k) out.push_back(s.road(80));
    std::vector<MovementId> m;
    for (int k = 0; k < 4; ++k) m.push_back(s.movement(k, 4 + k, 12));
    for (int k = 0; k < 4; ++k) s.conflict(m[static_cast<std::size_t>(k)], true, 4, m[static_cast<std::size_t>((k + 1) % 4)], false, 8);
    for (int wave = 0; wave < 5; ++wave)
        for (std::size_t k = 0; k < 4; ++k) s.trip(wave * 4, {in[k], out[k]});
    TestRun run(s.city);
    run.steps(200);
    EXPECT_EQ(run.count("trips_arrived"), 20);
}

TEST(Junction, ALeftTurnWaitsInsideAndClearsWhenTheStreamStops) {
    // Oncoming (0 -> 1) has green for 40 s; the left turn (2 -> 3) may enter at once and waits 6 m inside.
    Sketch s;
    const RoadId a = s.road(300), b = s.road(200), c = s.road(100), d = s.road(100);
    const MovementId through = s.movement(0, 1, 20, 0), left = s.movement(2, 3, 18, 1, 6);
    s.conflict(through, false, 12, left, true, 9);
    s.signal({{60, "Gg"}, {3, "yy"}, {27, "rr"}});
    for (int k = 0; k < 25; ++k) {
        s.city.trips.depart_speed_mps[s.trip(2 * k, {a, b})] = 12;
        if (k == 10) s.trip(2 * k, {c, d});
    }
    TestRun run(s.city);
    int inside_s = 0;
    for (int k = 0; k < 200; ++k) {
        run.steps(1);
        for (std::int32_t strip : run.column<std::int32_t>("vehicles", "strip")) inside_s += strip == 5;
    }
    EXPECT_EQ(run.count("trips_arrived"), 26);
    EXPECT_GT(inside_s, 5);
}

TEST(Junction, TwoLeftTurnsDoNotWaitForEachOthersFollowers) {
    // One lane each way. The left turns (0 -> 2, 1 -> 3) wait inside with their rears over the line, so that those who go
    // straight on (0 -> 3, 1 -> 2) cannot pass; each left turn gives way to the straight ones from the other side.
    Sketch s;
    const RoadId a = s.road(120), b = s.road(120), c = s.road(120), d = s.road(120);
    const MovementId left_a = s.movement(0, 2, 16, -1, 4), on_a = s.movement(0, 3, 17);
    const MovementId left_b = s.movement(1, 3, 16, -1, 4), on_b = s.movement(1, 2, 17);
    s.conflict(left_a, true, 9, on_b, false, 9, true);
    s.conflict(left_b, true, 9, on_a, false, 9, true);
    for (int k = 0; k < 10; ++k) {
        s.trip(4 * k, {a, k % 2 ? d : c});
        s.trip(4 * k, {b, k % 2 ? c : d});
    }
    TestRun run(s.city);
    run.steps(300);
    EXPECT_EQ(run.count("trips_arrived"), 20);
}

// Two roads cross where all stop.
struct AllWayStop {
    Sketch s;
    RoadId a = s.road(150), b = s.road(150), beyond_a = s.road(150), beyond_b = s.road(150);
    AllWayStop() {
        const MovementId m = s.movement(0, 2, 10), n = s.movement(1, 3, 10);
        s.conflict(m, true, 5, n, true, 5);
        for (const MovementId k : {m, n}) s.city.network.movements.right_of_way[k] = RightOfWay::stop;
    }
};

TEST(Junction, WhoStandsAtAnAllWayStopGoesBeforeWhoIsStillComing) {
    AllWayStop c;
    c.s.trip(0, {c.a, c.beyond_a});
    c.s.trip(4, {c.b, c.beyond_b});
    TestRun run(c.s.city);
    run.steps(60);
    const auto arrived = run.column<double>("trips", "arrived");
    EXPECT_NEAR(arrived[1] - arrived[0], 4, 1);  // the second was 50 m away when the first had stopped, and lost nothing either
    for (const float waited : run.column<float>("trips", "waiting")) EXPECT_GE(waited, 1);
}

TEST(Junction, AnAllWayStopIsPassedInTurn) {
    AllWayStop c;
    for (int k = 0; k < 20; ++k) {
        c.s.trip(2 * k, {c.a, c.beyond_a});
        c.s.trip(2 * k, {c.b, c.beyond_b});
    }
    TestRun run(c.s.city);
    run.steps(60);
    const auto arrived = run.column<double>("trips", "arrived");
    int from_a = 0, from_b = 0;
    for (std::size_t t = 0; t < arrived.size(); ++t) (t % 2 ? from_b : from_a) += arrived[t] >= 0;
    EXPECT_GT(from_a, 4);
    EXPECT_NEAR(from_a, from_b, 1);
    run.steps(200);
    EXPECT_EQ(run.count("trips_arrived"), 40);
}

TEST(Junction, TwoWhoPassOnVeryShortLanesDoNotHoldEachOther) {
    // a - s - b and c - t - d, the two directions of one street; s and t, 0.2 m, also lead back into each other.
    Sketch sketch;
    const RoadId a = sketch.road(100), s = sketch.road(0.2f), b = sketch.road(100), c = sketch.road(100), t = sketch.road(0.2f), d = sketch.road(100);
    sketch.movement(0, 1, 9.5f);
    sketch.movement(1, 2, 6.4f);
    const MovementId back = sketch.movement(1, 4, 4.7f);
    sketch.movement(3, 4, 9.5f);
    const MovementId back_too = sketch.movement(4, 1, 4.7f);
    sketch.movement(4, 5, 6.4f);
    for (const MovementId m : {back, back_too}) sketch.city.network.movements.turn[m] = Turn::u_turn;
    sketch.trip(0, {a, s, b});
    sketch.trip(0, {c, t, d});
    TestRun run(sketch.city);
    run.steps(60);
    EXPECT_EQ(run.count("trips_arrived"), 2);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::traffic
