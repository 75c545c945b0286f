#include <cmath>

#include "tests/sim/import/sumo/crafted.h"

namespace shahr {
namespace {

Imported drive(const std::string& elements) {
    return import_text(CraftedNet{}.text(), "<routes>\n" + elements + "\n</routes>");
}
std::string refused(const std::string& elements) {
    return complaint(CraftedNet{}.text(), "<routes>\n" + elements + "\n</routes>");
}

TEST(SumoTrips, RoutesMayBeNestedOrNamed) {
    const Imported i = drive(R"(<route id="r" edges="wc ce"/>
<vehicle id="a" depart="10"><route edges="sc ce"/></vehicle><vehicle id="b" depart="11" route="r"/><trip id="c" depart="12" from="ec" to="cw"/>)");
    const auto& t = i.city.trips;
    ASSERT_EQ(t.id.vector(), (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_EQ(t.route[TripId{0}][0], i.road("sc"));
    EXPECT_EQ(t.route[TripId{0}][1], i.road("ce"));
    EXPECT_EQ(t.origin[TripId{1}], i.road("wc"));
    EXPECT_EQ(t.destination[TripId{2}], i.road("cw"));
    EXPECT_TRUE(t.route[TripId{2}].empty()) << "the way is to be found";
    EXPECT_EQ(t.depart[TripId{2}], Duration(12000));
}

TEST(SumoTrips, AreSortedByDeparture) {
    const Imported i = drive(R"(<trip id="late" depart="1:00:00" from="ec" to="cw"/><trip id="b" depart="5.25" from="ec" to="cw"/><trip id="a" depart="5.25" from="wc" to="ce"/>)");
    EXPECT_EQ(i.city.trips.id.vector(), (std::vector<std::string>{"b", "a", "late"}));
    EXPECT_EQ(i.city.trips.depart.vector(), (std::vector{Duration(5250), Duration(5250), Duration(3600000)}));
}

TEST(SumoTrips, WithoutATypeAreSumosCar) {
    const Imported i = drive(R"(<trip id="a" depart="0" from="ec" to="cw"/>)");
    const auto& v = i.city.vehicle_types;
    ASSERT_EQ(v.id.vector(), std::vector<std::string>{"DEFAULT_VEHTYPE"});
    const VehicleTypeId car{0};
    EXPECT_EQ(v.length_m[car], 5);
    EXPECT_EQ(v.min_gap_m[car], 2.5f);
    EXPECT_EQ(v.headway_s[car], 1);
    EXPECT_EQ(v.acceleration_mps2[car], 2.6f);
    EXPECT_EQ(v.deceleration_mps2[car], 4.5f);
    EXPECT_EQ(v.speed_factor_deviation[car], 0.1f);
    EXPECT_EQ(v.speed_factor_min[car], 0.2f);
    EXPECT_TRUE(std::isnan(i.city.trips.speed_factor[TripId{0}]));
}

TEST(SumoTrips, TypesKeepTheirParameters) {
    const Imported i = drive(R"xml(<vType id="t" vClass="truck" length="10" tau="1.4" accel="1" speedFactor="normc(0.9,0.05,0.7,1.1)" carFollowModel="IDM" sigma="0" lcStrategic="2"/>
<vType id="u" speedFactor="1.2" speedDev="0" maxSpeed="20"/><trip id="a" type="t" depart="0" from="ec" to="cw"/>)xml");
    const auto& v = i.city.vehicle_types;
    const VehicleTypeId t{0}, u{1};
    EXPECT_EQ(v.vehicle_class[t], VehicleClass::truck);
    EXPECT_EQ(v.length_m[t], 10);
    EXPECT_EQ(v.headway_s[t], 1.4f);
    EXPECT_EQ(v.deceleration_mps2[t], 4) << "a truck's default";
    EXPECT_EQ(v.speed_factor_mean[t], 0.9f);
    EXPECT_EQ(v.speed_factor_max[t], 1.1f);
    EXPECT_EQ(v.speed_factor_mean[u], 1.2f);
    EXPECT_EQ(v.speed_factor_deviation[u], 0);
    EXPECT_EQ(v.max_speed_mps[u], 20);
    EXPECT_EQ(i.count("vehicle types with the car-following model Krauss"), 1);
    EXPECT_EQ(i.count("<vType lcStrategic=\"...\">"), 1);
}

TEST(SumoTrips, ADistributionOfTypesIsDrawnTheSameWayEveryTime) {
    std::string routes = R"(<vTypeDistribution id="mix"><vType id="car" probability="3"/><vType id="bus" vClass="bus" probability="1"/></vTypeDistribution>)";
    for (int i = 0; i < 400; ++i) routes += "<trip id=\"" + std::to_string(i) + "\" type=\"mix\" depart=\"0\" from=\"ec\" to=\"cw\"/>\n";
    const Imported a = drive(routes), b = drive(routes);
    EXPECT_EQ(a.city.trips.type.vector(), b.city.trips.type.vector());
    const auto cars = std::count(a.city.trips.type.begin(), a.city.trips.type.end(), VehicleTypeId{0});
    EXPECT_NEAR(static_cast<double>(cars), 300, 35) << "four standard deviations of a binomial";
}

TEST(SumoTrips, DepartureAndArrivalValues) {
    const Imported i = drive(R"(
<trip id="given" depart="0" from="ec" to="cw" departLane="0" departPos="20" departSpeed="3" arrivalPos="-10" speedFactor="1.1"/>
<trip id="words" depart="1" from="ec" to="cw" departLane="best" departPos="base" departSpeed="max" arrivalPos="max"/>
<trip id="drawn" depart="2" from="ec" to="cw" departLane="random" departPos="random" departSpeed="random"/>)");
    const auto& t = i.city.trips;
    EXPECT_EQ(t.depart_lane[TripId{0}], 0);
    EXPECT_EQ(t.depart_position_m[TripId{0}], 20);
    EXPECT_EQ(t.depart_speed_mps[TripId{0}], 3);
    EXPECT_EQ(t.arrival_position_m[TripId{0}], 86);
    EXPECT_EQ(t.speed_factor[TripId{0}], 1.1f);
    EXPECT_EQ(t.depart_lane[TripId{1}], -1);
    EXPECT_TRUE(std::isnan(t.depart_position_m[TripId{1}]));
    EXPECT_TRUE(std::isinf(t.depart_speed_mps[TripId{1}]));
    EXPECT_EQ(t.depart_lane[TripId{2}], 0);
    EXPECT_GE(t.depart_position_m[TripId{2}], 0);
    EXPECT_LE(t.depart_position_m[TripId{2}], 92.8f);
    EXPECT_LE(t.depart_speed_mps[TripId{2}], 13.89f);
}

TEST(SumoTrips, FlowsAreSpreadEvenly) {
    const auto times = [](const std::string& attributes) {
        std::vector<double> seconds_of;
        for (const Duration d : drive("<flow id=\"f\" from=\"ec\" to=\"cw\" " + attributes + "/>").city.trips.depart) seconds_of.push_back(seconds(d));
        return seconds_of;
    };
    EXPECT_EQ(times(R"(begin="0" end="10" number="4")"), (std::vector{0.0, 2.5, 5.0, 7.5}));
    EXPECT_EQ(times(R"(begin="0" end="10" period="3")"), (std::vector{0.0, 3.0, 6.0, 9.0}));
    EXPECT_EQ(times(R"(begin="0" end="10" vehsPerHour="1000")"), (std::vector{0.0, 3.6, 7.2}));
    EXPECT_EQ(times(R"(begin="4" period="2" number="3")"), (std::vector{4.0, 6.0, 8.0}));
    EXPECT_EQ(times(R"(begin="0" end="100" probability="1")").size(), 100u);
    EXPECT_NEAR(static_cast<double>(times(R"(begin="0" end="10000" probability="0.25")").size()), 2500, 175);
    EXPECT_NEAR(static_cast<double>(times(R"xml(begin="0" end="10000" period="exp(0.25)")xml").size()), 2500, 200);
    EXPECT_EQ(drive(R"(<flow id="f" from="ec" to="cw" begin="0" end="9" number="2"/>)").city.trips.id[TripId{1}], "f.1");
}

TEST(SumoTrips, AViaIsReachedOnTheQuickestWay) {
    CraftedNet net;
    const Imported i = import_text(net.text(), R"(<routes><trip id="a" depart="0" from="sc" via="sc" to="ce"/></routes>)");
    const auto route = i.city.trips.route[TripId{0}];
    EXPECT_EQ(std::vector(route.begin(), route.end()), (std::vector{i.road("sc"), i.road("ce")}));
}

TEST(SumoTrips, ARepeatedRouteGoesRoundAgain) {
    CraftedNet net;
    const Imported i = import_text(net.text(), R"(<routes><vehicle id="a" depart="0"><route edges="ce" repeat="0"/></vehicle></routes>)");
    EXPECT_EQ(i.city.trips.route[TripId{0}].size(), 1u);
    EXPECT_NE(refused(R"(<vehicle id="a" depart="0"><route edges="sc ce" repeat="1"/></vehicle>)").find("leads from \"ce\" to \"sc\""), std::string::npos);
}

TEST(SumoTrips, WhatIsNotUnderstoodIsListed) {
    const Imported i = drive(R"(<person id="p" depart="0"><walk/></person><vehicle id="a" depart="0" line="7"><route edges="sc ce"/><stop lane="ce_0" duration="5"/></vehicle>
<trip id="t" depart="triggered" from="ec" to="cw"/><trip id="z" depart="1" fromTaz="1" toTaz="2"/>)");
    EXPECT_EQ(i.count("<person>"), 1);
    EXPECT_EQ(i.count("<stop>"), 1);
    EXPECT_EQ(i.count("<vehicle line=\"...\">"), 1);
    EXPECT_EQ(i.count("vehicles that depart when triggered"), 1);
    EXPECT_EQ(i.count("vehicles without from and to edges"), 1);
    EXPECT_EQ(i.city.trips.id.size(), 1u);
}

TEST(SumoTrips, MistakesAreNamedWithTheirLine) {
    EXPECT_EQ(refused(R"(<vehicle id="a" depart="0"><route edges="sc nowhere"/></vehicle>)"),
              "rou.xml:2: <route> edges = \"sc nowhere\" (there is no edge \"nowhere\" in the network) the ids of its edges");
    EXPECT_EQ(refused("\n" R"(<vehicle id="a" depart="0"><route edges="wc cw"/></vehicle>)"),
              "rou.xml:3: <vehicle a> route = \"\" (no connection for class car leads from \"wc\" to \"cw\") consecutive edges that are connected");
    EXPECT_EQ(refused(R"(<trip id="a" depart="soon" from="ec" to="cw"/>)"), "rou.xml:2: <trip a> depart = \"soon\" (is no time) seconds, or h:mm:ss");
    EXPECT_EQ(refused(R"(<trip id="a" depart="0" from="ec" to="cw"/><trip id="a" depart="0" from="ec" to="cw"/>)"), "rou.xml:2: <trip a> id = \"a\" (stands twice) an id of its own");
    EXPECT_EQ(refused(R"(<trip id="a" depart="0" type="x" from="ec" to="cw"/>)"), "rou.xml:2: <trip a> type = \"x\" (is not defined) the id of a <vType> or <vTypeDistribution>");
    EXPECT_EQ(refused(R"(<trip id="a" depart="0" departPos="500" from="ec" to="cw"/>)"),
              "rou.xml:2: <trip a> departPos = \"500\" (edge \"ec\" is 92.80 m long) metres from its start, or less than 0: from its end");
    EXPECT_EQ(refused(R"(<vType id="t" length="-1"/>)"), "rou.xml:2: <vType t> length = \"-1\" (nobody could drive so) a number above 0");
}

}  // namespace
}  // namespace shahr
