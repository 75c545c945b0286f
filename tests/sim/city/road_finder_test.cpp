#include "sim/city/road_finder.h"

#include <gtest/gtest.h>

#include "sim/base/random.h"
#include "tests/sim/synthesis/small_town.h"

namespace shahr {
namespace {

double distance_to(std::span<const Point> shape, Point p) {
    double least = 1e18;
    for (std::size_t i = 1; i < shape.size(); ++i) {
        const Point along = shape[i] - shape[i - 1];
        const double t = std::clamp(dot(p - shape[i - 1], along) / dot(along, along), 0.0, 1.0);
        least = std::min(least, distance(p, shape[i - 1] + t * along));
    }
    return least;
}

}  // namespace

TEST(RoadFinder, FindsWhatASearchOverAllRoadsFinds) {
    const City city = SmallTown{.block_m = 270}.make();
    const RoadFinder finder(city.network, roads_for_trip_ends(city.network, VehicleClass::car), false);
    Draws draws{3, 0, 0};
    for (int i = 0; i < 300; ++i) {
        const Point p{draws.between(-400, 3100), draws.between(-400, 3100)};
        double least = 1e18;
        for (RoadId r : rows(city.network.roads.id)) least = std::min(least, distance_to(city.network.roads.shape[r], p));
        const RoadPlace found = finder.nearest(p, 5000);
        ASSERT_TRUE(is_some(found.road));
        EXPECT_NEAR(found.distance_m, least, 0.5);  // a tie between a street's directions may cost half a metre
        EXPECT_NEAR(distance_to(city.network.roads.shape[found.road], p), found.distance_m, 1e-6);
    }
}

TEST(RoadFinder, TakesTheSideOfTheStreetThatFacesThePlace) {
    const City city = SmallTown{}.make();
    const auto usable = roads_for_trip_ends(city.network, VehicleClass::car);
    const Point north_of_the_first_block{100, 30};
    EXPECT_EQ(city.network.roads.id[RoadFinder(city.network, usable, false).nearest(north_of_the_first_block, 500).road], "j1-j0");
    EXPECT_EQ(city.network.roads.id[RoadFinder(city.network, usable, true).nearest(north_of_the_first_block, 500).road], "j0-j1");
}

TEST(RoadFinder, FindsNothingBeyondTheDistance) {
    const City city = SmallTown{}.make();
    const RoadFinder finder(city.network, roads_for_trip_ends(city.network, VehicleClass::car), false);
    EXPECT_FALSE(is_some(finder.nearest({-300, 0}, 200).road));
    EXPECT_TRUE(is_some(finder.nearest({-300, 0}, 301).road));
}

TEST(RoadFinder, TripsEndNeitherOnMotorwaysNorInTunnelsNorOnRings) {
    City city = SmallTown{}.make();
    Roads& roads = city.network.roads;
    roads.road_class[RoadId{0}] = RoadClass::motorway;
    roads.tunnel[RoadId{1}] = 1;
    roads.roundabout[RoadId{2}] = 1;
    roads.connected[RoadId{3}] = 0;
    roads.allowed[RoadId{4}] = mask_of(VehicleClass::bus);
    roads.length_m[RoadId{5}] = 20;
    roads.bridge[RoadId{6}] = 1;
    const auto usable = roads_for_trip_ends(city.network, VehicleClass::car);
    for (int i = 0; i < 7; ++i) EXPECT_FALSE(usable[RoadId{i}]) << i;
    EXPECT_TRUE(usable[RoadId{7}]);
}

TEST(RoadFinder, KnowsTheOppositeDirection) {
    const City city = SmallTown{}.make();
    const auto opposite = opposite_directions(city.network);
    EXPECT_EQ(opposite[RoadId{0}], RoadId{1});
    EXPECT_EQ(opposite[RoadId{1}], RoadId{0});
}

}  // namespace shahr
