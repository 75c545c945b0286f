// Lines inside junctions, and where two of them meet.
#pragma once
#include <span>
#include <vector>

#include "sim/base/point.h"

namespace shahr::sumo {

double line_length(std::span<const Point> line);

// Appends `more`, leaving out corners that repeat the last one.
void append(std::vector<Point>& line, std::span<const Point> more);

struct Meeting {
    double along_a_m, along_b_m;               // from the start of each line
    double apart_m;                            // 0 where they cross
};
// The first crossing along `a`; where they do not cross, the places where they come closest.
// Both lines have at least two points.
Meeting meeting_of(std::span<const Point> a, std::span<const Point> b);

}  // namespace shahr::sumo
