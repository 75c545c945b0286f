#include "sim/synthesis/ports.h"

#include <algorithm>
#include <numbers>
#include <numeric>
#include <tuple>

#include "sim/base/polyline.h"

namespace shahr {
namespace {

// The first metres of a street are often bent by the mapper; at 15-20 m its direction shows (practice of osm2streets and
// of manual junction coding).
constexpr double bearing_at_m = 20, heading_over_m = 18;

double angle_of(Point direction) {
    return std::atan2(direction.y_m, direction.x_m);
}

// Seen from the junction, not from the shape's end: the two differ where several nodes were joined into one junction.
double bearing_at_start(std::span<const Point> shape, Point junction) {
    return angle_of(point_at(shape, std::min(bearing_at_m, length(shape) / 2)) - junction);
}

double bearing_at_end(std::span<const Point> shape, Point junction) {
    const double l = length(shape);
    return angle_of(point_at(shape, l - std::min(bearing_at_m, l / 2)) - junction);
}

bool same_points_reversed(std::span<const Point> a, std::span<const Point> b) {
    return std::equal(a.begin(), a.end(), b.rbegin(), b.rend(), [](Point p, Point q) { return distance(p, q) < 0.01; });
}

}  // namespace

double turned(double from, double to) {
    constexpr double pi = std::numbers::pi;
    double angle = std::remainder(to - from, 2 * pi);
    return angle <= -pi ? pi : angle;
}

bool face_each_other(const Port& a, const Port& b) {
    return std::abs(turned(a.heading, b.heading)) > 0.75 * std::numbers::pi;
}

Column<RoadId, RoadId> find_twins(const Roads& roads) {
    Column<RoadId, RoadId> twin(roads.id.size(), none<RoadId>);
    using Ends = std::tuple<JunctionId, JunctionId, RoadId>;
    std::vector<Ends> by_ends;
    for (RoadId r : rows(roads.id)) by_ends.emplace_back(roads.from[r], roads.to[r], r);
    std::sort(by_ends.begin(), by_ends.end());
    for (RoadId r : rows(roads.id)) {
        const JunctionId from = roads.from[r], to = roads.to[r];
        auto back = std::lower_bound(by_ends.begin(), by_ends.end(), Ends{to, from, RoadId{}});
        for (; back != by_ends.end() && std::get<0>(*back) == to && std::get<1>(*back) == from; ++back) {
            const RoadId other = std::get<2>(*back);
            if (is_some(twin[r]) || other <= r || is_some(twin[other])) continue;
            if (!same_points_reversed(roads.shape[r], roads.shape[other])) continue;
            twin[r] = other;
            twin[other] = r;
        }
    }
    return twin;
}

Ports::Ports(const RoadNetwork& network, const Column<RoadId, RoadId>& twins, bool left_hand_traffic)
    : first_(network.junctions.id.size() + 1, 0), start_(network.roads.id.size()), end_(network.roads.id.size()) {
    const Roads& roads = network.roads;
    std::vector<std::pair<JunctionId, Port>> all;
    for (RoadId r : rows(roads.id)) {
        // Both directions of a street have exactly one bearing: that of the earlier row.
        const RoadId measured = is_some(twins[r]) && twins[r] < r ? twins[r] : r;
        const auto shape = roads.shape[measured];
        const auto& position = network.junctions.position;
        double start = bearing_at_start(shape, position[roads.from[measured]]);
        double end = bearing_at_end(shape, position[roads.to[measured]]);
        if (measured != r) std::swap(start, end);
        all.push_back({roads.from[r], {r, false, start, 0}});
        all.push_back({roads.to[r], {r, true, end, 0}});
    }
    const auto place = [&](const std::pair<JunctionId, Port>& p) {
        return std::tuple(p.first, p.second.bearing, p.second.inbound != left_hand_traffic, p.second.road);
    };
    std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
    for (const auto& [junction, port] : all) {
        ++first_[row(junction) + 1];
        (port.inbound ? end_ : start_)[port.road] = ports_.size();
        ports_.push_back(port);
    }
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
}

void Ports::set_headings(const Roads& roads) {
    for (Port& port : ports_) {
        const auto shape = roads.shape[port.road];
        const double l = length(shape), over = std::min(heading_over_m, l);
        port.heading = port.inbound ? angle_of(shape.back() - point_at(shape, l - over))
                                    : angle_of(point_at(shape, over) - shape.front());
    }
}

}  // namespace shahr
