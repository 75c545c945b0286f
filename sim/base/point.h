// A place on the city's local plane: metres east and north of the city's origin.
#pragma once
#include <cmath>

namespace shahr {

struct Point {
    double x_m = 0;
    double y_m = 0;
    bool operator==(const Point&) const = default;
};

inline Point operator+(Point a, Point b) {
    return {a.x_m + b.x_m, a.y_m + b.y_m};
}
inline Point operator-(Point a, Point b) {
    return {a.x_m - b.x_m, a.y_m - b.y_m};
}
inline Point operator*(double s, Point a) {
    return {s * a.x_m, s * a.y_m};
}
inline double dot(Point a, Point b) {
    return a.x_m * b.x_m + a.y_m * b.y_m;
}
// Positive where b lies to the left of a.
inline double cross(Point a, Point b) {
    return a.x_m * b.y_m - a.y_m * b.x_m;
}
inline double length(Point a) {
    return std::hypot(a.x_m, a.y_m);
}
inline double distance(Point a, Point b) {
    return length(a - b);
}

}  // namespace shahr
