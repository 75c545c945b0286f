#include "sim/synthesis/rings.h"

#include <algorithm>
#include <numbers>
#include <vector>

namespace shahr {
namespace {

constexpr double longest_m = 400, sharpest = std::numbers::pi * 75 / 180;
constexpr std::size_t most_roads = 24;

double bearing_of(Point d) {
    return std::atan2(d.y_m, d.x_m);
}

// The turning within the road's own shape, positive to the left.
double bend_of(std::span<const Point> shape) {
    double sum = 0;
    for (std::size_t i = 2; i < shape.size(); ++i) sum += turned(bearing_of(shape[i - 1] - shape[i - 2]), bearing_of(shape[i] - shape[i - 1]));
    return sum;
}

struct Walk {
    const City& city;
    const Ports& ports;
    const Column<RoadId, RoadId>& twins;
    double inward;                             // the sign of turns around the ring

    static double last_direction(std::span<const Point> s) { return bearing_of(s[s.size() - 1] - s[s.size() - 2]); }
    static double first_direction(std::span<const Point> s) { return bearing_of(s[1] - s[0]); }

    // The one-way road that bends most towards the middle, but not sharply.
    RoadId next(RoadId road, double& bend) const {
        const auto shape = city.network.roads.shape[road];
        RoadId best = none<RoadId>;
        double most = -sharpest;
        for (const Port& p : ports.at(city.network.roads.to[road])) {
            if (p.inbound || is_some(twins[p.road])) continue;
            const double angle = inward * turned(last_direction(shape), first_direction(city.network.roads.shape[p.road]));
            if (angle > most && angle < sharpest) most = angle, best = p.road;
        }
        bend = most;
        return best;
    }

    // The roads of the ring through `start`, from there on; empty: there is none.
    std::vector<RoadId> around(RoadId start) const {
        const Roads& roads = city.network.roads;
        std::vector<RoadId> ring;
        double run = 0, sum = 0;
        RoadId at = start;
        do {
            ring.push_back(at);
            run += roads.length_m[at];
            double bend = 0;
            sum += inward * bend_of(roads.shape[at]);
            at = next(at, bend);
            sum += bend;
            if (!is_some(at) || run > longest_m || ring.size() > most_roads) return {};
        } while (at != start);
        const bool once = std::abs(sum - 2 * std::numbers::pi) < 0.5;
        return once && ring.size() >= 3 ? ring : std::vector<RoadId>{};
    }
};

}  // namespace

std::int64_t find_untagged_rings(City& city, const Ports& ports, const Column<RoadId, RoadId>& twins) {
    Roads& roads = city.network.roads;
    const Walk walk{city, ports, twins, city.left_hand_traffic ? -1.0 : 1.0};
    std::int64_t rings = 0;
    for (RoadId r : rows(roads.id)) {
        if (roads.roundabout[r] || is_some(twins[r]) || roads.length_m[r] > longest_m) continue;
        const auto ring = walk.around(r);
        const bool tagged = std::any_of(ring.begin(), ring.end(), [&](RoadId p) { return roads.roundabout[p] != 0; });
        if (ring.empty() || tagged) continue;
        for (RoadId piece : ring) roads.roundabout[piece] = 1;
        ++rings;
    }
    return rings;
}

Column<RoadId, std::uint8_t> rings_with_arrows(const RoadNetwork& network, const Column<LaneId, TurnMask>& arrows) {
    const Roads& roads = network.roads;
    Column<RoadId, std::uint8_t> shown(roads.id.size(), 0);
    if (arrows.empty()) return shown;
    std::vector<RoadId> pieces;
    for (RoadId r : rows(roads.id))
        if (roads.roundabout[r]) pieces.push_back(r);
    for (LaneId lane : rows(network.lanes.road))
        if (arrows[lane] && roads.roundabout[network.lanes.road[lane]]) shown[network.lanes.road[lane]] = 1;
    // From piece to piece, until all that hang together agree.
    Column<JunctionId, std::uint8_t> at(network.junctions.id.size(), 0);
    for (bool more = true; more;) {
        more = false;
        for (RoadId r : pieces) {
            std::uint8_t &from = at[roads.from[r]], &to = at[roads.to[r]];
            if (!(shown[r] | from | to) || (shown[r] & from & to)) continue;
            shown[r] = from = to = 1;
            more = true;
        }
    }
    return shown;
}

}  // namespace shahr
