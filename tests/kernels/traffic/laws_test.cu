#include "kernels/traffic/laws.h"

#include <gtest/gtest.h>

#include "kernels/base/array.h"
#include "kernels/base/parallel_for.h"
#include "kernels/traffic/emission.h"

namespace shahr::SHAHR_BACKEND::traffic {
namespace {

const Driver car{};

TEST(Laws, FifteenMetresAtTenPointOneSix) {
    // s(v) = (s0 + v T) / sqrt(1 - (v/v0)^4) with s0 = 2.5 m, T = 1 s, v0 = 13.89 m/s: neither faster nor slower.
    EXPECT_NEAR(following_acceleration(car, 2.5f, 10.16f, 13.89f, 15.0f, 10.16f), 0, 0.02f);
    EXPECT_GT(following_acceleration(car, 2.5f, 10.16f, 13.89f, 16.0f, 10.16f), 0);
    EXPECT_LT(following_acceleration(car, 2.5f, 10.16f, 13.89f, 14.0f, 10.16f), 0);
}

TEST(Laws, FreeRoad) {
    EXPECT_FLOAT_EQ(free_acceleration(car, 0, 10), 2.6f);
    EXPECT_FLOAT_EQ(free_acceleration(car, 10, 10), 0);
    EXPECT_FLOAT_EQ(free_acceleration(car, 30, 10), -4.5f);
}

TEST(Laws, SafeSpeedStopsBehindTheLeader) {
    // b = 4.5, reaction 1 s, 10 m, leader stands: v + v^2/9 = 10 gives v = -4.5 + sqrt(20.25 + 90) = 6.0 m/s.
    const float v = safe_speed(4.5f, 1, 10, 0);
    EXPECT_NEAR(v, 6.0f, 1e-3f);
    EXPECT_NEAR(v + braking_distance(v, 4.5f), 10, 1e-3f);
    EXPECT_EQ(safe_speed(4.5f, 1, -1, 20), 0);
}

TEST(Laws, ArrivalTime) {
    EXPECT_FLOAT_EQ(arrival_time(0, 5, 2, 10), 0);
    EXPECT_FLOAT_EQ(arrival_time(25, 0, 2, 10), 5);   // s = a t^2 / 2
    EXPECT_FLOAT_EQ(arrival_time(45, 0, 2, 10), 7);   // 25 m to 10 m/s, then 2 s more
    EXPECT_FLOAT_EQ(arrival_time(20, 10, 2, 10), 2);
}

TEST(Laws, ASteadyCarAtFiftyEmitsAboutAHundredGramsAKilometre) {
    EXPECT_NEAR(co2_kg_per_s(car, 13.89f, 0) / 13.89f * 1e6f, 102, 3);
    EXPECT_FLOAT_EQ(co2_kg_per_s(car, 0, 0), 0.0005f);
}

struct SpeedBehind {
    View<const float> gap;
    View<float> speed;
    SHAHR_HD void operator()(Index i) const { speed[i] = following_speed(Driver{}, 2.5f, 8, 13.89f, gap[i], 6, 1); }
};

TEST(Laws, TheDeviceAgreesWithTheHost) {
    const std::vector<float> gaps{0.1f, 1, 3, 8, 20, 100, far_away_m};
    Array<float> speed(static_cast<Index>(gaps.size()));
    parallel_for(speed.size(), SpeedBehind{Array<float>(gaps), speed});
    const std::vector<float> found = speed.to_host();
    for (std::size_t i = 0; i < gaps.size(); ++i) EXPECT_EQ(found[i], following_speed(car, 2.5f, 8, 13.89f, gaps[i], 6, 1)) << gaps[i];
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::traffic
