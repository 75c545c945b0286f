#include "kernels/building/glazing.h"

#include <gtest/gtest.h>

#include <vector>

#include "kernels/building/sunlit.h"

namespace shahr::SHAHR_BACKEND::building {
namespace {

const Pane clear{0.834, 0.075, 0.075, 0.003};

TEST(Glazing, TwoClearPanesByTheAngle) {
    // WINDOW 7, system 23: 0.703 at normal incidence, 0.678 at 40, 0.577 at 60, 0.438 at 70 degrees, 0.601 of diffuse light.
    const Pane panes[] = {clear, clear};
    const double gap[] = {0.192};
    const Optics optics = optics_of_panes(panes, gap);
    EXPECT_NEAR(at_angle(optics, 1).transmitted, 0.703, 0.01);
    EXPECT_NEAR(at_angle(optics, 0.766).transmitted, 0.678, 0.01);
    EXPECT_NEAR(at_angle(optics, 0.5).transmitted, 0.577, 0.01);
    EXPECT_NEAR(at_angle(optics, 0.342).transmitted, 0.438, 0.01);
    EXPECT_NEAR(optics.hemispherical.transmitted, 0.601, 0.01);
    EXPECT_EQ(at_angle(optics, 0).transmitted, 0);
    EXPECT_NEAR(optics.resistance, 0.198, 1e-12);
    const ShareOfSun normal = at_angle(optics, 1);
    EXPECT_LT(normal.transmitted + normal.outer + normal.inner, 1);
    EXPECT_GT(normal.outer, normal.inner);
}

TEST(Glazing, OnePaneIsAsGiven) {
    const Optics optics = optics_of_panes({&clear, 1}, {});
    const ShareOfSun normal = at_angle(optics, 1);
    EXPECT_NEAR(normal.transmitted, 0.834, 1e-9);
    EXPECT_NEAR(normal.outer + normal.inner, 1 - 0.834 - 0.075, 1e-9);
    EXPECT_NEAR(optics.inside_lost, 1 - 0.15, 0.03);      // diffuse light is reflected more than at normal incidence
}

TEST(Glazing, DataSheetGivesItsUAndG) {
    for (const auto& [u, g] : {std::pair{2.7, 0.75}, {1.1, 0.6}, {5.6, 0.85}}) {
        const Optics optics = optics_of_data_sheet(u, g);
        EXPECT_NEAR(1 / (optics.resistance + 0.17), u, 1e-9);
        const ShareOfSun n = at_angle(optics, 1);
        EXPECT_NEAR(n.transmitted + n.outer * 0.04 * u + n.inner * (0.04 + optics.resistance) * u, g, 1e-9);
    }
}

TEST(Shading, AnOverhangCastsItsShadowDown) {
    Shades s{.width = 3, .height = 2};
    s.overhang_depth = 1, s.overhang_above = 0.5, s.overhang_left = s.overhang_right = 100;
    // The sun at 45 degrees straight ahead: the shadow ends 1 m below the overhang, half a metre into the window.
    EXPECT_NEAR(seen_share(s, {0, 0.7071, 0.7071}), 0.75, 0.03);
    EXPECT_EQ(seen_share(s, {0, -0.5, 0.5}), 1);
    EXPECT_EQ(seen_share(s, {0, 0.99, 0.1}), 0);
}

TEST(Shading, AFinHidesItsSide) {
    Shades s{.width = 2, .height = 2};
    s.left_fin_depth = 1, s.fin_above = s.fin_below = 100;
    EXPECT_NEAR(seen_share(s, {-0.7071, 0, 0.7071}), 0.5, 0.03);      // the sun from the left at 45 degrees
    EXPECT_EQ(seen_share(s, {0.7071, 0, 0.7071}), 1);
    const DiffuseShare diffuse = diffuse_share(s, {0, 1, 0});
    EXPECT_LT(diffuse.sky, 1);
    EXPECT_NEAR(diffuse.sky, diffuse.ground, 0.02);
}

TEST(Shading, LeftAndRightAsSeenFromOutside) {
    WindowKind west;
    west.azimuth_rad = 270 * 3.14159265358979 / 180;
    const Sight north = west.sight(0, 1, 0);               // from outside, looking east, north is on the left
    EXPECT_NEAR(north.right, -1, 1e-9);
    EXPECT_NEAR(west.sight(-1, 0, 0).out, 1, 1e-9);
    EXPECT_NEAR(west.sight(0, 0, 1).up, 1, 1e-9);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::building
