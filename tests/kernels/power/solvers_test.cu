#include <cmath>
#include <complex>
#include <numbers>

#include "tests/kernels/power/grids.h"

namespace shahr::SHAHR_BACKEND::power {
namespace {

// Two buses: V^4 + (2 (r p + x q) - V0^2) V^2 + (r^2 + x^2) (p^2 + q^2) = 0.
TEST(PowerSolvers, TwoBusesAsByThePencil) {
    City city = feeder(1, 2e6, 0.05, 0.1);
    city.power.branches.susceptance_from_pu[BranchId{0}] = city.power.branches.susceptance_to_pu[BranchId{0}] = 0;
    const double p = 0.2, q = 0.1, half = (1.02 * 1.02) / 2 - (0.05 * p + 0.1 * q);
    const double expected = std::sqrt(half + std::sqrt(half * half - (0.05 * 0.05 + 0.1 * 0.1) * (p * p + q * q)));
    for (const char* solver : {"sweep", "newton"}) {
        const GridRun run(city, solved_by(solver));
        EXPECT_NEAR(run.field("voltage_magnitude")[1], expected, 1e-10) << solver;
        EXPECT_NEAR(run.field("active_power_to")[0], -2e6, 1e-2) << solver;
        EXPECT_NEAR(run.field("imbalance")[0], 0, 1e-2) << solver;
    }
}

TEST(PowerSolvers, SweepAndNewtonAgree) {
    City city = feeder_with_tie(12);
    city.power.branches.to_closed[BranchId{12}] = 1;       // a loop between two sources
    city.power.branches.tap_ratio[BranchId{3}] = 0.95;
    city.power.branches.shift_degree[BranchId{12}] = 1;
    city.power.loads.impedance_share_p.vector().assign(12, 0.3);
    city.power.loads.current_share_q.vector().assign(12, 0.5);
    add_shunt(city.power.shunts, "capacitor", BusId{7}, 0, -0.3e6);
    const GridRun sweep(city, solved_by("sweep")), newton(city, solved_by("newton"));
    const auto a = sweep.field("voltage_magnitude"), b = newton.field("voltage_magnitude"), c = sweep.field("voltage_angle"), d = newton.field("voltage_angle");
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_NEAR(a[i], b[i], 1e-9);
        EXPECT_NEAR(c[i], d[i], 1e-7);
    }
    EXPECT_NEAR(sweep.field("imbalance")[0], 0, 1e-2);
}

// A series impedance for each way: I_from = (V_from - V_to) / z, I_to = (V_to - V_from) / z_back.
TEST(PowerSolvers, ABranchMayHaveAnotherImpedanceBack) {
    City city = feeder(2, 0.5e6);
    Branches& b = city.power.branches;
    b.back_resistance_pu[BranchId{1}] = 0.03;
    b.back_reactance_pu[BranchId{1}] = 0.05;
    b.susceptance_from_pu[BranchId{1}] = b.susceptance_to_pu[BranchId{1}] = 0;
    for (const char* solver : {"sweep", "newton"}) {
        const GridRun run(city, solved_by(solver));
        const auto v = run.field("voltage_magnitude"), angle = run.field("voltage_angle");
        const auto at = [&](std::size_t i) { return std::polar(v[i], angle[i] * std::numbers::pi / 180); };
        const std::complex<double> drop = at(1) - at(2), to = at(2) * std::conj(-drop / std::complex(0.03, 0.05)), from = at(1) * std::conj(drop / std::complex(0.02, 0.03));
        EXPECT_NEAR(to.real(), -0.05, 1e-9) << solver;
        EXPECT_NEAR(to.imag(), -0.025, 1e-9) << solver;
        EXPECT_NEAR(run.field("active_power_from")[1], from.real() * 10e6, 1) << solver;
        EXPECT_NEAR(run.field("imbalance")[0], 0, 1e-2) << solver;
    }
}

// What a load draws follows from its make-up.
TEST(PowerSolvers, ZipLoadsFollowTheVoltage) {
    City city = feeder(1, 3e6);
    city.power.loads.impedance_share_p[LoadId{0}] = 1;
    const GridRun run(city);
    const double v = run.field("voltage_magnitude")[1];
    EXPECT_LT(v, 1.01);
    EXPECT_NEAR(run.field("total_load")[0], 3e6 * v * v, 10);
    EXPECT_NEAR(run.field("reactive_power_to")[0], -1.5e6, 10);    // its reactive power is constant
}

TEST(PowerSolvers, GeneratorsHoldTheirVoltage) {
    City city = feeder(3);
    const GeneratorId g = add_generator(city.power.generators, "g", BusId{2}, GeneratorKind::voltage);
    city.power.generators.voltage_pu[g] = 1.01;
    city.power.generators.active_power_w[g] = 0.5e6;
    const GridRun run(city);
    EXPECT_NEAR(run.field("voltage_magnitude")[2], 1.01, 1e-12);
    EXPECT_NEAR(run.field("total_generation")[0], 0.5e6, 1e-9);
    EXPECT_NEAR(run.field("total_supply")[0] + 0.5e6, run.field("total_load")[0] + run.field("total_losses")[0], 1);
}

// A generator that may give less than it takes to hold its voltage: counted, or kept to its limit.
TEST(PowerSolvers, ReactiveLimitsAreCountedOrKept) {
    City city = feeder(3, 0.6e6);
    const GeneratorId g = add_generator(city.power.generators, "g", BusId{3}, GeneratorKind::voltage);
    city.power.generators.voltage_pu[g] = 1.02;
    city.power.generators.active_power_w[g] = 0.3e6;
    const GridRun free(city);
    const double wanted = free.field("generator_reactive_power")[1];
    EXPECT_GT(wanted, 0.5e6);
    EXPECT_EQ(free.count("sources_beyond_limits"), 0);
    city.power.generators.max_reactive_power_var[g] = wanted / 2;
    EXPECT_EQ(GridRun(city).count("sources_beyond_limits"), 1);
    EXPECT_NEAR(GridRun(city).field("voltage_magnitude")[3], 1.02, 1e-12);

    PowerOptions options;
    options.enforce_reactive_limits = true;
    const GridRun kept(city, options);
    EXPECT_EQ(kept.count("sources_beyond_limits"), 0);
    EXPECT_NEAR(kept.field("generator_reactive_power")[1], wanted / 2, 1e-3);
    EXPECT_LT(kept.field("voltage_magnitude")[3], 1.019);
    EXPECT_NEAR(kept.field("imbalance")[0], 0, 1e-2);

    // The same grid with that generator's power given.
    city.power.generators.kind[g] = GeneratorKind::power;
    city.power.generators.reactive_power_var[g] = wanted / 2;
    EXPECT_NEAR(GridRun(city).field("voltage_magnitude")[3], kept.field("voltage_magnitude")[3], 1e-9);
}

// In each lane as it would be alone: with little load the generator can hold its voltage.
TEST(PowerSolvers, ReactiveLimitsAreKeptLaneByLane) {
    City city = feeder(3);
    const GeneratorId g = add_generator(city.power.generators, "g", BusId{3}, GeneratorKind::voltage);
    city.power.generators.voltage_pu[g] = 1.015;
    city.power.generators.max_reactive_power_var[g] = 0.5e6;
    for (int hour = 0; hour < 9; ++hour) {
        city.power.series.time_s.push_back(3600.0 * hour);
        city.power.series.active_power_w.insert(city.power.series.active_power_w.end(), 3, 1e5 * hour);
    }
    PowerOptions options;
    options.enforce_reactive_limits = true;
    GridRun together(city, options), alone(city, options);
    together.step(std::chrono::hours{9}, 9);
    int held = 0;
    for (int hour = 0; hour < 9; ++hour) {
        alone.step(std::chrono::hours{hour + 1});
        const auto v = together.field("voltage_magnitude", hour);
        EXPECT_EQ(v, alone.field("voltage_magnitude")) << hour;
        held += std::abs(v[3] - 1.015) < 1e-12;
    }
    EXPECT_GT(held, 0);
    EXPECT_LT(held, 9);
}

// What generators at one bus give is shared out by their ranges.
TEST(PowerSolvers, GeneratorsShareByTheirRanges) {
    City city = feeder(3);
    for (const double most : {1e6, 3e6}) {
        const GeneratorId g = add_generator(city.power.generators, most < 2e6 ? "small" : "large", BusId{2}, GeneratorKind::voltage);
        city.power.generators.voltage_pu[g] = 1.03;
        city.power.generators.min_reactive_power_var[g] = 0;
        city.power.generators.max_reactive_power_var[g] = most;
    }
    const GridRun run(city);
    const auto q = run.field("generator_reactive_power"), p = run.field("generator_active_power");
    EXPECT_NEAR(q[2], 3 * q[1], 1e-3);
    EXPECT_GT(q[1], 1e3);
    EXPECT_NEAR(p[0], run.field("total_supply")[0], 1e-6);
    EXPECT_NEAR(q[0], run.field("reactive_power_from")[0], 1e-3);
}

// The lanes of a batch have the bits that each variant has alone.
TEST(PowerSolvers, ABatchGivesTheBitsOfEachAlone) {
    for (const char* solver : {"sweep", "newton"}) {
        City city = feeder(9);
        std::vector<double>& power = city.power.series.active_power_w;
        for (int hour = 0; hour < 13; ++hour) {
            city.power.series.time_s.push_back(3600.0 * hour);
            for (int load = 0; load < 9; ++load) power.push_back(1e5 * ((hour * 7 + load * 3) % 5));
        }
        GridRun together(city, solved_by(solver)), alone(city, solved_by(solver));
        together.step(std::chrono::hours{13}, 13);
        for (int hour = 0; hour < 13; ++hour) {
            alone.step(std::chrono::hours{hour + 1});
            EXPECT_EQ(together.field("voltage_magnitude", hour), alone.field("voltage_magnitude")) << solver << " " << hour;
            EXPECT_EQ(together.field("losses", hour), alone.field("losses")) << solver << " " << hour;
        }
        EXPECT_EQ(together.indicator("power_losses"), alone.indicator("power_losses"));
    }
}

// The greatest load of two buses: V^4 + 2 h V^2 + |z s|^2 = 0 has one root, h = V0^2 / 2 - (r p + x q) = |z s|.
TEST(PowerSolvers, ThereIsASolutionUpToTheNose) {
    const double r = 0.05, x = 0.1, p = 2 / std::sqrt(5), q = 1 / std::sqrt(5), most = 1.02 * 1.02 / 2 / (std::sqrt(r * r + x * x) + r * p + x * q);
    for (const double share : {0.9, 0.99, 0.9999, 1.0001, 1.01}) {
        City city = feeder(1, share * most * p * 10e6, r, x);
        city.power.branches.susceptance_from_pu[BranchId{0}] = city.power.branches.susceptance_to_pu[BranchId{0}] = 0;
        const GridRun run(city);
        EXPECT_EQ(run.count("converged"), share < 1) << share;
        if (share > 1) continue;
        const double s = share * most, half = 1.02 * 1.02 / 2 - s * (r * p + x * q);
        EXPECT_NEAR(run.field("voltage_magnitude")[1], std::sqrt(half + std::sqrt(half * half - (r * r + x * x) * s * s)), 1e-6) << share;
    }
}

// A grid of one bus, and one without loads or limits.
TEST(PowerSolvers, TheSmallestGrid) {
    City city = feeder(0);
    add_load(city.power.loads, "at the source", BusId{0}, 1e6, 0);
    const GridRun run(city);
    EXPECT_EQ(run.count("converged"), 1);
    EXPECT_NEAR(run.field("total_supply")[0], 1e6, 1e-6);
    const Frame frame = run.frame();
    EXPECT_EQ(find(frame, "power", "loading"), nullptr);
}

TEST(PowerSolvers, ALoadBeyondTheGridHasNoSolution) {
    GridRun run(feeder(5, 20e6));
    EXPECT_EQ(run.count("converged"), 0);
    EXPECT_TRUE(std::isnan(run.field("voltage_magnitude")[3]));
    std::vector<Event> events;
    run.engine->take_events(events);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].kind, "no_solution");
    EXPECT_NE(events[0].text.find(" pu at bus '"), std::string::npos) << events[0].text;
    EXPECT_EQ(run.indicator("power_unsolved"), 1);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::power
