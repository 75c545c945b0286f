#include "sim/synthesis/archetypes.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "sim/base/error.h"

namespace shahr {
namespace {

std::string central_asia() {
    std::ifstream file(std::string(SHAHR_SOURCE_DIR) + "/scenarios/archetypes/central_asia.toml");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

std::string message_of(const std::string& text) {
    try {
        read_building_stock_text(text, "stock.toml");
    } catch (const InputError& e) {
        return e.what();
    }
    return "";
}

double u_value(const BuildingStock& stock, std::size_t construction, double surfaces) {
    return 1 / (surfaces + resistance_m2k_w(stock.constructions[construction], stock));
}

const Archetype& named(const BuildingStock& stock, std::string_view name) {
    for (const Archetype& a : stock.archetypes)
        if (a.name == name) return a;
    throw std::runtime_error(std::string(name));
}

TEST(BuildingStocks, ThoseOfTheProgramAreRead) {
    for (const std::string_view name : built_in_stocks()) {
        const BuildingStock stock = read_building_stock(std::string(name));
        EXPECT_GE(stock.archetypes.size(), 15u) << name;
        EXPECT_GE(stock.packages.size(), 5u) << name;
        for (const Archetype& a : stock.archetypes) EXPECT_GT(u_value(stock, a.wall, 0.17), 0.1) << a.name;
    }
    EXPECT_EQ(built_in_stocks().size(), 2u);
}

// Walls within the ranges that are published for Central Asian series, and TABULA's U-values as its tables give them.
TEST(BuildingStocks, LayersComeToThePublishedUValues) {
    const BuildingStock asia = read_building_stock("central_asia"), germany = read_building_stock("germany");
    struct Expected {
        const BuildingStock* stock;
        const char* archetype;
        double least, greatest;
    };
    for (const Expected& e : {Expected{&asia, "brick_before_1958", 1.0, 1.3}, Expected{&asia, "panel_1958", 1.2, 1.6}, Expected{&asia, "panel_1975", 1.0, 1.2}, Expected{&asia, "block_1991", 0.8, 1.0},
                              Expected{&asia, "monolith_2005", 0.4, 0.6}, Expected{&asia, "house_adobe", 1.1, 1.5}, Expected{&asia, "house_brick", 1.4, 1.7}, Expected{&germany, "house_1860", 1.70, 1.72},
                              Expected{&germany, "flats_1860", 2.20, 2.22}, Expected{&germany, "house_2016", 0.145, 0.155}}) {
        const double u = u_value(*e.stock, named(*e.stock, e.archetype).wall, 0.17);
        EXPECT_GE(u, e.least) << e.archetype;
        EXPECT_LE(u, e.greatest) << e.archetype;
    }
}

TEST(BuildingStocks, ARangeIsReadOffBetweenDegreeDays) {
    const BuildingStock stock = read_building_stock("central_asia");
    const Archetype& a = named(stock, "panel_1958");
    EXPECT_DOUBLE_EQ(range_at(a, 3600).least_kwh_m2, 160);
    EXPECT_DOUBLE_EQ(range_at(a, 2900).greatest_kwh_m2, 180);
    EXPECT_DOUBLE_EQ(range_at(a, 1100).least_kwh_m2, 50);
    EXPECT_DOUBLE_EQ(range_at(a, 6900).greatest_kwh_m2, 384);
}

TEST(BuildingStocks, EveryMistakeNamesItsLine) {
    const std::string good = central_asia();
    EXPECT_EQ(message_of(good), "");
    EXPECT_EQ(message_of(replaced(good, "wall = \"wall_brick_510\"", "wall = \"wall_brick_520\"")).substr(0, 11), "stock.toml:");
    EXPECT_NE(message_of(replaced(good, "wall = \"wall_brick_510\"", "wall = \"wall_brick_520\"")).find("did you mean \"wall_brick_510\"?"), std::string::npos);
    EXPECT_NE(message_of(replaced(good, "density = 1800", "density = -1800")).find("materials.brick.density = -1800 (negative) a number from 1 to 20000"), std::string::npos);
    EXPECT_NE(message_of(replaced(good, "district_heat = 0.82", "district_heat = 0.72")).find("the shares add up to 0.9"), std::string::npos);
    EXPECT_NE(message_of(replaced(good, "years = [0, 1957]", "years = [1957, 0]")).find("ends before it begins"), std::string::npos);
    EXPECT_NE(message_of(replaced(good, "window_share = 0.165", "windows_share = 0.165")).find("no such key here"), std::string::npos);
    EXPECT_NE(message_of(replaced(good, "building_uses = [\"hotel\"]", "building_uses = [\"office\"]")).find("none is for building_uses = [\"hotel\"]"), std::string::npos);
    EXPECT_NE(message_of("title = [").find("not TOML"), std::string::npos);
}

TEST(BuildingStocks, AnUnknownNameIsNoFile) {
    EXPECT_THROW(read_building_stock("central_azia"), InputError);
}

}  // namespace
}  // namespace shahr
