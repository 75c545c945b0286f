#include "render/frame_source.h"

#include <gtest/gtest.h>

#include "sim/results/recording.h"
#include "tests/sim/base/scratch.h"
#include "tests/sim/city/filled_city.h"

namespace shahr {
namespace {

TEST(FrameSource, AResultKnowsItsClosedRoads) {
    const Scratch scratch;
    const City city = filled_city();
    const RoadId road{2};
    Scenario scenario;
    scenario.first_day = std::chrono::year{2026} / 3 / 10;
    scenario.text = "city = \"gone.h5\"\n[[close_road]]\nid = \"" + city.network.roads.id[road] + "\"\nbegin = \"07:00\"\nend = \"08:00\"\ndaily = true\n";
    Recorder recorder(scratch / "run.h5", city, scenario, {"shahr", "", "cpu"});
    const std::vector<std::int32_t> nobody(city.network.roads.id.size(), 0);
    recorder.write({.time = std::chrono::hours{6}, .fields = {{"traffic", "vehicles", "vehicles", "1", RowKind::road, CellMethod::point, nobody}}});
    recorder.finish({}, nullptr);

    const auto source = open_source(scratch / "run.h5");
    using std::chrono::hours;
    EXPECT_EQ(source->note(), "");
    EXPECT_EQ(source->closed_roads(hours{7}), std::vector<RoadId>{road});
    EXPECT_TRUE(source->closed_roads(hours{8}).empty());
    EXPECT_EQ(source->closed_roads(hours{31} + std::chrono::minutes{59}), std::vector<RoadId>{road}) << "the next day";
}

TEST(FrameSource, SaysThatItDoesNotKnowThem) {
    const Scratch scratch;
    const City city = filled_city();
    Scenario scenario;
    scenario.text = "[[close_road]]\nby = \"a later program\"\n";
    Recorder recorder(scratch / "run.h5", city, scenario, {"shahr", "", "cpu"});
    recorder.finish({}, nullptr);
    EXPECT_NE(open_source(scratch / "run.h5")->note(), "");
}

}  // namespace
}  // namespace shahr
