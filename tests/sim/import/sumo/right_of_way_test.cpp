#include "tests/sim/import/sumo/crafted.h"

namespace shahr {
namespace {

TEST(SumoRightOfWay, TheRequestMatrixSaysWhoYields) {
    const Imported i = import_text(CraftedNet{}.text());
    const auto& c = i.city.network.conflicts;
    const MovementId right = i.movement("sc_0", "ce_0"), left = i.movement("sc_0", "cw_0"), east_west = i.movement("ec_0", "cw_0"), west_east = i.movement("wc_0", "ce_0");
    ASSERT_EQ(c.movement.size(), 6u) << "three pairs, two rows each";
    EXPECT_EQ(c.yields[i.conflict(right, west_east)], 1);
    EXPECT_EQ(c.yields[i.conflict(west_east, right)], 0);
    EXPECT_EQ(c.yields[i.conflict(left, west_east)], 1);
    EXPECT_EQ(c.yields[i.conflict(left, east_west)], 1);
    EXPECT_EQ(c.yields[i.conflict(east_west, left)], 0);
    EXPECT_FALSE(is_some(i.conflict(right, east_west)));
}

TEST(SumoRightOfWay, PathsThatEndInOneLaneMergeAtTheirEnds) {
    const Imported i = import_text(CraftedNet{}.text());
    const auto& c = i.city.network.conflicts;
    const ConflictId merge = i.conflict(i.movement("sc_0", "cw_0"), i.movement("ec_0", "cw_0"));
    EXPECT_EQ(c.merges[merge], 1);
    EXPECT_FLOAT_EQ(c.at_m[merge], 14);
    EXPECT_FLOAT_EQ(c.foe_at_m[merge], 11.2f);
}

TEST(SumoRightOfWay, PathsThatCrossMeetWhereTheirLinesDo) {
    const Imported i = import_text(CraftedNet{}.text());
    const auto& c = i.city.network.conflicts;
    const ConflictId crossing = i.conflict(i.movement("sc_0", "cw_0"), i.movement("wc_0", "ce_0"));
    EXPECT_EQ(c.merges[crossing], 0);
    // The left turn is drawn (101.6, 92.8) (101.6, 96.8) (96, 101.6), 11.3757 m, and driven 14 m; the lines cross at
    // y = 98.4, a third of the way along its second part (7.3757 m drawn).
    EXPECT_NEAR(c.at_m[crossing], (4 + 7.3757 / 3) * 14 / 11.3757, 1e-3);
    EXPECT_NEAR(c.foe_at_m[crossing], 101.6 - 5.6 / 3 - 96, 1e-3);
}

TEST(SumoRightOfWay, EveryRowHasItsTwin) {
    const Imported i = import_text(CraftedNet{}.text());
    const auto& c = i.city.network.conflicts;
    for (const ConflictId a : rows(c.movement)) {
        const ConflictId b = i.conflict(c.foe[a], c.movement[a]);
        ASSERT_TRUE(is_some(b));
        EXPECT_EQ(c.at_m[a], c.foe_at_m[b]);
        EXPECT_EQ(c.merges[a], c.merges[b]);
    }
}

TEST(SumoRightOfWay, CrossingsForPedestriansKeepTheirPlaceInTheMatrix) {
    CraftedNet net;
    // A crossing over the side street is the fifth link; sidewalks and walking areas have no place.
    net.more = R"(<edge id=":c_c0" function="crossing"><lane id=":c_c0_0" index="0" speed="1" length="7" shape="100,94 104,94"/></edge>
<edge id=":c_w0" function="walkingarea"><lane id=":c_w0_0" index="0" speed="1" length="3" shape="104,94 106,94"/></edge>)";
    net.requests = R"(
        <request index="0" response="01000" foes="11000" cont="0"/>
        <request index="1" response="01100" foes="11100" cont="1"/>
        <request index="2" response="00000" foes="00010" cont="0"/>
        <request index="3" response="00000" foes="00011" cont="0"/>
        <request index="4" response="00000" foes="00011" cont="0"/>)";
    std::string text = net.text();
    text.replace(text.find("sc_0 ec_0 wc_0"), 14, "sc_0 ec_0 wc_0 :c_w0_0");
    text.replace(text.find("</net>"), 6, R"(<connection from="sc" to=":c_w0" fromLane="0" toLane="0" dir="s" state="M"/>
<connection from=":c_w0" to=":c_c0" fromLane="0" toLane="0" dir="s" state="M"/>
<connection from=":c_w0" to="ce" fromLane="0" toLane="0" dir="s" state="M"/></net>)");
    const Imported i = import_text(text);
    EXPECT_EQ(i.count("right-of-way matrices"), 0);
    EXPECT_EQ(i.city.network.conflicts.movement.size(), 6u);
    EXPECT_EQ(i.count("pedestrian crossings and walking areas"), 2);
}

TEST(SumoRightOfWay, AMatrixThatDoesNotFitIsReported) {
    CraftedNet net;
    net.requests = R"(<request index="0" response="1" foes="1" cont="0"/>)";
    const Imported i = import_text(net.text());
    EXPECT_EQ(i.count("right-of-way matrices"), 1);
    EXPECT_EQ(i.count("pairs of connections into one lane of which no request speaks"), 2);
}

TEST(SumoRightOfWay, AJunctionIsKeptClearUnlessItsConnectionsSayOtherwise) {
    EXPECT_EQ(import_text(CraftedNet{}.text()).city.network.junctions.keep_clear.vector(), (std::vector<std::uint8_t>{1, 0, 0, 0}));
    CraftedNet net;
    net.signal = R"( keepClear="0")";
    const Imported i = import_text(net.text());
    EXPECT_EQ(i.city.network.junctions.keep_clear[JunctionId{0}], 0);
    EXPECT_EQ(i.count("connections with keepClear=\"false\""), 4);
}

}  // namespace
}  // namespace shahr
