#include "sim/city/grid_city.h"

#include <gtest/gtest.h>

#include <numeric>

#include "sim/base/error.h"
#include "sim/city/validate.h"

namespace shahr {
namespace {

GridCity river_town() {
    return {.rows = 8, .columns = 10, .signals = 0.3, .bridges = 3, .people = 8000, .jobs = 3000, .school_places = 1200};
}

template <class Id>
double sum(const Column<Id, float>& column) {
    return std::accumulate(column.begin(), column.end(), 0.0);
}

TEST(GridCity, PeopleAndJobsAreThoseOfTheDescription) {
    const City city = make_grid_city(river_town());
    EXPECT_NEAR(sum(city.buildings.residents), 8000, 1);
    EXPECT_NEAR(sum(city.buildings.jobs), 3000, 1);
    EXPECT_NEAR(sum(city.buildings.school_places), 1200, 1);
    EXPECT_NEAR(sum(city.cells.population), 8000, 1);
    EXPECT_NEAR(sum(city.cells.jobs), 3000, 1);
}

TEST(GridCity, IsSound) {
    EXPECT_EQ(validate(make_grid_city(river_town())), std::vector<std::string>{});
    GridCity mirrored = river_town();
    mirrored.left_hand_traffic = true;
    EXPECT_EQ(validate(make_grid_city(mirrored)), std::vector<std::string>{});
    for (const char* file : {"small_grid.toml", "river_town.toml"})
        EXPECT_EQ(validate(read_grid_city(std::filesystem::path(SHAHR_SOURCE_DIR) / "scenarios" / file)), std::vector<std::string>{}) << file;
}

TEST(GridCity, RoadsCrossTheRiverOnBridgesOnly) {
    const City city = make_grid_city(river_town());
    const Roads& roads = city.network.roads;
    const auto& at = city.network.junctions.position;
    const double bank = 100 + 3.5 * 120;       // 0.4 of 8 rows: the river is row 3
    std::size_t over = 0;
    for (RoadId r : rows(roads.id)) {
        const bool crosses = (at[roads.from[r]].y_m < bank) != (at[roads.to[r]].y_m < bank);
        EXPECT_EQ(crosses, roads.bridge[r] == 1) << roads.id[r];
        over += crosses;
        EXPECT_EQ(crosses, roads.name[r].starts_with("River Bridge ")) << roads.id[r];
    }
    EXPECT_EQ(over, 2u * 3u);
}

TEST(GridCity, EveryRoadButTheGatesIsInTheConnectedPart) {
    const City city = make_grid_city(river_town());
    const Roads& roads = city.network.roads;
    for (RoadId r : rows(roads.id)) {
        const bool gate = city.network.junctions.control[roads.from[r]] == Control::cordon || city.network.junctions.control[roads.to[r]] == Control::cordon;
        EXPECT_TRUE(roads.connected[r] || gate) << roads.id[r];
    }
}

TEST(GridCity, TheSameDescriptionGivesTheSameCity) {
    const City a = make_grid_city(river_town()), b = make_grid_city(river_town());
    EXPECT_EQ(a.network.movements.length_m, b.network.movements.length_m);
    EXPECT_EQ(a.network.conflicts.at_m, b.network.conflicts.at_m);
    EXPECT_EQ(a.buildings.residents, b.buildings.residents);
}

std::string message_of(std::string_view text) {
    try {
        read_grid_description(text, "town.toml");
    } catch (const InputError& e) {
        return e.what();
    }
    return "";
}

TEST(GridDescription, ReadsKeysWithUnits) {
    const GridCity g = read_grid_description("rows = 5\nspeed_limit = \"36 km/h\"\nsignals = 0.5\n", "town.toml");
    EXPECT_EQ(g.rows, 5);
    EXPECT_DOUBLE_EQ(g.speed_limit_mps, 10);
    EXPECT_DOUBLE_EQ(g.signals, 0.5);
}

TEST(GridDescription, SaysWhatIsWrongAndWhere) {
    EXPECT_EQ(message_of("rows = 4\ncolums = 4\n"), "town.toml:2: colums = 4 (no such key in a grid city) did you mean \"columns\"?");
    EXPECT_NE(message_of("rows = -4").find("town.toml:1: rows = -4"), std::string::npos);
    EXPECT_EQ(message_of("rows = 4\ncolumns = 4\nbridges = 9\n"), "town.toml:3: bridges = 9 (4 columns have 5 streets) at most 5");
    EXPECT_NE(message_of("rows = 2\nbridges = 1\n").find("rows = 3 or more"), std::string::npos);
}

}  // namespace
}  // namespace shahr
