#include "sim/synthesis/rings.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <numbers>

#include "sim/synthesis/junctions.h"

namespace shahr {
namespace {

// One-way roads around a centre, `sides` of them, counter-clockwise, on a circle of that radius.
City circle(int sides, double radius_m) {
    City city;
    RoadNetwork& n = city.network;
    for (int i = 0; i < sides; ++i) {
        const double angle = 2 * std::numbers::pi * i / sides;
        n.junctions.id.push_back(fmt::format("j{}", i));
        n.junctions.position.push_back({radius_m * std::cos(angle), radius_m * std::sin(angle)});
        n.junctions.elevation_m.push_back(0);
        n.junctions.control.push_back(Control::priority);
        n.junctions.keep_clear.push_back(0);
    }
    for (int i = 0; i < sides; ++i) {
        const JunctionId from = as_id<JunctionId>(i), to = as_id<JunctionId>((i + 1) % sides);
        const Point ends[] = {n.junctions.position[from], n.junctions.position[to]};
        n.roads.id.push_back(fmt::format("r{}", i));
        n.roads.from.push_back(from);
        n.roads.to.push_back(to);
        n.roads.length_m.push_back(static_cast<float>(distance(ends[0], ends[1])));
        n.roads.roundabout.push_back(0);
        n.roads.shape.push_back(ends);
    }
    return city;
}

std::int64_t rings_of(City& city) {
    const Column<RoadId, RoadId> twins(city.network.roads.id.size(), none<RoadId>);
    return find_untagged_rings(city, Ports(city.network, twins, city.left_hand_traffic), twins);
}

TEST(Rings, SmallSmoothCirclesAreRoundabouts) {
    City city = circle(8, 30);
    EXPECT_EQ(rings_of(city), 1);
    for (std::uint8_t ring : city.network.roads.roundabout) EXPECT_EQ(ring, 1);
}

TEST(Rings, BlocksAndLargeCirclesAreNot) {
    City block = circle(4, 60), large = circle(12, 200);
    EXPECT_EQ(rings_of(block), 0);
    EXPECT_EQ(rings_of(large), 0);
}

TEST(Rings, TurnTheWayTrafficKeeps) {
    City city = circle(8, 30);
    city.left_hand_traffic = true;
    EXPECT_EQ(rings_of(city), 0);
}

}  // namespace
}  // namespace shahr
