#include "kernels/weather/sun.h"

#include <gtest/gtest.h>

#include "kernels/weather/tilted.h"

namespace shahr::SHAHR_BACKEND::weather {
namespace {

Site site(double latitude_deg, double longitude_deg, double zone_h) {
    return {sin(latitude_deg * degree), cos(latitude_deg * degree), (longitude_deg - 15 * zone_h) / 15};
}
double height_deg(Direction sun) {
    return 90 - angle_of_cosine(sun.up) / degree;
}

TEST(Sun, AngleOfItsCosine) {
    for (double angle = 0; angle <= 3.14; angle += 0.01) EXPECT_NEAR(angle_of_cosine(cos(angle)), angle, 3e-6) << angle;
}

TEST(Sun, NoonAtTheSolstices) {
    // At solar noon the height is 90 - latitude + declination; the declination is +-23.44 degrees.
    const Site denver = site(39.83, -104.65, -7);
    EXPECT_NEAR(height_deg(sun_direction(denver, sun_of_day(172), 0)), 90 - 39.83 + 23.44, 0.05);
    EXPECT_NEAR(height_deg(sun_direction(denver, sun_of_day(355), 0)), 90 - 39.83 - 23.44, 0.05);
    EXPECT_NEAR(sun_of_day(307).equation_of_time_h * 60, 16.4, 0.3);      // its greatest, about 3 November
    EXPECT_NEAR(sun_of_day(42).equation_of_time_h * 60, -14.2, 0.3);      // and its least
}

TEST(Sun, MorningIsInTheEast) {
    const Site equator = site(0, 0, 0);
    const Direction sun = sun_between(equator, sun_of_day(80), 8.5, 9.5);
    EXPECT_NEAR(sun.east, 0.7071, 0.03);
    EXPECT_NEAR(height_deg(sun), 45, 2);
}

TEST(Sun, TheHourOfSunriseCountsOnlyWhatIsLit) {
    const Site equator = site(0, 0, 0);
    const SunDay day = sun_of_day(80);
    EXPECT_EQ(sun_between(equator, day, 3, 4).up, 0);
    const double rise = 6 - day.equation_of_time_h;
    const Direction sun = sun_between(equator, day, rise - 0.5, rise + 0.5);      // half of it lit: the middle is a quarter of an hour up
    EXPECT_NEAR(height_deg(sun), 3.75, 0.1);
}

TEST(Perez, HorizontalIsTheGlobalAndOvercastIsTheSameAllRound) {
    const Site denver = site(39.83, -104.65, -7);
    const SunDay day = sun_of_day(172);
    const Direction sun = sun_between(denver, day, 14, 15);
    const Sky clear = perez_sky(sun, day, 800, 100, 0.2);
    EXPECT_NEAR(on_plane(clear, {0, 0, 1}).total(), 800 * sun.up + 100, 1e-6);
    const Sky overcast = perez_sky(sun, day, 0, 150, 0.2);
    const double north = on_plane(overcast, normal_of(0, pi / 2)).total(), south = on_plane(overcast, normal_of(pi, pi / 2)).total();
    EXPECT_NEAR(north, south, 0.1 * south);
    EXPECT_GT(on_plane(clear, normal_of(270 * degree, pi / 2)).direct, 0);      // in the afternoon the west wall has sun
    EXPECT_EQ(on_plane(clear, normal_of(90 * degree, pi / 2)).direct, 0);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::weather
