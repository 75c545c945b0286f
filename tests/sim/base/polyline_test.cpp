#include "sim/base/polyline.h"

#include <gtest/gtest.h>

namespace shahr {
namespace {

const std::vector<Point> corner = {{0, 0}, {10, 0}, {10, 10}};

TEST(Polyline, LengthAndPoints) {
    EXPECT_DOUBLE_EQ(length(corner), 20);
    EXPECT_EQ(point_at(corner, 12), (Point{10, 2}));
    EXPECT_EQ(point_at(corner, -1), corner.front());
    EXPECT_EQ(point_at(corner, 99), corner.back());
}

TEST(Polyline, PartKeepsItsCorners) {
    EXPECT_EQ(part(corner, 4, 15), (std::vector<Point>{{4, 0}, {10, 0}, {10, 5}}));
    EXPECT_EQ(part(corner, 2, 6), (std::vector<Point>{{2, 0}, {6, 0}}));
}

TEST(Polyline, MovedRightStaysParallelAroundCorners) {
    const auto moved = moved_right(corner, 2);
    ASSERT_EQ(moved.size(), 3u);
    EXPECT_NEAR(distance(moved[0], {0, -2}), 0, 1e-12);
    EXPECT_NEAR(distance(moved[1], {12, -2}), 0, 1e-12);
    EXPECT_NEAR(distance(moved[2], {12, 10}), 0, 1e-12);
}

TEST(Polyline, MeetingIsTheCrossingOrTheClosestPlace) {
    const std::vector<Point> crossing = {{5, -5}, {5, 5}}, beside = {{0, 3}, {8, 3}};
    const Meeting met = meeting(corner, crossing);
    EXPECT_DOUBLE_EQ(met.at_m, 5);
    EXPECT_DOUBLE_EQ(met.other_at_m, 5);
    EXPECT_DOUBLE_EQ(met.gap_m, 0);
    const Meeting near = meeting(corner, beside);
    EXPECT_DOUBLE_EQ(near.gap_m, 2) << "from (8, 3) to (10, 3)";
    EXPECT_DOUBLE_EQ(near.at_m, 13);
    EXPECT_DOUBLE_EQ(distance(Point{4, 3}, corner), 3);
}

TEST(Polyline, MeetingIsTheFirstOfSeveralCrossings) {
    const std::vector<Point> there_and_back = {{8, -5}, {8, 5}, {3, 5}, {3, -5}};
    const Meeting met = meeting(corner, there_and_back);
    EXPECT_DOUBLE_EQ(met.at_m, 3);
    EXPECT_DOUBLE_EQ(met.other_at_m, 20);
    EXPECT_DOUBLE_EQ(met.gap_m, 0);
}

}  // namespace
}  // namespace shahr
