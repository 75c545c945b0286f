#include "sim/import/sumo/paths.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace shahr::sumo {
namespace {

// Fractions along a0-a1 and b0-b1 where they cross; nothing if they are parallel or do not reach each other.
std::optional<std::pair<double, double>> crossing(Point a0, Point a1, Point b0, Point b1) {
    const Point u = a1 - a0, v = b1 - b0, w = b0 - a0;
    const double d = cross(u, v);
    if (d == 0) return std::nullopt;
    const double s = cross(w, v) / d, t = cross(w, u) / d;
    if (s < 0 || s > 1 || t < 0 || t > 1) return std::nullopt;
    return std::pair{s, t};
}

// The fraction along s0-s1 that is closest to p.
double closest(Point p, Point s0, Point s1) {
    const Point u = s1 - s0;
    const double uu = dot(u, u);
    return uu == 0 ? 0 : std::clamp(dot(p - s0, u) / uu, 0.0, 1.0);
}

}  // namespace

double line_length(std::span<const Point> line) {
    double length_m = 0;
    for (std::size_t i = 1; i < line.size(); ++i) length_m += distance(line[i - 1], line[i]);
    return length_m;
}

void append(std::vector<Point>& line, std::span<const Point> more) {
    for (const Point p : more)
        if (line.empty() || !(line.back() == p)) line.push_back(p);
}

Meeting meeting_of(std::span<const Point> a, std::span<const Point> b) {
    Meeting best{0, 0, std::numeric_limits<double>::max()};
    double before_a = 0;
    for (std::size_t i = 1; i < a.size(); ++i) {
        const double length_a = distance(a[i - 1], a[i]);
        double before_b = 0;
        std::optional<std::pair<double, double>> first;
        for (std::size_t k = 1; k < b.size(); ++k) {
            const double length_b = distance(b[k - 1], b[k]);
            if (const auto c = crossing(a[i - 1], a[i], b[k - 1], b[k]); c && (!first || c->first * length_a < first->first))
                first = {c->first * length_a, before_b + c->second * length_b};
            // Two lines that do not cross come closest at a corner of one of them.
            const auto consider = [&](double along_a, double along_b, double apart) {
                if (apart < best.apart_m) best = {before_a + along_a, before_b + along_b, apart};
            };
            for (const bool end : {false, true}) {
                const Point pa = a[i - 1 + end], pb = b[k - 1 + end];
                const double on_b = closest(pa, b[k - 1], b[k]), on_a = closest(pb, a[i - 1], a[i]);
                consider(end ? length_a : 0, on_b * length_b, distance(pa, b[k - 1] + on_b * (b[k] - b[k - 1])));
                consider(on_a * length_a, end ? length_b : 0, distance(pb, a[i - 1] + on_a * (a[i] - a[i - 1])));
            }
            before_b += length_b;
        }
        if (first) return {before_a + first->first, first->second, 0};
        before_a += length_a;
    }
    return best;
}

}  // namespace shahr::sumo
