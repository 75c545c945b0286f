// Networks small enough to be reckoned with a pencil: several plants, a bypass, an elevator at 130/70, pressure held at the last house.
#include <cmath>

#include "kernels/heat/water_properties.h"
#include "tests/kernels/heat/networks.h"

namespace shahr::SHAHR_BACKEND::heat {
namespace {

// Water as at 70 degC everywhere, no losses: what is left is the arithmetic of flows.
Street plain(int places) {
    Street street(places, 0);
    for (double& c : street.city.heat.links.fluid_c) c = 70;
    return street;
}

const double c_jpkgk = water_heat_capacity_jpkgk(70);

double sum(const std::vector<double>& values) {
    double all = 0;
    for (const double v : values) all += v;
    return all;
}

// One plant gives a fixed flow, the other what is missing; their water meets on the way to the last house.
TEST(HeatByHand, TwoPlantsShareWhatIsAskedByTheirFlowsAndTheirWaterMixes) {
    Street street = plain(3);
    street.plant({.supply_c = 90, .return_c = 50, .lift_pa = 2e5, .fluid_c = 70});
    add_plant(street.city.heat, {.id = "second", .from = street.back[1], .to = street.supply[1], .supply_c = 80, .return_c = 50, .flow_kgps = 1, .fluid_c = 70});
    street.consumer(2, {.return_c = 50, .flow_kgps = 3, .fluid_c = 70});
    HeatRun run(street.city);
    run.start();
    const double mixed_c = (2 * 90 + 1 * 80) / 3.0;
    EXPECT_NEAR(run.column("temperature")[row(street.supply[2])], mixed_c, 1e-6);
    EXPECT_NEAR(run.one("heat_delivered"), 3 * c_jpkgk * (mixed_c - 50), 1e-2);
    const auto input = run.column("heat_input");
    const HeatPlants& plants = run.city.heat.plants;
    EXPECT_NEAR(input[row(plants.link[HeatPlantId{0}])], 2 * c_jpkgk * 40, 1e-2);
    EXPECT_NEAR(input[row(plants.link[HeatPlantId{1}])], 1 * c_jpkgk * 30, 1e-2);
}

// Two plants of equal lift, one at each end of a street with equal houses: by symmetry each feeds half.
TEST(HeatByHand, EqualPlantsAtBothEndsFeedHalfEach) {
    Street street = plain(4);
    street.plant({.supply_c = 90, .return_c = 50, .lift_pa = 1e5, .least_dp_pa = 5e4, .fluid_c = 70});
    add_plant(street.city.heat, {.id = "second", .from = street.back[3], .to = street.supply[3], .supply_c = 90, .return_c = 50, .lift_pa = 1e5, .least_dp_pa = 5e4, .fluid_c = 70});
    for (const std::size_t place : {1, 2}) street.consumer(place, {.heat_w = 100e3, .return_c = 50, .fluid_c = 70});
    HeatRun run(street.city);
    run.start();
    const auto input = run.column("heat_input");
    for (const HeatPlantId p : rows(run.city.heat.plants.id)) EXPECT_NEAR(input[row(run.city.heat.plants.link[p])], 100e3, 1) << number(p);
    EXPECT_NEAR(pa_per_m * run.one("least_pressure_difference"), 5e4, 1);
    EXPECT_LT(run.one("residual"), 1e-6);
}

// What is held at the last house is held at its end of the pipe: the plant gives that and the loss of both pipes on the way.
TEST(HeatByHand, TheLiftIsWhatTheLastHouseHasAndBothPipesLose) {
    Street street = plain(2);
    street.plant({.supply_c = 90, .return_c = 50, .lift_pa = 3e5, .least_dp_pa = 8e4, .fluid_c = 70});
    street.consumer(1, {.return_c = 50, .flow_kgps = 4, .fluid_c = 70});
    HeatRun run(street.city);
    run.start();
    const double lost = pipe_loss({100, 0.1, Roughness(1e-4 / 0.1), 0, false}, 4, water_density_kgpm3(70), water_viscosity_pas(70)).pa;
    const auto p = run.pressures();
    EXPECT_NEAR(p[row(street.supply[0])] - p[row(street.back[0])], 8e4 + 2 * lost, 5);
    EXPECT_NEAR(p[row(street.supply[1])] - p[row(street.back[1])], 8e4, 1);
}

// Networks that nothing joins: each plant follows its own last house.
TEST(HeatByHand, EachPlantFollowsTheLastHouseOfItsOwnNetwork) {
    Street street = plain(2);
    HeatNetwork& heat = street.city.heat;
    street.plant({.supply_c = 90, .return_c = 50, .lift_pa = 3e5, .least_dp_pa = 8e4, .fluid_c = 70});
    street.consumer(1, {.return_c = 50, .flow_kgps = 4, .fluid_c = 70});
    const HeatNodeId supply = add_node(heat, {.id = "other s", .line = HeatLine::supply}), back = add_node(heat, {.id = "other r", .line = HeatLine::return_});
    heat.nodes.pressure_pa[back] = 2e5;
    add_plant(heat, {.id = "other", .from = back, .to = supply, .supply_c = 90, .return_c = 50, .lift_pa = 3e5, .least_dp_pa = 3e4, .fluid_c = 70});
    add_consumer(heat, {.id = "at the plant", .from = supply, .to = back, .return_c = 50, .flow_kgps = 1, .fluid_c = 70});
    HeatRun run(street.city);
    run.start();
    const auto p = run.pressures();
    EXPECT_NEAR(p[row(street.supply[1])] - p[row(street.back[1])], 8e4, 1);
    EXPECT_NEAR(p[row(supply)] - p[row(back)], 3e4, 1);
}

TEST(HeatByHand, ABypassWarmsTheReturnAndCarriesNoHeat) {
    Street street = plain(2);
    street.plant({.supply_c = 90, .return_c = 50, .lift_pa = 2e5, .fluid_c = 70});
    street.consumer(1, {.heat_w = 100e3, .return_c = 50, .bypass_kgps = 0.5, .fluid_c = 70});
    HeatRun run(street.city);
    run.start();
    const double flow = 100e3 / (c_jpkgk * 40), returns_c = (flow * 50 + 0.5 * 90) / (flow + 0.5);
    EXPECT_NEAR(run.column("mass_flow")[row(HeatLinkId{0})], flow + 0.5, 1e-6);
    EXPECT_NEAR(run.column("temperature")[row(street.back[0])], returns_c, 1e-6);
    EXPECT_NEAR(run.one("heat_delivered"), 100e3, 0.1);
    EXPECT_NEAR(sum(run.column("heat_input")), 100e3, 0.1);
}

// 130/70 behind an elevator that mixes 1.4 to 1: (130 + 1.4 x 70) / 2.4 = 95 enters the radiators on the design day. At half of the
// heat (0 degC) the curve gives, with m = 62.5 K, r = 20 + m q^(1/1.3) - 25 q / 2 back and r + 60 q out, and rooms stay at 20.
TEST(HeatByHand, AnElevatorAt130And70KeepsTheRoomsWarmAllAlongTheCurve) {
    Street street = plain(2);
    street.plant({.supply_c = 130, .return_c = 70, .outdoor_c = -20, .lowest_supply_c = 20, .highest_supply_c = 150, .lift_pa = 2e5, .least_dp_pa = 1.5e5, .fluid_c = 70});
    street.consumer(1, {.kind = HeatConsumerKind::radiator, .heat_w = 300e3, .supply_c = 95, .design_return_c = 70, .mixing_ratio = 1.4, .dp_pa = 1.5e5, .indoor_c = 20, .outdoor_c = -20, .time_constant_h = 80, .fluid_c = 70});
    for (const double outdoor_c : {-20.0, 0.0, 10.0}) {
        Scenario day;
        day.heat.outdoor_c = outdoor_c;
        HeatRun run(street.city, {day});
        run.start();
        const double q = (20 - outdoor_c) / 40, back_c = 20 + 62.5 * std::pow(q, 1 / 1.3) - 12.5 * q;
        EXPECT_NEAR(run.column("temperature")[row(street.supply[1])], back_c + 60 * q, 1e-6) << outdoor_c;
        EXPECT_NEAR(run.column("temperature")[row(street.back[1])], back_c, 0.05) << outdoor_c;
        EXPECT_NEAR(run.one("indoor_temperature"), 20, 0.05) << outdoor_c;
        EXPECT_NEAR(run.one("heat_delivered"), 300e3 * q, 600) << outdoor_c;
        EXPECT_NEAR(run.column("mass_flow")[row(HeatLinkId{0})], 300e3 / (water_heat_capacity_jpkgk(100) * 60), 0.03) << outdoor_c;
    }
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::heat
