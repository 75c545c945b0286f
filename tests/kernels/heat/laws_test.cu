#include "kernels/heat/laws.h"

#include <gtest/gtest.h>

#include <cmath>

#include "kernels/heat/friction.h"
#include "kernels/heat/water_properties.h"

namespace shahr::SHAHR_BACKEND::heat {
namespace {

TEST(HeatLaws, WaterIsAsTheTablesHaveIt) {  // IAPWS-95 at 5 bar
    EXPECT_NEAR(water_density_kgpm3(20), 998.4, 0.4);
    EXPECT_NEAR(water_density_kgpm3(90), 965.5, 0.4);
    EXPECT_NEAR(water_viscosity_pas(20), 1001.6e-6, 1e-6);
    EXPECT_NEAR(water_viscosity_pas(70), 403.5e-6, 1e-6);
    EXPECT_NEAR(water_viscosity_pas(130), 212.6e-6, 1e-6);
    EXPECT_NEAR(water_heat_capacity_jpkgk(20), 4183, 2);
    EXPECT_NEAR(water_heat_capacity_jpkgk(110), 4223, 2);
}

TEST(HeatLaws, ColebrookHoldsItsOwnEquation) {
    for (const double reynolds : {600.0, 4e3, 2e4, 1e5, 1e7})
        for (const double roughness : {0.0, 1e-5, 1e-3, 0.03}) {
            const double x = 1 / std::sqrt(colebrook(reynolds, Roughness(roughness)).factor);
            EXPECT_NEAR(x, -2 * std::log10(2.51 * x / reynolds + roughness / 3.71), 1e-9) << reynolds << " " << roughness;
        }
}

TEST(HeatLaws, ThePressureLossHasTheDerivativeThatItSays) {
    for (const bool colebrook_only : {false, true})
        for (const double flow : {-40.0, -0.3, 0.002, 0.05, 0.1, 0.15, 2.0, 30.0}) {
            const PipeShape pipe{120, 0.1, Roughness(5e-3), 2, colebrook_only};
            const double step = 1e-6 * std::abs(flow);
            const auto at = [&](double m) { return pipe_loss(pipe, m, 980, 4.5e-4); };
            const double slope = (at(flow + step).pa - at(flow - step).pa) / (2 * step);
            EXPECT_NEAR(at(flow).pa_per_kgps / slope, 1, flow * flow < 0.03 ? 2e-2 : 1e-5) << flow;
            EXPECT_EQ(at(-flow).pa, -at(flow).pa);
        }
}

// The heating curve 130/70 through -20 degC; at the design day and at half of the heat, as the formula of Sokolov gives it.
TEST(HeatLaws, TheHeatingCurveRunsThroughTheDesignDay) {
    const HeatingCurve curve{130, 70, -20, 70, 130};
    EXPECT_NEAR(supply_temperature(curve, -20), 130, 1e-9);
    EXPECT_NEAR(supply_temperature(curve, 0), 20 + 62.5 * std::pow(0.5, 1 / 1.3) - 0.5 * 25 * 0.5 + 60 * 0.5, 1e-9);
    EXPECT_EQ(supply_temperature(curve, 15), 70);                  // cut below, for hot water
    EXPECT_EQ(supply_temperature({95, 70, std::nan(""), 0, 200}, -5), 95);
}

TEST(HeatLaws, RadiatorsGiveTheirDesignHeatOnTheDesignDay) {
    const Radiators r{100e3, 95, 70, 1.4, 20, -20, 1.3};
    EXPECT_NEAR(r.primary_supply_c(), 130, 1e-9);
    const double flow = r.design_flow(4190);
    EXPECT_NEAR(flow, 100e3 / (4190 * 60), 1e-9);
    EXPECT_NEAR(radiator_return(r, flow, 4190, 130, Room{20, 0}, 0), 70, 1e-6);
    EXPECT_NEAR(radiator_return(r, flow, 4190, 130, Room{-20, 1 / r.loss_wpk()}, 0), 70, 1e-6);
    for (const double guess : {21.0, 69.0, 71.0, 129.9, 500.0}) EXPECT_NEAR(radiator_return(r, flow, 4190, 130, Room{20, 0}, guess), 70, 1e-9) << guess;
    // Half the flow: less heat, and a room that settles below 20 degC where what it loses is what it gets.
    const double t2 = radiator_return(r, 0.5 * flow, 4190, 130, Room{-20, 1 / r.loss_wpk()}, 0);
    const double heat = 0.5 * flow * 4190 * (130 - t2), indoor = -20 + heat / r.loss_wpk();
    EXPECT_LT(indoor, 20);
    EXPECT_NEAR(r.output_w(0.5 * ((130 + 1.4 * t2) / 2.4 + t2) - indoor), heat, 1e-3 * heat);
    EXPECT_EQ(radiator_return(r, 0, 4190, 130, Room{20, 0}, 0), 130);
}

TEST(HeatLaws, ASubstationTakesTheFlowThatItsDemandNeeds) {
    const double nan = std::nan("");
    const Taken by_return = substation({84e3, 50, nan, nan, 0, nan}, 4200, 90);
    EXPECT_NEAR(by_return.flow_kgps, 0.5, 1e-12);
    EXPECT_NEAR(by_return.leaving_c, 50, 1e-12);
    const Taken with_bypass = substation({84e3, 50, nan, nan, 0.5, nan}, 4200, 90);
    EXPECT_NEAR(with_bypass.flow_kgps, 1, 1e-12);
    EXPECT_NEAR(with_bypass.leaving_c, 70, 1e-12);
    const Taken given = substation({0, nan, 30, 0.2, 0, nan}, 4200, 70);
    EXPECT_NEAR(given.heat_w, 0.2 * 4200 * 30, 1e-9);
    const Taken cold = substation({84e3, 50, nan, nan, 0, 0.6}, 4200, 60);  // the valve is wide open, and the heat too little
    EXPECT_NEAR(cold.flow_kgps, 0.6, 1e-12);
    EXPECT_NEAR(cold.heat_w, 0.6 * 4200 * 10, 1e-9);
}

TEST(HeatLaws, ARoomForgetsWithItsTimeConstant) {
    EXPECT_NEAR(room_after(20, -10, 0, 500, 3600, 3600), -10 + 30 * std::exp(-1.0), 1e-9);
    EXPECT_NEAR(room_after(20, -10, 15000, 500, 3600, 1e9), 20, 1e-9);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::heat
