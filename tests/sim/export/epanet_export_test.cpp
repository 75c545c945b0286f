#include "sim/export/epanet_export.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "sim/import/epanet_import.h"

namespace shahr {
namespace {

template <class Column>
void expect_near(const Column& a, const Column& b, const char* name) {
    ASSERT_EQ(a.size(), b.size()) << name;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double x = a.vector()[i], y = b.vector()[i];
        if (std::isnan(x) && std::isnan(y)) continue;
        EXPECT_NEAR(x, y, 1e-12 * (1 + std::abs(x))) << name << " row " << i;
    }
}

TEST(EpanetExport, ComesBackTheSame) {
    for (const auto& entry : std::filesystem::directory_iterator(SHAHR_SOURCE_DIR "/tests/reference/water")) {
        ImportReport report;
        const WaterNetwork before = import_epanet(entry.path(), report).water;
        City city;
        city.water = before;
        const WaterNetwork after = import_epanet_text(export_epanet(city, report), "again.inp", report).water;
        SCOPED_TRACE(entry.path().string());
        EXPECT_EQ(before.nodes.id, after.nodes.id);
        EXPECT_EQ(before.links.id, after.links.id);
        EXPECT_EQ(before.links.kind, after.links.kind);
        EXPECT_EQ(before.links.status, after.links.status);
        EXPECT_EQ(before.links.check_valve, after.links.check_valve);
        expect_near(before.nodes.elevation_m, after.nodes.elevation_m, "elevation");
        expect_near(before.nodes.emitter, after.nodes.emitter, "emitter");
        expect_near(before.links.length_m, after.links.length_m, "length");
        expect_near(before.links.diameter_m, after.links.diameter_m, "diameter");
        expect_near(before.links.roughness, after.links.roughness, "roughness");
        expect_near(before.links.setting, after.links.setting, "setting");
        expect_near(before.links.leak_growth, after.links.leak_growth, "leak growth");
        expect_near(before.demands.base_m3s, after.demands.base_m3s, "demand");
        expect_near(before.tanks.min_volume_m3, after.tanks.min_volume_m3, "volume");
        EXPECT_EQ(before.tanks.overflow, after.tanks.overflow);
        expect_near(before.pumps.speed, after.pumps.speed, "speed");
        EXPECT_EQ(before.controls.trigger, after.controls.trigger);
        EXPECT_EQ(before.controls.time, after.controls.time);
        expect_near(before.controls.level_m, after.controls.level_m, "level");
        EXPECT_EQ(before.premises.quantity, after.premises.quantity);
        EXPECT_EQ(before.premises.relation, after.premises.relation);
        EXPECT_EQ(before.premises.alternative, after.premises.alternative);
        expect_near(before.premises.value, after.premises.value, "value");
        EXPECT_EQ(before.actions.otherwise, after.actions.otherwise);
        EXPECT_EQ(before.actions.status, after.actions.status);
        expect_near(before.actions.setting, after.actions.setting, "action");
        EXPECT_EQ(before.settings.duration, after.settings.duration);
        EXPECT_EQ(before.settings.rule_step, after.settings.rule_step);
        EXPECT_NEAR(before.settings.required_pressure_m, after.settings.required_pressure_m, 1e-12);
    }
}

TEST(EpanetExport, IdsThatEpanetCannotReadAreReplaced) {
    ImportReport report;
    City city = import_epanet_text("[JUNCTIONS]\n J 1 2\n[RESERVOIRS]\n R 50\n[PIPES]\n P R J 100 200 100\n", "net.inp", report);
    city.water.nodes.id.vector()[0] = "a name with blanks; and more than thirty-one letters";
    const WaterNetwork after = import_epanet_text(export_epanet(city, report), "again.inp", report).water;
    EXPECT_EQ(after.nodes.id.vector()[0], "n1");
    EXPECT_EQ(after.demands.node.vector()[0], WaterNodeId{0});
}

}  // namespace
}  // namespace shahr
