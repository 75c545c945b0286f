#include "sim/import/osm/built_up.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace shahr::osm {
namespace {

constexpr double square_m = 200, street_m = 100, step_m = 20;
constexpr double longest_m = 2000;  // a straight piece longer than this is no street between houses
constexpr double large_city = 500e3, people_per_m2 = 3000e-6;
constexpr double buildings_needed = 8, by_a_settlement = 5, amid_a_town = 25;

}  // namespace

std::uint64_t BuiltUp::square(Point p) const {
    const auto index = [](double v) {
        return static_cast<std::uint64_t>(static_cast<std::int64_t>(std::floor(v / square_m)) + (1 << 24));
    };
    return index(p.y_m) << 32 | index(p.x_m);
}

BuiltUp::BuiltUp(const RoadData& data, const LocalPlane& plane) : data_(data), plane_(plane) {
    std::map<std::uint64_t, double> share;  // 1: built up
    for (const LonLat building : data.buildings) share[square(plane.to_plane(building))] += 1 / buildings_needed;
    for (const WayData& way : data.ways) {
        if (!is_any(way.tags["highway"], {"residential", "living_street"})) continue;
        const NodeData* before = nullptr;
        for (const std::int64_t id : way.nodes) {
            const NodeData* node = data.node(id);
            if (before != nullptr && node != nullptr) {
                const Point a = plane.to_plane(before->position), b = plane.to_plane(node->position);
                before = node;
                if (distance(a, b) > longest_m) continue;
                const int steps = std::max(1, static_cast<int>(distance(a, b) / step_m));
                for (int i = 0; i < steps; ++i)
                    share[square(a + (i + 0.5) / steps * (b - a))] += distance(a, b) / steps / street_m;
            }
            before = node;
        }
    }
    std::map<std::uint64_t, double> near, around;  // sums over 3 by 3 and 5 by 5 squares
    for (const auto& [square, sum] : share)
        for (int row = -2; row <= 2; ++row)
            for (int column = -2; column <= 2; ++column) {
                const std::uint64_t other = square +
                                            (static_cast<std::uint64_t>(static_cast<std::int64_t>(row)) << 32) +
                                            static_cast<std::uint64_t>(static_cast<std::int64_t>(column));
                around[other] += sum;
                if (std::abs(row) < 2 && std::abs(column) < 2) near[other] += sum;
            }
    const auto at = [](const std::map<std::uint64_t, double>& sums, std::uint64_t square) {
        const auto found = sums.find(square);
        return found == sums.end() ? 0 : found->second;
    };
    for (const auto& [square, sum] : around)
        if (sum >= amid_a_town || at(near, square) >= by_a_settlement || at(share, square) >= 1)
            squares_.push_back(square);
    for (const PlaceData& place : data.places)
        if (place.population >= large_city)
            large_cities_.push_back({plane.to_plane(place.position),
                                     std::sqrt(place.population / people_per_m2 / std::numbers::pi)});
}

bool BuiltUp::in_large_city(Point p) const {
    return std::any_of(large_cities_.begin(), large_cities_.end(),
                       [&](const Circle& c) { return distance(c.centre, p) < c.radius_m; });
}

Setting BuiltUp::around(const WayData& way) const {
    std::size_t inside = 0, in_city = 0, known = 0;
    for (const std::int64_t id : way.nodes) {
        const NodeData* node = data_.node(id);
        if (node == nullptr) continue;
        ++known;
        const Point p = plane_.to_plane(node->position);
        const bool built_up = std::binary_search(squares_.begin(), squares_.end(), square(p));
        inside += built_up;
        in_city += built_up && in_large_city(p);
    }
    if (known == 0 || 2 * inside < known) return Setting::open_country;
    return 2 * in_city >= known ? Setting::large_city : Setting::town;
}

}  // namespace shahr::osm
