#include "sim/run/preparation.h"

#include <gtest/gtest.h>

#include "sim/base/error.h"
#include "sim/city/grid_city.h"
#include "sim/city/validate.h"
#include "sim/scenario/read.h"

namespace shahr {
namespace {

// Blocks of flats that hang on boiler houses, and a grid.
City prepared(const std::string& changes, ImportReport& report) {
    GridCity g;
    g.rows = 6, g.columns = 6, g.block_m = 120, g.people = 12000, g.jobs = 3000, g.school_places = 2000, g.buildings_per_block = 12, g.people_decline = 0.5;
    City city = make_grid_city(g);
    Scenario scenario = read_scenario_text("city = '" SHAHR_SOURCE_DIR "/scenarios/small_grid.toml'\nlength = '1h'\n[buildings]\nstock = 'archetypes'\n[power]\ngrid = 'synthetic'\n[heat]\nnetwork = 'synthetic'\n" + changes, "test.toml");
    prepare_city(city, scenario, report);
    EXPECT_EQ(validate(city, 5), std::vector<std::string>{});
    return city;
}

TEST(Preparation, NetworksAreLaidForTheStockAsItIsBeforeItIsChanged) {
    ImportReport report;
    const City base = prepared("", report), renewed = prepared("[[retrofit]]\npackage = 'envelope'\n[[system_share]]\nheat_pump = 0.5\n", report);
    EXPECT_NE(base.services.systems.heating, renewed.services.systems.heating);
    EXPECT_NE(base.envelopes.constructions.id, renewed.envelopes.constructions.id);
    ASSERT_GT(base.power.branches.id.size(), 20u);
    EXPECT_EQ(base.power.branches.length_m, renewed.power.branches.length_m);
    EXPECT_EQ(base.power.branches.resistance_pu, renewed.power.branches.resistance_pu);
    EXPECT_EQ(base.power.transformers.rated_power_va, renewed.power.transformers.rated_power_va);
    ASSERT_GT(base.heat.consumers.id.size(), 20u);
    EXPECT_EQ(base.heat.links.diameter_m, renewed.heat.links.diameter_m);
    EXPECT_EQ(base.heat.consumers.id, renewed.heat.consumers.id);
    EXPECT_EQ(base.heat.plants.capacity_w, renewed.heat.plants.capacity_w);
}

TEST(Preparation, HousesThatLeaveDistrictHeatAreShutOffAndCounted) {
    ImportReport report;
    const City city = prepared("[[system_share]]\nheat_pump = 0.5\n", report);
    Column<BuildingId, HeatSource> heating(city.buildings.id.size(), HeatSource::none), hot_water = heating;
    for (const SystemId s : rows(city.services.systems.building)) {
        heating[city.services.systems.building[s]] = city.services.systems.heating[s];
        hot_water[city.services.systems.building[s]] = city.services.systems.hot_water[s];
    }
    const HeatConsumers& c = city.heat.consumers;
    std::int64_t left = 0;
    for (const HeatConsumerId at : rows(c.id)) {
        const bool rooms = c.id[at].starts_with("rooms/"), supplied = c.use[at] != HeatUse::own;
        EXPECT_EQ(supplied, (rooms ? heating : hot_water)[c.building[at]] == HeatSource::district_heat) << c.id[at];
        left += !supplied;
    }
    EXPECT_GT(left, 5);
    EXPECT_LT(left, static_cast<std::int64_t>(c.id.size()));
    std::int64_t told = 0;
    for (const auto& line : report.lines) {
        if (line.what == "consumers of district heat shut off") told = line.count;
        EXPECT_NE(line.what, "new consumers of district heat");
    }
    EXPECT_EQ(told, left);
}

TEST(Preparation, WhatOnlyAMadeUpNetworkHasCanBeNamedOnce) {
    ImportReport report;
    City city;
    ASSERT_NO_THROW(city = prepared("", report));
    EXPECT_NO_THROW(prepared("[[trip_branch]]\nid = '" + city.power.branches.id[BranchId{0}] + "'\n", report));
    try {
        prepared("[[trip_branch]]\nid = 'no such'\n", report);
        FAIL();
    } catch (const InputError& e) {
        EXPECT_TRUE(std::string(e.what()).starts_with("test.toml:9: id = \"no such\" (no such branch in the city)")) << e.what();
    }
}

TEST(Preparation, ChangesOfAStockNeedAStock) {
    GridCity g;
    City city = make_grid_city(g);
    Scenario scenario = read_scenario_text("city = '" SHAHR_SOURCE_DIR "/scenarios/small_grid.toml'\nlength = '1h'\n[[system_share]]\npv = 0.5\n", "test.toml");
    ImportReport report;
    try {
        prepare_city(city, scenario, report);
        FAIL();
    } catch (const InputError& e) {
        EXPECT_STREQ(e.what(), "test.toml:3: [[retrofit]] or [[system_share]] (the buildings are not made of a stock) buildings.stock = \"archetypes\"");
    }
}

}  // namespace
}  // namespace shahr
