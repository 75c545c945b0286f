// Who is in front and who comes from behind, across the ends of strips.
#pragma once
#include "kernels/traffic/heading.h"

namespace shahr::SHAHR_BACKEND::traffic {

// A leader: how much room there is to its rear, and how fast it is.
struct Leader {
    float gap_m = far_away_m;
    float speed_mps = 0;
};

SHAHR_HD inline void take_nearer(Leader& leader, float gap_m, float speed_mps) {
    if (gap_m < leader.gap_m) leader = {gap_m, speed_mps};
}

// Vehicles that have left `lane` by any movement and still reach back over its end: the nearest, its gap measured from the
// lane's end (below zero: on the lane).
SHAHR_HD inline Leader tail_beyond(const Scene& scene, Index lane) {
    const NetworkView& net = scene.network;
    Leader tail{0, 0};
    bool found = false;
    for (Index m = net.first_movement[lane]; m < net.first_movement[lane + 1]; ++m) {
        const Index strip = scene.strip_of_movement(m);
        Index v = -1;
        float rear = 0;
        if (!scene.strips.empty(strip)) {
            v = scene.strips.last(strip);
            rear = scene.rear_m(v);
        } else if (!scene.strips.empty(net.to_lane[m])) {
            v = scene.strips.last(net.to_lane[m]);
            rear = scene.rear_m(v) + net.length_m[strip];
            // It came by this movement only if not by another that leads there. Assume so, but not of a turn back: two who
            // stand side by side at the ends of very short lanes, in opposite directions, would each hold the other for ever.
            if (rear >= 0 || net.seldom[m]) continue;
        }
        if (v < 0 || rear >= 0) continue;
        if (!found || rear < tail.gap_m) tail = {rear, scene.vehicles.speed_mps[v]};
        found = true;
    }
    return found ? tail : Leader{};
}

// Would a vehicle whose rear is at `rear_m` of `lane` and that drives at `speed` be safe from everyone who comes from the
// movements into the lane? They must be able to follow without braking harder than `share` of their emergency braking.
SHAHR_HD inline bool safe_from_upstream(const Scene& scene, Index lane, float rear_m, float speed, float share) {
    const NetworkView& net = scene.network;
    const auto safe = [&](Index v, float gap) {
        return gap > 0 && scene.vehicles.speed_mps[v] <= safe_speed(scene.driver(v).emergency_mps2 * share, scene.dt_s, gap - skin_m, speed) + 0.01f;
    };
    for (Index k = net.first_into[lane]; k < net.first_into[lane + 1]; ++k) {
        const Index m = net.into[k], strip = scene.strip_of_movement(m), from = net.from_lane[m];
        if (!scene.strips.empty(strip)) {
            const Index v = scene.strips.first(strip);
            if (!safe(v, net.length_m[strip] - scene.vehicles.position_m[v] + rear_m)) return false;
        }
        if (scene.strips.empty(from)) continue;
        const Index v = scene.strips.first(from);
        if (scene.vehicles.movement[v] != m || scene.vehicles.entry[v] == entry_denied) continue;
        if (!safe(v, net.length_m[from] - scene.vehicles.position_m[v] + net.length_m[strip] + rear_m)) return false;
    }
    return true;
}

// The row in a lane's list before which a vehicle at `position_m` stands: the first that is behind it.
SHAHR_HD inline Index first_behind(const Scene& scene, Index lane, float position_m) {
    Index low = scene.strips.begin[lane], high = scene.strips.end[lane];
    while (low < high) {
        const Index middle = low + (high - low) / 2;
        if (scene.vehicles.position_m[middle] >= position_m) low = middle + 1;
        else high = middle;
    }
    return low;
}

}  // namespace shahr::SHAHR_BACKEND::traffic
