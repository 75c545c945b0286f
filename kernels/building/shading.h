// Which part of a window sees a point of the sky past its overhang and fins. The window is sampled on a grid of points, so
// that shadows of several shades are never counted twice.
#pragma once
#include "kernels/base/math.h"

namespace shahr::SHAHR_BACKEND::building {

// In the window's plane, x to the right as seen from outside and y up, from the lower left corner; depths at right angles to it.
struct Shades {
    double width = 1, height = 1;
    double overhang_depth = 0, overhang_above = 0, overhang_left = 0, overhang_right = 0;
    double left_fin_depth = 0, right_fin_depth = 0, left_fin_gap = 0, right_fin_gap = 0;
    double fin_above = 0, fin_below = 0;

    SHAHR_HD bool any() const { return overhang_depth > 0 || left_fin_depth > 0 || right_fin_depth > 0; }
    bool operator==(const Shades&) const = default;
};

// A direction as the window sees it.
struct Sight {
    double right = 0, up = 0, out = 1;
};

SHAHR_HD inline bool hits_fin(double fin_x, double depth, double top, double bottom, double x, double y, Sight to) {
    const double way = (fin_x - x) / to.right;         // along the sight until it crosses the fin's plane
    const double height = y + way * to.up;
    return way > 0 && way * to.out <= depth && height <= top && height >= bottom;
}

SHAHR_HD inline bool is_hidden(const Shades& s, double x, double y, Sight to) {
    if (s.overhang_depth > 0 && to.up > 0) {
        const double way = (s.height + s.overhang_above - y) / to.up, at = x + way * to.right;
        if (way * to.out <= s.overhang_depth && at >= -s.overhang_left && at <= s.width + s.overhang_right) return true;
    }
    const double top = s.height + s.fin_above, bottom = -s.fin_below;
    if (s.left_fin_depth > 0 && to.right < 0 && hits_fin(-s.left_fin_gap, s.left_fin_depth, top, bottom, x, y, to)) return true;
    return s.right_fin_depth > 0 && to.right > 0 && hits_fin(s.width + s.right_fin_gap, s.right_fin_depth, top, bottom, x, y, to);
}

// The share of the window that sees in that direction, which lies in front of it.
SHAHR_HD inline double seen_share(const Shades& s, Sight to) {
    constexpr int points = 20;
    int seen = 0;
    for (int i = 0; i < points; ++i)
        for (int j = 0; j < points; ++j) seen += is_hidden(s, (i + 0.5) * s.width / points, (j + 0.5) * s.height / points, to) ? 0 : 1;
    return static_cast<double>(seen) / (points * points);
}

// How much of the diffuse light the shades let through: of the dome, of the band at the horizon, of the ground. For each, the
// share seen is averaged over directions with the cosine of incidence. `up` is the direction of the zenith as the window sees it.
struct DiffuseShare {
    double sky = 1, horizon = 1, ground = 1;
};

SHAHR_HD inline DiffuseShare diffuse_share(const Shades& s, Sight zenith) {
    constexpr int rings = 18, sectors = 36;
    double sum[3] = {}, seen[3] = {};
    for (int i = 0; i < rings; ++i) {
        const double out = sqrt((i + 0.5) / rings), level = sqrt(1 - out * out);   // rings of equal cosine-weighted size
        for (int j = 0; j < sectors; ++j) {
            const double angle = 2 * 3.14159265358979323846 * (j + 0.5) / sectors;
            const Sight to{level * cos(angle), level * sin(angle), out};
            const double height = to.right * zenith.right + to.up * zenith.up + to.out * zenith.out;
            const double share = seen_share(s, to);
            const int part = height > 0 ? 0 : 2;
            sum[part] += 1, seen[part] += share;
            if (height > 0 && height < 0.11) sum[1] += 1, seen[1] += share;      // the lowest 6.5 degrees
        }
    }
    const auto mean = [&](int part) { return sum[part] > 0 ? seen[part] / sum[part] : 1; };
    return {mean(0), mean(1), mean(2)};
}

}  // namespace shahr::SHAHR_BACKEND::building
