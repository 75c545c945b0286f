#include "render/triangulate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace shahr {
namespace {

double covered_area(const std::vector<Point>& ring) {
    double area = 0;
    const std::vector<std::uint32_t> corners = triangulate(ring);
    for (std::size_t i = 0; i < corners.size(); i += 3) {
        const Point a = ring[corners[i]], b = ring[corners[i + 1]], c = ring[corners[i + 2]];
        area += std::abs(cross(b - a, c - a)) / 2;
    }
    return area;
}

TEST(Triangulate, CoversASquareEitherWayRound) {
    std::vector<Point> square = {{0, 0}, {2, 0}, {2, 2}, {0, 2}, {0, 0}};
    EXPECT_EQ(triangulate(square).size(), 6u);
    EXPECT_DOUBLE_EQ(covered_area(square), 4);
    std::reverse(square.begin(), square.end());
    EXPECT_DOUBLE_EQ(covered_area(square), 4);
}

TEST(Triangulate, CoversAnLAndAComb) {
    EXPECT_DOUBLE_EQ(covered_area({{0, 0}, {3, 0}, {3, 1}, {1, 1}, {1, 3}, {0, 3}}), 5);
    std::vector<Point> comb = {{0, 0}};
    for (int tooth = 0; tooth < 20; ++tooth) comb.insert(comb.end(), {{tooth + 0.5, 0.0}, {tooth + 0.5, 5.0}, {tooth + 1.0, 5.0}, {tooth + 1.0, 0.0}});
    comb.insert(comb.end(), {{20, -1}, {0, -1}});
    EXPECT_NEAR(covered_area(comb), 20 * 0.5 * 5 + 20, 1e-9);
}

TEST(Triangulate, CoversACoastOfManyCorners) {
    std::vector<Point> coast;
    double area = 0;
    for (int i = 0; i < 2000; ++i) {
        const double angle = 2 * std::numbers::pi * i / 2000, radius = 100 + 20 * std::sin(37 * angle);
        coast.push_back({radius * std::cos(angle), radius * std::sin(angle)});
    }
    for (std::size_t i = 0; i < coast.size(); ++i) area += cross(coast[i], coast[(i + 1) % coast.size()]) / 2;
    EXPECT_NEAR(covered_area(coast), area, 1e-6);
}

TEST(Triangulate, NothingFromLinesAndPoints) {
    EXPECT_TRUE(triangulate(std::vector<Point>{}).empty());
    EXPECT_TRUE(triangulate(std::vector<Point>{{1, 1}, {2, 2}}).empty());
    EXPECT_TRUE(triangulate(std::vector<Point>{{0, 0}, {1, 1}, {2, 2}}).empty());
}

TEST(Triangulate, EndsOnARingThatCrossesItself) {
    EXPECT_LE(triangulate(std::vector<Point>{{0, 0}, {2, 2}, {2, 0}, {0, 2}}).size(), 6u);
}

}  // namespace
}  // namespace shahr
