// A plant's pump on the power grid: what it draws there, and what becomes of the heat where its bus is dead.
#include "tests/kernels/heat/networks.h"
#include "tests/kernels/power/grids.h"

namespace shahr::SHAHR_BACKEND::heat {
namespace {

using namespace std::chrono_literals;

// A street whose plant hangs on the last bus of a feeder with two loads of 0.2 MW.
City street_on_feeder() {
    Street street(3);
    street.plant({.supply_c = 90, .return_c = 50, .lift_pa = 2e5});
    street.consumer(1, {.heat_w = 100e3, .return_c = 50});
    street.consumer(2, {.kind = HeatConsumerKind::radiator, .heat_w = 80e3, .supply_c = 90, .design_return_c = 70, .dp_pa = 5e4, .indoor_c = 20, .outdoor_c = -20, .time_constant_h = 80});
    street.city.power = power::feeder(2).power;
    add_load(street.city.power.loads, "heat/plant", BusId{2}, 5e3, 3e3);
    return street.city;
}

struct Coupled {
    explicit Coupled(const City& made) : city(made) {}
    void start() {
        grid->start(now);
        heat->start(now);
    }
    void hour() {
        grid->step({now, 1h});
        for (int quarter = 0; quarter < 4; ++quarter, now += 15min) heat->step({now, 15min});
    }
    void trip(bool active) {
        Intervention trip;
        trip.change = TripBranch{BranchId{1}, ""};
        grid->set(trip, active, 0);
    }
    double value(Engine& engine, const char* group, const char* name, std::size_t i = 0) const {
        Frame frame;
        engine.observe(frame, Request{}, 0);
        return std::get<std::vector<double>>(find(frame, group, name)->values)[i];
    }
    double load_w() const { return value(*grid, "power", "total_load"); }
    double delivered_w(std::size_t consumer) const { return value(*heat, "heat", "heat_delivered", consumer); }
    double pump_j() const {
        std::vector<Kpi> list;
        heat->indicators(list, 0);
        for (const Kpi& kpi : list)
            if (kpi.name == "heat_pump_electricity") return kpi.value;
        return -1;
    }

    City city;
    Scenario scenario;
    std::vector<Member> members{{&scenario, nullptr, nullptr}};
    std::shared_ptr<Bus> bus = std::make_shared<Bus>();
    std::unique_ptr<power::PowerEngine> grid = std::make_unique<power::PowerEngine>(city, members, bus);
    std::unique_ptr<Engine> heat = make_heat_engine(city, members, bus);
    Duration now{};
};

TEST(HeatPumpsOnTheGrid, WhatAPumpHasDrawnIsTheGridsLoadInTheNextHour) {
    Coupled run(street_on_feeder());
    run.start();
    run.hour();
    const double first_j = run.pump_j();
    EXPECT_GT(first_j, 1e5);
    run.hour();
    EXPECT_NEAR(run.load_w(), 0.4e6 + first_j / 3600, 1e-3);
    const double second_j = run.pump_j() - first_j;
    run.hour();
    EXPECT_NEAR(run.load_w(), 0.4e6 + second_j / 3600, 1e-3);
}

TEST(HeatPumpsOnTheGrid, APumpWithoutSupplyStandsAndItsConsumersAreCutOffUntilItIsBack) {
    Coupled run(street_on_feeder());
    run.start();
    run.hour();
    const double drawn_w = run.pump_j() / 3600, substation_w = run.delivered_w(0);
    EXPECT_NEAR(substation_w, 100e3, 1);
    run.trip(true);
    const double before_j = run.pump_j();
    run.hour();
    EXPECT_NEAR(run.value(*run.grid, "power", "not_served"), 0.2e6 + drawn_w, 1e-3);
    EXPECT_EQ(run.delivered_w(0), 0);
    EXPECT_EQ(run.delivered_w(1), 0);
    EXPECT_EQ(run.pump_j(), before_j);
    EXPECT_LT(run.value(*run.heat, "heat", "residual"), 1e-6);
    EXPECT_LT(std::abs(run.value(*run.heat, "heat", "balance_error")), 1e-6);
    std::vector<Event> events;
    run.heat->take_events(events);
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events.front().kind, "cut_off");
    run.hour();
    EXPECT_NEAR(run.value(*run.grid, "power", "not_served"), 0.2e6 + drawn_w, 1e-3);
    run.trip(false);
    run.hour();
    EXPECT_NEAR(run.delivered_w(0), substation_w, 1);
    EXPECT_GT(run.delivered_w(1), 1e3);
    EXPECT_GT(run.pump_j(), before_j);
}

TEST(HeatPumpsOnTheGrid, ACheckpointKeepsWhoStands) {
    Coupled straight(street_on_feeder()), resumed(straight.city);
    straight.start();
    straight.hour();
    straight.trip(true);
    straight.hour();
    Archive saved;
    straight.grid->save(saved);
    straight.heat->save(saved);
    Archive again(saved.bytes());
    resumed.grid->load(again);
    resumed.heat->load(again);
    resumed.now = straight.now;
    for (Coupled* run : {&straight, &resumed}) {
        run->hour();
        run->trip(false);
        run->hour();
        run->hour();
    }
    EXPECT_EQ(straight.load_w(), resumed.load_w());
    EXPECT_EQ(straight.pump_j(), resumed.pump_j());
    EXPECT_EQ(straight.delivered_w(1), resumed.delivered_w(1));
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::heat
