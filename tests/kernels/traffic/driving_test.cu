#include "tests/kernels/traffic/run.h"

namespace shahr::SHAHR_BACKEND::traffic {
namespace {

using traffic_tests::Sketch;

TEST(Driving, OneCarArrives) {
    Sketch s;
    const RoadId a = s.road(200), b = s.road(200);
    s.movement(0, 1);
    s.trip(2, {a, b});
    TestRun run(s.city);
    run.steps(60);
    const double arrived = run.column<double>("trips", "arrived")[0];
    // 405 m at 13.89 m/s take 29 s; the start costs about v / (2 a) = 2.7 s and what the model takes to approach v0.
    EXPECT_GT(arrived - 2, 31);
    EXPECT_LT(arrived - 2, 36);
    EXPECT_EQ(run.column<double>("trips", "inserted")[0], 2);
    EXPECT_NEAR(run.column<float>("trips", "distance")[0], 404.9f, 10);
    EXPECT_TRUE(run.engine.idle());
}

TEST(Driving, ThePhasesOfAStepAreTimed) {
    Sketch s;
    const RoadId a = s.road(200), b = s.road(200);
    s.movement(0, 1);
    s.trip(2, {a, b});
    TestRun run(s.city);
    run.steps(10, false);
    double sum_s = 0;
    for (const WallTime& phase : run.engine.wall_times()) {
        EXPECT_GE(phase.wall_s, -1e-9) << phase.what;  // "routes, else" is a difference
        sum_s += phase.wall_s;
    }
    EXPECT_GT(sum_s, 0);
    run.steps(10, false);
    double later_s = 0;
    for (const WallTime& phase : run.engine.wall_times()) later_s += phase.wall_s;
    EXPECT_GT(later_s, sum_s);
}

TEST(Driving, RedHoldsAndGreenLetsGo) {
    Sketch s;
    const RoadId a = s.road(150), b = s.road(200);
    s.movement(0, 1, 10, 0);
    s.signal({{40, "r"}, {40, "G"}, {3, "y"}, {7, "r"}});
    for (int k = 0; k < 5; ++k) s.trip(2 * k, {a, b});
    TestRun run(s.city);
    run.steps(38);
    const auto strips = run.column<std::int32_t>("vehicles", "strip");
    ASSERT_EQ(strips.size(), 5u);
    for (std::int32_t strip : strips) EXPECT_EQ(strip, 0);
    const auto positions = run.column<float>("vehicles", "position");
    EXPECT_GT(positions[0], 146);
    EXPECT_LE(positions[0], 150);
    EXPECT_NEAR(positions[1], positions[0] - 7.5f, 1);
    run.steps(60);
    EXPECT_EQ(run.count("trips_arrived"), 5);
    EXPECT_EQ(run.count("clamps"), 0);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::traffic
