// Trips come onto the network: each road has its queue of trips in the order of departure; the first that is ready enters
// as soon as there is a safe gap.
#pragma once
#include "kernels/traffic/lane_change.h"

namespace shahr::SHAHR_BACKEND::traffic {

// Roads where trips begin, and their trips in order.
struct OriginsView {
    View<const Index> road;
    View<const Index> first, trip;             // of origin k: trip[first[k]] ... trip[first[k + 1] - 1]
    View<Index> next;                          // of origin: in `trip`: all before have entered, or never will
    View<std::int64_t> idle_until_ms;          // of origin: nobody is due before
    SHAHR_HD Index count() const { return road.size; }
};

// Base position of SUMO's departPos: just clear of the lane's start.
inline constexpr float depart_clearance_m = 0.1f;

struct Departure {
    Index trip = -1, lane = -1;
    float position_m = 0, speed_mps = 0;
};

// One origin: who enters in this step, if anyone.
struct ChooseDeparture {
    Scene scene;
    VehiclesView planned;                      // strips and positions after the lane changes of this step
    OriginsView origins;
    View<Departure> departure;                 // of origin
    View<Index> count;                         // of origin: 0 or 1

    SHAHR_HD void operator()(Index k) const {
        const TripsView& trips = scene.trips;
        count[k] = 0;
        if (origins.idle_until_ms[k] > scene.now_ms) return;
        bool all_done = true;
        for (Index at = origins.next[k]; at < origins.first[k + 1]; ++at) {
            const Index trip = origins.trip[at];
            if (trips.depart_ms[trip] > scene.now_ms) {
                if (all_done) origins.idle_until_ms[k] = trips.depart_ms[trip];
                return;
            }
            if (trips.state[trip] != trip_pending) {
                if (all_done) origins.next[k] = at + 1;
                continue;
            }
            all_done = false;
            if (!is_ready(trip)) continue;
            if (!scene.closed[origins.road[k]] && find_place(trip, origins.road[k], departure[k])) count[k] = 1;
            return;
        }
    }

    SHAHR_HD bool is_ready(Index trip) const {
        const TripsView& trips = scene.trips;
        return trips.route_begin[trip] < trips.route_end[trip] && (trips.after[trip] < 0 || trips.arrived_ms[trips.after[trip]] >= 0);
    }

    SHAHR_HD bool find_place(Index trip, Index road, Departure& found) const {
        const NetworkView& net = scene.network;
        const Index first = net.first_lane[road], given = scene.trips.depart_lane[trip];
        const std::uint16_t vehicle_class = scene.drivers[scene.trips.type[trip]].class_mask;
        if (given >= 0) {
            const Index lane = first + (given < net.lane_count(road) ? given : net.lane_count(road) - 1);
            if (net.allowed[lane] & vehicle_class) return fits(trip, lane, found);
        }
        const LaneSet best = heading(scene, trip, scene.trips.route_begin[trip], first).best_lanes;
        LaneSet tried = 0;
        for (Index round = 0; round < net.lane_count(road); ++round) {
            Index emptiest = -1;
            for (Index l = 0; l < net.lane_count(road) && l < most_lanes; ++l) {
                if (!(best >> l & 1u) || (tried >> l & 1u) || !(net.allowed[first + l] & vehicle_class)) continue;
                if (emptiest < 0 || scene.strips.count(first + l) < scene.strips.count(first + emptiest)) emptiest = l;
            }
            if (emptiest < 0) return false;
            if (fits(trip, first + emptiest, found)) return true;
            tried = static_cast<LaneSet>(tried | (1u << emptiest));
        }
        return false;
    }

    SHAHR_HD bool fits(Index trip, Index lane, Departure& found) const {
        const NetworkView& net = scene.network;
        const Driver& me = scene.drivers[scene.trips.type[trip]];
        const float given = scene.trips.depart_position_m[trip];
        const float position = least(given >= 0 ? given : me.length_m + depart_clearance_m, net.length_m[lane]);
        const float speed = least(scene.trips.depart_speed_mps[trip], scene.limit_mps[lane] * scene.trips.speed_factor[trip]);
        const float rear = position - me.length_m;
        const Index behind = first_behind(scene, lane, position);
        if (behind > scene.strips.begin[lane]) {
            const float gap = scene.rear_m(behind - 1) - position - skin_m;
            if (gap < me.min_gap_m || speed > safe_speed(me.deceleration_mps2, scene.dt_s, gap, scene.vehicles.speed_mps[behind - 1])) return false;
        } else {
            const Leader tail = tail_beyond(scene, lane);
            if (tail.gap_m < far_away_m && tail.gap_m + net.length_m[lane] - position < me.min_gap_m) return false;
        }
        if (behind < scene.strips.end[lane]) {
            const float gap = rear - scene.vehicles.position_m[behind] - skin_m;
            if (gap < 0 || scene.vehicles.speed_mps[behind] > safe_speed(scene.driver(behind).deceleration_mps2, scene.dt_s, gap, speed)) return false;
        } else if (!safe_from_upstream(scene, lane, rear, speed, relaxed_share)) {
            return false;
        }
        if (someone_changes_in(lane, position, me.length_m)) return false;
        found = {trip, lane, position, speed};
        return true;
    }

    SHAHR_HD bool someone_changes_in(Index lane, float position, float length) const {
        const NetworkView& net = scene.network;
        for (Index other = lane - 1; other <= lane + 1; other += 2) {
            if (other < 0 || other >= net.lanes || net.road[other] != net.road[lane]) continue;
            for (Index v = scene.strips.begin[other]; v < scene.strips.end[other]; ++v) {
                const float p = planned.position_m[v];
                if (planned.strip[v] == lane && p > position - length - 30 && p - scene.driver(v).length_m < position + 10) return true;
            }
        }
        return false;
    }
};

// Those who enter become rows at the table's end.
struct InsertDepartures {
    Scene scene;
    VehiclesView table;
    View<const Departure> departure;
    View<const Index> offset;                  // of origin
    Index vehicles;

    SHAHR_HD void operator()(Index k) const {
        if (offset[k + 1] == offset[k]) return;
        const Departure& d = departure[k];
        const Index row = vehicles + offset[k];
        const TripsView& trips = scene.trips;
        trips.state[d.trip] = trip_on_network;
        trips.inserted_ms[d.trip] = scene.now_ms;
        trips.cursor[d.trip] = trips.route_begin[d.trip];
        const Heading h = heading(scene, d.trip, trips.route_begin[d.trip], d.lane);
        table.trip[row] = d.trip;
        table.strip[row] = d.lane;
        table.position_m[row] = d.position_m;
        table.speed_mps[row] = d.speed_mps;
        table.movement[row] = h.movement;
        table.best_lanes[row] = h.best_lanes;
        table.type[row] = trips.type[d.trip];
        table.speed_factor[row] = trips.speed_factor[d.trip];
        table.waited_s[row] = 0;
        table.entry[row] = entry_denied;
        table.asks[row] = 0;
        table.entered[row] = 1;
    }
};

}  // namespace shahr::SHAHR_BACKEND::traffic
