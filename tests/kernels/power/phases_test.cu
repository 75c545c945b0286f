#include <cmath>

#include "tests/kernels/power/grids.h"

namespace shahr::SHAHR_BACKEND::power {
namespace {

PowerOptions three_phases() {
    PowerOptions options;
    options.phases = 3;
    return options;
}

TEST(PowerPhases, BalancedLoadsGiveThreeTimesOnePhase) {
    const City city = feeder(5);
    const GridRun one(city), three(city, three_phases());
    const auto v = one.field("voltage_magnitude"), u = three.field("voltage_magnitude"), p = one.field("active_power_from"), q = three.field("active_power_from");
    ASSERT_EQ(u.size(), 3 * v.size());
    for (std::size_t i = 0; i < u.size(); ++i) EXPECT_NEAR(u[i], v[i / 3], 1e-9);
    for (std::size_t i = 0; i < p.size(); ++i) EXPECT_NEAR(q[3 * i] + q[3 * i + 1] + q[3 * i + 2], p[i], 1e-2);
    EXPECT_NEAR(three.field("total_losses")[0], one.field("total_losses")[0], 1e-2);
    for (double n : three.field("neutral_current")) EXPECT_NEAR(n, 0, 1e-6);
    for (double u2 : three.field("unbalance")) EXPECT_NEAR(u2, 0, 1e-9);
}

// One phase loaded: its current flows back through the neutral, along (2 z1 + z0) / 3.
TEST(PowerPhases, OnePhaseLoadsTheNeutral) {
    City city = feeder(1, 0.3e6, 0.05, 0.1);
    PowerGrid& grid = city.power;
    grid.branches.susceptance_from_pu[BranchId{0}] = grid.branches.susceptance_to_pu[BranchId{0}] = 0;
    grid.loads.phase[LoadId{0}] = Phase::b;
    grid.loads.reactive_power_var[LoadId{0}] = 0;
    const GridRun run(city);
    const auto v = run.field("voltage_magnitude"), p = run.field("active_power_from");
    // z = (2 + 3) / 3 of z1 for each phase; s per unit of a third of the base.
    const double r = 0.05 * 5 / 3, x = 0.1 * 5 / 3, s = 3 * 0.03, half = 1.02 * 1.02 / 2 - r * s;
    const double expected = std::sqrt(half + std::sqrt(half * half - (r * r + x * x) * s * s));
    EXPECT_NEAR(v[3 * 1 + 1], expected, 1e-9);
    EXPECT_NEAR(p[0], 0, 1e-3);
    EXPECT_GT(p[1], 0.3e6);
    EXPECT_NEAR(run.field("neutral_current")[0], s / expected * 10e6 / (std::sqrt(3.0) * 10e3), 1e-5);
    EXPECT_NEAR(run.field("imbalance")[0], 0, 1e-2);
}

// A load between two phases needs no neutral.
TEST(PowerPhases, LineToLineLoadsLeaveTheNeutralAlone) {
    City city = feeder(2, 0.1e6);
    city.power.loads.in_service[LoadId{0}] = 0;            // a star load of constant power would draw a little at unlike voltages
    city.power.loads.phase[LoadId{1}] = Phase::ab;
    const GridRun run(city);
    EXPECT_NEAR(run.field("neutral_current")[0], 0, 1e-6);
    EXPECT_GT(run.field("unbalance")[2], 1e-4);
    EXPECT_NEAR(run.field("total_load")[0], 0.1e6, 1e-3);
}

// Behind a delta winding the source sees no zero sequence: what one phase draws comes over two.
TEST(PowerPhases, ADeltaWindingTurnsTheNeutralAway) {
    City city = feeder(2, 0.2e6);
    PowerGrid& grid = city.power;
    const BranchId trafo{0};
    grid.branches.kind[trafo] = BranchKind::transformer;
    grid.branches.shift_degree[trafo] = 30;
    grid.branches.susceptance_from_pu[trafo] = grid.branches.susceptance_to_pu[trafo] = 0;
    grid.branches.zero_resistance_pu[trafo] = grid.branches.zero_reactance_pu[trafo] = std::numeric_limits<double>::infinity();
    grid.branches.zero_susceptance_to_pu[trafo] = -1 / 0.03;
    grid.loads.in_service[LoadId{0}] = 0;
    grid.loads.phase[LoadId{1}] = Phase::a;
    grid.loads.reactive_power_var[LoadId{1}] = 0;
    const GridRun run(city);
    const auto p = run.field("active_power_from");
    EXPECT_NEAR(p[0] + p[1] + p[2], 0.2e6 + run.field("total_losses")[0], 1e-2);
    EXPECT_GT(run.field("neutral_current")[0], 10);        // at its end with the star
    EXPECT_NEAR(std::min({p[0], p[1], p[2]}), 0, 3e3);     // one conductor of the three carries almost nothing
    EXPECT_GT(run.field("neutral_current")[1], 10);
    EXPECT_EQ(run.count("converged"), 1);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::power
