#include "sim/city/road_finder.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace shahr {
namespace {

constexpr float shortest_end_m = 25;

bool is_fast_road(RoadClass c) {
    return c == RoadClass::motorway || c == RoadClass::trunk || c == RoadClass::motorway_link || c == RoadClass::trunk_link;
}

}  // namespace

Column<RoadId, std::uint8_t> roads_for_trip_ends(const RoadNetwork& network, VehicleClass vehicle_class) {
    const Roads& roads = network.roads;
    Column<RoadId, std::uint8_t> usable(roads.id.size(), 0);
    bool any_long = false;
    for (RoadId road : rows(roads.id)) {
        usable[road] = roads.connected[road] && (roads.allowed[road] & mask_of(vehicle_class)) &&
                       !is_fast_road(roads.road_class[road]) && !roads.tunnel[road] && !roads.bridge[road] &&
                       !roads.roundabout[road];
        any_long |= usable[road] && roads.length_m[road] >= shortest_end_m;
    }
    if (any_long)
        for (RoadId road : rows(roads.id)) usable[road] = usable[road] && roads.length_m[road] >= shortest_end_m;
    return usable;
}

Column<RoadId, RoadId> opposite_directions(const RoadNetwork& network) {
    const Roads& roads = network.roads;
    std::multimap<std::pair<JunctionId, JunctionId>, RoadId> between;
    for (RoadId road : rows(roads.id)) between.emplace(std::pair(roads.from[road], roads.to[road]), road);
    Column<RoadId, RoadId> opposite(roads.id.size(), none<RoadId>);
    for (RoadId road : rows(roads.id)) {
        const auto [first, last] = between.equal_range({roads.to[road], roads.from[road]});
        float least = 0.1f * roads.length_m[road] + 5;  // a street's two directions differ by little more than their trims
        for (auto it = first; it != last; ++it) {
            const float difference = std::abs(roads.length_m[it->second] - roads.length_m[road]);
            if (it->second != road && difference < least) least = difference, opposite[road] = it->second;
        }
    }
    return opposite;
}

RoadFinder::RoadFinder(const RoadNetwork& network, const Column<RoadId, std::uint8_t>& usable, bool left_hand_traffic)
    : left_hand_traffic_(left_hand_traffic) {
    for (RoadId road : rows(usable))
        if (usable[road]) insert_road(road, network.roads.shape[road]);
    sort_into_bins();
}

// Cuts long segments, so that no piece lies in more than four bins.
void RoadFinder::insert_road(RoadId road, std::span<const Point> shape) {
    double total_m = 0, along_m = 0;
    for (std::size_t i = 1; i < shape.size(); ++i) total_m += distance(shape[i - 1], shape[i]);
    if (total_m <= 0) return;
    for (std::size_t i = 1; i < shape.size(); ++i) {
        const Point a = shape[i - 1], b = shape[i];
        const double segment_m = distance(a, b);
        const int cuts = 1 + static_cast<int>(segment_m / bin_m);
        for (int k = 0; k < cuts; ++k) {
            const double from = static_cast<double>(k) / cuts, to = static_cast<double>(k + 1) / cuts;
            pieces_.push_back({a + from * (b - a), a + to * (b - a), road, static_cast<float>((along_m + from * segment_m) / total_m),
                               static_cast<float>((along_m + to * segment_m) / total_m)});
        }
        along_m += segment_m;
    }
}

void RoadFinder::sort_into_bins() {
    first_.assign(1, 0);
    if (pieces_.empty()) return;
    Point low = pieces_[0].a, high = low;
    for (const Piece& p : pieces_)
        for (Point q : {p.a, p.b}) {
            low = {std::min(low.x_m, q.x_m), std::min(low.y_m, q.y_m)};
            high = {std::max(high.x_m, q.x_m), std::max(high.y_m, q.y_m)};
        }
    origin_ = low;
    columns_ = 1 + static_cast<int>((high.x_m - low.x_m) / bin_m);
    rows_ = 1 + static_cast<int>((high.y_m - low.y_m) / bin_m);
    const auto for_each_bin = [&](const Piece& p, auto&& visit) {
        const auto bin = [&](double at, double start) { return static_cast<int>((at - start) / bin_m); };
        const auto [c0, c1] = std::minmax({bin(p.a.x_m, low.x_m), bin(p.b.x_m, low.x_m)});
        const auto [r0, r1] = std::minmax({bin(p.a.y_m, low.y_m), bin(p.b.y_m, low.y_m)});
        for (int r = r0; r <= r1; ++r)
            for (int c = c0; c <= c1; ++c)
                visit(static_cast<std::size_t>(r) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(c));
    };
    first_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) + 1, 0);
    for (const Piece& p : pieces_) for_each_bin(p, [&](std::size_t bin) { ++first_[bin + 1]; });
    for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
    in_bin_.resize(static_cast<std::size_t>(first_.back()));
    std::vector<std::int32_t> next(first_.begin(), first_.end() - 1);
    for (std::size_t i = 0; i < pieces_.size(); ++i)
        for_each_bin(pieces_[i], [&](std::size_t bin) {
            in_bin_[static_cast<std::size_t>(next[bin]++)] = static_cast<std::int32_t>(i);
        });
}

RoadPlace RoadFinder::nearest(Point place, double within_m) const {
    constexpr double tie_m = 0.5;
    RoadPlace best{none<RoadId>, 0, within_m};
    if (pieces_.empty()) return best;
    bool at_kerb = false;
    const int column = static_cast<int>(std::floor((place.x_m - origin_.x_m) / bin_m));
    const int row = static_cast<int>(std::floor((place.y_m - origin_.y_m) / bin_m));
    // After ring r, every piece nearer than r bins has been seen.
    for (int ring = 0; (ring - 1) * bin_m < best.distance_m + tie_m; ++ring)
        for (int r = row - ring; r <= row + ring; ++r) {
            const bool whole_row = r == row - ring || r == row + ring;
            for (int c = column - ring; c <= column + ring; c += whole_row || ring == 0 ? 1 : 2 * ring)
                look_into(c, r, place, best, at_kerb);
        }
    return best;
}

void RoadFinder::look_into(int column, int row, Point place, RoadPlace& best, bool& best_at_kerb) const {
    constexpr double tie_m = 0.5;
    if (column < 0 || row < 0 || column >= columns_ || row >= rows_) return;
    const std::size_t bin = static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column);
    for (std::int32_t i = first_[bin]; i < first_[bin + 1]; ++i) {
        const Piece& piece = pieces_[static_cast<std::size_t>(in_bin_[static_cast<std::size_t>(i)])];
        const Point along = piece.b - piece.a, there = place - piece.a;
        const double squared = dot(along, along);
        const double t = squared > 0 ? std::clamp(dot(there, along) / squared, 0.0, 1.0) : 0;
        const double away_m = distance(place, piece.a + t * along);
        const bool at_kerb = left_hand_traffic_ ? cross(along, there) >= 0 : cross(along, there) <= 0;
        const bool nearer = away_m < best.distance_m - tie_m;
        const bool as_near = away_m < best.distance_m + tie_m && is_some(best.road);
        const bool preferred = at_kerb != best_at_kerb     ? at_kerb
                               : away_m != best.distance_m ? away_m < best.distance_m
                                                           : piece.road < best.road;
        if (nearer || (!is_some(best.road) && away_m <= best.distance_m) || (as_near && preferred)) {
            best = {piece.road, piece.along_a + t * (piece.along_b - piece.along_a), away_m};
            best_at_kerb = at_kerb;
        }
    }
}

}  // namespace shahr
