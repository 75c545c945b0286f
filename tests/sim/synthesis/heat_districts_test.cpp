#include "sim/synthesis/heat_districts.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/city/grid_city.h"
#include "sim/city/validate.h"

namespace shahr {
namespace {

City town(double people) {
    GridCity g;
    g.rows = 10, g.columns = 10, g.people = people, g.jobs = people / 3, g.school_places = people / 8;
    City city = make_grid_city(g);
    for (const BuildingId b : rows(city.buildings.id)) {
        city.buildings.use[b] = BuildingUse::apartments;
        city.buildings.levels[b] = number(b) % 4 == 0 ? 2.0f : 5.0f;
    }
    return city;
}

TEST(HeatDistricts, ConnectBlocksOfFlatsAndLeaveLowHousesAlone) {
    City city = town(9000);
    ImportReport report;
    HeatDistrictRules rules;
    rules.least_w_per_m = 0;                   // however thin
    synthesise_heat_networks(city, rules, report);
    EXPECT_EQ(validate(city, 5), std::vector<std::string>{});
    double wanted = 0, got = 0, capacity = 0;
    for (const BuildingId b : rows(city.buildings.id))
        if (city.buildings.levels[b] > 3) wanted += 79.0 * static_cast<double>(city.buildings.floor_area_m2[b]);
    for (const double w : city.heat.consumers.heat_w) got += w;
    for (const double w : city.heat.plants.capacity_w) capacity += w;
    EXPECT_NEAR(got, wanted, 1e-6 * wanted);
    EXPECT_NEAR(capacity, 1.25 * wanted, 1e-6 * wanted);
    EXPECT_GT(wanted, 1e6);
}

TEST(HeatDistricts, PipesGrowNarrowerAwayFromThePlant) {
    City city = town(9000);
    ImportReport report;
    synthesise_heat_networks(city, {}, report);
    const HeatNetwork& heat = city.heat;
    std::vector<double> feeds(heat.nodes.id.size(), 0);  // width of the pipe that comes from the plant
    int pairs = 0;
    for (const HeatLinkId k : rows(heat.links.id)) {
        if (heat.links.kind[k] != HeatLinkKind::pipe || heat.nodes.line[heat.links.from[k]] != HeatLine::supply) continue;
        ++pairs;
        feeds[row(heat.links.to[k])] = heat.links.diameter_m[k];
        const double before = feeds[row(heat.links.from[k])];
        if (before > 0) { EXPECT_LE(heat.links.diameter_m[k], before); }
    }
    EXPECT_GT(pairs, 20);
}

// One zone for each building, which loses 100 W/K to the air alone; every other one is on district heat, every fourth with its hot water.
City town_with_systems() {
    City city = town(3000);
    Usages& usages = city.services.usages;
    usages.name.push_back("flats");
    std::vector<float> hot_water(usage_values, 2.0f);
    hot_water[19] = 6;
    for (auto* list : {&usages.appliances_w_m2, &usages.lighting_w_m2, &usages.cooking_w_m2}) list->push_back(std::vector<float>(usage_values, 0.0f));
    usages.hot_water_w_m2.push_back(hot_water);
    ThermalZones& z = city.envelopes.zones;
    BuildingSystems& s = city.services.systems;
    for (const BuildingId b : rows(city.buildings.id)) {
        z.id.push_back(city.buildings.id[b]);
        z.building.push_back(b);
        z.floor_area_m2.push_back(100);
        z.volume_m3.push_back(1000);
        z.infiltration_per_h.push_back(static_cast<float>(50 * 3.6 / 1207.2));      // two units of 50 W/K
        z.ventilation_m3_s.push_back(0);
        z.heat_recovery.push_back(0);
        z.multiplier.push_back(2);
        s.building.push_back(b);
        s.heating.push_back(number(b) % 2 == 0 ? HeatSource::district_heat : HeatSource::gas_boiler);
        s.hot_water.push_back(number(b) % 4 == 0 ? HeatSource::district_heat : HeatSource::electric);
        s.floor_area_m2.push_back(500);
        s.usage.push_back(UsageId{0});
    }
    for (float& levels : city.buildings.levels) levels = 5;
    return city;
}

TEST(HeatDistricts, SupplyTheBuildingsWhoseSystemsSayThatTheyAreOnDistrictHeat) {
    City city = town_with_systems();
    ImportReport report;
    HeatDistrictRules rules;
    rules.least_w_per_m = 0;
    synthesise_heat_networks(city, rules, report);
    const HeatConsumers& c = city.heat.consumers;
    std::size_t rooms = 0, water = 0;
    for (const HeatConsumerId at : rows(c.id)) {
        const std::int32_t b = number(c.building[at]);
        if (c.use[at] == HeatUse::rooms) {
            ++rooms;
            EXPECT_EQ(b % 2, 0);
            EXPECT_NEAR(c.heat_w[at], 100 * 40, 4);               // 20 degC inside, -20 outside
            EXPECT_EQ(c.kind[at], HeatConsumerKind::radiator);
        } else {
            ++water;
            EXPECT_EQ(c.use[at], HeatUse::hot_water);
            EXPECT_EQ(b % 4, 0);
            EXPECT_NEAR(c.heat_w[at], 500 * 6, 1e-6);
        }
    }
    EXPECT_EQ(rooms, (city.buildings.id.size() + 1) / 2);
    EXPECT_EQ(water, (city.buildings.id.size() + 3) / 4);
}

// What a washer takes and what the way costs make the same for each.
TEST(HeatDistricts, EachHouseHasTheSamePressureLeftOver) {
    City city = town(9000);
    ImportReport report;
    synthesise_heat_networks(city, {}, report);
    double least = 1e9, most = 0;
    for (const double dp : city.heat.consumers.dp_pa) least = std::min(least, dp), most = std::max(most, dp);
    EXPECT_GE(least, 1.5e5 - 1);
    EXPECT_LE(most, city.heat.plants.lift_pa[HeatPlantId{0}] + 1);
    EXPECT_GT(most, least);
}

TEST(HeatDistricts, BranchesThatAreNotWorthTheirTrenchAreNotLaid) {
    City thin = town(9000), all = thin;
    ImportReport report;
    synthesise_heat_networks(thin, {.least_w_per_m = 700}, report);
    synthesise_heat_networks(all, {.least_w_per_m = 0}, report);
    const auto laid = [](const City& city) {
        double w = 0, m = 0;
        for (const double heat_w : city.heat.consumers.heat_w) w += heat_w;
        for (const double length_m : city.heat.links.length_m) m += length_m / 2;
        return std::pair{w, m};
    };
    const auto [w_thin, m_thin] = laid(thin);
    const auto [w_all, m_all] = laid(all);
    EXPECT_LT(m_thin, m_all);
    EXPECT_GT(w_thin / m_thin, w_all / m_all);
}

TEST(HeatDistricts, ACityWithoutSuchBuildingsGetsNone) {
    City city = town(500);
    for (float& levels : city.buildings.levels) levels = 1;
    ImportReport report;
    synthesise_heat_networks(city, {}, report);
    EXPECT_TRUE(city.heat.nodes.id.empty());
    ASSERT_FALSE(report.lines.empty());
}

}  // namespace
}  // namespace shahr
