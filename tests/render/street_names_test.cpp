#include "render/street_names.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/render/crossing.h"

namespace shahr {
namespace {

const StreetNames::Street* find(const StreetNames& names, std::string_view name) {
    const auto at = std::find_if(names.streets().begin(), names.streets().end(), [&](const auto& street) { return street.name == name; });
    return at == names.streets().end() ? nullptr : &*at;
}

TEST(StreetNames, RoadsOfOneNameBecomeOneStreet) {
    City city = crossing_city();
    for (const RoadId road : rows(city.network.roads.id)) city.network.roads.name[road] = number(road) < 4 ? "Main Street" : "North Street";
    const StreetNames names(city);
    ASSERT_EQ(names.streets().size(), 2u) << "both directions are one street";
    const auto* main = find(names, "Main Street");
    ASSERT_NE(main, nullptr);
    EXPECT_EQ(main->line, (std::vector<Point>{{0, 500}, {500, 500}, {1000, 500}}));
    EXPECT_EQ(main->at_m, (std::vector<double>{0, 500, 1000}));
    EXPECT_EQ(names.streets().front().name, "Main Street") << "the greater one first";
}

TEST(StreetNames, ACornerEndsAStreet) {
    City city = crossing_city();
    auto& roads = city.network.roads;
    for (std::string& name : roads.name) name.clear();
    roads.name[RoadId{4}] = roads.name[RoadId{1}] = "Bent Street";  // from the south, on to the east
    EXPECT_EQ(StreetNames(city).streets().size(), 2u);
}

}  // namespace
}  // namespace shahr
