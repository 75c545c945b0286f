// Who gets a new route, from where, and how the pool of routes is made anew.
#pragma once
#include "kernels/base/random.h"
#include "kernels/base/shortest_path.h"
#include "kernels/traffic/junction.h"
#include "kernels/traffic/turnings.h"

namespace shahr::SHAHR_BACKEND::traffic {

inline constexpr std::uint32_t draw_reroute = 0x7E;
// One who has stood at the end of a lane that does not lead on for this long takes what the lane offers, and a new route.
inline constexpr float lost_s = 60;
// One who has stood first in its lane for this long before a road without room turns off where the lane leads to one with
// room: a ring of full roads, each waiting for the next, would otherwise never move again.
inline constexpr float blocked_s = 90;
// This far from the line there is time to take another turn than the one that was planned.
inline constexpr float free_to_turn_m = 150;

struct ReroutePolicy {
    std::int64_t until_ms;                     // who departs before this gets the newest route
    double share;                              // of those on the way who follow one
    std::uint64_t seed;
    std::uint64_t round;
};

// Values of `keep` that are no number of roads.
inline constexpr Index keep_all = -1;          // not routed now
inline constexpr Index stranded = -2;          // its car cannot get here: an earlier trip of the car has no route

// The node of a trip's route at pool[at]: what came before is walked again, as far back as anything hangs on it.
SHAHR_HD inline Index node_of_route(const TurnGraphView& graph, const TripsView& trips, Index trip, Index at) {
    Index k = at - trips.route_begin[trip] < graph.memory ? trips.route_begin[trip] : at - graph.memory;
    Index node = trips.pool[k];
    while (k < at) node = graph.after(node, trips.pool[++k]);
    return node;
}

// One trip: is it routed now, and from which node? `keep` roads of its route, from the cursor on, stay before the new part.
struct ChooseTrips {
    Scene scene;
    TurnGraphView graph;
    ReroutePolicy policy;
    View<const std::uint8_t> given;            // 1: its route came with it
    View<const Index> vehicle;                 // of trip on the network: its row
    View<std::uint8_t> chosen;
    View<Index> keep, from;

    SHAHR_HD void operator()(Index trip) const {
        const TripsView& trips = scene.trips;
        chosen[trip] = 0;
        keep[trip] = keep_all;
        if (trips.state[trip] == trip_pending) {
            const Index earlier = trips.after[trip];
            if (earlier >= 0 && trips.state[earlier] == trip_unroutable) {
                keep[trip] = stranded;
                return;
            }
            const bool needs = !given[trip] || passes_closed(trip, trips.route_begin[trip]);
            if (trips.depart_ms[trip] < policy.until_ms && needs) choose(trip, 0, trips.origin[trip]);
        } else if (trips.state[trip] == trip_on_network) {
            on_the_way(trip);
        }
    }

    SHAHR_HD void choose(Index trip, Index keep_roads, Index from_node) const {
        chosen[trip] = 1;
        keep[trip] = keep_roads;
        from[trip] = from_node;
    }

    SHAHR_HD void on_the_way(Index trip) const {
        const TripsView& trips = scene.trips;
        const Index v = vehicle[trip], at = trips.cursor[trip], strip = scene.vehicles.strip[v];
        if (at + 1 >= trips.route_end[trip]) return;
        const bool on_lane = scene.network.is_lane(strip);
        if (on_lane && scene.vehicles.movement[v] == no_way && scene.vehicles.waited_s[v] >= lost_s) {
            turn_where_the_lane_leads(trip, v, false);
            return;
        }
        if (on_lane && !given[trip] && is_blocked(v)) {
            turn_where_the_lane_leads(trip, v, true);
            if (chosen[trip]) return;
        }
        const bool closed = passes_closed(trip, at + 1);
        const bool drawn = unit_float(philox(policy.seed, static_cast<std::uint32_t>(trip), policy.round, draw_reroute).value[0]) < static_cast<float>(policy.share);
        if (!closed && (given[trip] || !drawn)) return;
        // The next road stands once the line is near, unless it is the closed one: the lane has been chosen for it.
        if (on_lane && (scene.closed[trips.pool[at + 1]] || distance_to_line(scene, v) > free_to_turn_m)) choose(trip, 0, node_of_route(graph, trips, trip, at));
        else choose(trip, 1, node_of_route(graph, trips, trip, at + 1));
    }

    SHAHR_HD bool is_blocked(Index v) const {
        const Index movement = scene.vehicles.movement[v];
        return movement >= 0 && scene.is_first(v) && scene.vehicles.waited_s[v] >= blocked_s && !has_room_beyond(scene, v, movement);
    }

    // Into the first road, by the numbers of the movements, that its lane leads to, that is open, and that has room if asked for.
    SHAHR_HD void turn_where_the_lane_leads(Index trip, Index v, bool with_room) const {
        const NetworkView& net = scene.network;
        const Index lane = scene.vehicles.strip[v];
        const std::uint16_t vehicle_class = scene.driver(v).class_mask;
        const Index here = node_of_route(graph, scene.trips, trip, scene.trips.cursor[trip]);
        for (Index m = net.first_movement[lane]; m < net.first_movement[lane + 1]; ++m) {
            if (!(net.allowed[scene.strip_of_movement(m)] & net.allowed[net.to_lane[m]] & vehicle_class) || scene.closed[net.to_road(m)]) continue;
            if (with_room && !has_room_beyond(scene, v, m)) continue;
            if (graph.forbids(here, net.to_road(m))) continue;
            choose(trip, 1, graph.after(here, net.to_road(m)));
            return;
        }
    }

