#include "sim/synthesis/pump_connections.h"

#include <gtest/gtest.h>

#include "sim/city/pump_loads.h"
#include "sim/synthesis/heat_tables.h"
#include "sim/synthesis/water_tables.h"

namespace shahr {
namespace {

// A pump and a boiler house; a bus of 10 kV to the east, one of 0.4 kV beside them.
City works() {
    City city;
    WaterNetwork& water = city.water;
    water.settings.efficiency = 0.75;
    const WaterNodeId source = add_water_reservoir(water, "wells", {0, 0}, 10), tap = add_water_junction(water, "tap", {50, 0}, 12);
    add_water_pump(water, "p1", source, tap, 0.05, 40);
    const HeatNodeId back = add_node(city.heat, {.id = "r", .line = HeatLine::return_, .position = {900, 0}}), supply = add_node(city.heat, {.id = "s", .line = HeatLine::supply, .position = {900, 0}});
    add_plant(city.heat, {.id = "boiler", .from = back, .to = supply, .supply_c = 95, .return_c = 70, .capacity_w = 1e6, .lift_pa = 3e5});
    for (const auto& [id, x, volts] : {std::tuple{"mv west", 300.0, 10e3}, {"mv east", 1000.0, 10e3}, {"lv", 10.0, 400.0}}) city.power.buses.position[add_bus(city.power.buses, id, volts)] = {x, 0};
    return city;
}

TEST(PumpConnections, EachHangsOnTheNearestBusOfMediumVoltage) {
    City city = works();
    ImportReport report;
    connect_pumps(city, report);
    const PowerLoads& loads = city.power.loads;
    ASSERT_EQ(loads.id.vector(), (std::vector<std::string>{"water/p1", "heat/boiler"}));
    EXPECT_EQ(loads_of_water_pumps(city), std::vector<std::int32_t>{0});
    EXPECT_EQ(loads_of_heat_plants(city), std::vector<std::int32_t>{1});
    EXPECT_EQ(city.power.buses.id[loads.bus[LoadId{0}]], "mv west");
    EXPECT_EQ(city.power.buses.id[loads.bus[LoadId{1}]], "mv east");
    EXPECT_NEAR(loads.active_power_w[LoadId{0}], 9810 * 0.05 * 40 / 0.75, 1);
    EXPECT_NEAR(loads.active_power_w[LoadId{1}], 3e5 * 1e6 / (4190 * 25) / (970 * city.heat.plants.pump_efficiency[HeatPlantId{0}]), 1);
    EXPECT_EQ(loads.customers[LoadId{0}], 0);
    connect_pumps(city, report);               // those that have one keep it
    EXPECT_EQ(loads.id.size(), 2u);
}

TEST(PumpConnections, AGridWithoutPlacesTakesNoneAndTheReportSaysSo) {
    City city = works();
    for (Point& at : city.power.buses.position) at = {not_given_pu, not_given_pu};
    ImportReport report;
    connect_pumps(city, report);
    EXPECT_TRUE(city.power.loads.id.empty());
    ASSERT_EQ(report.lines.size(), 1u);
    EXPECT_EQ(report.lines.front().kind, ImportReport::Kind::dropped);
    EXPECT_EQ(report.lines.front().count, 2);
}

}  // namespace
}  // namespace shahr
