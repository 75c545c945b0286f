#include <cmath>

#include "tests/kernels/power/grids.h"

namespace shahr::SHAHR_BACKEND::power {
namespace {

using namespace std::chrono_literals;

TripBranch trip(int branch) {
    return {BranchId{branch}, ""};
}

TEST(PowerOperation, ADeadIslandIsAResult) {
    GridRun run(feeder(4));
    run.set(trip(2), true);
    run.step(1h);
    EXPECT_EQ(run.count("converged"), 1);
    const auto v = run.field("voltage_magnitude"), angle = run.field("voltage_angle");
    EXPECT_GT(v[2], 0.9);
    EXPECT_EQ(v[3], 0);
    EXPECT_EQ(v[4], 0);
    EXPECT_TRUE(std::isnan(angle[4]));
    EXPECT_NEAR(run.field("not_served")[0], 0.4e6, 1e-6);
    EXPECT_NEAR(run.field("total_load")[0], 0.4e6, 1e-3);
    EXPECT_NEAR(run.field("customers_interrupted")[0], 0.5, 1e-12);
    EXPECT_EQ(run.field("active_power_from")[3], 0);
    run.set(trip(2), false);
    run.step(2h);
    EXPECT_GT(run.field("voltage_magnitude")[4], 0.9);
    EXPECT_NEAR(run.indicator("power_not_served"), 0.4e6 * 3600, 1);
    EXPECT_NEAR(run.indicator("saidi"), 0.5, 1e-9);
    EXPECT_NEAR(run.indicator("saifi"), 0.5, 1e-9);
}

TEST(PowerOperation, ALineOpenAtOneEndStillCharges) {
    City city = feeder(2);
    city.power.branches.to_closed[BranchId{1}] = 0;
    const GridRun run(city);
    EXPECT_LT(run.field("reactive_power_from")[1], -1e3);
    EXPECT_EQ(run.field("reactive_power_to")[1], 0);
    EXPECT_EQ(run.field("voltage_magnitude")[2], 0);
}

TEST(PowerOperation, ClosedSwitchesMakeOneBus) {
    City city = feeder(2);
    const BusId twin = add_bus(city.power.buses, "twin", 10e3);
    add_branch(city.power.branches, "coupler", BranchKind::bus_switch, BusId{2}, twin);
    add_load(city.power.loads, "there", twin, 0.1e6, 0);
    const GridRun run(city);
    const auto v = run.field("voltage_magnitude");
    EXPECT_EQ(v[2], v[3]);
    EXPECT_NEAR(run.field("total_load")[0], 0.5e6, 1e-3);
    EXPECT_TRUE(std::isnan(run.field("active_power_from")[2]));
}

TEST(PowerOperation, AnOverloadTripsAfterItsDelay) {
    PowerOptions options;
    options.trip_loading = 0.5;
    options.trip_delay = 10min;
    GridRun run(feeder(4, 0.3e6), options);
    EXPECT_GT(run.field("loading")[0], 0.6);
    run.step(5min);
    EXPECT_EQ(run.engine->end_of_step(Duration{0}, 5min), 10min);
    run.step(10min);
    EXPECT_GT(run.field("voltage_magnitude")[1], 0.9);
    run.step(1h);
    // The first branch carries all; it and those that were overloaded with it are off.
    EXPECT_EQ(run.field("voltage_magnitude")[1], 0);
    EXPECT_EQ(run.events().front(), "trip");
}

// The steps of the grid are longer than the relay's delay: within a step the state changes when the relay's time is up.
TEST(PowerOperation, ATripFallsIntoAStep) {
    PowerOptions options;
    options.trip_loading = 0.5;
    options.trip_delay = 10min;
    GridRun run(feeder(4, 0.3e6), options);
    run.step(1h);
    EXPECT_EQ(run.field("voltage_magnitude")[1], 0);
    EXPECT_EQ(run.event_times().front(), 10min);
    EXPECT_NEAR(run.indicator("power_not_served"), 1.2e6 * 3000, 1);
    EXPECT_NEAR(run.indicator("saidi"), 50.0 / 60, 1e-9);
    EXPECT_NEAR(run.indicator("saifi"), 1, 1e-9);
    EXPECT_EQ(run.field("overload_time"), std::vector<double>(4, 0));
}

// IEC 60255-151, standard inverse: 0.14 / (M^0.02 - 1), scaled to the delay at M = 2; what a relay has run off counts.
TEST(PowerOperation, AnInverseRelayIsTheSoonerTheMoreItCarries) {
    const auto tripped_after = [](double trip_loading, double load_w) {
        PowerOptions options;
        options.trip_loading = trip_loading;
        options.trip_delay = 10min;
        options.trip_curve = "inverse";
        GridRun run(feeder(1, load_w), options);
        const double m = run.field("loading")[0] / trip_loading, expected_s = 600 * (std::pow(2, 0.02) - 1) / (std::pow(m, 0.02) - 1);
        run.step(3min);
        run.step(2h);
        const std::vector<Duration> times = run.event_times();
        EXPECT_NEAR(seconds(times.at(0)), expected_s, 1e-3);
        return m;
    };
    EXPECT_GT(tripped_after(0.1, 0.5e6), 2);
    EXPECT_LT(tripped_after(0.2, 0.5e6), 1.5);
}

TEST(PowerOperation, ACrewFeedsTheRestOverATie) {
    PowerOptions options;
    options.restoration = true;
    options.crew_time = 30min;
    GridRun run(feeder_with_tie(4), options);
    run.set(trip(1), true);
    run.step(10min);
    EXPECT_EQ(run.field("voltage_magnitude")[4], 0);
    EXPECT_EQ(run.engine->end_of_step(Duration{0}, 10min), 30min);
    run.step(30min);
    EXPECT_EQ(run.field("voltage_magnitude")[4], 0);
    run.step(1h);
    EXPECT_GT(run.field("voltage_magnitude")[2], 0.9);     // fed from the other side
    EXPECT_EQ(run.events(), (std::vector<std::string>{"supply_lost", "tie_closed", "supply_back"}));
    run.set(trip(1), false);
    run.step(2h);
    EXPECT_EQ(run.field("active_power_to")[4], 0);         // the tie is open again
}

TEST(PowerOperation, ATieThatWouldBeOverloadedStaysOpen) {
    PowerOptions options;
    options.restoration = true;
    options.crew_time = 0min;
    options.restoration_loading = 0.05;
    GridRun run(feeder_with_tie(4), options);
    run.set(trip(1), true);
    run.step(1h);
    EXPECT_EQ(run.field("voltage_magnitude")[4], 0);
    EXPECT_EQ(run.events(), (std::vector<std::string>{"not_restored", "supply_lost"}));
}

TEST(PowerOperation, ACheckpointGoesOnWithTheSameBits) {
    PowerOptions options;
    options.restoration = true;
    options.crew_time = 90min;
    GridRun first(feeder_with_tie(4), options);
    first.set(trip(1), true);
    first.step(1h);
    Archive archive;
    first.engine->save(archive);
    GridRun second(feeder_with_tie(4), options);
    Archive again(archive.bytes());
    second.engine->load(again);
    second.now = 1h;
    EXPECT_EQ(first.field("voltage_magnitude"), second.field("voltage_magnitude"));
    for (const Duration to : {90min, 120min}) {
        first.step(to);
        second.step(to);
        EXPECT_EQ(first.field("voltage_magnitude"), second.field("voltage_magnitude"));
    }
    EXPECT_GT(second.field("voltage_magnitude")[4], 0.9);
    EXPECT_EQ(first.indicator("saidi"), second.indicator("saidi"));
}

// Where and for how long limits are passed, over the interval of a record, and once in the events.
TEST(PowerOperation, ViolationsAreTimedAndTold) {
    City city = feeder(3);
    city.power.buses.min_voltage_pu.vector().assign(4, 1.0145);
    city.power.branches.rated_power_va[BranchId{1}] = 0.7e6;
    for (int hour = 0; hour < 6; ++hour) {
        city.power.series.time_s.push_back(3600.0 * hour);
        city.power.series.active_power_w.insert(city.power.series.active_power_w.end(), 3, hour < 2 ? 0.1e6 : 0.4e6);
    }
    for (const bool at_once : {true, false}) {
        GridRun run(city);
        EXPECT_TRUE(std::isnan(run.field("undervoltage_time")[3]));
        if (at_once) run.step(6h, 6);
        else
            for (int hour = 1; hour <= 6; ++hour) run.step(std::chrono::hours{hour});
        EXPECT_EQ(run.field("undervoltage_time"), (std::vector<double>{0, 0, 4 * 3600, 4 * 3600})) << run.field("voltage_magnitude")[2];
        EXPECT_EQ(run.field("overload_time"), (std::vector<double>{0, 4 * 3600, 0}));
        EXPECT_EQ(run.events(), (std::vector<std::string>{"undervoltage", "undervoltage", "overload"}));
        run.engine->begin_interval(6h, "power");
        run.step(7h);
        EXPECT_EQ(run.field("undervoltage_time")[3], 3600);
        EXPECT_TRUE(run.events().empty());
    }
}

TEST(PowerOperation, BuildingsLoadTheirBus) {
    City city = feeder(1);
    city.power.loads.building[LoadId{0}] = BuildingId{1};
    city.power.loads.power_factor[LoadId{0}] = 0.8;
    auto bus = std::make_shared<Bus>();
    Array<double>& load = bus->open("electric_load", 2, 2);
    load.from_host(std::vector<double>{0, 0, 1e5, 3e5});   // [building][step]
    GridRun run(city, {}, bus);
    run.step(2h, 2);
    EXPECT_NEAR(run.field("total_load", 0)[0], 1e5, 1e-6);
    EXPECT_NEAR(run.field("total_load", 1)[0], 3e5, 1e-6);
    EXPECT_NEAR(run.field("reactive_power_to", 1)[0], -3e5 * 0.75, 1);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::power
