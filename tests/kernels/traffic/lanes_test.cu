#include "tests/kernels/traffic/run.h"

namespace shahr::SHAHR_BACKEND::traffic {
namespace {

using traffic_tests::Sketch;

// Two lanes (0, 1); the first leads only to road b (lane 2), the second only to road c (lane 3).
struct Fork {
    Sketch s;
    RoadId a = s.road(250, 2), b = s.road(150), c = s.road(150);
    Fork() { s.movement(0, 2), s.movement(1, 3); }
};

TEST(Lanes, AVehicleReachesTheLaneOfItsTurn) {
    Fork f;
    f.s.trip(0, {f.a, f.c}, 0);
    f.s.trip(0, {f.a, f.b}, 1);
    TestRun run(f.s.city);
    run.steps(60);
    EXPECT_EQ(run.count("trips_arrived"), 2);
}

TEST(Lanes, AllWhoMustChangePlacesGetThrough) {
    Fork f;
    for (int k = 0; k < 40; ++k) f.s.trip(k, {f.a, k % 2 ? f.b : f.c}, k % 2 ? 1 : 0);
    TestRun run(f.s.city);
    run.steps(400);
    EXPECT_EQ(run.count("trips_arrived"), 40);
}

TEST(Lanes, AClosedRoadIsAvoidedFromTheMomentItCloses) {
    // From a to d by b (short) or by c (long). At 30 s b closes.
    Sketch s;
    const RoadId a = s.road(300), b = s.road(100);
    s.road(250);
    const RoadId d = s.road(100);
    s.movement(0, 1), s.movement(0, 2), s.movement(1, 3), s.movement(2, 3);
    for (int k = 0; k < 12; ++k) s.trip(5 * k, {a, b, d});
    // Routes are not given: they are to be found.
    const auto n = s.city.trips.id.size();
    s.city.trips.route.clear();
    for (std::size_t k = 0; k < n; ++k) s.city.trips.route.push_back(std::vector<RoadId>{});
    for (RoadId& destination : s.city.trips.destination) destination = d;
    Scenario scenario;
    scenario.interventions.push_back({"", "", 1, std::chrono::seconds{30}, std::chrono::seconds{600}, false, CloseRoad{{b}, {}}});
    TestRun run(s.city, scenario);
    run.steps(30);
    run.engine.set(run.scenario.interventions[0], true, 0);
    run.engine.begin_interval(run.now, "traffic");
    run.steps(200);
    EXPECT_EQ(run.count("trips_arrived"), 12);
    const auto entered = run.column<std::int32_t>("traffic", "entered");
    EXPECT_LE(entered[1], 1) << "who was inside the junction may still come out";
    EXPECT_GE(entered[2], 8);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::traffic
