#include "sim/import/osm/land_raster.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/polygon.h"

namespace shahr {
namespace {

double area_m2(const GroundFeature& feature) {
    double sum = 0;
    for (const Ring& ring : feature.outer) sum += std::abs(signed_area_m2(ring));
    for (const Ring& ring : feature.inner) sum -= std::abs(signed_area_m2(ring));
    return sum;
}

}  // namespace

LandRaster::LandRaster(const Cells& cells, std::span<const GroundFeature> grounds)
    : origin_(cells.origin), square_m_(cells.size_m / squares), columns_(cells.columns * squares), rows_(cells.rows * squares),
      ground_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), Ground::none) {
    std::vector<double> area(grounds.size());
    for (std::size_t i = 0; i < grounds.size(); ++i) area[i] = area_m2(grounds[i]);
    std::vector<std::size_t> order(grounds.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::pair(-area[a], grounds[a].id) < std::pair(-area[b], grounds[b].id);
    });
    for (std::size_t i : order) fill(grounds[i]);
}

// Row by row: between each odd and the next even crossing of the rings lies the area.
void LandRaster::fill(const GroundFeature& feature) {
    double low_m = INFINITY, high_m = -INFINITY;
    for (const Ring& ring : feature.outer)
        for (Point p : ring) low_m = std::min(low_m, p.y_m), high_m = std::max(high_m, p.y_m);
    const auto square_of = [&](double m) { return (m - square_m_ / 2) / square_m_; };  // whose centre lies there
    const int first = std::max(0, static_cast<int>(std::ceil(square_of(std::max(low_m - origin_.y_m, -1e9)))));
    const int last = std::min(rows_ - 1, static_cast<int>(std::floor(square_of(std::min(high_m - origin_.y_m, 1e9)))));
    std::vector<double> crossings;
    for (int r = first; r <= last; ++r) {
        const double y_m = origin_.y_m + (r + 0.5) * square_m_;
        crossings.clear();
        for (const std::vector<Ring>* rings : {&feature.outer, &feature.inner})
            for (const Ring& ring : *rings)
                for (std::size_t i = 1; i < ring.size(); ++i) {
                    const Point a = ring[i - 1], b = ring[i];
                    if ((a.y_m > y_m) != (b.y_m > y_m)) crossings.push_back(a.x_m + (y_m - a.y_m) / (b.y_m - a.y_m) * (b.x_m - a.x_m));
                }
        std::sort(crossings.begin(), crossings.end());
        for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
            const double from = std::max(0.0, std::ceil(square_of(crossings[i] - origin_.x_m)));
            const double to = std::min(columns_ - 1.0, std::floor(square_of(crossings[i + 1] - origin_.x_m)));
            for (int c = static_cast<int>(from); c <= to; ++c)
                ground_[static_cast<std::size_t>(r) * static_cast<std::size_t>(columns_) +
                        static_cast<std::size_t>(c)] = feature.ground;
        }
    }
}

Ground LandRaster::at(Point p) const {
    const double c = std::floor((p.x_m - origin_.x_m) / square_m_), r = std::floor((p.y_m - origin_.y_m) / square_m_);
    if (!(c >= 0 && r >= 0 && c < columns_ && r < rows_)) return Ground::none;
    return ground_[static_cast<std::size_t>(r) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(c)];
}

std::array<float, ground_count> LandRaster::in_cell(CellId cell) const {
    const int cell_columns = columns_ / squares, c0 = number(cell) % cell_columns * squares,
              r0 = number(cell) / cell_columns * squares;
    std::array<float, ground_count> area_m2{};
    for (int r = r0; r < r0 + squares; ++r)
        for (int c = c0; c < c0 + squares; ++c)
            area_m2[static_cast<std::size_t>(ground_[static_cast<std::size_t>(r) * static_cast<std::size_t>(columns_) +
                                                     static_cast<std::size_t>(c)])] +=
                static_cast<float>(square_m_ * square_m_);
    return area_m2;
}

}  // namespace shahr
