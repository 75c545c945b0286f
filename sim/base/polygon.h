// Rings of points on the plane; closed or not, the last side leads back to the first point.
#pragma once
#include <span>

#include "sim/base/point.h"

namespace shahr {

// Positive where the ring runs counter-clockwise.
inline double signed_area_m2(std::span<const Point> ring) {
    double twice = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) twice += cross(ring[i] - ring[0], ring[(i + 1) % ring.size()] - ring[0]);
    return twice / 2;
}

// Of the area; of the points where the ring has none.
inline Point centroid(std::span<const Point> ring) {
    if (ring.empty()) return {};
    Point sum, mean;
    double twice = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i] - ring[0], b = ring[(i + 1) % ring.size()] - ring[0];
        const double w = cross(a, b);
        sum = sum + w * (a + b);
        mean = mean + a;
        twice += w;
    }
    return ring[0] + (std::abs(twice) > 1e-6 ? 1 / (3 * twice) : 0) * sum + (std::abs(twice) > 1e-6 ? 0 : 1 / static_cast<double>(ring.size())) * mean;
}

// By the crossings of a ray to the east.
inline bool is_inside(std::span<const Point> ring, Point point) {
    bool inside = false;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const Point a = ring[i], b = ring[j];
        if ((a.y_m > point.y_m) == (b.y_m > point.y_m)) continue;
        const double x_m = a.x_m + (point.y_m - a.y_m) / (b.y_m - a.y_m) * (b.x_m - a.x_m);
        if (point.x_m < x_m) inside = !inside;
    }
    return inside;
}

}  // namespace shahr
