// Changing lanes: to reach the lane that the route needs, and, among those that serve it equally, the one that flows better.
// Decided on the state as it is, to the middle in even steps and to the kerb in odd ones: two vehicles never enter one gap
// from two sides, and two from one side keep the gap that they had.
#pragma once
#include "kernels/traffic/gaps.h"

namespace shahr::SHAHR_BACKEND::traffic {

// Of its emergency braking, what a driver asks of himself and of a follower when he changes lanes: comfortably far away
// from the lane's end, harder close to it.
inline constexpr float relaxed_share = 0.5f, urgent_share = 0.9f;
// From here to the end of its lane a driver who must change takes what he gets, and others let him in.
inline constexpr float urgent_m = 50;
// Advantage in acceleration for which a driver changes without need: Kesting, Treiber, Helbing, "General lane-changing
// model MOBIL for car-following models", TRR 1999 (2007), table 1: 0.1 m/s^2; more here, for there is no memory.
inline constexpr float change_threshold_mps2 = 0.3f;

// The place beside a vehicle in a neighbouring lane. Lanes of one road are aligned at their ends.
struct Place {
    Index lane = -1;
    float position_m = 0;
    Index leader = -1, follower = -1;          // -1: none on that lane
};

SHAHR_HD inline Place place_beside(const Scene& scene, Index vehicle, Index lane) {
    const NetworkView& net = scene.network;
    const Index from = scene.vehicles.strip[vehicle];
    Place place{lane, scene.vehicles.position_m[vehicle] + net.length_m[lane] - net.length_m[from]};
    const Index behind = first_behind(scene, lane, place.position_m);
    if (behind > scene.strips.begin[lane]) place.leader = behind - 1;
    if (behind < scene.strips.end[lane]) place.follower = behind;
    return place;
}

SHAHR_HD inline Leader leader_from(const Scene& scene, const Place& place) {
    if (place.leader >= 0) return {scene.rear_m(place.leader) - place.position_m, scene.vehicles.speed_mps[place.leader]};
    Leader tail = tail_beyond(scene, place.lane);
    if (tail.gap_m < far_away_m) tail.gap_m += scene.network.length_m[place.lane] - place.position_m;
    return tail;
}

SHAHR_HD inline bool place_is_safe(const Scene& scene, Index vehicle, const Place& place, float share) {
    const Driver& me = scene.driver(vehicle);
    const float speed = scene.vehicles.speed_mps[vehicle], rear = place.position_m - me.length_m;
    if (place.position_m <= 0) return false;
    const Leader ahead = leader_from(scene, place);
    if (ahead.gap_m <= skin_m || speed > safe_speed(me.emergency_mps2 * share, scene.dt_s, ahead.gap_m - skin_m, ahead.speed_mps) + 0.01f)
        return false;
    if (place.follower < 0) return safe_from_upstream(scene, place.lane, rear, speed, share);
    const float gap = rear - scene.vehicles.position_m[place.follower];
    return gap > skin_m && scene.vehicles.speed_mps[place.follower] <=
                               safe_speed(scene.driver(place.follower).emergency_mps2 * share, scene.dt_s, gap - skin_m, speed) + 0.01f;
}

SHAHR_HD inline float acceleration_behind(const Scene& scene, Index vehicle, const Leader& ahead) {
    const Driver& me = scene.driver(vehicle);
    const float desired = scene.desired_speed(vehicle, scene.vehicles.strip[vehicle]), speed = scene.vehicles.speed_mps[vehicle];
    if (ahead.gap_m >= far_away_m) return free_acceleration(me, speed, desired);
    return following_acceleration(me, me.min_gap_m, speed, desired, ahead.gap_m, ahead.speed_mps);
}

// Is there enough to gain beside, at no greater cost to the new follower?
SHAHR_HD inline bool gains(const Scene& scene, Index vehicle, const Place& place) {
    const VehiclesView& cars = scene.vehicles;
    const Index lane = cars.strip[vehicle];
    if (scene.is_first(vehicle)) return false;
    const Index ahead_now = vehicle - 1;
    const Leader now{scene.rear_m(ahead_now) - cars.position_m[vehicle], cars.speed_mps[ahead_now]};
    if (now.gap_m > 100) return false;
    float gain = acceleration_behind(scene, vehicle, leader_from(scene, place)) - acceleration_behind(scene, vehicle, now);
    if (gain < change_threshold_mps2) return false;
    if (place.follower >= 0) {
        const Index f = place.follower;
        const float gap = place.position_m - scene.driver(vehicle).length_m - cars.position_m[f];
        const Place beside_f{place.lane, cars.position_m[f], place.leader, -1};
        gain -= 0.5f * greatest(0, acceleration_behind(scene, f, leader_from(scene, beside_f)) -
                                       acceleration_behind(scene, f, {gap, cars.speed_mps[vehicle]}));
    }
    return gain >= change_threshold_mps2 && scene.network.length_m[lane] - cars.position_m[vehicle] > 10;
}

struct ChangeLane {
    Scene scene;
    Index direction;                           // +1: to the middle, -1: to the kerb
    VehiclesView planned;                      // strip and position are written, heading where the lane is new

    SHAHR_HD void operator()(Index i) const {
        const VehiclesView& cars = scene.vehicles;
        planned.strip[i] = cars.strip[i];
        planned.position_m[i] = cars.position_m[i];
        planned.asks[i] = 0;
        if (!scene.network.is_lane(cars.strip[i])) return;
        const Index lane = cars.strip[i], needed = changes_needed(scene, lane, cars.best_lanes[i]);
        const bool must = cars.movement[i] == no_way;
        if (must && needed != 0) planned.asks[i] = static_cast<std::int8_t>(needed > 0 ? 1 : -1);
        const Index target = lane + direction;
        if (!exists(lane, target, scene.driver(i).class_mask) || needed * direction < 0) return;
        const Place place = place_beside(scene, i, target);
        const bool urgent = must && scene.network.length_m[lane] - cars.position_m[i] < urgent_m;
        if (needed == 0 && !(as_good(target, cars.best_lanes[i]) && gains(scene, i, place))) return;
        if (!place_is_safe(scene, i, place, urgent ? urgent_share : relaxed_share)) return;
        planned.strip[i] = target;
        planned.position_m[i] = place.position_m;
    }

    SHAHR_HD bool exists(Index lane, Index target, std::uint16_t vehicle_class) const {
        return target >= 0 && target < scene.network.lanes && scene.network.road[target] == scene.network.road[lane] &&
               (scene.network.allowed[target] & vehicle_class);
    }
    SHAHR_HD bool as_good(Index target, LaneSet best) const {
        return best >> (target - scene.network.first_lane[scene.network.road[target]]) & 1u;
    }
};

// Whoever has changed lanes looks anew where the lane leads.
struct LookAheadFromNewLane {
    Scene scene;                               // before the change
    VehiclesView planned;
    SHAHR_HD void operator()(Index i) const {
        planned.movement[i] = scene.vehicles.movement[i];
        planned.best_lanes[i] = scene.vehicles.best_lanes[i];
        if (planned.strip[i] == scene.vehicles.strip[i]) return;
        const Index trip = scene.vehicles.trip[i];
        const Heading h = heading(scene, trip, scene.trips.cursor[trip], planned.strip[i]);
        planned.movement[i] = h.movement;
        planned.best_lanes[i] = h.best_lanes;
    }
};

}  // namespace shahr::SHAHR_BACKEND::traffic
