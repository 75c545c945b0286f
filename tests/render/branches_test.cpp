// The power grid on the map: its branches as lines, coloured by what the result holds of them and of their buses.
#include <gtest/gtest.h>

#include <limits>

#include "render/map_geometry.h"
#include "render/shown_field.h"
#include "sim/results/recording.h"
#include "tests/sim/base/scratch.h"

namespace shahr {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// A transformer at one place, a feeder of 0.4 kV with a bend, and a branch to a bus that is on no map.
City feeder() {
    City city;
    PowerGrid& grid = city.power;
    const auto bus = [&](const char* id, double base_v, Point at) {
        const BusId b = add_bus(grid.buses, id, base_v);
        grid.buses.position[b] = at;
        return b;
    };
    const BusId medium = bus("10 kV", 10e3, {0, 0}), low = bus("0.4 kV", 400, {0, 0}), end = bus("end", 400, {60, 0}), elsewhere = bus("elsewhere", 400, {nan, nan});
    add_branch(grid.branches, "transformer", BranchKind::transformer, medium, low);
    add_branch(grid.branches, "feeder", BranchKind::cable, low, end);
    add_branch(grid.branches, "beyond", BranchKind::line, end, elsewhere);
    Lists<BranchId, Point> shape;
    shape.push_back({});
    shape.push_back({Point{30, 10}});
    shape.push_back({});
    grid.branches.shape = shape;
    return city;
}

TEST(Branches, LinesFollowTheBranchesThatHaveAPlace) {
    const MapGeometry map = make_geometry(feeder());
    ASSERT_EQ(map.branches.size(), 2u);
    EXPECT_EQ(map.branches[0].count, 2u) << "the feeder with its bend; what lies elsewhere has no place";
    EXPECT_EQ(map.branches[1].count, 1u) << "the transformer over it";
    EXPECT_EQ(map.pieces[map.branches[1].first].road, 0) << "the first branch, and there are no roads";
    EXPECT_GT(map.branches[1].least_width_px, map.branches[0].least_width_px);
    EXPECT_EQ(map.box.high, (Point{60, 0}));
}

TEST(Branches, ViolationsAreSharesOfTheInterval) {
    const City city = feeder();
    const Scratch scratch;
    Recorder recorder(scratch / "run.h5", city, Scenario{}, {"shahr", "", "cpu"});
    const auto record = [&](int hour, const std::vector<double>& low_s, const std::vector<double>& over_s) {
        recorder.write({.time = std::chrono::hours{hour},
                        .fields = {{"power", "undervoltage_time", "low", "s", RowKind::bus, CellMethod::sum, low_s},
                                   {"power", "overload_time", "over", "s", RowKind::branch, CellMethod::sum, over_s},
                                   {"power", "losses", "losses", "W", RowKind::branch, CellMethod::point, over_s}}});
    };
    record(0, std::vector<double>(4, nan), std::vector<double>(3, nan));
    record(1, {0, 36, 1800, 0}, {3600, 0, 0});
    recorder.finish({}, nullptr);
    const auto source = open_source(scratch / "run.h5");
    const std::vector<ShownField> fields = shown_fields(*source);
    ASSERT_EQ(fields.size(), 2u) << "losses are of no use on a map";
    EXPECT_EQ(fields[0].name, "undervoltage_time");
    EXPECT_EQ(shown_values(*source, fields[0], 1), (std::vector<float>{1, 50, 50})) << "a branch shows the worse of its buses";
    EXPECT_EQ(shown_values(*source, fields[1], 1), (std::vector<float>{100, 0, 0}));
    EXPECT_EQ(fields[1].scale.of(100, light_paper), light_paper.ramp.back());
    EXPECT_EQ(fields[1].scale.of(0, light_paper), light_paper.ramp.front());
    EXPECT_EQ(fields[1].scale.of(shown_values(*source, fields[1], 0)[0], light_paper), light_paper.no_data) << "of no interval";
}

}  // namespace
}  // namespace shahr
