#include "sim/import/pandapipes/standard_pumps.h"

#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace shahr {
namespace {

struct Point {
    double m3ph, bar;
};

// Normal equations of the parabola, by elimination; the points are few and far apart.
PumpCurve parabola(const std::vector<Point>& points) {
    std::array<std::array<double, 4>, 3> a{};
    for (const auto& [x, y] : points)
        for (int i = 0; i < 3; ++i) {
            for (int j = 0; j < 3; ++j) a[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] += std::pow(x, i + j);
            a[static_cast<std::size_t>(i)][3] += y * std::pow(x, i);
        }
    for (std::size_t k = 0; k < 3; ++k)
        for (std::size_t i = 0; i < 3; ++i) {
            if (i == k) continue;
            const double f = a[i][k] / a[k][k];
            for (std::size_t j = k; j < 4; ++j) a[i][j] -= f * a[k][j];
        }
    const auto solved = [&](std::size_t i) { return a[i][3] / a[i][i]; };
    constexpr double pa_per_bar = 1e5, s_per_h = 3600;
    return {pa_per_bar * solved(0), pa_per_bar * s_per_h * solved(1), pa_per_bar * s_per_h * s_per_h * solved(2)};
}

}  // namespace

std::optional<PumpCurve> standard_pump(std::string_view type) {
    if (type == "P1") return parabola({{0, 6.1}, {19, 5.8}, {83, 4}});
    if (type == "P2") return parabola({{0, 10}, {40, 8.4}, {60, 7}, {80, 4.5}, {90, 3}});
    if (type == "P3") return parabola({{0, 5}, {100, 4.999}, {200, 4.998}});
    return std::nullopt;
}

}  // namespace shahr
