// Tap changers that regulate, alone and in batches.
#include <cmath>

#include "tests/kernels/power/grids.h"

namespace shahr::SHAHR_BACKEND::power {
namespace {

TransformerId regulate(PowerGrid& grid, int branch, int bus, double target_pu, double band_pu = 0.03) {
    grid.branches.kind[BranchId{branch}] = BranchKind::transformer;
    const TransformerId t = add_transformer(grid.transformers, grid.branches.id[BranchId{branch}], BranchId{branch});
    grid.transformers.tap_min[t] = -9;
    grid.transformers.tap_max[t] = 9;
    grid.transformers.tap_step[t] = 0.0125;
    grid.transformers.regulated_bus[t] = BusId{bus};
    grid.transformers.target_voltage_pu[t] = target_pu;
    grid.transformers.deadband_pu[t] = band_pu;
    return t;
}

// Nine buses behind a changer at the source, and a second one, with its taps in the other winding, half-way; a tie to another source.
City regulated_feeder() {
    City city = feeder_with_tie(9, 0.3e6);
    city.power.branches.to_closed[BranchId{9}] = 1;
    city.power.generators.voltage_pu.vector() = {0.96, 0.97};
    regulate(city.power, 0, 2, 1.02);
    city.power.transformers.tap_at_to[regulate(city.power, 4, 8, 1.01)] = 1;
    return city;
}

void load_over_time(City& city, int hours) {
    const auto loads = static_cast<int>(city.power.loads.id.size());
    for (int hour = 0; hour < hours; ++hour) {
        city.power.series.time_s.push_back(3600.0 * hour);
        for (int load = 0; load < loads; ++load) city.power.series.active_power_w.push_back(5e4 * hour * (1 + (hour * 7 + load * 3) % 11));
    }
}

TEST(PowerTapChangers, HoldTheirBand) {
    City city = feeder(4, 0.6e6);
    city.power.generators.voltage_pu[GeneratorId{0}] = 0.95;
    const TransformerId t = regulate(city.power, 0, 4, 1, 0.02);
    for (const char* solver : {"sweep", "newton"}) {
        const GridRun run(city, solved_by(solver));
        EXPECT_NEAR(run.field("voltage_magnitude")[4], 1, 0.01) << solver;
        EXPECT_EQ(run.field("tap_position")[0], -5) << solver;
    }
    city.power.transformers.tap_min[t] = -4;               // one too few
    EXPECT_LT(GridRun(city).field("voltage_magnitude")[4], 0.99);
}

TEST(PowerTapChangers, StayWithinTheirBand) {
    City city = feeder(2, 0.1e6);
    regulate(city.power, 0, 2, 1.01);                      // the voltage there is about 1.01 as built
    EXPECT_EQ(GridRun(city).field("tap_position")[0], 0);
}

// The columns that are factored lane by lane give what a grid built with these taps gives.
TEST(PowerTapChangers, LanesSolveTheGridOfTheirTaps) {
    for (const int phases : {1, 3}) {
        PowerOptions options;
        options.phases = phases;
        City city = regulated_feeder();
        city.power.branches.zero_resistance_pu[BranchId{9}] = city.power.branches.zero_reactance_pu[BranchId{9}] = 0.1;
        if (phases == 3) city.power.loads.phase[LoadId{3}] = Phase::b;
        const GridRun run(city, options);
        const auto taps = run.field("tap_position"), v = run.field("voltage_magnitude"), loss = run.field("losses");
        City fixed = city;
        for (const TransformerId t : rows(fixed.power.transformers.id)) {
            const BranchId b = fixed.power.transformers.branch[t];
            const double turns = 1 + 0.0125 * taps[row(t)];
            EXPECT_NE(taps[row(t)], 0);
            fixed.power.branches.tap_ratio[b] = fixed.power.transformers.tap_at_to[t] ? 1 / turns : turns;
            fixed.power.transformers.regulated_bus[t] = none<BusId>;
        }
        const GridRun expected(fixed, options);
        for (std::size_t i = 0; i < v.size(); ++i) EXPECT_NEAR(v[i], expected.field("voltage_magnitude")[i], 1e-10) << phases << " " << i;
        for (std::size_t i = 0; i < loss.size(); ++i) EXPECT_NEAR(loss[i], expected.field("losses")[i], 1e-3) << phases << " " << i;
        EXPECT_NEAR(run.field("imbalance")[0], 0, 1e-2);
    }
}

// A lane's taps and bits follow from that lane alone.
TEST(PowerTapChangers, ABatchGivesTheBitsOfEachAlone) {
    City city = regulated_feeder();
    load_over_time(city, 11);
    GridRun together(city), alone(city);
    together.step(std::chrono::hours{11}, 11);
    std::vector<double> first_taps;
    for (int hour = 0; hour < 11; ++hour) {
        alone.step(std::chrono::hours{hour + 1});
        EXPECT_EQ(together.field("voltage_magnitude", hour), alone.field("voltage_magnitude")) << hour;
        EXPECT_EQ(together.field("active_power_from", hour), alone.field("active_power_from")) << hour;
        first_taps.push_back(alone.field("tap_position")[0]);
        EXPECT_EQ(together.field("tap_position", hour)[0], first_taps.back()) << hour;
    }
    EXPECT_NE(*std::min_element(first_taps.begin(), first_taps.end()), *std::max_element(first_taps.begin(), first_taps.end()));
}

// Two that hold one bus at voltages that do not agree move against each other until they are at their ends; if a band is too
// narrow for a step they never rest, which is told.
TEST(PowerTapChangers, ABandNarrowerThanAStepIsTold) {
    City city = feeder(2, 0.1e6);
    city.power.generators.voltage_pu[GeneratorId{0}] = 1.006;
    regulate(city.power, 0, 1, 1, 0.001);
    GridRun run(city);
    EXPECT_EQ(run.count("converged"), 1);
    EXPECT_EQ(run.events(), std::vector<std::string>{"regulators_hunt"});
}

// A lane without a solution keeps the taps as built, and the others move as if it were not there.
TEST(PowerTapChangers, AHopelessHourLeavesTheOthersAlone) {
    City city = feeder(4, 0.6e6);
    city.power.generators.voltage_pu[GeneratorId{0}] = 0.95;
    regulate(city.power, 0, 4, 1, 0.02);
    city.power.series.time_s = {0, 3600, 7200};
    city.power.series.active_power_w = {6e5, 6e5, 6e5, 6e5, 9e7, 9e7, 9e7, 9e7, 1e5, 1e5, 1e5, 1e5};
    GridRun run(city);
    run.step(std::chrono::hours{3}, 3);
    EXPECT_EQ(run.field("tap_position", 0)[0], -5);
    EXPECT_TRUE(std::isnan(run.field("voltage_magnitude", 1)[4]));
    EXPECT_EQ(run.field("tap_position", 1)[0], 0);
    EXPECT_NEAR(run.field("voltage_magnitude", 2)[4], 1, 0.01);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::power
