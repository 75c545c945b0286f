#include "sim/base/polyline.h"

#include <algorithm>
#include <limits>

namespace shahr {
namespace {

// How far along a -> b, from 0 to 1, the point nearest to p lies.
double nearest_fraction(Point p, Point a, Point b) {
    const Point d = b - a;
    const double square = dot(d, d);
    return square > 0 ? std::clamp(dot(p - a, d) / square, 0.0, 1.0) : 0.0;
}

struct Fractions {
    double t, u, gap_m;
};

// Two straight pieces: their crossing, or else the closest of the four ends to the other piece.
Fractions meeting_of_pieces(Point a, Point b, Point c, Point d) {
    const Point ab = b - a, cd = d - c;
    const double area = cross(ab, cd);
    if (area != 0) {
        const double t = cross(c - a, cd) / area, u = cross(c - a, ab) / area;
        if (t >= 0 && t <= 1 && u >= 0 && u <= 1) return {t, u, 0};
    }
    Fractions best{0, 0, std::numeric_limits<double>::infinity()};
    const auto consider = [&](double t, double u) {
        const double gap = distance(a + t * ab, c + u * cd);
        if (gap < best.gap_m) best = {t, u, gap};
    };
    consider(0, nearest_fraction(a, c, d));
    consider(1, nearest_fraction(b, c, d));
    consider(nearest_fraction(c, a, b), 0);
    consider(nearest_fraction(d, a, b), 1);
    return best;
}

Point unit(Point d) {
    const double l = length(d);
    return l > 0 ? (1 / l) * d : Point{0, 0};
}

Point right_of(Point direction) {
    return {direction.y_m, -direction.x_m};
}

}  // namespace

double length(std::span<const Point> line) {
    double sum = 0;
    for (std::size_t i = 1; i < line.size(); ++i) sum += distance(line[i - 1], line[i]);
    return sum;
}

Point point_at(std::span<const Point> line, double at_m) {
    if (at_m <= 0) return line.front();
    for (std::size_t i = 1; i < line.size(); ++i) {
        const double piece = distance(line[i - 1], line[i]);
        if (at_m < piece) return line[i - 1] + (at_m / piece) * (line[i] - line[i - 1]);
        at_m -= piece;
    }
    return line.back();
}

std::vector<Point> part(std::span<const Point> line, double begin_m, double end_m) {
    std::vector<Point> cut{point_at(line, begin_m)};
    double at = 0;
    for (std::size_t i = 1; i + 1 < line.size(); ++i) {
        at += distance(line[i - 1], line[i]);
        if (at > begin_m && at < end_m) cut.push_back(line[i]);
    }
    cut.push_back(point_at(line, end_m));
    return cut;
}

std::vector<Point> moved_right(std::span<const Point> line, double by_m) {
    std::vector<Point> moved;
    moved.reserve(line.size());
    for (std::size_t i = 0; i < line.size(); ++i) {
        const Point before = right_of(unit(i > 0 ? line[i] - line[i - 1] : line[1] - line[0]));
        const Point after = right_of(unit(i + 1 < line.size() ? line[i + 1] - line[i] : line[i] - line[i - 1]));
        // Along the bisector, lengthened by 1/cos of half the bend.
        const Point sum = before + after;
        const double square = dot(sum, sum);
        const double stretch = square > 1 ? 2 / square : 2;
        moved.push_back(line[i] + (by_m * stretch) * (square > 1e-9 ? sum : before));
    }
    return moved;
}

Meeting meeting(std::span<const Point> a, std::span<const Point> b) {
    Meeting best{0, 0, std::numeric_limits<double>::infinity()};
    double a_at = 0;
    for (std::size_t i = 1; i < a.size(); ++i) {
        const double a_piece = distance(a[i - 1], a[i]);
        double b_at = 0;
        for (std::size_t k = 1; k < b.size(); ++k) {
            const double b_piece = distance(b[k - 1], b[k]);
            const Fractions f = meeting_of_pieces(a[i - 1], a[i], b[k - 1], b[k]);
            const double at = a_at + f.t * a_piece;
            if (f.gap_m < best.gap_m || (f.gap_m == 0 && at < best.at_m)) best = {at, b_at + f.u * b_piece, f.gap_m};
            b_at += b_piece;
        }
        if (best.gap_m == 0) break;
        a_at += a_piece;
    }
    return best;
}

double distance(Point p, std::span<const Point> line) {
    double least = distance(p, line.front());
    for (std::size_t i = 1; i < line.size(); ++i) {
        const Point d = line[i] - line[i - 1];
        least = std::min(least, distance(p, line[i - 1] + nearest_fraction(p, line[i - 1], line[i]) * d));
    }
    return least;
}

}  // namespace shahr
