#include "sim/city/validate.h"

#include <gtest/gtest.h>

#include "sim/base/error.h"
#include "sim/city/grid_city.h"
#include "sim/import/epanet_import.h"

namespace shahr {
namespace {

City sound() {
    return make_grid_city({.rows = 3, .columns = 3, .signals = 0.5, .people = 500, .jobs = 200});
}

// Breaks one thing and expects one sentence that names it.
template <class Break>
std::string broken(Break change) {
    City city = sound();
    change(city);
    const auto sentences = validate(city);
    return sentences.empty() ? "" : sentences.front();
}

TEST(Validate, FindsNothingInASoundCity) {
    EXPECT_TRUE(validate(sound()).empty());
}

TEST(Validate, NamesTableRowIdAndRule) {
    EXPECT_EQ(broken([](City& c) { c.network.roads.length_m[RoadId{2}] = -1; }), "roads row 2 'c0r0-c0r1': length_m = -1 (not positive) above 0");
    EXPECT_EQ(broken([](City& c) { c.network.lanes.road.vector().back() = RoadId{9999}; }).substr(0, 6), "lanes ");
    EXPECT_NE(broken([](City& c) { c.network.movements.length_m[MovementId{0}] = NAN; }).find("not a finite number"), std::string::npos);
    EXPECT_NE(broken([](City& c) { c.network.signals.cycle[SignalId{0}] += Duration{1000}; }).find("the sum of its phases"), std::string::npos);
    EXPECT_NE(broken([](City& c) { c.network.conflicts.at_m[ConflictId{0}] /= 2; }).find("two rows that agree"), std::string::npos);
    EXPECT_NE(broken([](City& c) { c.network.junctions.id[JunctionId{1}] = "c0r0"; }).find("stands in row 0 too"), std::string::npos);
    EXPECT_NE(broken([](City& c) { c.gates.inbound[GateId{0}] = RoadId{0}; }).find("inbound road"), std::string::npos);
    EXPECT_NE(broken([](City& c) { c.buildings.residents[BuildingId{0}] = -3; }).find("negative"), std::string::npos);
    EXPECT_NE(broken([](City& c) { c.cells.jobs.resize(1); }).find("equally many"), std::string::npos);
    EXPECT_NE(broken([](City& c) { c.network.movements.to_lane[MovementId{0}] = c.network.movements.from_lane[MovementId{0}]; }).find("to_lane begins at junction"), std::string::npos);
    EXPECT_NE(broken([](City& c) { c.network.forbidden_paths.roads.push_back({RoadId{0}, RoadId{0}, RoadId{0}}); }).find("does not begin where"), std::string::npos);
}

TEST(Validate, AControlOfAPumpGivesItsSpeed) {
    ImportReport report;
    City city = import_epanet_text("[JUNCTIONS]\nA 1\n[RESERVOIRS]\nR 9\n[PUMPS]\nU R A POWER 1\n[OPTIONS]\nUnits LPS\n[CONTROLS]\nLINK U OPEN AT TIME 1\n", "net.inp", report);
    EXPECT_TRUE(validate(city).empty());
    city.water.controls.setting[WaterControlId{0}] = NAN;
    ASSERT_EQ(validate(city).size(), 1u);
    EXPECT_NE(validate(city).front().find("setting = nan (link 0 is a pump) its relative speed"), std::string::npos);
}

TEST(Validate, SaysHowManyMoreThereAre) {
    City city = sound();
    for (float& length : city.network.roads.length_m) length = 0;
    const auto sentences = validate(city, 3);
    ASSERT_EQ(sentences.size(), 4u);
    EXPECT_EQ(sentences.back(), "and " + std::to_string(city.network.roads.id.size() - 3) + " more");
    EXPECT_THROW(require_valid(city, "town.h5"), InputError);
}

}  // namespace
}  // namespace shahr
