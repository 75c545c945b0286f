#include <cmath>

#include "kernels/heat/water_properties.h"
#include "tests/kernels/heat/networks.h"

namespace shahr::SHAHR_BACKEND::heat {
namespace {

using namespace std::chrono_literals;

Street with_substations(int consumers) {
    Street street(consumers + 1);
    street.plant({.supply_c = 90, .return_c = 50, .lift_pa = 2e5});
    for (int i = 1; i <= consumers; ++i) street.consumer(static_cast<std::size_t>(i), {.heat_w = 50e3 * i, .return_c = 50});
    return street;
}

TEST(HeatEngine, AtRestEachConsumerGetsItsHeatAndThePlantGivesWhatIsUsedAndLost) {
    HeatRun run(with_substations(3).city);
    run.start();
    const auto delivered = run.column("heat_delivered");
    for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(delivered[c], 50e3 * static_cast<double>(c + 1), 0.05);
    double lost = 0, put_in = 0;
    for (const double w : run.column("heat_loss")) lost += w;
    for (const double w : run.column("heat_input")) put_in += w;
    EXPECT_GT(lost, 1000);
    EXPECT_NEAR(put_in, 300e3 + lost, 1);
    EXPECT_LT(run.one("residual"), 1e-6);
}

// By hand: one pipe, its flow given.
TEST(HeatEngine, TemperaturesAndPressuresAreThoseOfTheFormulas) {
    Street street(2, 0.4, 0.08);
    street.plant({.supply_c = 80, .lift_pa = 1e5, .fluid_c = 60});
    street.consumer(1, {.delta_k = 30, .flow_kgps = 1.5});
    for (double& c : street.city.heat.links.fluid_c) c = 60;
    HeatRun run(street.city);
    run.start();
    const double c = water_heat_capacity_jpkgk(60), left = std::exp(-0.4 * 100 / (1.5 * c));
    const auto t = run.column("temperature"), p = run.pressures();
    const double arrives = 10 + 70 * left, leaves = arrives - 30, back = 10 + (leaves - 10) * left;
    EXPECT_NEAR(t[row(street.supply[1])], arrives, 1e-6);
    EXPECT_NEAR(t[row(street.back[1])], leaves, 1e-6);
    EXPECT_NEAR(t[row(street.back[0])], back, 1e-6);
    const double lost = pipe_loss({100, 0.08, Roughness(1e-4 / 0.08), 0, false}, 1.5, water_density_kgpm3(60), water_viscosity_pas(60)).pa;
    EXPECT_NEAR(p[row(street.supply[0])] - p[row(street.supply[1])], lost, 0.1);
    EXPECT_NEAR(p[row(street.supply[0])] - p[row(street.back[0])], 1e5, 0.1);
    EXPECT_NEAR(p[row(street.back[0])], 2e5, 1e-6);
}

TEST(HeatEngine, EnergyClosesWhileDemandAndSupplyChange) {
    Street street = with_substations(2);
    HeatNetwork& heat = street.city.heat;
    heat.profiles.id.push_back("day");
    heat.profiles.step.push_back(30min);
    heat.profiles.factor.push_back({1, 0.2, 0, 0.9, 1.3, 0.4, 0, 0, 1});
    for (auto& profile : heat.consumers.profile) profile = HeatProfileId{0};
    for (double& w : heat.links.wall_jpmk) w = 900;
    HeatRun run(street.city);
    run.start();
    for (int k = 0; k < 60; ++k) {
        run.steps(1, k % 3 == 0 ? 2min : 11min);
        ASSERT_LT(std::abs(run.one("balance_error")), 1e-6) << k;
        ASSERT_LT(run.one("residual"), 1e-6) << k;
    }
    run.engine->begin_interval(run.now, "heat");
    run.steps(3, 5min);
    const double rest = run.one("heat_in_total") - run.one("heat_delivered_total") - run.one("heat_lost_total") - run.one("heat_stored_total");
    EXPECT_LT(std::abs(rest), 1e-6 * (run.one("heat_in_total") + 1e6));
}

// Without thermostats the network decides how warm it is inside: on the design day 20 degC, with colder water less.
TEST(HeatEngine, DeliveredHeatSetsTheIndoorTemperatureBehindRadiators) {
    Street street(2, 0, 0.1);
    street.plant({.supply_c = 130, .return_c = 70, .outdoor_c = -20, .lift_pa = 1e5, .least_dp_pa = 1e5});
    street.consumer(1, {.kind = HeatConsumerKind::radiator, .heat_w = 400e3, .supply_c = 95, .design_return_c = 70, .mixing_ratio = 1.4, .dp_pa = 1e5, .indoor_c = 20, .outdoor_c = -20, .time_constant_h = 80});
    Scenario design, mild;
    design.heat.outdoor_c = -20;
    mild.heat.outdoor_c = 0;
    HeatRun run(street.city, {design, mild});
    run.start();
    EXPECT_NEAR(run.one("indoor_temperature", 0), 20, 0.1);
    EXPECT_NEAR(run.one("heat_delivered", 0), 400e3, 2e3);
    EXPECT_NEAR(pa_per_m * run.one("least_pressure_difference", 0), 1e5, 10);
    EXPECT_NEAR(run.one("indoor_temperature", 1), 20, 0.3);       // what the heating curve is for
    EXPECT_NEAR(run.one("heat_delivered", 1), 200e3, 5e3);

    Intervention cold;
    cold.change = SetHeatPlant{.plant = HeatPlantId{0}, .supply_c = 60, .available = std::nan("")};
    Scenario failing = design;
    failing.interventions = {cold};
    HeatRun later(street.city, {failing});
    later.start();
    later.engine->set(later.scenarios[0].interventions[0], true, 0);
    later.steps(20, 1h);
    const double after_20_h = later.one("indoor_temperature");
    EXPECT_LT(after_20_h, 18);
    EXPECT_GT(after_20_h, 5);
    EXPECT_LT(std::abs(later.one("balance_error")), 1e-6);
}

// After a night without demand the leads hold cold water: more flow draws the warm water behind it nearer within the step, and warm
// water needs less flow.
TEST(HeatEngine, FlowAndTemperatureAgreeWhereALeadHasGoneCold) {
    Street street(4, 1.5);
    street.plant({.supply_c = 70, .return_c = 40, .lift_pa = 1e5, .least_dp_pa = 5e4});
    for (const std::size_t place : {1, 2, 3}) street.consumer(place, {.heat_w = 60e3 / static_cast<double>(place), .return_c = 40, .bypass_kgps = 0.01});
    HeatNetwork& heat = street.city.heat;
    heat.profiles.id.push_back("showers");
    heat.profiles.step.push_back(15min);
    std::vector<double> factor(4 * 24 * 2, 0.02);
    for (std::size_t q = 40; q < factor.size(); q += 7) factor[q] = factor[q + 1] = 0.3 + 0.1 * static_cast<double>(q % 4);
    heat.profiles.factor.push_back(factor);
    for (auto& profile : heat.consumers.profile) profile = HeatProfileId{0};
    HeatRun run(street.city);
    run.start();
    for (int k = 0; k < 4 * 24 * 2; ++k) {
        run.steps(1, 15min);
        ASSERT_LT(run.one("residual"), 1e-7) << k;
    }
    EXPECT_LT(std::abs(run.one("balance_error")), 1e-6);
}

TEST(HeatEngine, TheLiftFollowsTheConsumerThatHasLeast) {
    Street street = with_substations(3);
    street.city.heat.plants.least_dp_pa[HeatPlantId{0}] = 6e4;
    HeatRun run(street.city);
    run.start();
    EXPECT_NEAR(pa_per_m * run.one("least_pressure_difference"), 6e4, 1);
}

TEST(HeatEngine, TwoPlantsShareALoopAndAClosedPipeTurnsTheFlowRound) {
    Street street = with_substations(3);
    HeatNetwork& heat = street.city.heat;
    add_plant(heat, {.id = "second", .from = street.back[3], .to = street.supply[3], .supply_c = 85, .return_c = 50, .flow_kgps = 1.2});
    Intervention shut;
    shut.change = CloseHeatLink{{HeatLinkId{0}, HeatLinkId{1}}, "p1"};
    Scenario scenario;
    scenario.interventions = {shut};
    HeatRun run(street.city, {scenario});
    run.start();
    EXPECT_NEAR(run.one("heat_delivered"), 50e3, 1);
    double put_in = 0, lost = 0;
    for (const double w : run.column("heat_input")) put_in += w;
    for (const double w : run.column("heat_loss")) lost += w;
    EXPECT_NEAR(put_in, 300e3 + lost, 1);
    run.engine->set(run.scenarios[0].interventions[0], true, 0);
    run.steps(3, 5min);
    std::vector<Event> events;
    run.engine->take_events(events);
    ASSERT_FALSE(events.empty());              // the rest of the street holds no pressure of its own: it is cut off
    EXPECT_EQ(events.front().kind, "cut_off");
    EXPECT_EQ(run.one("heat_delivered"), 0);
}

TEST(HeatEngine, AMembersBitsDoNotDependOnItsBatch) {
    Street street = with_substations(3);
    street.consumer(2, {.kind = HeatConsumerKind::radiator, .heat_w = 80e3, .supply_c = 95, .design_return_c = 70, .dp_pa = 5e4, .indoor_c = 20, .outdoor_c = -20, .time_constant_h = 80});
    Scenario a, b;
    a.heat.outdoor_c = -5, b.heat.outdoor_c = 3;
    HeatRun alone(street.city, {b}), together(street.city, {a, b, a});
    Intervention failing;
    failing.change = SetHeatPlant{.plant = HeatPlantId{0}, .supply_c = 55, .available = std::nan("")};
    together.scenarios[0].interventions = {failing};
    for (HeatRun* run : {&alone, &together}) {
        run->start();
        if (run == &together) run->engine->set(failing, true, 0);
        run->steps(4, 10min);
    }
    for (const char* name : {"temperature", "pressure", "mass_flow", "heat_loss", "heat_delivered"}) EXPECT_EQ(alone.column(name, 0), together.column(name, 1)) << name;
}

TEST(HeatEngine, GoesOnFromACheckpointWithTheSameBits) {
    HeatRun straight(with_substations(2).city), broken(straight.city), resumed(straight.city);
    for (HeatRun* run : {&straight, &broken}) {
        run->start();
        run->steps(5, 7min);
    }
    Archive archive;
    broken.engine->save(archive);
    Archive back(archive.bytes());
    resumed.engine->load(back);
    resumed.now = broken.now;
    for (HeatRun* run : {&straight, &resumed}) run->steps(5, 7min);
    for (const char* name : {"temperature", "mass_flow", "heat_loss", "heat_in_total"}) EXPECT_EQ(straight.column(name), resumed.column(name)) << name;
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::heat
