// What each driver does in this step: the speed from everything ahead within sight, and where that takes the vehicle.
//
// Two kinds of bound. The driver's wish comes from the laws. Beneath it lies `room`: nobody moves further than the gap that
// there is now, so that no gap is ever negative whatever the leader does, and nobody crosses more than one stop line in a step.
#pragma once
#include "kernels/base/prefetch.h"
#include "kernels/traffic/emission.h"
#include "kernels/traffic/junction.h"
#include "kernels/traffic/lane_change.h"

namespace shahr::SHAHR_BACKEND::traffic {

// Drivers stop this far before a line (SUMO: 1 m).
inline constexpr float stop_margin_m = 1.0f;
// Gap between those who have closed up, and the speed below which that does not count as moving on.
inline constexpr float closed_up_gap_m = 0.5f, creeping_mps = 1.0f;
// At the line of a lane shorter than this drivers stop precisely.
inline constexpr float short_lane_m = 5.0f;
// So many vehicles ahead accounts are fetched.
inline constexpr Index accounts_ahead = 8;

struct PlanVehicle {
    Scene scene;                               // entries are those of this step
    VehiclesView planned;

    struct Bounds {
        float speed_mps;                       // the driver's wish
        float room_m = far_away_m;             // not further than this
    };

    SHAHR_HD void operator()(Index i) const {
        const VehiclesView& cars = scene.vehicles;
        const Index strip = cars.strip[i];
        const Driver& me = scene.driver(i);
        // Trips lie in the order of departure: nothing that a vehicle needs of its own is as far away.
        if (i + accounts_ahead < cars.trip.size) prefetch(&scene.trips.account[cars.trip[i + accounts_ahead]]);
        Bounds bounds{free_speed(me, cars.speed_mps[i], scene.desired_speed(i, strip), scene.dt_s)};
        const bool first = scene.is_first(i);
        if (!first) follow(i, bounds, scene.rear_m(i - 1) - cars.position_m[i], cars.speed_mps[i - 1], me.min_gap_m);
        if (scene.network.is_lane(strip)) look_from_lane(i, strip, first, bounds);
        else look_from_movement(i, strip - scene.network.lanes, first, bounds);
        if (scene.network.is_lane(strip)) let_in(i, strip, bounds);
        drive(i, bounds);
    }

    // --- what bounds the speed ---

    SHAHR_HD void follow(Index i, Bounds& bounds, float gap_m, float leader_speed, float standstill_gap_m) const {
        const Driver& me = scene.driver(i);
        // After a very long wait drivers close up. That is what loosens a ring in which each waits for the next.
        if (scene.vehicles.waited_s[i] >= despair_s) standstill_gap_m = least(standstill_gap_m, closed_up_gap_m);
        const float speed = scene.vehicles.speed_mps[i], desired = scene.desired_speed(i, scene.vehicles.strip[i]);
        const float gap = greatest(gap_m - skin_m, 0);
        const float wish = following_speed(me, standstill_gap_m, speed, desired, gap, leader_speed, scene.dt_s);
        bounds.speed_mps = least(bounds.speed_mps, least(wish, safe_speed(me.emergency_mps2, scene.dt_s, gap, leader_speed)));
        bounds.room_m = least(bounds.room_m, gap);
    }

    SHAHR_HD void stop_at(Index i, Bounds& bounds, float distance_m) const { follow(i, bounds, distance_m, 0, stop_margin_m); }

    // To the line in one go: the following law would take seconds more over the last metres, which only a sign makes one drive.
    SHAHR_HD void stop_by_sign(Index i, Bounds& bounds, float distance_m) const {
        slow_to(i, bounds, 0, greatest(distance_m - 0.5f * stop_margin_m, 0));
        bounds.room_m = least(bounds.room_m, greatest(distance_m - skin_m, 0));
    }

    // Comfortably down to `limit` after `distance_m`.
    SHAHR_HD void slow_to(Index i, Bounds& bounds, float limit, float distance_m) const {
        if (scene.vehicles.speed_mps[i] <= limit && bounds.speed_mps <= limit) return;
        const float b = scene.driver(i).deceleration_mps2, bt = b * scene.dt_s;
        bounds.speed_mps = least(bounds.speed_mps, greatest(limit, std::sqrt(bt * bt + limit * limit + 2 * b * distance_m) - bt));
    }

    SHAHR_HD float sight_ahead_m(Index i) const {
        const Driver& me = scene.driver(i);
        const float v = scene.vehicles.speed_mps[i];
        return 10 + 2 * (me.min_gap_m + v * me.headway_s + v * v / (2 * std::sqrt(me.acceleration_mps2 * me.deceleration_mps2)));
    }

    // --- from a lane ---

