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
    const HeatDistrictRules rules;
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
