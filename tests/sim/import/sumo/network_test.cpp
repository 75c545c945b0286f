#include "tests/sim/import/sumo/crafted.h"

namespace shahr {
namespace {

TEST(SumoNetwork, InternalEdgesAreNoRoads) {
    const Imported i = import_text(CraftedNet{}.text());
    EXPECT_EQ(i.city.network.roads.id.vector(), (std::vector<std::string>{"sc", "ec", "wc", "ce", "cw"}));
    EXPECT_EQ(i.city.network.junctions.id.vector(), (std::vector<std::string>{"c", "e", "w", "s"}));
    EXPECT_EQ(i.city.network.movements.from_lane.size(), 4u);
}

TEST(SumoNetwork, RoadsKeepWhatTheFileSays) {
    const Imported i = import_text(CraftedNet{}.text());
    const auto& roads = i.city.network.roads;
    EXPECT_EQ(roads.name[i.road("sc")], "Side Street");
    EXPECT_FLOAT_EQ(roads.length_m[i.road("sc")], 92.80f);
    EXPECT_FLOAT_EQ(roads.speed_limit_mps[i.road("sc")], 8.33f);
    EXPECT_EQ(roads.priority[i.road("ec")], 10);
    EXPECT_EQ(roads.road_class[i.road("ec")], RoadClass::primary);
    EXPECT_EQ(roads.road_class[i.road("sc")], RoadClass::other);
    EXPECT_EQ(i.city.network.junctions.id[roads.from[i.road("sc")]], "s");
    EXPECT_EQ(i.city.network.junctions.id[roads.to[i.road("sc")]], "c");
}

TEST(SumoNetwork, TheCentreLineRunsBetweenTheOutermostLanes) {
    CraftedNet net;
    net.side_lane = R"(<lane id="sc_0" index="0" speed="8" length="92" shape="102,0 102,92"/><lane id="sc_1" index="1" speed="9" length="92" shape="98,0 98,92"/>)";
    const Imported i = import_text(net.text());
    const auto shape = i.city.network.roads.shape[i.road("sc")];
    EXPECT_EQ(shape[0], (Point{100, 0}));
    EXPECT_EQ(shape[1], (Point{100, 92}));
    EXPECT_FLOAT_EQ(i.city.network.roads.speed_limit_mps[i.road("sc")], 9);
}

TEST(SumoNetwork, AMovementIsTheChainOfItsInternalLanes) {
    const Imported i = import_text(CraftedNet{}.text());
    const auto& m = i.city.network.movements;
    const MovementId left = i.movement("sc_0", "cw_0"), right = i.movement("sc_0", "ce_0");
    EXPECT_FLOAT_EQ(m.length_m[left], 14);
    EXPECT_FLOAT_EQ(m.wait_m[left], 4) << "it may wait where the internal junction splits its way";
    EXPECT_FLOAT_EQ(m.wait_m[right], 0);
    EXPECT_FLOAT_EQ(m.speed_limit_mps[right], 5);
    EXPECT_EQ(m.turn[left], Turn::left);
    EXPECT_EQ(m.turn[right], Turn::right);
    EXPECT_EQ(m.shape[left].size(), 3u);
    EXPECT_EQ(m.shape[left].front(), (Point{101.6, 92.8}));
    EXPECT_EQ(m.shape[left].back(), (Point{96, 101.6}));
    EXPECT_EQ(m.right_of_way[left], RightOfWay::minor);
    EXPECT_EQ(m.right_of_way[i.movement("wc_0", "ce_0")], RightOfWay::major);
}

TEST(SumoNetwork, WithoutInternalLanesTheWayIsStraight) {
    std::string net = CraftedNet{}.text();
    for (std::size_t at; (at = net.find(" via=\":c_3_0\"")) != std::string::npos;) net.erase(at, 13);
    const Imported i = import_text(net);
    EXPECT_EQ(i.count("connections without an internal lane"), 1);
    EXPECT_NEAR(i.city.network.movements.length_m[i.movement("wc_0", "ce_0")], 11.2, 1e-4);
}

TEST(SumoNetwork, PermissionsBecomeClasses) {
    CraftedNet net;
    net.side_lane = R"(<lane id="sc_0" index="0" speed="8" length="92" allow="bus taxi hov" shape="102,0 102,92"/>)"
                    R"(<lane id="sc_1" index="1" speed="9" length="92" disallow="truck pedestrian" shape="98,0 98,92"/>)";
    const Imported i = import_text(net.text());
    const auto& lanes = i.city.network.lanes;
    EXPECT_EQ(lanes.allowed[LaneId{0}], mask_of(VehicleClass::bus) | mask_of(VehicleClass::taxi));
    EXPECT_EQ(lanes.allowed[LaneId{1}] & mask_of(VehicleClass::truck), 0);
    EXPECT_NE(lanes.allowed[LaneId{1}] & mask_of(VehicleClass::car), 0);
    EXPECT_EQ(i.count("permissions of kin classes"), 1);
    const MovementId left = i.movement("sc_0", "cw_0");
    EXPECT_EQ(i.city.network.movements.allowed[left], lanes.allowed[LaneId{0}]);
}

TEST(SumoNetwork, RoundaboutsAreMarked) {
    CraftedNet net;
    net.more = R"(<roundabout nodes="c" edges="ce cw"/>)";
    const Imported i = import_text(net.text());
    EXPECT_EQ(i.city.network.roads.roundabout[i.road("ce")], 1);
    EXPECT_EQ(i.city.network.roads.roundabout[i.road("sc")], 0);
    EXPECT_EQ(i.city.network.junctions.control[JunctionId{0}], Control::roundabout);
}

TEST(SumoNetwork, EveryKindOfJunctionHasAControl) {
    const auto control = [](const char* type) {
        CraftedNet net;
        net.junction_type = type;
        return import_text(net.text()).city.network.junctions.control[JunctionId{0}];
    };
    EXPECT_EQ(control("priority"), Control::priority);
    EXPECT_EQ(control("traffic_light"), Control::signal);
    EXPECT_EQ(control("right_before_left"), Control::right_before_left);
    EXPECT_EQ(control("allway_stop"), Control::all_way_stop);
    EXPECT_EQ(control("unregulated"), Control::uncontrolled);
    EXPECT_EQ(control("zipper"), Control::priority);
    EXPECT_EQ(control("rail_crossing"), Control::priority);
}

TEST(SumoNetwork, TheProjectionIsKeptWithItsOffset) {
    std::string net = CraftedNet{}.text();
    EXPECT_EQ(import_text(net).city.projection.proj, "") << "\"!\" stands for none";
    net.replace(net.find("projParameter=\"!\""), 17, "projParameter=\"+proj=utm +zone=32 +ellps=WGS84\"");
    const Projection p = import_text(net).city.projection;
    EXPECT_EQ(p.proj, "+proj=utm +zone=32 +ellps=WGS84");
    EXPECT_EQ(p.offset_x_m, 10);
    EXPECT_EQ(p.offset_y_m, 20);
    net.replace(net.find("+proj=utm"), 9, "+proj=xyz");
    const Imported unknown = import_text(net);
    EXPECT_EQ(unknown.city.projection.proj, "");
    EXPECT_EQ(unknown.count("projection +proj=xyz +zone=32 +ellps=WGS84"), 1);
}

TEST(SumoNetwork, TheGridOfCellsCoversTheRoads) {
    const Imported i = import_text(CraftedNet{}.text());
    const auto& cells = i.city.cells;
    EXPECT_EQ(cells.columns * cells.rows, static_cast<std::int32_t>(cells.population.size()));
    for (const Point p : i.city.network.roads.shape.items()) EXPECT_TRUE(is_some(cells.at(p))) << p.x_m << " " << p.y_m;
}

TEST(SumoNetwork, WhatIsNotUnderstoodIsListed) {
    CraftedNet net;
    net.more = R"(<type id="a"/><type id="b"/><edge id="x" from="w" to="s" distance="3"><lane id="x_0" index="0" speed="9" length="9" changeLeft="bus" shape="0,0 9,0"><stopOffset value="3"/></lane></edge>)";
    std::string text = net.text();
    const auto junctions = text.find("<junction"), edge = text.find("<edge id=\"x\"");
    ASSERT_LT(edge, junctions);
    const Imported i = import_text(text);
    EXPECT_EQ(i.count("<type>"), 2);
    EXPECT_EQ(i.count("<edge distance=\"...\">"), 1);
    EXPECT_EQ(i.count("<stopOffset>"), 1);
    EXPECT_EQ(i.count("lanes with changeLeft or changeRight"), 1);
}

}  // namespace
}  // namespace shahr
