#include "sim/synthesis/trim.h"

#include <algorithm>

#include "sim/base/polyline.h"

namespace shahr {
namespace {

// From the crossing kerb line to the stop line: the corner's rounding and a zebra crossing. Together with the widths it
// gives a right turn a radius of 5 to 8 m, as town corners have.
constexpr double set_back_m = 4;
constexpr double continuation_m = 0.5, bend_m = 3, dead_end_m = 2;
constexpr double farthest_m = 45, step_m = 1.5, gap_m = 6;
// A road keeps 40 % of its length, and room for a car or two (10 m) unless that were more than 80 %.
constexpr double least_share = 0.4, short_share = 0.8, least_left_m = 10;

using Line = std::vector<Point>;

Line outward(std::span<const Point> shape, bool inbound) {
    Line line(shape.begin(), shape.end());
    if (inbound) std::reverse(line.begin(), line.end());
    return part(line, 0, 2 * farthest_m);
}

// How far along `line` the ground of a road that runs along `other`, `angle` aside, reaches: up to where their edges part.
// Half as far again as straight edges would is the most, since streets may bend together and run on side by side.
double overlap_m(const Line& line, double width, const Line& other, double other_width, double angle) {
    const double clear = other_width / 2 + width / 2 * std::abs(std::cos(angle));
    const double limit = std::min(farthest_m, 5 + 1.5 * clear / std::max(std::abs(std::sin(angle)), 0.4));
    double reach = 0;
    for (double s = 0; s < limit && s < reach + gap_m; s += step_m)
        if (distance(point_at(line, s), other) < clear) reach = s + step_m;
    return reach;
}

struct End {
    Line line;                                 // from the junction outwards
    double width;
};

double cut_at(const Port& port, std::span<const Port> ports, std::span<const End> ends, const Column<RoadId, RoadId>& twins) {
    const End& mine = ends[static_cast<std::size_t>(&port - ports.data())];
    double cut = 0, straightest = 0;
    int streets = 0;
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const Port& other = ports[i];
        if (other.road == port.road || other.road == twins[port.road]) continue;
        const bool seen = other.inbound && is_some(twins[other.road]);  // counted with its way out
        const double angle = turned(port.bearing, other.bearing);
        if (!seen) ++streets, straightest = std::max(straightest, std::abs(angle));
        if (std::abs(angle) > 2.8) continue;   // the street goes on: no common ground
        if (port.inbound != other.inbound && std::abs(angle) < 0.6) continue;  // a divided road begins: its ways part at once
        cut = std::max(cut, overlap_m(mine.line, mine.width, ends[i].line, ends[i].width, angle));
    }
    if (streets == 0) return dead_end_m;
    if (streets == 1) return straightest > 2.6 ? continuation_m : bend_m;
    return cut + set_back_m;
}

void separate_directions(RoadNetwork& network, const Column<RoadId, RoadId>& twins, const Children<LaneId, RoadId>& lanes, bool left_hand_traffic) {
    Lists<RoadId, Point> moved;
    for (RoadId r : rows(network.roads.id)) {
        const auto shape = std::as_const(network.roads.shape)[r];
        const double aside = width_of(network, lanes[r]) / 2 * (left_hand_traffic ? -1 : 1);
        moved.push_back(is_some(twins[r]) ? moved_right(shape, aside) : Line(shape.begin(), shape.end()));
    }
    network.roads.shape = std::move(moved);
}

}  // namespace

double width_of(const RoadNetwork& network, IdRange<LaneId> lanes) {
    double width = 0;
    for (LaneId lane : lanes) width += network.lanes.width_m[lane];
    return width;
}

double lane_offset_m(const RoadNetwork& network, IdRange<LaneId> lanes, LaneId lane, bool left_hand_traffic) {
    double offset = width_of(network, lanes) / 2 - network.lanes.width_m[lane] / 2;
    for (LaneId kerbward : lanes)
        if (kerbward < lane) offset -= network.lanes.width_m[kerbward];
    return left_hand_traffic ? -offset : offset;
}

std::int64_t trim_roads(City& city, const Ports& ports, const Column<RoadId, RoadId>& twins) {
    RoadNetwork& network = city.network;
    Roads& roads = network.roads;
    const auto lanes = network.lanes_of();
    separate_directions(network, twins, lanes, city.left_hand_traffic);

    Column<RoadId, double> cut_at_start(roads.id.size()), cut_at_end(roads.id.size());
    std::vector<End> ends;
    for (JunctionId j : rows(network.junctions.id)) {
        if (network.junctions.control[j] == Control::cordon) continue;
        ends.clear();
        for (const Port& p : ports.at(j)) ends.push_back({outward(std::as_const(roads.shape)[p.road], p.inbound), width_of(network, lanes[p.road])});
        for (const Port& p : ports.at(j)) (p.inbound ? cut_at_end : cut_at_start)[p.road] = cut_at(p, ports.at(j), ends, twins);
    }

    std::int64_t short_of_room = 0;
    Lists<RoadId, Point> cut;
    for (RoadId r : rows(roads.id)) {
        const auto shape = std::as_const(roads.shape)[r];
        const double whole = length(shape), asked = cut_at_start[r] + cut_at_end[r];
        const double room = whole - std::max(least_share * whole, std::min(short_share * whole, least_left_m));
        const double share = asked > room ? room / asked : 1;
        if (share < 1) ++short_of_room;
        cut.push_back(part(shape, share * cut_at_start[r], whole - share * cut_at_end[r]));
        roads.length_m[r] = static_cast<float>(whole - share * asked);
        for (LaneId lane : lanes[r]) network.lanes.length_m[lane] = roads.length_m[r];
    }
    roads.shape = std::move(cut);
    return short_of_room;
}

}  // namespace shahr