    SHAHR_HD void look_from_lane(Index i, Index lane, bool first, Bounds& bounds) const {
        const float distance = distance_to_line(scene, i);
        const Index m = scene.vehicles.movement[i];
        if (m == ends_here) return;
        if (m == no_way) {
            stop_at(i, bounds, distance - swap_room_m(i, lane));
            bounds.room_m = least(bounds.room_m, greatest(distance - skin_m, 0));
            return;
        }
        if (first) {
            const Leader tail = tail_beyond(scene, lane);
            if (tail.gap_m < far_away_m) follow(i, bounds, distance + tail.gap_m, tail.speed_mps, scene.driver(i).min_gap_m);
        }
        if (distance > sight_ahead_m(i)) return;
        slow_to(i, bounds, scene.desired_speed(i, scene.strip_of_movement(m)), distance);
        if (!first) {
            const bool waits = !signal_lets(scene, m, i, distance) || scene.closed[scene.network.to_road(m)] ||
                               (gives_way(scene, m) && distance > sight_m);
            if (waits) stop_at(i, bounds, distance);
            return;
        }
        if (scene.vehicles.entry[i] == entry_denied) {
            if (must_stop(scene, m)) stop_by_sign(i, bounds, distance);
            else stop_at(i, bounds, distance);
            return;
        }
        if (scene.vehicles.entry[i] == entry_to_wait) stop_at(i, bounds, distance + scene.network.wait_m[m]);
        look_along(i, m, distance, bounds);
    }

    // A driver who must change to the kerb stops a vehicle's length earlier than one who must change to the middle, so that
    // two who want to change places are never side by side at their lanes' ends.
    SHAHR_HD float swap_room_m(Index i, Index lane) const {
        const Index needed = changes_needed(scene, lane, scene.vehicles.best_lanes[i]);
        const Driver& me = scene.driver(i);
        float room = needed < 0 ? me.length_m + 2 * me.min_gap_m : 0;
        if (needed > 1 || needed < -1) room += (static_cast<float>(needed < 0 ? -needed : needed) - 1) * (me.length_m + 2 * me.min_gap_m);
        return least(room, 0.5f * scene.network.length_m[lane]);
    }

    // --- from inside a junction ---

    SHAHR_HD void look_from_movement(Index i, Index m, bool first, Bounds& bounds) const {
        const float distance = -scene.vehicles.position_m[i];
        if (first && scene.vehicles.entry[i] == entry_to_wait) stop_at(i, bounds, distance + scene.network.wait_m[m]);
        if (first) look_along(i, m, distance, bounds);
    }

    // Along movement m, whose start is `distance_m` away, and beyond.
    SHAHR_HD void look_along(Index i, Index m, float distance_m, Bounds& bounds) const {
        const NetworkView& net = scene.network;
        const Index strip = scene.strip_of_movement(m), lane = net.to_lane[m];
        keep_off_crossing(i, m, distance_m, bounds);
        const float to_lane = distance_m + net.length_m[strip];
        follow_merging(i, m, to_lane, bounds);
        if (distance_m >= 0 && !scene.strips.empty(strip)) {
            follow_last(i, strip, distance_m, bounds);
            return;
        }
        slow_to(i, bounds, scene.desired_speed(i, lane), greatest(to_lane, 0));
        if (!scene.strips.empty(lane)) {
            follow_last(i, lane, to_lane, bounds);
            return;
        }
        look_beyond_lane(i, lane, to_lane, bounds);
    }

    SHAHR_HD void follow_last(Index i, Index strip, float distance_m, Bounds& bounds) const {
        const Index leader = scene.strips.last(strip);
        follow(i, bounds, distance_m + scene.rear_m(leader), scene.vehicles.speed_mps[leader], scene.driver(i).min_gap_m);
    }

    // The lane after the junction is empty: its end, and what reaches back over that.
    SHAHR_HD void look_beyond_lane(Index i, Index lane, float to_lane, Bounds& bounds) const {
        const Index trip = scene.vehicles.trip[i];
        if (scene.trips.cursor[trip] + 2 >= scene.trips.route_end[trip]) return;
        const float to_line = to_lane + scene.network.length_m[lane];
        bounds.room_m = least(bounds.room_m, to_line - skin_m);
        const Leader tail = tail_beyond(scene, lane);
        if (tail.gap_m < far_away_m) follow(i, bounds, to_line + tail.gap_m, tail.speed_mps, scene.driver(i).min_gap_m);
        if (to_line > sight_ahead_m(i)) return;
        const Index m = next_movement(i);
        const bool goes = m >= 0 && signal_lets(scene, m, i, to_line) && !gives_way(scene, m) && !scene.closed[scene.network.to_road(m)];
        if (!goes) {
            // The following law may stop a metre early, which on a short lane is before the lane: he must get onto it to be let go.
            if (scene.network.length_m[lane] < short_lane_m) slow_to(i, bounds, 0, to_line - 0.5f * least(stop_margin_m, scene.network.length_m[lane]));
            else stop_at(i, bounds, to_line);
            return;
        }
        slow_to(i, bounds, scene.desired_speed(i, scene.strip_of_movement(m)), to_line);
        if (!scene.strips.empty(scene.strip_of_movement(m))) follow_last(i, scene.strip_of_movement(m), to_line, bounds);
        else if (!scene.strips.empty(scene.network.to_lane[m]))
            follow_last(i, scene.network.to_lane[m], to_line + scene.network.length_m[scene.strip_of_movement(m)], bounds);
    }

