// Maps through the program: real extracts under the names they come with, and what a restriction does to those who drive.
#include "tests/program/program.h"

#include <fmt/format.h>

namespace shahr {
namespace {

class Import : public ProgramTest, public testing::WithParamInterface<const char*> {};

TEST_P(Import, OfAnExtractWritesACityThatHolds) {
    const std::string extract = std::string(SHAHR_TEST_DATA) + "/osm/" + GetParam();
    if (!std::filesystem::exists(extract)) GTEST_SKIP() << "SHAHR_TEST_DATA holds no osm/" << GetParam();
    const Outcome outcome = run({"import", extract, "-o", "city.h5"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("roads (each direction)"), std::string::npos) << outcome.out;
    const Outcome check = run({"check", "city.h5"});
    EXPECT_EQ(check.code, 0) << check.err;
}

INSTANTIATE_TEST_SUITE_P(RealExtracts, Import, testing::Values("almaty.osm.pbf", "almaty-centre.osm.pbf", "bad-hersfeld.osm.xml.gz", "monaco.osm.pbf"));

// Two crossings, 2 and 3, 200 m apart on a street from 1 in the west to 4, with a ring of streets around them. All trips go
// from way 10 (1 - 2) to way 30 (3 - 7), quickest over way 11 (2 - 3).
class ARestrictionOverAWay : public ProgramTest {
protected:
    static constexpr double metres_per_degree = 111'195, shrink = 0.7313537;  // at 43 degrees north
    static std::string place(double x_m, double y_m, const char* form) {
        return fmt::format(fmt::runtime(form), 76 + x_m / metres_per_degree / shrink, 43 + y_m / metres_per_degree);
    }
    static std::string map(const std::string& relation) {
        const int nodes[][3] = {{1, -200, 0}, {2, 0, 0}, {3, 200, 0}, {4, 400, 0}, {5, 0, 200}, {6, 0, -200}, {7, 200, 200}, {8, 200, -200}};
        const int ways[][3] = {{10, 1, 2}, {11, 2, 3}, {12, 3, 4}, {20, 2, 5}, {21, 2, 6}, {30, 3, 7}, {31, 3, 8},
                               {40, 1, 5}, {41, 5, 7}, {42, 7, 4}, {43, 4, 8}, {44, 8, 6}, {45, 6, 1}};
        std::string text = "<osm version='0.6'>";
        for (const auto& [id, x, y] : nodes) text += fmt::format("<node id='{}' ", id) + place(x, y, "lon='{:.7f}' lat='{:.7f}'/>");
        for (const auto& [id, a, b] : ways)
            text += fmt::format("<way id='{}'><nd ref='{}'/><nd ref='{}'/><tag k='highway' v='tertiary'/></way>", id, a, b);
        return text + relation + "</osm>";
    }
    // Kilometres driven by all.
    double distance_km(const std::string& relation) {
        write("town.osm", map(relation));
        std::string trips = "depart_s,from_lon,from_lat,to_lon,to_lat,class\n";
        for (int k = 0; k < 20; ++k)
            trips += fmt::format("{},", 21'600 + 20 * k) + place(-150, -5, "{:.7f},{:.7f},") + place(205, 150, "{:.7f},{:.7f},car\n");
        write("trips.csv", trips);
        write("run.toml", "city = \"town.h5\"\nstart = \"06:00\"\nlength = \"1h\"\n[traffic]\nreroute_every = \"1min\"\n[demand]\ntrips_file = \"trips.csv\"\n");
        EXPECT_EQ(run({"import", "town.osm", "-o", "town.h5"}).code, 0);
        const Outcome driven = run({"run", "run.toml", "-o", "run.h5"});
        EXPECT_NE(driven.out.find("20 completed"), std::string::npos) << driven.out << driven.err;
        const auto at = driven.out.find("\ndistance ");
        return at == std::string::npos ? 0 : std::stod(driven.out.substr(at + 10));
    }
};

TEST_F(ARestrictionOverAWay, SendsDriversAnotherWay) {
    const double free_km = distance_km("");
    const double bound_km = distance_km("<relation id='1'><member type='way' ref='10' role='from'/><member type='way' ref='11' role='via'/>"
                                        "<member type='way' ref='30' role='to'/><tag k='type' v='restriction'/><tag k='restriction' v='no_left_turn'/></relation>");
    EXPECT_GT(free_km, 20 * 0.45);
    EXPECT_LT(free_km, 20 * 0.55);
    EXPECT_GT(bound_km, 20 * 0.85) << "round a block";
}

}  // namespace
}  // namespace shahr
