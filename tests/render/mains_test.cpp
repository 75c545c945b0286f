// The water network on the map: mains as lines, coloured by what the result holds of them.
#include <gtest/gtest.h>

#include "render/map_geometry.h"
#include "render/shown_field.h"
#include "sim/import/epanet_import.h"
#include "sim/results/recording.h"
#include "tests/sim/base/scratch.h"

namespace shahr {
namespace {

City small_network() {
    ImportReport report;
    return import_epanet_text("[JUNCTIONS]\nA 1\nB 1\nC 1\n[RESERVOIRS]\nR 9\n[PIPES]\n1 R A 1 100 1\n2 A B 1 300 1\n3 B C 1 100 1\n[OPTIONS]\nUnits LPS\n[COORDINATES]\nA 0 0\nB 50 0\nR -50 20\n[VERTICES]\n2 25 10\n", "net.inp", report);
}

TEST(Mains, LinesFollowTheLinksThatHaveAPlace) {
    const MapGeometry map = make_geometry(small_network());
    EXPECT_EQ(map.pieces.size(), 3u) << "one for pipe 1, two for pipe 2 with its vertex; C has no place";
    ASSERT_EQ(map.mains.size(), 2u);
    EXPECT_LT(map.mains[0].least_width_px, map.mains[1].least_width_px);
    EXPECT_EQ(map.box.low, (Point{-50, 0}));
    EXPECT_EQ(map.box.high, (Point{50, 20}));
}

TEST(Mains, AMainShowsTheLesserPressureOfItsJunctions) {
    const City city = small_network();
    const Scratch scratch;
    const Scenario scenario;
    Recorder recorder(scratch / "run.h5", city, scenario, {"shahr", "", "cpu"});
    recorder.write({.time = Duration{0}, .fields = {{"water", "pressure", "pressure", "m", RowKind::water_node, CellMethod::point, std::vector<double>{30, 12, 25, 0}}}});
    recorder.finish({}, nullptr);
    const auto source = open_source(scratch / "run.h5");
    const std::vector<ShownField> fields = shown_fields(*source);
    ASSERT_EQ(fields.size(), 1u);
    EXPECT_EQ(source->times(Along::mains).size(), 1u);
    EXPECT_EQ(shown_values(*source, fields[0], 0), (std::vector<float>{30, 12, 12}));
    EXPECT_EQ(fields[0].scale.of(3, light_paper), light_paper.ramp.back()) << "no pressure is worst";
}

}  // namespace
}  // namespace shahr
