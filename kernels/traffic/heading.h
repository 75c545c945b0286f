// Which lanes and movements lead on along a route.
#pragma once
#include "kernels/traffic/scene.h"

namespace shahr::SHAHR_BACKEND::traffic {

// Roads ahead over which lane changes are counted.
inline constexpr int heading_horizon = 4;

struct Heading {
    Index movement = no_way;
    LaneSet best_lanes = 0;
};

// Changes needed from each lane of a road to follow the route over the horizon.
struct LaneCosts {
    static constexpr int impossible = 99;
    std::int8_t changes[most_lanes];
};

// The movement from `lane` to `road` whose lane needs the fewest changes afterwards; ties: the emptier lane, then the first.
SHAHR_HD inline Heading best_movement(const Scene& scene, Index lane, Index road, const LaneCosts& beyond, std::uint16_t vehicle_class, int& cost) {
    const NetworkView& net = scene.network;
    Heading best;
    Index best_count = 0;
    cost = LaneCosts::impossible;
    for (Index m = net.first_movement[lane]; m < net.first_movement[lane + 1]; ++m) {
        const Index to = net.to_lane[m], k = to - net.first_lane[road];
        if (net.road[to] != road || k >= most_lanes || !(net.allowed[scene.strip_of_movement(m)] & net.allowed[to] & vehicle_class)) continue;
        const Index count = scene.strips.count(to);
        const int c = beyond.changes[k];
        if (best.movement >= 0 && (c > cost || (c == cost && count >= best_count))) continue;
        best.movement = m, best_count = count, cost = c;
    }
    return best;
}

// Where the trip goes from `lane`, a lane of the road at pool[at] of its route.
SHAHR_HD inline Heading heading(const Scene& scene, Index trip, Index at, Index lane) {
    const NetworkView& net = scene.network;
    const TripsView& trips = scene.trips;
    const std::uint16_t vehicle_class = scene.drivers[trips.type[trip]].class_mask;
    const Index last = trips.route_end[trip] - 1;
    // One lane here and one on the next road: what comes after them changes nothing.
    const bool no_choice = at < last && net.lane_count(trips.pool[at]) == 1 && net.lane_count(trips.pool[at + 1]) == 1;
    const Index horizon = no_choice ? 1 : heading_horizon;
    LaneCosts beyond{};
    Index k = last - at < horizon ? last : at + horizon;
    for (;; --k) {
        const Index road = trips.pool[k], first = net.first_lane[road];
        const Index lanes = net.lane_count(road) < most_lanes ? net.lane_count(road) : most_lanes;
        int direct[most_lanes], lowest = LaneCosts::impossible;
        Heading mine;
        for (Index l = 0; l < lanes; ++l) {
            direct[l] = (net.allowed[first + l] & vehicle_class) ? 0 : LaneCosts::impossible;
            if (k < last && k < at + horizon) {
                int onward = 0;
                const Heading found = best_movement(scene, first + l, trips.pool[k + 1], beyond, vehicle_class, onward);
                direct[l] = direct[l] > onward ? direct[l] : onward;
                if (first + l == lane) mine = found;
            } else if (first + l == lane) {
                mine.movement = ends_here;
            }
            lowest = direct[l] < lowest ? direct[l] : lowest;
        }
        if (k == at) {
            for (Index l = 0; l < lanes; ++l)
                if (direct[l] == lowest) mine.best_lanes = static_cast<LaneSet>(mine.best_lanes | (1u << l));
            return mine;
        }
        for (Index l = 0; l < lanes; ++l) {
            int changes = LaneCosts::impossible;
            for (Index to = 0; to < lanes; ++to) {
                const int c = direct[to] + (to > l ? to - l : l - to);
                changes = c < changes ? c : changes;
            }
            beyond.changes[l] = static_cast<std::int8_t>(changes);
        }
    }
}

// How far, and to which side, the nearest of the best lanes is; 0: this is one of them, or there is none.
SHAHR_HD inline Index changes_needed(const Scene& scene, Index lane, LaneSet best_lanes) {
    const Index mine = lane - scene.network.first_lane[scene.network.road[lane]];
    if (best_lanes == 0) return 0;
    for (Index off = 0; off < most_lanes; ++off) {
        if (mine - off >= 0 && (best_lanes >> (mine - off) & 1u)) return -off;
        if (mine + off < most_lanes && (best_lanes >> (mine + off) & 1u)) return off;
    }
    return 0;
}

}  // namespace shahr::SHAHR_BACKEND::traffic
