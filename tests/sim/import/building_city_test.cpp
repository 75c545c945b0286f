#include "sim/import/building_city.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "sim/base/error.h"

namespace shahr {
namespace {

const std::filesystem::path cases = std::filesystem::path(SHAHR_SOURCE_DIR) / "tests/reference/ashrae140";

constexpr std::string_view one_room = R"([[material]]
id = "brick"
conductivity_w_mk = 0.8
density_kg_m3 = 1800
specific_heat_j_kgk = 880
[[construction]]
id = "wall"
materials = ["brick"]
thickness_m = [0.38]
[[glazing]]
id = "glass"
u_value_w_m2k = 2.7
g_value = 0.7
[[building]]
id = "house"
[[building.zone]]
id = "room"
floor_area_m2 = 20
volume_m3 = 50
[[building.surface]]
id = "south"
construction = "wall"
area_m2 = 15
azimuth_deg = 180
[[building.window]]
id = "window"
surface = "south"
glazing = "glass"
width_m = 2
height_m = 1.5
)";

std::string why_not(const std::string& text) {
    try {
        read_building_city_text(text, "b.toml");
    } catch (const InputError& e) {
        return e.what();
    }
    return "it was read";
}
std::string with(std::string_view from, std::string_view to) {
    std::string text(one_room);
    return text.replace(text.find(from), from.size(), to);
}

TEST(BuildingCity, OneRoom) {
    const City city = read_building_city_text(one_room, "b.toml");
    const Envelopes& e = city.envelopes;
    ASSERT_EQ(e.zones.id.size(), 1u);
    ASSERT_EQ(e.surfaces.id.size(), 1u);
    EXPECT_FLOAT_EQ(e.surfaces.area_m2[SurfaceId{0}], 12);            // without the window
    EXPECT_FLOAT_EQ(e.windows.azimuth_deg[WindowId{0}], 180);
    EXPECT_TRUE(std::isnan(e.zones.heating_set_point_c[ThermalZoneId{0}]));
    EXPECT_EQ(city.buildings.id[BuildingId{0}], "house");
}

TEST(BuildingCity, CasesOfTheStandardStandOnEachOther) {
    const City c600 = read_building_city(cases / "case600.toml"), c960 = read_building_city(cases / "case960.toml"), c650 = read_building_city(cases / "case650FF.toml");
    EXPECT_EQ(c600.envelopes.surfaces.id.size(), 6u);
    EXPECT_NEAR(c600.envelopes.surfaces.area_m2[SurfaceId{0}], 9.6, 1e-5);
    EXPECT_EQ(c960.envelopes.zones.id.size(), 2u);
    EXPECT_EQ(c960.envelopes.surfaces.boundary[SurfaceId{0}], Boundary::zone);
    EXPECT_EQ(c960.envelopes.surfaces.adjacent[SurfaceId{0}], ThermalZoneId{1});
    EXPECT_NEAR(c650.envelopes.zones.purge_m3_s[ThermalZoneId{0}], 1700.0 / 3600, 1e-6);
    EXPECT_FALSE(is_some(c650.envelopes.zones.cooling_schedule[ThermalZoneId{0}]));
    for (const auto& file : std::filesystem::directory_iterator(cases)) EXPECT_NO_THROW(read_building_city(file.path())) << file.path();
}

TEST(BuildingCity, ABaseLosesWhatIsRemoved) {
    const City c430 = read_building_city(cases / "case430.toml");
    EXPECT_EQ(c430.envelopes.windows.id.size(), 0u);
    EXPECT_EQ(c430.envelopes.surfaces.id.size(), 7u);
    EXPECT_NE(why_not(with("id = \"window\"", "id = \"window\"\nremove = true")).find("the base has no [[building.window]] of that id"), std::string::npos);
}

TEST(BuildingCity, MistakesAreNamed) {
    EXPECT_EQ(why_not(with("area_m2 = 15", "area_m2 = -15")), "b.toml:23: area_m2 = -15 (negative) from 0.001 to 100000000");
    EXPECT_EQ(why_not(with("materials = [\"brick\"]", "materials = [\"brik\"]")), "b.toml:8: materials = \"brik\" (there is no material of that id) did you mean \"brick\"?");
    EXPECT_EQ(why_not(with("floor_area_m2 = 20\n", "")), "b.toml:16: [[building.zone]] (floor_area_m2 is missing) square metres");
    EXPECT_EQ(why_not(with("width_m = 2", "width_m = 20")), "b.toml:25: [[building.window]] (with 'window' the windows of 'south' are larger than it) windows that leave some of the wall");
    const std::string bare = std::string(one_room.substr(0, one_room.find("[[building.surface]]")));
    EXPECT_EQ(why_not(bare), "b.toml:16: [[building.zone]] id = \"room\" (no surface below it: no envelope) [[building.surface]] for walls, a roof, a floor");
    const std::string empty = std::string(one_room.substr(0, one_room.find("[[building.zone]]")));
    EXPECT_NE(why_not(empty).find("(no zone below it) a [[building.zone]] or more"), std::string::npos) << why_not(empty);
    EXPECT_EQ(why_not(with("floor_area_m2 = 20\n", "floor_area_m2 = 20\nheating_set_point_c = 28\ncooling_set_point_c = 27\n")), "b.toml:19: heating_set_point_c = 28 (above that of cooling, 27) heating at or below cooling");
    EXPECT_NE(why_not(with("materials = [\"brick\"]", "materials = [\"brick\", \"brick\"]")).find("(2 materials, 1 thicknesses) one number for each material"), std::string::npos);
    EXPECT_NE(why_not(with("id = \"glass\"", "id = \"glass\"\nu = 3")).find("no such key in [[glazing]]"), std::string::npos);
}

}  // namespace
}  // namespace shahr
