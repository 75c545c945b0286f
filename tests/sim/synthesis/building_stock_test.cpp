#include "sim/synthesis/building_stock.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "sim/base/error.h"
#include "sim/city/grid_city.h"
#include "sim/city/validate.h"
#include "sim/synthesis/assign_archetypes.h"
#include "sim/synthesis/assign_systems.h"
#include "sim/synthesis/facades.h"

namespace shahr {
namespace {

City town() {
    GridCity description;
    description.rows = description.columns = 6, description.people = 4000, description.jobs = 2000, description.school_places = 500;
    return make_grid_city(description);
}

void add_building(City& city, BuildingUse use, Point at, double width_m, double depth_m, double levels, int year = 0) {
    Buildings& b = city.buildings;
    b.id.push_back("b" + std::to_string(b.id.size()));
    b.position.push_back(at);
    b.use.push_back(use);
    b.footprint_m2.push_back(static_cast<float>(width_m * depth_m));
    b.levels.push_back(static_cast<float>(levels));
    b.floor_area_m2.push_back(static_cast<float>(width_m * depth_m * levels));
    for (auto* column : {&b.residents, &b.jobs, &b.school_places}) column->push_back(0);
    b.year.push_back(static_cast<std::int16_t>(year));
    b.synthetic.push_back(0);
    b.access.push_back(none<RoadId>);
    const double x = width_m / 2, y = depth_m / 2;
    b.footprint.push_back({at + Point{-x, -y}, at + Point{x, -y}, at + Point{x, y}, at + Point{-x, y}, at + Point{-x, -y}});
}

std::string archetype_of(const City& city, std::size_t i) {
    const BuildingStock stock = read_building_stock("central_asia");
    ImportReport report;
    return stock.archetypes[static_cast<std::size_t>(assign_archetypes(city, stock, 1, report)[as_id<BuildingId>(i)])].name;
}

TEST(Archetypes, FollowUseYearAndLevels) {
    City city;
    add_building(city, BuildingUse::apartments, {0, 0}, 60, 12, 9, 1982);
    add_building(city, BuildingUse::apartments, {0, 0}, 60, 12, 16, 2012);
    add_building(city, BuildingUse::house, {0, 0}, 10, 10, 1.5, 1935);
    add_building(city, BuildingUse::apartments, {3000, 0}, 60, 12, 9, 1962);
    add_building(city, BuildingUse::school, {3000, 0}, 60, 20, 3, 2015);
    EXPECT_EQ(archetype_of(city, 0), "panel_1975");
    EXPECT_EQ(archetype_of(city, 1), "monolith_2005");
    EXPECT_EQ(archetype_of(city, 2), "house_adobe");
    // Nothing of 1962 has nine storeys: those of up to six come nearest.
    EXPECT_TRUE(archetype_of(city, 3) == "panel_1958" || archetype_of(city, 3) == "brick_1958");
    EXPECT_EQ(archetype_of(city, 4), "school_2005");
}

TEST(Archetypes, AnUnknownYearIsThatOfTheNeighbours) {
    City city;
    for (int i = 0; i < 3; ++i) add_building(city, BuildingUse::apartments, {i * 100.0, 0}, 60, 12, 5, 1985);
    add_building(city, BuildingUse::apartments, {100, 100}, 60, 12, 5);
    EXPECT_EQ(archetype_of(city, 3), "panel_1975");
}

TEST(Archetypes, SharesDecideWhereNothingIsKnown) {
    City city;
    for (int i = 0; i < 4000; ++i) add_building(city, BuildingUse::house, {i * 37.0, i * 11.0}, 10, 10, 1.5);
    const BuildingStock stock = read_building_stock("central_asia");
    ImportReport report;
    std::map<std::string, int> count;
    for (const auto a : assign_archetypes(city, stock, 5, report)) ++count[stock.archetypes[static_cast<std::size_t>(a)].name];
    EXPECT_NEAR(count["house_adobe"] / 4000.0, 0.30, 0.03);
    EXPECT_NEAR(count["house_brick"] / 4000.0, 0.55, 0.03);
}

TEST(Facades, FollowTheFootprintAndLeanOnNeighbours) {
    City city;
    add_building(city, BuildingUse::house, {0, 0}, 20, 10, 2);
    add_building(city, BuildingUse::house, {20, 0}, 20, 10, 2);
    const auto facades = find_facades(city.buildings);
    const Facades& f = facades[as_id<BuildingId>(0)];
    EXPECT_EQ(f.units, 1);
    EXPECT_NEAR(f.perimeter_m(), 50, 1e-9);    // the east wall leans on the other house
    EXPECT_NEAR(f.party_length_m, 10, 1e-9);
    EXPECT_NEAR(std::fmod(f.azimuth_deg, 90), 0, 1e-9);
    double north_south = 0;
    for (std::size_t side = 0; side < 4; ++side)
        if (std::fmod(f.azimuth_deg + 90 * static_cast<double>(side), 180) < 1) north_south += f.length_m[side];
    EXPECT_NEAR(north_south, 40, 1e-9);
}

TEST(Facades, ACellOfHousesIsManyHouses) {
    City city;
    add_building(city, BuildingUse::house, {0, 0}, 50, 20, 1.5);
    city.buildings.footprint.clear();
    city.buildings.footprint.push_back(std::vector<Point>{});
    const Facades f = find_facades(city.buildings)[as_id<BuildingId>(0)];
    EXPECT_DOUBLE_EQ(f.units, 10);
    EXPECT_DOUBLE_EQ(f.footprint_m2, 100);
    EXPECT_DOUBLE_EQ(f.perimeter_m(), 40);
}

TEST(BuildingStock, MakesASoundCityOfZones) {
    City city = town();
    ImportReport report;
    synthesise_stock(city, {}, report);
    EXPECT_EQ(validate(city, 5), std::vector<std::string>{});
    EXPECT_EQ(city.services.systems.building.size(), city.buildings.id.size());
    EXPECT_GT(city.envelopes.zones.id.size(), city.buildings.id.size() / 2);
    // The envelope of a zone is closed: floor and roof are the footprint.
    const Surfaces& s = city.envelopes.surfaces;
    for (const SurfaceId i : rows(s.id))
        if (s.boundary[i] == Boundary::ground) {
            const SurfaceId roof = as_id<SurfaceId>(number(i) - 1);
            EXPECT_EQ(s.area_m2[i], s.area_m2[roof]);
            EXPECT_GT(s.perimeter_m[i], 0);
        }
}

Scenario with(decltype(Intervention::change) change) {
    Scenario scenario;
    scenario.interventions.push_back({"", "test.toml:1", 0, {}, {}, false, std::move(change)});
    return scenario;
}

void make_changed(City& city, Scenario scenario) {
    ImportReport report;
    scenario.buildings.stock = "archetypes";
    synthesise_stock(city, scenario, report);
    change_stock(city, scenario, report);
}

TEST(BuildingStock, ARetrofitAddsLayersWhereItIsMeant) {
    City before = town(), after = town();
    ImportReport report;
    synthesise_stock(before, {}, report);
    Retrofit change;
    change.package = "envelope";
    change.buildings.area = {{-1e5, -1e5}, {300, -1e5}, {300, 1e5}, {-1e5, 1e5}};
    make_changed(after, with(change));
    ASSERT_EQ(before.envelopes.surfaces.id, after.envelopes.surfaces.id);
    std::size_t renewed = 0, same = 0;
    const auto layers = [](const City& city, SurfaceId i) { return city.envelopes.constructions.thickness_m[city.envelopes.surfaces.construction[i]].size(); };
    for (const SurfaceId i : rows(before.envelopes.surfaces.id)) {
        if (before.envelopes.surfaces.tilt_deg[i] != 90) continue;
        const BuildingId b = before.envelopes.zones.building[before.envelopes.surfaces.zone[i]];
        const bool inside = before.buildings.position[b].x_m < 300;
        EXPECT_EQ(layers(after, i), layers(before, i) + (inside ? 1 : 0));
        ++(inside ? renewed : same);
    }
    EXPECT_GT(renewed, 100u);
    EXPECT_GT(same, 100u);
}

TEST(BuildingStock, AnUnknownPackageIsNamed) {
    City city = town();
    Retrofit change;
    change.package = "envelop";
    try {
        make_changed(city, with(change));
        FAIL();
    } catch (const InputError& e) {
        EXPECT_STREQ(e.what(), "test.toml:1: package = \"envelop\" (the stock has none of that name) did you mean \"envelope\"?");
    }
}

// More heat pumps: those who had one keep it, and only others change.
TEST(BuildingStock, AShareThatGrowsOnlyAdds) {
    City few = town(), many = town();
    ChangeShares change;
    change.shares.heating[static_cast<std::size_t>(HeatSource::heat_pump)] = 0.2;
    make_changed(few, with(change));
    change.shares.heating[static_cast<std::size_t>(HeatSource::heat_pump)] = 0.5;
    make_changed(many, with(change));
    int pumps = 0, heated = 0;
    for (const SystemId s : rows(few.services.systems.building)) {
        if (few.services.systems.heating[s] == HeatSource::none) continue;
        ++heated;
        const bool pump = many.services.systems.heating[s] == HeatSource::heat_pump;
        pumps += pump;
        EXPECT_TRUE(pump || few.services.systems.heating[s] != HeatSource::heat_pump);
        EXPECT_TRUE(pump || many.services.systems.heating[s] == few.services.systems.heating[s]);
    }
    EXPECT_NEAR(pumps / static_cast<double>(heated), 0.5, 0.08);
}

TEST(SystemShares, OthersKeepTheirProportions) {
    SystemShares shares;
    shares.heating[static_cast<std::size_t>(HeatSource::district_heat)] = 0.6;
    shares.heating[static_cast<std::size_t>(HeatSource::gas_boiler)] = 0.4;
    ShareChange change;
    change.heating[static_cast<std::size_t>(HeatSource::heat_pump)] = 0.5;
    const SystemShares changed = changed_shares(shares, change, "x");
    EXPECT_DOUBLE_EQ(changed.heating[static_cast<std::size_t>(HeatSource::district_heat)], 0.3);
    EXPECT_DOUBLE_EQ(changed.heating[static_cast<std::size_t>(HeatSource::gas_boiler)], 0.2);
    change.heating[static_cast<std::size_t>(HeatSource::electric)] = 0.6;
    EXPECT_THROW(changed_shares(shares, change, "x"), InputError);
}

TEST(Usages, AYearHasItsEnergy) {
    City city = town();
    ImportReport report;
    synthesise_stock(city, {}, report);
    const BuildingStock stock = read_building_stock("central_asia");
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (const UsageId u : rows(city.services.usages.name)) {
        double kwh = 0;
        const auto values = city.services.usages.lighting_w_m2[u];
        ASSERT_EQ(values.size(), usage_values);
        for (std::size_t m = 0; m < 12; ++m)
            for (std::size_t h = 0; h < 24; ++h) kwh += days[m] * (5.0 * static_cast<double>(values[m * 48 + h]) + 2.0 * static_cast<double>(values[m * 48 + 24 + h])) / 7 / 1000;
        EXPECT_NEAR(kwh, stock.usages[row(u)].lighting.kwh_m2, 1e-3 * (1 + kwh)) << city.services.usages.name[u];
    }
}

}  // namespace
}  // namespace shahr
