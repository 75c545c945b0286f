#include "sim/synthesis/peak_load.h"

#include <gtest/gtest.h>

namespace shahr {
namespace {

TEST(PeakLoad, FollowsTheTableOfDwellings) {
    EXPECT_DOUBLE_EQ(design_kw_per_dwelling(1, false), 4.5);
    EXPECT_DOUBLE_EQ(design_kw_per_dwelling(40, false), 1.2);
    EXPECT_DOUBLE_EQ(design_kw_per_dwelling(50, false), 1.125);
    EXPECT_DOUBLE_EQ(design_kw_per_dwelling(5000, true), 1.19);
}

// Twenty flats with gas stoves: between 18 (1.65) and 24 (1.4).
TEST(PeakLoad, OfABlockAndItsShop) {
    ConnectedLoad block;
    block.gas_dwellings = 20;
    const double flats_w = 20 * (1.65 - 0.25 / 3) * 1000;
    EXPECT_NEAR(design_load_w(block), flats_w, 1e-6);
    ConnectedLoad with_shop = block;
    with_shop.service_w = 50e3;
    EXPECT_NEAR(design_load_w(with_shop), 50e3 + 0.6 * flats_w, 1e-6);
}

TEST(PeakLoad, TheSumIsLessThanItsParts) {
    ConnectedLoad one;
    one.gas_dwellings = 30, one.electric_dwellings = 10, one.service_w = 5e3, one.cars = 4;
    ConnectedLoad ten;
    for (int i = 0; i < 10; ++i) ten += one;
    EXPECT_LT(design_load_w(ten), 8 * design_load_w(one));
    EXPECT_GT(design_load_w(ten), 3 * design_load_w(one));
}

TEST(PeakLoad, ReactivePowerMakesTheApparentOneGreater) {
    ConnectedLoad load;
    load.service_w = load.own_peaks_w = 100e3;
    load.reactive_var = 75e3;
    EXPECT_NEAR(design_load_va(load), 125e3, 1e-6);
    EXPECT_EQ(design_load_va({}), 0);
    ConnectedLoad street;                      // what comes at once is less; its power factor is the same
    for (int i = 0; i < 40; ++i) {
        ConnectedLoad house;
        house.gas_dwellings = 1, house.own_peaks_w = 4500, house.reactive_var = 0.75 * 4500;
        street += house;
    }
    EXPECT_NEAR(design_load_va(street), 1.25 * 40 * 1200, 1e-6);
}

TEST(PeakLoad, PanelsMayAskForMoreThanTheLoad) {
    ConnectedLoad load;
    load.service_w = 10e3, load.panels_w = 25e3;
    EXPECT_EQ(design_flow_va(load), 25e3);
    load.service_w = 40e3;
    EXPECT_EQ(design_flow_va(load), design_load_va(load));
}

// A school that is heated electrically needs a line for the heat that it loses on the design day, and for its hot water.
TEST(PeakLoad, ElectricHeatingIsThatOfTheDesignDay) {
    City city;
    city.buildings.id = Column<BuildingId, std::string>(3, "school");
    Envelopes& e = city.envelopes;
    for (int b = 0; b < 2; ++b) {
        e.zones.id.push_back("rooms");
        e.zones.building.push_back(as_id<BuildingId>(b));
        e.zones.infiltration_per_h.push_back(1);
        e.zones.volume_m3.push_back(3000);
        e.zones.ventilation_m3_s.push_back(0);
        e.zones.heat_recovery.push_back(0);
        e.zones.multiplier.push_back(2);
    }
    std::vector<float> hot_water(usage_values, 2.0f);
    hot_water[8] = 5;
    city.services.usages.hot_water_w_m2.push_back(hot_water);
    BuildingSystems& s = city.services.systems;
    for (int b = 0; b < 3; ++b) {
        s.building.push_back(as_id<BuildingId>(b));
        s.heating.push_back(b == 1 ? HeatSource::heat_pump : HeatSource::electric);
        s.hot_water.push_back(b == 1 ? HeatSource::gas_boiler : HeatSource::electric);
        s.usage.push_back(UsageId{0});
        s.floor_area_m2.push_back(1000);
        for (auto* column : {&s.dwellings, &s.cooled_share, &s.electric_cooking, &s.pv_w, &s.ev_home, &s.ev_work, &s.ev_public, &s.service_peak_w}) column->push_back(0);
        s.power_factor.push_back(0.8f);
    }
    const Column<SystemId, ConnectedLoad> loads = connected_loads(city);
    const double heat_w = 2 * 3000 * 1.2 * 1006 / 3600 * 40;
    EXPECT_NEAR(design_load_w(loads[SystemId{0}]), heat_w + 5000, 1e-6 * heat_w);
    EXPECT_NEAR(design_load_va(loads[SystemId{0}]), (heat_w + 5000) / 0.8, 1e-6 * heat_w);
    EXPECT_NEAR(design_load_w(loads[SystemId{1}]), heat_w / 1.8, 1e-6 * heat_w);
    EXPECT_NEAR(design_load_w(loads[SystemId{2}]), 85e3, 1e-3);          // nobody knows its walls
}

}  // namespace
}  // namespace shahr
