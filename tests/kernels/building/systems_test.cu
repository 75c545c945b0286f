#include "kernels/building/systems.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "kernels/base/parallel_for.h"
#include "kernels/building/carriers.h"
#include "tests/kernels/numbered.h"

namespace shahr::SHAHR_BACKEND::building {
namespace {

using namespace std::chrono_literals;

TEST(Carriers, AHeatPumpFollowsRuhnau) {
    // Lift 40 K: 0.85 (6.08 - 3.6 + 0.8).
    EXPECT_NEAR(heat_pump_cop(45, 5), 0.85 * 3.28, 1e-12);
    EXPECT_GT(heat_pump_cop(45, 10), heat_pump_cop(45, 0));
    EXPECT_NEAR(radiator_flow_c(-10), 50, 1e-12);
    EXPECT_NEAR(radiator_flow_c(-40), 65, 1e-12);
    EXPECT_GE(heat_pump_cop(65, -40), 1);
}

TEST(Carriers, PanelsAtTestConditionsAndInTheHeat) {
    EXPECT_EQ(panel_power_w(5000, 0, 20), 0);
    // Cell at 25 + ... : 800 W/m2 at 20 degC outdoors is the nominal operating temperature, 45 degC.
    EXPECT_NEAR(panel_power_w(1000, 800, 20), 800 * (1 - 0.0047 * 20) * 0.86 * 0.96, 1e-9);
    EXPECT_LT(panel_power_w(1000, 800, 40), panel_power_w(1000, 800, 0));
}

TEST(Carriers, ABatteryKeepsWhatItTakes) {
    constexpr double capacity = 10 * 3.6e6, hour = 3600;
    const BatteryStep full = battery_step(0, capacity, -3000, hour);
    EXPECT_NEAR(full.charge_j, 0.95 * 3000 * hour, 1e-6);
    EXPECT_NEAR(full.grid_w, 0, 1e-9);
    const BatteryStep back = battery_step(full.charge_j, capacity, 5000, hour);
    EXPECT_NEAR(back.charge_j, 0, 1e-6);
    EXPECT_NEAR(back.grid_w, 5000 - 0.95 * 0.95 * 3000, 1e-6);
    // Half of its capacity an hour at most, and never more than it holds.
    EXPECT_NEAR(battery_step(0, capacity, -9000, hour).grid_w, -4000, 1e-9);
    EXPECT_LE(battery_step(capacity, capacity, -9000, hour).charge_j, capacity);
}

// One building of 100 m2 on each source of heat, without a zone but with hot water, in two members.
City houses() {
    City city;
    Usages& u = city.services.usages;
    u.name.push_back("home");
    const std::vector<float> ten(usage_values, 10), zero(usage_values, 0);
    std::vector<float> by_hour(usage_values);
    for (std::size_t i = 0; i < usage_values; ++i) by_hour[i] = static_cast<float>(i % 24);
    u.appliances_w_m2.push_back(by_hour);
    u.lighting_w_m2.push_back(zero);
    u.hot_water_w_m2.push_back(ten);
    u.cooking_w_m2.push_back(zero);
    BuildingSystems& s = city.services.systems;
    for (std::size_t i = 1; i < enum_names<HeatSource>.size(); ++i) {
        const BuildingId b = city.buildings.id.push_back(numbered("b", i));
        s.building.push_back(b);
        s.archetype.push_back("x");
        s.heating.push_back(static_cast<HeatSource>(i));
        s.hot_water.push_back(static_cast<HeatSource>(i));
        s.floor_area_m2.push_back(100);
        s.usage.push_back(as_id<UsageId>(0));
        for (auto* column : {&s.dwellings, &s.cooled_share, &s.electric_cooking, &s.pv_w, &s.battery_j, &s.ev_home, &s.ev_work, &s.ev_public, &s.service_peak_w}) column->push_back(0);
        s.power_factor.push_back(1);
        city.envelopes.zones.building.push_back(b);
        city.envelopes.zones.id.push_back(numbered("z", i));
    }
    return city;
}

const std::vector<float>& values_of(const Frame& frame, std::string_view name) {
    return std::get<std::vector<float>>(find(frame, "buildings", name)->values);
}

TEST(Systems, TurnHeatIntoCarriers) {
    const City city = houses();
    const Index members = 2, steps = 3;
    Systems systems(city, members, steps, std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}, {});
    // Each zone in member m takes 1000 (m + 1) W of heat in each step.
    std::vector<double> heat, cold(3 * 2 * 5, 0.0);
    for (int t = 0; t < 3; ++t)
        for (int m = 0; m < 2; ++m) heat.insert(heat.end(), 5, 1000.0 * (m + 1));
    const Array<double> heating(heat), cooling(cold), outdoor(std::vector<double>(6, 5.0));
    Array<double> electric_load(5 * 6), hot_water(2 * 5 * 6);
    systems.advance({22h, 1h, steps}, {heating, cooling, outdoor, {}, {}}, electric_load, hot_water);
    Frame frame;
    systems.observe_step(frame, 0, 1);
    const double appliances = 100 * 22, heat_and_water = 2000 + 1000;
    EXPECT_NEAR(values_of(frame, "district_heat")[0], heat_and_water, 1e-3);
    EXPECT_NEAR(values_of(frame, "gas")[1], heat_and_water / 0.90, 1e-3);
    EXPECT_NEAR(values_of(frame, "coal")[2], heat_and_water / 0.45, 1e-3);
    EXPECT_NEAR(values_of(frame, "electric_load")[3], appliances + heat_and_water, 1e-3);
    EXPECT_NEAR(values_of(frame, "electric_load")[4], appliances + 2000 / heat_pump_cop(35, 5) + 1000 / heat_pump_cop(50, 5), 1e-3);
    EXPECT_NEAR(values_of(frame, "electric_load")[0], appliances, 1e-3);
    // The channel: building 4, step 2 (midnight: no appliances), member 0.
    EXPECT_NEAR(electric_load.to_host()[4 * 6 + 2 * 2 + 0], 1000 / heat_pump_cop(35, 5) + 1000 / heat_pump_cop(50, 5), 1e-6);
    // Hot water of district heat is told to the network: building 0, step 2, member 1.
    EXPECT_NEAR(hot_water.to_host()[heat_row(HotWaterRow::asked, 0, 5) * 6 + 2 * 2 + 1], 1000, 1e-3);
    EXPECT_EQ(hot_water.to_host()[heat_row(HotWaterRow::asked, 1, 5) * 6 + 2 * 2 + 1], 0);
    Frame mean;
    systems.observe_interval(mean, 1);
    EXPECT_NEAR(values_of(mean, "district_heat")[0], heat_and_water, 1e-3);
    EXPECT_NEAR(values_of(mean, "electricity_demand")[0], 100 * (22 + 23 + 0) / 3.0, 1e-3);
    systems.begin_interval();
    Frame nothing;
    systems.observe_interval(nothing, 1);
    EXPECT_TRUE(std::isnan(values_of(nothing, "district_heat")[0]));
    std::vector<Kpi> kpis;
    systems.indicators(kpis, 0);
    const auto of = [&](std::string_view name) { return std::find_if(kpis.begin(), kpis.end(), [&](const Kpi& kpi) { return kpi.name == name; })->value; };
    EXPECT_NEAR(of("district_heat_energy"), 3 * 3600 * 2000.0, 1e-3);
    double co2 = 0;
    for (const std::string carrier : {"gas", "coal", "district_heat"}) {
        EXPECT_GT(of(carrier + "_co2"), 0) << carrier;
        EXPECT_NEAR(of(carrier + "_co2"), of(carrier + "_co2_factor") * 1e-9 * of(carrier + "_energy"), 1e-9) << carrier;
        co2 += of(carrier + "_co2");
    }
    EXPECT_NEAR(of("gas_co2_factor"), 56.1, 1e-9);
    EXPECT_NEAR(of("buildings_co2"), co2 + of("electricity_co2_factor") * 1e-9 * of("electricity_from_grid"), 1e-9);
}

TEST(Systems, ACheckpointBringsThemBack) {
    const City city = houses();
    Systems systems(city, 1, 2, std::chrono::sys_days{std::chrono::year{2026} / 7 / 4}, {}), again(city, 1, 2, std::chrono::sys_days{std::chrono::year{2026} / 7 / 4}, {});
    const Array<double> loads(std::vector<double>(10, 500.0)), outdoor(std::vector<double>(2, -5.0));
    Array<double> electric_load(10), hot_water(2 * 5 * 2);
    systems.advance({0h, 1h, 2}, {loads, loads, outdoor, {}, {}}, electric_load, hot_water);
    Archive saved;
    systems.save(saved);
    Archive read(saved.bytes());
    again.load(read);
    std::vector<Kpi> before, after;
    systems.indicators(before, 0);
    again.indicators(after, 0);
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(before[i].value, after[i].value) << before[i].name;
    EXPECT_GT(before[0].value, 0);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::building
