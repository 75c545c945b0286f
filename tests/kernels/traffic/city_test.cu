// A small grid of two-lane roads under random demand: what must hold in every step, whatever happens.
#include "kernels/base/random.h"
#include "tests/kernels/traffic/run.h"

namespace shahr::SHAHR_BACKEND::traffic {
namespace {

using traffic_tests::Sketch;

// `n` roads of two lanes in a ring, each also leading to the road opposite: merges and crossings everywhere, no signals.
Sketch tangle(int n, int trips, std::uint64_t seed) {
    Sketch s;
    std::vector<RoadId> roads;
    for (int k = 0; k < n; ++k) roads.push_back(s.road(60 + 7 * static_cast<float>(k % 5), 2));
    std::vector<MovementId> crossing;
    for (int k = 0; k < n; ++k)
        for (int lane = 0; lane < 2; ++lane) {
            s.movement(2 * k + lane, 2 * ((k + 1) % n) + lane, 9);
            if (lane == 1) crossing.push_back(s.movement(2 * k + 1, 2 * ((k + n / 2) % n) + 1, 14));
        }
    for (std::size_t k = 0; k + 1 < crossing.size(); k += 2) s.conflict(crossing[k], true, 6, crossing[k + 1], false, 8);
    for (int t = 0; t < trips; ++t) {
        const Draw4 draw = philox(seed, static_cast<std::uint32_t>(t), 0, 0);
        int at = static_cast<int>(draw.value[0] % static_cast<std::uint32_t>(n));
        std::vector<RoadId> route{roads[static_cast<std::size_t>(at)]};
        for (std::uint32_t hop = 0; hop < 3 + draw.value[1] % 5; ++hop) {
            at = (at + (draw.value[2] >> hop & 1u ? n / 2 : 1)) % n;
            route.push_back(roads[static_cast<std::size_t>(at)]);
        }
        s.trip(0.5 * t, route);
    }
    return s;
}

TEST(City, NoOverlapAndNothingLostUnderRandomDemand) {
    for (std::uint64_t seed : {1u, 2u}) {
        TestRun run(tangle(8, 60, seed).city);
        run.steps(120);
        EXPECT_EQ(run.count("trips_inserted"), run.count("vehicles_on_network") + run.count("trips_arrived"));
        EXPECT_GT(run.count("trips_arrived"), 10);
    }
}

TEST(City, TheSameBitsForAnyNumberOfThreads) {
    std::vector<std::uint64_t> hashes;
    for (int threads : {1, 2, 8}) {
        set_threads(threads);
        TestRun run(tangle(8, 60, 3).city);
        run.steps(60, false);
        hashes.push_back(run.hash());
    }
    set_threads(0);
    EXPECT_EQ(hashes[0], hashes[1]);
    EXPECT_EQ(hashes[0], hashes[2]);
}

TEST(City, ALoadedStateGoesOnWithTheSameBits) {
    TestRun first(tangle(6, 30, 4).city), second(tangle(6, 30, 4).city);
    first.steps(30, false);
    Archive saved;
    first.engine.save(saved);
    Archive read(saved.bytes());
    second.engine.load(read);
    second.now = first.now;
    first.steps(20, false);
    second.steps(20, false);
    EXPECT_EQ(first.hash(), second.hash());
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::traffic
