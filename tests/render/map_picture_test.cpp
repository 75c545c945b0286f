#include "render/map_picture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "sim/base/error.h"
#include "tests/render/crossing.h"
#include "tests/sim/base/scratch.h"

namespace shahr {
namespace {

int difference(Colour a, Colour b) {
    return std::abs(a.r - b.r) + std::abs(a.g - b.g) + std::abs(a.b - b.b);
}

int darkest(const Picture& picture, int left, int top, int right, int bottom) {
    int least = 765;
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x) least = std::min(least, picture.at(x, y).r + picture.at(x, y).g + picture.at(x, y).b);
    return least;
}

class MapPictureTest : public testing::Test {
protected:
    void SetUp() override {
        try {
            const DrawnMap drawn = draw_map(crossing.source, options);
            picture = drawn.picture;
            camera = drawn.camera;
        } catch (const DeviceError& error) {
            GTEST_SKIP() << error.what();
        }
    }
    Colour at(Point p, double dx = 0, double dy = 0) const {
        const Pixel pixel = camera.to_screen(p);
        return picture.at(static_cast<int>(pixel.x + dx), static_cast<int>(pixel.y + dy));
    }
    PictureOptions options{.width = 800, .height = 600, .field = "speed"};
    Crossing crossing;
    Picture picture;
    Camera camera;
};

TEST_F(MapPictureTest, EachDirectionHasItsColourOnItsSide) {
    const ColourScale scale = relative_speed_scale();
    EXPECT_LT(difference(at({100, 500}, 0, 1.2), scale.of(0.2f, light_paper)), 60) << "eastbound, south of the line";
    EXPECT_LT(difference(at({100, 500}, 0, -1.2), scale.of(0.9f, light_paper)), 60) << "westbound, north of the line";
    EXPECT_LT(difference(at({500, 100}), light_paper.no_data), 60) << "where nobody drove";
    EXPECT_EQ(at({250, 250}), light_paper.ground);
}

TEST_F(MapPictureTest, IsTheSameEveryTime) {
    const Picture again = draw_map(crossing.source, options).picture;
    EXPECT_EQ(again.pixels, picture.pixels);
}

TEST_F(MapPictureTest, LegendAndTitleStandInTheCorners) {
    // The panels are lighter than the ground and hold dark letters.
    EXPECT_LT(darkest(picture, 20, 20, 150, 60), 250);
    EXPECT_LT(darkest(picture, 20, 450, 150, 590), 250);
    EXPECT_LT(darkest(picture, 650, 560, 790, 595), 450) << "the attribution";
}

TEST_F(MapPictureTest, DarkPaper) {
    options.dark = true;
    const Picture dark = draw_map(crossing.source, options).picture;
    const Pixel pixel = camera.to_screen({250, 250});
    EXPECT_EQ(dark.at(static_cast<int>(pixel.x), static_cast<int>(pixel.y)), dark_paper.ground);
}

TEST_F(MapPictureTest, ClosedRoadsBearASign) {
    options.place = PictureOptions::Place{{500, 250}, 400};
    crossing.source.closed = {RoadId{4}};      // the one to the north, from (500, 0) to (500, 500)
    const Picture near = draw_map(crossing.source, options).picture;
    EXPECT_LT(difference(near.at(400, 296), light_paper.closed), 60) << "above the bar";
    EXPECT_LT(difference(near.at(400, 300), light_paper.closed_bar), 60);
}

TEST_F(MapPictureTest, StreetsAreNamedWhereTheMapIsNear) {
    options.place = PictureOptions::Place{{500, 250}, 400};  // the middle of a street of nobody, drawn pale
    EXPECT_LT(darkest(draw_map(crossing.source, options).picture, 390, 260, 410, 340), 330);
    for (std::string& name : crossing.city.network.roads.name) name.clear();
    EXPECT_GT(darkest(draw_map(crossing.source, options).picture, 390, 260, 410, 340), 500);
}

TEST_F(MapPictureTest, BecomesAPngFile) {
    const Scratch scratch;
    write_png(picture, scratch / "map.png");
    EXPECT_EQ(bytes_of(scratch / "map.png").substr(1, 3), "PNG");
    EXPECT_THROW(write_png(picture, scratch / "no folder/map.png"), OutputError);
}

}  // namespace
}  // namespace shahr