    SHAHR_HD bool passes_closed(Index trip, Index first) const {
        for (Index k = first; k < scene.trips.route_end[trip]; ++k)
            if (scene.closed[scene.trips.pool[k]]) return true;
        return false;
    }
};

struct FindVehicleOfTrip {
    VehiclesView vehicles;
    View<Index> vehicle;
    SHAHR_HD void operator()(Index i) const { vehicle[vehicles.trip[i]] = i; }
};

// Queries in the order of their ends: those that go the same way find in the cache what the one before has left there.
struct KeyOfQuery {
    View<const Index> trip;                    // of query
    View<const Index> from_of_trip, destination;
    View<std::uint64_t> key;
    SHAHR_HD void operator()(Index q) const {
        key[q] = std::uint64_t(static_cast<std::uint32_t>(destination[trip[q]])) << 32 | static_cast<std::uint32_t>(from_of_trip[trip[q]]);
    }
};

struct MakeQuery {
    TurnGraphView graph;
    View<const Index> trip;                    // of query
    View<const Index> from_of_trip, destination;
    View<Index> from, to, query_of_trip;
    SHAHR_HD void operator()(Index q) const {
        const Index end = destination[trip[q]];
        from[q] = from_of_trip[trip[q]];
        to[q] = graph.road[from[q]] == end ? from[q] : graph.arrival[end];
        query_of_trip[trip[q]] = q;
    }
};

// One trip: how long its list of roads will be; 0 for one without a route.
struct MeasureRoute {
    TripsView trips;
    Index memory;
    View<const Index> keep, query_of_trip;
    View<const Index> path_offset;
    View<Index> roads;
    bool for_good;                             // nothing is closed: who finds no route now never will

    // Roads before the cursor that stay in the list, since a later route may hang on them.
    SHAHR_HD Index past(Index trip) const {
        const Index driven = trips.cursor[trip] - trips.route_begin[trip];
        return trips.state[trip] != trip_on_network ? 0 : driven < memory ? driven : memory;
    }
    SHAHR_HD bool found(Index trip) const {
        const Index q = query_of_trip[trip];
        return keep[trip] >= 0 && path_offset[q + 1] > path_offset[q];
    }
    SHAHR_HD void operator()(Index trip) const {
        if (found(trip)) {
            roads[trip] = past(trip) + keep[trip] + path_offset[query_of_trip[trip] + 1] - path_offset[query_of_trip[trip]];
            return;
        }
        roads[trip] = trips.state[trip] == trip_arrived ? 1 : past(trip) + trips.route_end[trip] - trips.cursor[trip];
        if (for_good && keep[trip] != keep_all && trips.state[trip] == trip_pending) {
            trips.state[trip] = trip_unroutable;
            roads[trip] = 0;
        }
    }
};

struct WriteRoute {
    MeasureRoute route;
    View<const Index> road_of_node;
    View<const Index> path, offset;            // nodes of the found paths; where each trip's list begins
    View<Index> pool;

    SHAHR_HD void operator()(Index trip) const {
        const TripsView& trips = route.trips;
        const Index begin = offset[trip], n = offset[trip + 1] - begin;
        if (n == 0) return;
        const bool found = route.found(trip);
        const Index past = route.past(trip), kept = found ? past + route.keep[trip] : n;
        for (Index k = 0; k < kept; ++k) pool[begin + k] = trips.pool[trips.cursor[trip] - past + k];
        if (found)
            for (Index k = kept; k < n; ++k) pool[begin + k] = road_of_node[path[route.path_offset[route.query_of_trip[trip]] + k - kept]];
    }
};

struct MoveCursor {
    MeasureRoute route;
    View<const Index> offset;
    SHAHR_HD void operator()(Index trip) const {
        const TripsView& trips = route.trips;
        trips.cursor[trip] = offset[trip] + route.past(trip);
        trips.route_begin[trip] = offset[trip];
        trips.route_end[trip] = offset[trip + 1];
    }
};

// Vehicles with a new route look where their lane leads.
struct LookAheadAlongNewRoute {
    Scene scene;
    View<const Index> keep;
    SHAHR_HD void operator()(Index i) const {
        const VehiclesView& cars = scene.vehicles;
        const Index trip = cars.trip[i], strip = cars.strip[i];
        if (keep[trip] < 0) return;
        const bool on_lane = scene.network.is_lane(strip);
        const Index at = scene.trips.cursor[trip] + (on_lane ? 0 : 1);
        const Heading h = heading(scene, trip, at, on_lane ? strip : scene.network.to_lane[strip - scene.network.lanes]);
        cars.movement[i] = h.movement;
        cars.best_lanes[i] = h.best_lanes;
    }
};

}  // namespace shahr::SHAHR_BACKEND::traffic