    // By which movement the vehicle will leave the lane after this junction.
    SHAHR_HD Index next_movement(Index i) const {
        const VehiclesView& cars = scene.vehicles;
        if (!scene.network.is_lane(cars.strip[i])) return cars.movement[i];
        const Index trip = cars.trip[i];
        return heading(scene, trip, scene.trips.cursor[trip] + 1, scene.network.to_lane[cars.movement[i]]).movement;
    }

    // A vehicle on a crossing path that covers the conflict point: stop before that, unless I cover it already.
    SHAHR_HD void keep_off_crossing(Index i, Index m, float distance_m, Bounds& bounds) const {
        const NetworkView& net = scene.network;
        if (scene.vehicles.waited_s[i] > despair_s && distance_m < 0) return;
        for (Index c = net.first_conflict[m]; c < net.first_conflict[m + 1]; ++c) {
            const float to_point = distance_m + net.at_m[c] - half_width_m;
            if (net.merges[c] || to_point < 0) continue;
            const Index strip = scene.strip_of_movement(net.foe[c]);
            for (Index v = scene.strips.begin[strip]; v < scene.strips.end[strip]; ++v) {
                const float front = scene.vehicles.position_m[v] - net.foe_at_m[c];
                if (waits_inside(scene, v, net.foe[c]) || front < -half_width_m || front - scene.driver(v).length_m > half_width_m) continue;
                const float clears_s = (scene.driver(v).length_m + half_width_m - front) / greatest(scene.vehicles.speed_mps[v], 0.1f);
                if (clears_s * scene.vehicles.speed_mps[i] > to_point) stop_at(i, bounds, to_point + stop_margin_m);
            }
        }
    }

    // Others on their way into the same lane who are nearer to it (ties: the lower movement): they go first.
    SHAHR_HD void follow_merging(Index i, Index m, float to_lane, Bounds& bounds) const {
        const NetworkView& net = scene.network;
        const VehiclesView& cars = scene.vehicles;
        for (Index c = net.first_conflict[m]; c < net.first_conflict[m + 1]; ++c) {
            if (!net.merges[c]) continue;
            const Index foe = net.foe[c], strip = scene.strip_of_movement(foe), lane = net.from_lane[foe];
            const float to_point = to_lane - (net.length_m[scene.strip_of_movement(m)] - net.at_m[c]);
            const bool waits = !scene.strips.empty(strip) && waits_inside(scene, scene.strips.first(strip), foe);
            for (Index v = scene.strips.begin[strip]; v < scene.strips.end[strip] && !waits; ++v)
                stay_behind(i, m, v, foe, to_lane, net.length_m[strip] - cars.position_m[v], to_point, bounds);
            if (scene.strips.empty(lane) || lane == cars.strip[i]) continue;
            const Index v = scene.strips.first(lane);
            if (cars.movement[v] == foe && cars.entry[v] == entry_free && !waits)
                stay_behind(i, m, v, foe, to_lane, net.length_m[strip] + distance_to_line(scene, v), to_point, bounds);
        }
    }

    SHAHR_HD void stay_behind(Index i, Index m, Index v, Index foe, float mine, float theirs, float to_point, Bounds& bounds) const {
        if (theirs > mine || (theirs == mine && foe > m)) return;
        const float gap = mine - theirs - scene.driver(v).length_m;
        // Side by side: up to where the paths meet, not further.
        const float room = greatest(gap, least(to_point, mine - 2 * skin_m));
        if (gap >= 0) follow(i, bounds, room, scene.vehicles.speed_mps[v], scene.driver(i).min_gap_m);
        else stop_at(i, bounds, room);
    }

