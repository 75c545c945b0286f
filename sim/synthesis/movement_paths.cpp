#include "sim/synthesis/movement_paths.h"

#include <algorithm>
#include <limits>
#include <numbers>

#include "sim/base/polyline.h"
#include "sim/synthesis/trim.h"

namespace shahr {
namespace {

constexpr double least_length_m = 1, least_speed_mps = 2, straight_below = 0.05;
constexpr double rounded_off_m = 15;
constexpr double longest_handle_m = 12;        // in wide joined junctions: turn near the ends, go straight between

struct Pose {
    Point at, direction;                       // direction: a unit vector
};

Point unit(Point d) {
    const double l = length(d);
    return l > 0 ? (1 / l) * d : Point{1, 0};
}

Pose aside(Point at, Point direction, double right_m) {
    return {at + right_m * Point{direction.y_m, -direction.x_m}, direction};
}

Pose end_of_lane(const City& city, const Children<LaneId, RoadId>& lanes, LaneId lane) {
    const RoadId road = city.network.lanes.road[lane];
    const auto shape = city.network.roads.shape[road];
    const double right = lane_offset_m(city.network, lanes[road], lane, city.left_hand_traffic);
    return aside(shape.back(), unit(shape.back() - shape[shape.size() - 2]), right);
}

Pose start_of_lane(const City& city, const Children<LaneId, RoadId>& lanes, LaneId lane) {
    const RoadId road = city.network.lanes.road[lane];
    const auto shape = city.network.roads.shape[road];
    const double right = lane_offset_m(city.network, lanes[road], lane, city.left_hand_traffic);
    return aside(shape.front(), unit(shape[1] - shape[0]), right);
}

// A cubic Bezier curve tangent at both ends. Its handles are those that turn it into a circle's arc where the ends allow
// one: (4/3) tan(angle/4) radii, with the radius from the chord 2 r sin(angle/2).
std::vector<Point> curve(const Pose& from, const Pose& to, double angle) {
    const Point chord = to.at - from.at;
    const double sideways = std::abs(cross(from.direction, chord));
    if (std::abs(angle) < straight_below && sideways < 0.3) return {from.at, to.at};
    const double half = std::max(std::abs(angle) / 2, 0.01);
    const double arc = length(chord) * 2 / 3 * std::tan(half / 2) / std::sin(std::min(half, std::numbers::pi / 2));
    const double handle = std::min(arc, longest_handle_m);
    const Point p1 = from.at + handle * from.direction, p2 = to.at - handle * to.direction;
    const int pieces = std::clamp(static_cast<int>(std::abs(angle) * 4), 3, 10);
    std::vector<Point> line;
    for (int i = 0; i <= pieces; ++i) {
        const double t = static_cast<double>(i) / pieces, u = 1 - t;
        line.push_back(u * u * u * from.at + 3 * u * u * t * p1 + (3 * u * t * t * p2 + t * t * t * to.at));
    }
    return line;
}

// A path of `run` metres that turns by `angle` has the radius run / angle. Where a street only bends at a node, the path
// between its ends is a metre or two long, but drivers round the bend off within their lane: over 15 m at least.
double bend_speed(Turn turn, double run, double angle) {
    if (angle < straight_below) return std::numeric_limits<double>::infinity();
    const bool bends = turn == Turn::straight || turn == Turn::slight_left || turn == Turn::slight_right;
    return turning_speed_mps((bends ? std::max(run, rounded_off_m) : run) / angle);
}

}  // namespace

double turning_speed_mps(double radius_m) {
    return std::sqrt(5.5 * radius_m);
}

void append_movements(City& city, const std::vector<LaneTurn>& turns) {
    RoadNetwork& network = city.network;
    Movements& m = network.movements;
    const auto lanes = network.lanes_of();
    for (const LaneTurn& turn : turns) {
        const Pose from = end_of_lane(city, lanes, turn.from), to = start_of_lane(city, lanes, turn.to);
        const double angle = turn.turn == Turn::u_turn
                                 ? std::numbers::pi
                                 : std::atan2(cross(from.direction, to.direction), dot(from.direction, to.direction));
        const auto path = curve(from, to, angle);
        const double run = std::max(length(path), least_length_m);
        const double in = network.lanes.speed_limit_mps[turn.from], out = network.lanes.speed_limit_mps[turn.to];
        double speed = (in + out) / 2;
        speed = std::min(speed, bend_speed(turn.turn, run, std::abs(angle)));

        m.from_lane.push_back(turn.from);
        m.to_lane.push_back(turn.to);
        m.junction.push_back(network.roads.to[network.lanes.road[turn.from]]);
        m.turn.push_back(turn.turn);
        m.length_m.push_back(static_cast<float>(run));
        m.speed_limit_mps.push_back(static_cast<float>(std::max(speed, least_speed_mps)));
        m.wait_m.push_back(0);
        m.right_of_way.push_back(RightOfWay::major);
        m.allowed.push_back(static_cast<ClassMask>(network.lanes.allowed[turn.from] & network.lanes.allowed[turn.to]));
        m.signal.push_back(none<SignalId>);
        m.signal_link.push_back(-1);
        m.shape.push_back(path);
    }
}

}  // namespace shahr
