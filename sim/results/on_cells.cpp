#include "sim/results/on_cells.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace shahr {
namespace {

// Where the way from `a` to `b` (in cell widths) crosses whole numbers, as shares of the way.
void add_crossings(double a, double b, std::vector<double>& at) {
    if (a == b) return;
    const double low = std::min(a, b), high = std::max(a, b);
    for (double line = std::floor(low) + 1; line < high; ++line) at.push_back((line - a) / (b - a));
}

// Metres of the segment in each cell.
void measure(const Cells& cells, Point a, Point b, std::map<std::int32_t, double>& metres) {
    const double scale = 1 / cells.size_m, length_m = distance(a, b);
    const Point from = scale * (a - cells.origin), to = scale * (b - cells.origin);
    std::vector<double> at{0, 1};
    add_crossings(from.x_m, to.x_m, at);
    add_crossings(from.y_m, to.y_m, at);
    std::sort(at.begin(), at.end());
    for (std::size_t i = 1; i < at.size(); ++i) {
        const CellId cell = cells.at(a + (at[i - 1] + at[i]) / 2 * (b - a));
        if (is_some(cell)) metres[number(cell)] += (at[i] - at[i - 1]) * length_m;
    }
}

}  // namespace

RoadsOnCells::RoadsOnCells(const City& city) : cells_(static_cast<std::size_t>(city.cells.columns) * static_cast<std::size_t>(city.cells.rows)) {
    const Roads& roads = city.network.roads;
    for (const RoadId road : rows(roads.id)) {
        const std::span<const Point> shape = roads.shape[road];
        std::map<std::int32_t, double> metres;
        double length_m = 0;
        for (std::size_t i = 1; i < shape.size(); ++i) {
            length_m += distance(shape[i - 1], shape[i]);
            measure(city.cells, shape[i - 1], shape[i], metres);
        }
        if (length_m <= 0) continue;
        for (const auto& [cell, part_m] : metres) shares_.push_back({cell, number(road), static_cast<float>(part_m / length_m)});
    }
    std::stable_sort(shares_.begin(), shares_.end(), [](const Share& a, const Share& b) { return a.cell < b.cell; });
}

std::vector<float> RoadsOnCells::lay(std::span<const std::int32_t> per_road) const {
    std::vector<float> values(cells_, 0.0f);
    for (const Share& s : shares_) {
        const std::int32_t count = per_road[static_cast<std::size_t>(s.road)];
        if (count > 0) values[static_cast<std::size_t>(s.cell)] += s.share * static_cast<float>(count);
    }
    return values;
}

}  // namespace shahr
