#include "sim/import/heat_description.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "sim/base/error.h"
#include "tests/sim/base/scratch.h"

namespace shahr {
namespace {

// One street: flats behind an elevator, a school behind a heat exchanger.
const std::string street = R"(ground_c = 8
pressure_node = "boiler"
pressure_bar = 3
[[heat_node]]
id = "boiler"
[[heat_node]]
id = "a"
x_m = 300
[[heat_pipe]]
id = "boiler-a"
from = "boiler"
to = "a"
length_m = 300
diameter_mm = 100
insulation_mm = 40
insulation_wpmk = 0.04
[[heat_plant]]
id = "boiler"
node = "boiler"
supply_c = 130
return_c = 70
outdoor_c = -20
lowest_supply_c = 70
least_dp_bar = 1.2
[[heat_consumer]]
id = "flats"
node = "a"
kind = "radiator"
heat_w = 4e5
supply_c = 95
design_return_c = 70
mixing_ratio = 1.4
[[heat_consumer]]
id = "school"
node = "a"
heat_w = 2e5
return_c = 45
)";

class HeatDescription : public testing::Test {
protected:
    City read(const std::string& text) {
        std::ofstream(folder_ / "net.toml") << text;
        return read_heat_description(folder_ / "net.toml");
    }
    // With one line in place of another.
    std::string refusal(const std::string& line, const std::string& other) {
        std::string text = street;
        text.replace(text.find(line + "\n"), line.size(), other);
        try {
            read(text);
        } catch (const InputError& error) {
            const std::string what = error.what();
            return what.substr(what.find("net.toml:"));
        }
        return "";
    }
    Scratch folder_;
};

TEST_F(HeatDescription, LaysBothLinesAndInsulatesThem) {
    const HeatNetwork heat = read(street).heat;
    EXPECT_EQ(heat.nodes.id.vector(), (std::vector<std::string>{"boiler.supply", "boiler.return", "a.supply", "a.return"}));
    ASSERT_EQ(heat.links.id.size(), 5u);
    EXPECT_NEAR(heat.links.heat_loss_wpmk[HeatLinkId{0}], 2 * 3.14159265358979 * 0.04 / std::log(90.0 / 50), 1e-9);
    EXPECT_DOUBLE_EQ(heat.links.ground_c[HeatLinkId{1}], 8);
    EXPECT_DOUBLE_EQ(heat.nodes.pressure_pa[HeatNodeId{1}], 3e5);
    EXPECT_EQ(heat.consumers.kind[HeatConsumerId{0}], HeatConsumerKind::radiator);
    EXPECT_EQ(heat.consumers.kind[HeatConsumerId{1}], HeatConsumerKind::substation);
    EXPECT_DOUBLE_EQ(heat.plants.least_dp_pa[HeatPlantId{0}], 1.2e5);
}

TEST_F(HeatDescription, SaysWhatIsWrongAndWhere) {
    EXPECT_EQ(refusal("kind = \"radiator\"", "kind = \"radiatr\""), "net.toml:28: kind = \"radiatr\" (no such choice) did you mean \"radiator\"?");
    EXPECT_EQ(refusal("return_c = 45", "return_c = 145"), "net.toml:37: return_c = 145 (no plant's supply is hotter) below 130");
    EXPECT_EQ(refusal("return_c = 45", "return_c = 45\ndelta_k = 20"), "net.toml:38: delta_k = 20 (with return_c it sets neither heat nor flow) one of them");
    EXPECT_EQ(refusal("lowest_supply_c = 70", "lowest_supply_c = 140"), "net.toml:23: lowest_supply_c = 140 (above supply_c) 130 or less");
    EXPECT_EQ(refusal("id = \"school\"", "id = \"flats\""), "net.toml:34: id = \"flats\" (there twice) each id once");
    EXPECT_EQ(refusal("least_dp_bar = 1.2", "least_dp_mbar = 1200"), "net.toml:24: least_dp_mbar = 1200 (no such key in [[heat_plant]]) did you mean \"least_dp_bar\"?");
    EXPECT_EQ(refusal("diameter_mm = 100", "diameter_mm = 0"), "net.toml:14: diameter_mm = 0 (too small) 1 or more");
    EXPECT_EQ(refusal("pressure_node = \"boiler\"", "pressure_node = \"b\""), "net.toml:2: pressure_node = \"b\" (no such node) the id of a [[heat_node]]");
}

}  // namespace
}  // namespace shahr
