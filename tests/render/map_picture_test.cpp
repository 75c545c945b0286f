#include "render/map_picture.h"

#include <gtest/gtest.h>

#include "sim/base/error.h"
#include "tests/render/crossing.h"
#include "tests/sim/base/scratch.h"

namespace shahr {
namespace {

int difference(Colour a, Colour b) {
    return std::abs(a.r - b.r) + std::abs(a.g - b.g) + std::abs(a.b - b.b);
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
    PictureOptions options{800, 600, 1, "speed", std::nullopt};
    Crossing crossing;
    Picture picture;
    Camera camera;
};

TEST_F(MapPictureTest, EachDirectionHasItsColourOnItsSide) {
    const ColourScale scale = relative_speed_scale();
    EXPECT_LT(difference(at({250, 500}, 0, 1.2), scale.of(0.2f)), 60) << "eastbound, south of the line";
    EXPECT_LT(difference(at({250, 500}, 0, -1.2), scale.of(0.9f)), 60) << "westbound, north of the line";
    EXPECT_LT(difference(at({500, 250}), paper::no_data), 60) << "where nobody drove";
    EXPECT_EQ(at({250, 250}), paper::ground);
}

TEST_F(MapPictureTest, IsTheSameEveryTime) {
    const Picture again = draw_map(crossing.source, options).picture;
    EXPECT_EQ(again.pixels, picture.pixels);
}

TEST_F(MapPictureTest, LegendAndTitleStandInTheCorners) {
    // The panels are lighter than the ground and hold dark letters.
    const auto darkest = [&](int left, int top, int right, int bottom) {
        int least = 765;
        for (int y = top; y < bottom; ++y)
            for (int x = left; x < right; ++x) least = std::min(least, picture.at(x, y).r + picture.at(x, y).g + picture.at(x, y).b);
        return least;
    };
    EXPECT_LT(darkest(20, 20, 150, 60), 250);
    EXPECT_LT(darkest(20, 450, 150, 590), 250);
    EXPECT_LT(darkest(650, 560, 790, 595), 450) << "the attribution";
}

TEST_F(MapPictureTest, BecomesAPngFile) {
    const Scratch scratch;
    write_png(picture, scratch / "map.png");
    EXPECT_EQ(bytes_of(scratch / "map.png").substr(1, 3), "PNG");
    EXPECT_THROW(write_png(picture, scratch / "no folder/map.png"), OutputError);
}

}  // namespace
}  // namespace shahr
