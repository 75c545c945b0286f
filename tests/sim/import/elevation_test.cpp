#include "sim/import/elevation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "sim/base/error.h"
#include "sim/city/projection.h"
#include "sim/import/height_grid.h"
#include "tests/sim/base/scratch.h"
#include "tests/sim/synthesis/small_town.h"

namespace shahr {
namespace {

std::string error_of(const std::filesystem::path& file, City& city) {
    ImportReport report;
    try {
        import_elevation(file, city, report);
    } catch (const InputError& e) {
        return e.what();
    }
    return "";
}

// A 3" tile whose height is the column's number, counted from the west, with one void.
void write_tile(const std::filesystem::path& file) {
    std::string bytes;
    for (int row = 0; row < 1201; ++row)
        for (int column = 0; column < 1201; ++column) {
            const int height = row == 600 && column == 600 ? -32768 : column;
            bytes += static_cast<char>(height >> 8 & 0xFF);
            bytes += static_cast<char>(height & 0xFF);
        }
    std::ofstream(file, std::ios::binary) << bytes;
}

City town_at(LonLat south_west) {
    City city = SmallTown{}.make();
    city.projection = local_projection(south_west);
    return city;
}

}  // namespace

TEST(Elevation, ReadsATileByItsName) {
    const Scratch folder;
    write_tile(folder / "S12W077.hgt");
    const HeightGrid grid = read_height_grid(folder / "S12W077.hgt");
    EXPECT_EQ(grid.west, -77);
    EXPECT_EQ(grid.south, -12);
    EXPECT_NEAR(grid.at(-76.75, -11.3), 300, 1e-3);
    EXPECT_NEAR(grid.at(-76.75 + 0.5 / 1200, -11.3), 300.5, 1e-3);
    EXPECT_TRUE(std::isnan(grid.at(-76.5, -11.5))) << "the void itself";
    EXPECT_NEAR(grid.at(-76.5 + 0.25 / 1200, -11.5), 601, 1e-3) << "beside the void: the samples that are there";
    EXPECT_TRUE(std::isnan(grid.at(-75.9, -11.5)));
}

TEST(Elevation, AnAsciiGridLiesOnThePlane) {
    const Scratch folder;
    const auto file = folder / "heights.asc";
    // Two columns and two rows of 2 km squares, the north-western one unknown.
    std::ofstream(file) << "ncols 2\nnrows 2\nxllcorner -1000\nyllcorner -1000\ncellsize 2000\nNODATA_value -9999\n-9999 20\n10 30\n";
    City city = SmallTown{}.make();
    ImportReport report;
    import_elevation(file, city, report);
    EXPECT_TRUE(city.has_elevation);
    EXPECT_NEAR(city.network.junctions.elevation_m[JunctionId{0}], 10, 1e-3);                      // at (0, 0): the sample itself
    EXPECT_NEAR(city.network.junctions.elevation_m[JunctionId{5}], 20, 1e-3);                      // half way to (2000, 0)
    EXPECT_NEAR(city.network.junctions.elevation_m[JunctionId{60}], (10 + 30 + 20) / 3.0, 1e-3);   // in the middle, one void
    EXPECT_NEAR(city.cells.elevation_m[city.cells.at({1950, 1950})], 20 * 0.975 * 0.975 + 0, 2.0);
    for (float h : city.cells.elevation_m) EXPECT_FALSE(std::isnan(h));
}

TEST(Elevation, WhatIsWrongIsSaidInOneSentence) {
    const Scratch folder;
    City city = town_at({7.42, 43.73});
    write_tile(folder / "N10E010.hgt");
    EXPECT_NE(error_of(folder / "N10E010.hgt", city).find("covers none of the city"), std::string::npos);
    std::ofstream(folder / "N43E007.hgt") << "short";
    EXPECT_NE(error_of(folder / "N43E007.hgt", city).find("size = 5 bytes (no SRTM tile)"), std::string::npos);
    std::ofstream(folder / "N43E007.zip") << "PK, but no zip";
    EXPECT_NE(error_of(folder / "N43E007.zip", city).find("no directory"), std::string::npos);
    std::ofstream(folder / "half.asc") << "ncols 2\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 10\n1 2\n3\n";
    EXPECT_NE(error_of(folder / "half.asc", city).find("half.asc:7: row 2 of 2"), std::string::npos);
    std::ofstream(folder / "tile.png") << "";
    EXPECT_NE(error_of(folder / "tile.png", city).find("unknown extension"), std::string::npos);
    EXPECT_NE(error_of(folder / "none.hgt", city).find("there is no such file"), std::string::npos);
    EXPECT_FALSE(city.has_elevation);
}

TEST(Elevation, MonacoRisesFromTheSea) {
    const std::filesystem::path tile = std::filesystem::path(SHAHR_TEST_DATA) / "elevation/N43E007.hgt.zip";
    if (!std::filesystem::exists(tile)) GTEST_SKIP() << "needs the test data's elevation/N43E007.hgt.zip";
    City city = town_at({7.41, 43.725});
    ImportReport report;
    import_elevation(tile, city, report);
    const auto [low, high] = std::minmax_element(city.cells.elevation_m.begin(), city.cells.elevation_m.end());
    EXPECT_NEAR(*low, 0, 5);
    EXPECT_GT(*high, 100);                     // the slope of the Tete de Chien, 550 m, begins here
    EXPECT_LT(*high, 560);
}

}  // namespace shahr
