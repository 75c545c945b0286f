// Routes that the engine finds: forbidden paths are driven by nobody, whatever happens on the way.
#include <algorithm>
#include <map>

#include "tests/kernels/traffic/run.h"

namespace shahr::SHAHR_BACKEND::traffic {
namespace {

using traffic_tests::Sketch;

// Roads a and c lead into v, v into b and d, d back into c; a also leads into b over a long way round. From a over v into b
// is forbidden: the quickest way from a to b leads over v twice.
struct Fork {
    Sketch sketch;
    RoadId a, c, v, b, d, round;

    Fork() {
        a = sketch.road(100), c = sketch.road(100), v = sketch.road(100), b = sketch.road(100), d = sketch.road(100), round = sketch.road(3000);
        sketch.movement(0, 2), sketch.movement(0, 5);
        sketch.movement(1, 2);
        sketch.movement(2, 3), sketch.movement(2, 4);
        sketch.movement(4, 1);
        sketch.movement(5, 3);
        sketch.city.network.forbidden_paths.roads.push_back({a, v, b});
    }
};

// The roads that each trip has driven, in their order.
class Driven {
public:
    void look(const TestRun& run) {
        const auto strips = run.column<std::int32_t>("vehicles", "strip"), trips = run.column<std::int32_t>("vehicles", "trip");
        for (std::size_t i = 0; i < strips.size(); ++i) {
            if (strips[i] >= static_cast<std::int32_t>(run.city.network.lanes.id.size())) continue;
            auto& roads = of[trips[i]];
            const RoadId road = run.city.network.lanes.road[LaneId{strips[i]}];
            if (roads.empty() || roads.back() != road) roads.push_back(road);
        }
    }
    bool anyone_drove(const std::vector<RoadId>& path) const {
        for (const auto& [trip, roads] : of)
            if (std::search(roads.begin(), roads.end(), path.begin(), path.end()) != roads.end()) return true;
        return false;
    }
    std::map<std::int32_t, std::vector<RoadId>> of;
};

TEST(Routes, KeepForbiddenPathsThoughManyWouldTakeThem) {
    Fork fork;
    const auto& [sketch, a, c, v, b, d, round] = fork;
    for (int k = 0; k < 40; ++k) {
        const double depart_s = 6 * k;
        fork.sketch.trip_between(depart_s, a, b);
        fork.sketch.trip_between(depart_s, k % 2 ? c : v, b);
        fork.sketch.trip_between(depart_s, a, v);
    }
    Scenario often;                            // all look for a better way every minute, on the forbidden path's middle too
    often.traffic.reroute_every = std::chrono::seconds{10};
    often.traffic.reroute_share = 1;
    TestRun run(fork.sketch.city, often);
    Driven driven;
    for (int k = 0; k < 1200; ++k) {
        run.steps(1, k % 50 == 0);
        driven.look(run);
    }
    EXPECT_EQ(run.count("trips_arrived"), 120);
    EXPECT_EQ(run.count("trips_unroutable"), 0);
    EXPECT_FALSE(driven.anyone_drove({a, v, b}));
    EXPECT_TRUE(driven.anyone_drove({a, v, d, c, v, b})) << "over the same road again, with another past";
    EXPECT_TRUE(driven.anyone_drove({c, v, b}));
}

TEST(Routes, WhoIsLostKeepsForbiddenPathsToo) {
    // No movement leads from v into the next road of their routes.
    Fork fork;
    const auto& [sketch, a, c, v, b, d, round] = fork;
    fork.sketch.trip(0, {a, v, round, b});
    fork.sketch.trip(400, {c, v, round, b});
    TestRun run(fork.sketch.city);
    Driven driven;
    for (int k = 0; k < 1200; ++k) {
        run.steps(1, false);
        driven.look(run);
    }
    EXPECT_FALSE(driven.anyone_drove({a, v, b}));
    EXPECT_EQ(driven.of.at(0), (std::vector{a, v, d, c, v, b}));
    EXPECT_EQ(driven.of.at(1), (std::vector{c, v, b}));
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::traffic