    // Someone beside me, close to the end of a lane that leads elsewhere, asks to be let in: comfortably, if at all.
    SHAHR_HD void let_in(Index i, Index lane, Bounds& bounds) const {
        const NetworkView& net = scene.network;
        for (Index side = -1; side <= 1; side += 2) {
            const Index other = lane + side;
            if (other < 0 || other >= net.lanes || net.road[other] != net.road[lane] || scene.strips.empty(other)) continue;
            const float shift = net.length_m[lane] - net.length_m[other], position = scene.vehicles.position_m[i];
            const Index behind = first_behind(scene, other, position - shift);
            if (behind == scene.strips.begin[other]) continue;
            const Index v = behind - 1;
            if (scene.vehicles.asks[v] != -side || distance_to_line(scene, v) > urgent_m) continue;
            const float gap = scene.rear_m(v) + shift - position, speed = scene.vehicles.speed_mps[i];
            const Driver& me = scene.driver(i);
            if (gap <= 0 || (scene.strips.first(lane) != i && scene.rear_m(i - 1) < scene.vehicles.position_m[v] + shift)) continue;
            const float wish = following_speed(me, me.min_gap_m, speed, scene.desired_speed(i, lane), gap, scene.vehicles.speed_mps[v], scene.dt_s);
            bounds.speed_mps = least(bounds.speed_mps, greatest(wish, speed - me.deceleration_mps2 * scene.dt_s));
        }
    }

    // --- and what comes of it ---

    SHAHR_HD void drive(Index i, const Bounds& bounds) const {
        const VehiclesView& cars = scene.vehicles;
        const Driver& me = scene.driver(i);
        const Index trip = cars.trip[i];
        const float before = cars.speed_mps[i];
        float moved = greatest(0, least(bounds.speed_mps * scene.dt_s, bounds.room_m));
        const float speed = moved / scene.dt_s;
        Account account = scene.trips.account[trip];
        if (speed < before - me.emergency_mps2 * scene.dt_s - 0.01f) ++account.clamps;
        if (speed < standing_mps) account.waiting_s += scene.dt_s;
        const float desired = scene.desired_speed(i, cars.strip[i]);
        account.time_loss_s += scene.dt_s * greatest(0, 1 - speed / desired);
        account.co2_kg += scene.dt_s * co2_kg_per_s(me, speed, (speed - before) / scene.dt_s);
        account.distance_m += moved;
        planned.speed_mps[i] = speed;
        planned.entry[i] = cars.entry[i];
        planned.asks[i] = cars.asks[i];
        planned.waited_s[i] = speed < standing_mps ? cars.waited_s[i] + scene.dt_s : speed < creeping_mps ? cars.waited_s[i] : 0;
        planned.entered[i] = 0;
        planned.strip[i] = cars.strip[i];
        planned.position_m[i] = cars.position_m[i] + moved;
        planned.movement[i] = cars.movement[i];
        planned.best_lanes[i] = cars.best_lanes[i];
        if (cross_strips(i)) account.forced += scene.network.keep_clear[cars.movement[i]] && cars.waited_s[i] >= despair_s;
        scene.trips.account[trip] = account;
        arrive(i);
    }

    // Over the ends of strips. True if it has left its lane.
    SHAHR_HD bool cross_strips(Index i) const {
        const NetworkView& net = scene.network;
        const Index trip = scene.vehicles.trip[i];
        Index strip = planned.strip[i];
        float position = planned.position_m[i];
        bool left_lane = false;
        if (net.is_lane(strip) && position > net.length_m[strip] && scene.vehicles.movement[i] >= 0) {
            const Index m = scene.vehicles.movement[i];
            position -= net.length_m[strip];
            strip = scene.strip_of_movement(m);
            const Heading h = heading(scene, trip, scene.trips.cursor[trip] + 1, net.to_lane[m]);
            planned.movement[i] = h.movement;
            planned.best_lanes[i] = h.best_lanes;
            left_lane = true;
        }
        if (!net.is_lane(strip) && position > net.length_m[strip]) {
            position -= net.length_m[strip];
            strip = net.to_lane[strip - net.lanes];
            scene.trips.cursor[trip] += 1;
            planned.entered[i] = 1;
            planned.entry[i] = entry_denied;
        }
        planned.strip[i] = strip;
        planned.position_m[i] = position;
        return left_lane;
    }

    SHAHR_HD void arrive(Index i) const {
        const Index trip = scene.vehicles.trip[i], strip = planned.strip[i];
        if (!scene.network.is_lane(strip)) return;
        if (planned.movement[i] == ends_here) {
            const float given = scene.trips.arrival_position_m[trip], length = scene.network.length_m[strip];
            if (planned.position_m[i] < (given >= 0 ? least(given, length) : length)) return;
            planned.strip[i] = -1;
            scene.trips.state[trip] = trip_arrived;
            scene.trips.arrived_ms[trip] = scene.now_ms + static_cast<std::int64_t>(scene.dt_s * 1000 + 0.5f);
        } else {
            planned.position_m[i] = least(planned.position_m[i], scene.network.length_m[strip]);
        }
    }
};

}  // namespace shahr::SHAHR_BACKEND::traffic
