// Lines of straight pieces on the city's plane: how long, where along them, cut, moved aside, and where two meet.
// Every line has at least two points; positions are metres along it from its first point.
#pragma once
#include <span>
#include <vector>

#include "sim/base/point.h"

namespace shahr {

double length(std::span<const Point> line);

// The point that far along; before the start the first point, beyond the end the last.
Point point_at(std::span<const Point> line, double at_m);

// The part between two positions, which are first brought into [0, length]. Always two points or more.
std::vector<Point> part(std::span<const Point> line, double begin_m, double end_m);

// The line moved to its right (negative: to its left). At bends it stays parallel, up to twice the distance at the corner.
std::vector<Point> moved_right(std::span<const Point> line, double by_m);

// Where two lines cross or, if they do not, come closest: the position on each, and the gap there. Of several crossings
// the first along `a`.
struct Meeting {
    double at_m, other_at_m, gap_m;
};
Meeting meeting(std::span<const Point> a, std::span<const Point> b);

// The distance from a point to the line.
double distance(Point p, std::span<const Point> line);

}  // namespace shahr
