#include "kernels/heat/plug_flow.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace shahr::SHAHR_BACKEND::heat {
namespace {

struct Pipe {
    std::array<double, most_plugs> share{}, celsius{}, rise{};
    Index count = 1;
    Pipe() { share[0] = 1; }
    Plugs plugs() { return {share.data(), celsius.data(), rise.data(), 1, &count}; }
    double shares() {
        double sum = 0;
        for (Index i = 0; i < count; ++i) sum += share[static_cast<std::size_t>(i)];
        return sum;
    }
};

// A step of the temperature at the inlet comes out after the transit time, and cooled by exp(-k transit): the analytic
// solution of plug flow. The mean over each step is exact, also where the front passes within it; and where there are more
// steps on the way than plugs, the front stays steep, and what is joined is what has cooled alike.
TEST(PlugFlow, AStepArrivesWhenTheWaterDoes) {
    const double transit_s = 1000, k = 2e-4, ground = 10;
    for (const double dt : {7.0, 60.0, 300.0, 999.0, 1000.0, 1001.0, 2500.0}) {
        Pipe pipe;
        pipe.celsius[0] = ground;
        double t = 0;
        for (int n = 0; t < 3 * transit_s; ++n, t += dt) {
            const PipeStep step{dt / transit_s, true, k, ground, dt};
            const double out = leaving(pipe.plugs(), step, 80).celsius;
            advance(pipe.plugs(), step, 80);
            const double arrived = std::clamp((t + dt - transit_s) / dt, 0.0, 1.0);
            const double exact = ground + arrived * (80 - ground) * std::exp(-k * transit_s);
            EXPECT_NEAR(out, exact, 5e-3) << "dt " << dt << " at " << t;
            ASSERT_NEAR(pipe.shares(), 1, 1e-12);
        }
    }
}

// In less leaves less lost is what stays, whatever the flow does.
TEST(PlugFlow, EnergyClosesThroughReversalsAndStandstill) {
    Pipe pipe;
    pipe.celsius[0] = 55;
    double in = 0, lost = 0;
    const double at_first = mean_celsius(pipe.plugs());
    for (int n = 0; n < 500; ++n) {
        const double moved = 0.9 * std::abs(std::sin(0.37 * n)) * (n % 7 == 0 ? 4 : 1) * (n % 11 == 0 ? 0 : 1);
        const PipeStep step{moved, std::sin(0.05 * n) > 0, 1e-5 + 1e-4 * (n % 3), 8.0 + n % 2, 600};
        const double entering = 70 + 20 * std::cos(0.21 * n);
        const Leaving out = leaving(pipe.plugs(), step, entering);
        in += moved * (entering - out.celsius);
        lost += out.lost + advance(pipe.plugs(), step, entering);
        ASSERT_NEAR(pipe.shares(), 1, 1e-10);
        ASSERT_LE(pipe.count, most_plugs);
        ASSERT_NEAR(mean_celsius(pipe.plugs()) - at_first, in - lost, 1e-8) << n;
    }
}

TEST(PlugFlow, WhatTurnsRoundComesBackFirst) {
    Pipe pipe;
    pipe.celsius[0] = 20;
    advance(pipe.plugs(), {0.3, true, 0, 10, 60}, 90);
    const Leaving back = leaving(pipe.plugs(), {0.4, false, 0, 10, 60}, 50);
    EXPECT_NEAR(back.celsius, (0.3 * 90 + 0.1 * 20) / 0.4, 1e-12);
}

TEST(PlugFlow, AtRestThePipeHoldsWhatASteadyFlowLeavesInIt) {
    Pipe pipe;
    settle(pipe.plugs(), true, 1e-4, 10, 2000, 90);
    EXPECT_NEAR(mean_celsius(pipe.plugs()), 10 + 80 * (1 - std::exp(-0.2)) / 0.2, 1e-9);
    settle(pipe.plugs(), true, 1e-4, 10, INFINITY, 90);
    EXPECT_NEAR(mean_celsius(pipe.plugs()), 10, 1e-9);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::heat
