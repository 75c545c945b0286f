// SUMO's networks with SUMO's trips through the shipped program: everybody arrives, in the time that SUMO says.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/import/sumo/xml_file.h"
#include "sim/results/reading.h"
#include "tests/program/program.h"

namespace shahr {
namespace {

// The issue asks for 10 %; SUMO's own seeds differ by less than 1 %.
constexpr double allowed = 0.10;

class SumoTravelTimes : public ProgramTest {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(data_)) GTEST_SKIP() << "no test data: set SHAHR_TEST_DATA to the folder that holds traffic/";
    }

    void expect_as_in_sumo(const std::string& net, const std::string& routes, const std::string& tripinfo) {
        const auto imported = run({"import", (data_ / net).string(), "-r", (data_ / routes).string(), "-o", "net.city.h5"});
        ASSERT_EQ(imported.code, 0) << imported.err;
        write("given.toml", "city = \"net.city.h5\"\n[traffic]\ntrips = \"given\"\n");
        const auto ran = run({"run", "given.toml", "-o", "given.h5", "--device", "cpu"});
        ASSERT_EQ(ran.code, 0) << ran.err;

        std::vector<double> reference_s;
        const sumo::XmlFile file(data_ / tripinfo, "tripinfos");
        for (const auto trip : file.root().children()) reference_s.push_back(trip.number("duration"));
        const double mean_s = std::accumulate(reference_s.begin(), reference_s.end(), 0.0) / static_cast<double>(reference_s.size());

        const ResultFile result(folder_ / "given.h5");
        EXPECT_EQ(kpi(result, "trips_completed"), static_cast<double>(reference_s.size()));
        EXPECT_EQ(kpi(result, "conservation_residual"), 0);
        EXPECT_NEAR(kpi(result, "mean_travel_time"), mean_s, allowed * mean_s);
    }

    static double kpi(const ResultFile& result, const std::string& name) {
        const auto kpis = result.kpis();
        const auto found = std::find_if(kpis.begin(), kpis.end(), [&](const Kpi& k) { return k.name == name; });
        EXPECT_NE(found, kpis.end()) << name;
        return found == kpis.end() ? std::nan("") : found->value;
    }

    std::filesystem::path data_ = std::filesystem::path(SHAHR_TEST_DATA) / "traffic";
};

TEST_F(SumoTravelTimes, Small5x5) {
    expect_as_in_sumo("small5x5/grid5.net.xml", "small5x5/grid5.rou.xml", "small5x5/sumo/tripinfo_seed1.xml.gz");
}

TEST_F(SumoTravelTimes, Mid20x20) {
    expect_as_in_sumo("mid20x20/grid20.net.xml", "mid20x20/grid20_20k.rou.xml.gz", "mid20x20/sumo/tripinfo.xml.gz");
}

}  // namespace
}  // namespace shahr
