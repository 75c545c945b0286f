// Where the sun stands: Spencer, "Fourier series representation of the position of the sun", Search 2(5), 1971. Within 0.05
// degree of a modern ephemeris in declination and half a minute in time, which is less than what an hourly mean blurs.
#pragma once
#include "kernels/base/math.h"

namespace shahr::SHAHR_BACKEND::weather {

inline constexpr double pi = 3.14159265358979323846;
inline constexpr double degree = pi / 180;

// A direction as a unit vector: to the east, to the north, up.
struct Direction {
    double east = 0, north = 0, up = 0;
};
SHAHR_HD inline double dot(Direction a, Direction b) {
    return a.east * b.east + a.north * b.north + a.up * b.up;
}

// Where a plane faces: azimuth clockwise from north, tilt from the horizontal.
SHAHR_HD inline Direction normal_of(double azimuth_rad, double tilt_rad) {
    const double level = sin(tilt_rad);
    return {level * sin(azimuth_rad), level * cos(azimuth_rad), cos(tilt_rad)};
}

// An angle in [0, pi] from its cosine; within 2e-8 (Abramowitz and Stegun 4.4.46).
SHAHR_HD inline double angle_of_cosine(double c) {
    const double x = c < 0 ? -c : c;
    if (x >= 1) return c < 0 ? pi : 0;
    const double series = 1.5707963050 + x * (-0.2145988016 + x * (0.0889789874 + x * (-0.0501743046 + x * (0.0308918810 +
                          x * (-0.0170881256 + x * (0.0066700901 - x * 0.0012624911))))));
    const double angle = sqrt(1 - x) * series;
    return c < 0 ? pi - angle : angle;
}

// Of one day of the year: what does not depend on the hour.
struct SunDay {
    double sin_declination = 0, cos_declination = 1;
    double equation_of_time_h = 0;             // the sundial is ahead of the mean clock by that
    double normal_w_m2 = 1367;                 // outside the atmosphere
};

// `day`: 1 on the first of January.
SHAHR_HD inline SunDay sun_of_day(int day) {
    const double t = 2 * pi * (day - 1) / 365;
    const double c1 = cos(t), s1 = sin(t), c2 = cos(2 * t), s2 = sin(2 * t), c3 = cos(3 * t), s3 = sin(3 * t);
    const double declination = 0.006918 - 0.399912 * c1 + 0.070257 * s1 - 0.006758 * c2 + 0.000907 * s2 - 0.002697 * c3 + 0.00148 * s3;
    const double minutes = 229.18 * (0.000075 + 0.001868 * c1 - 0.032077 * s1 - 0.014615 * c2 - 0.040849 * s2);
    return {sin(declination), cos(declination), minutes / 60, 1367 * (1.00011 + 0.034221 * c1 + 0.00128 * s1 + 0.000719 * c2 + 0.000077 * s2)};
}

struct Site {
    double sin_latitude = 0, cos_latitude = 1;
    double clock_offset_h = 0;                 // of local mean solar time over the clock: (longitude - 15 time zone) / 15
};

// `hour_angle_rad`: 0 at solar noon, positive in the afternoon.
SHAHR_HD inline Direction sun_direction(const Site& site, const SunDay& day, double hour_angle_rad) {
    const double c = cos(hour_angle_rad);
    return {-day.cos_declination * sin(hour_angle_rad),
            site.cos_latitude * day.sin_declination - site.sin_latitude * day.cos_declination * c,
            site.sin_latitude * day.sin_declination + site.cos_latitude * day.cos_declination * c};
}

// The sun that stands for the interval [begin_h, end_h) of the clock: in the middle of the part of it in which the sun is up.
// `up` is 0 where it is not.
SHAHR_HD inline Direction sun_between(const Site& site, const SunDay& day, double begin_h, double end_h) {
    const double to_angle = pi / 12, shift = site.clock_offset_h + day.equation_of_time_h - 12;
    double from = (begin_h + shift) * to_angle, to = (end_h + shift) * to_angle;
    // Solar noon may lie on the other side of the clock's midnight.
    while (from + to > 2 * pi) from -= 2 * pi, to -= 2 * pi;
    while (from + to < -2 * pi) from += 2 * pi, to += 2 * pi;
    const double c = -site.sin_latitude * day.sin_declination / (site.cos_latitude * day.cos_declination);
    const double sunset = c >= 1 ? 0 : c <= -1 ? pi : angle_of_cosine(c);
    const double first = from < -sunset ? -sunset : from, last = to > sunset ? sunset : to;
    if (first >= last) return {0, 0, 0};
    Direction sun = sun_direction(site, day, (first + last) / 2);
    if (sun.up < 0) sun.up = 0;
    return sun;
}

}  // namespace shahr::SHAHR_BACKEND::weather
