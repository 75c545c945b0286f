// Whole extracts of real cities: sound tables, and counts near those that SUMO's netconvert finds in the same file.
#include <gtest/gtest.h>

#include <filesystem>

#include "sim/city/validate.h"
#include "sim/import/osm_import.h"

namespace shahr {
namespace {

struct Extract {
    const char* file;
    double connected;           // least share of the roads for cars in the strongly connected part
    std::size_t least_signals;  // programmes
};

class RealExtract : public testing::TestWithParam<Extract> {
protected:
    std::filesystem::path file() const { return std::filesystem::path(SHAHR_TEST_DATA) / "osm" / GetParam().file; }
    void SetUp() override {
        if (!std::filesystem::exists(file())) GTEST_SKIP() << "needs " << file() << " (SHAHR_TEST_DATA)";
    }
};

TEST_P(RealExtract, becomes_a_sound_city) {
    ImportReport report;
    const City city = import_osm(file(), {}, report);
    EXPECT_EQ(validate(city), std::vector<std::string>{});

    const Roads& roads = city.network.roads;
    double connected = 0, short_roads = 0;
    for (RoadId road : rows(roads.id)) connected += roads.connected[road], short_roads += roads.length_m[road] < 7.5f;
    const auto count = static_cast<double>(roads.id.size());
    EXPECT_GT(connected / count, GetParam().connected);
    EXPECT_LT(short_roads / count, 0.02) << "roads that hold no car are seeds of gridlock";
    EXPECT_GE(city.network.signals.id.size(), GetParam().least_signals);
    EXPECT_FALSE(city.gates.junction.empty());
    EXPECT_FALSE(city.buildings.id.empty());
}

INSTANTIATE_TEST_SUITE_P(Cities, RealExtract,
                         testing::Values(Extract{"almaty.osm.pbf", 0.97, 160},
                                         Extract{"almaty-centre.osm.pbf", 0.95, 110},
                                         Extract{"bad-hersfeld.osm.xml.gz", 0.93, 15},
                                         Extract{"monaco.osm.pbf", 0.85, 3}),
                         [](const auto& info) {
                             std::string name = std::filesystem::path(info.param.file).stem().stem().string();
                             for (char& c : name) c = c == '-' || c == '.' ? '_' : c;
                             return name;
                         });

// The data's README: 21,013 edges and 7,565 junctions without service roads, of which this city has few.
TEST(RealExtractCounts, almaty_is_near_netconvert) {
    const auto file = std::filesystem::path(SHAHR_TEST_DATA) / "osm" / "almaty.osm.pbf";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "needs " << file << " (SHAHR_TEST_DATA)";
    ImportReport report;
    const City city = import_osm(file, {}, report);
    EXPECT_NEAR(static_cast<double>(city.network.roads.id.size()), 21013, 2101);
    EXPECT_NEAR(static_cast<double>(city.network.junctions.id.size()), 7565, 756);
    std::int64_t untagged = 0;                 // netconvert guesses none
    for (const auto& line : report.lines)
        if (line.what == "junctions with signals that are not tagged") untagged = line.count;
    EXPECT_NEAR(static_cast<double>(static_cast<std::int64_t>(city.network.signals.id.size()) - untagged), 189, 19)
        << "netconvert with joined junctions: 189 programmes";
}

}  // namespace
}  // namespace shahr
