// At the stop line: may the first vehicle of a lane enter its movement?
//
// In two passes. First each says whether it would go if nobody else were there (signal, open road, room beyond): nobody
// gives way to a vehicle that stays. Then those who would go give way to the others.
#pragma once
#include "kernels/traffic/gaps.h"
#include "kernels/traffic/heading.h"

namespace shahr::SHAHR_BACKEND::traffic {

// From here a driver who must give way sees the others (SUMO: 4.5 m before the line); until then he drives so that he can stop.
inline constexpr float sight_m = 4.5f;
// Kept free before the vehicle that one crosses behind, and after the one that crosses before.
inline constexpr float crossing_margin_s = 1.0f;
// Half of a crossing vehicle's path: what a conflict point takes up on either side.
inline constexpr float half_width_m = 1.5f;
// After this long a driver takes half of the margins (SUMO's time to impatience).
inline constexpr float impatience_s = 180;
// After this long he enters without room beyond, or crosses behind one who blocks the junction and stands. Counted.
inline constexpr float despair_s = 120;
// How far ahead in time approaching vehicles are looked at.
inline constexpr float look_back_s = 12;

SHAHR_HD inline Aspect aspect_of(const Scene& scene, Index movement) {
    return static_cast<Aspect>(scene.aspect[movement]);
}

// Does the signal let the vehicle go that is `distance_m` before the line? At yellow goes who cannot stop comfortably.
SHAHR_HD inline bool signal_lets(const Scene& scene, Index movement, Index vehicle, float distance_m) {
    switch (aspect_of(scene, movement)) {
        case Aspect::red:
        case Aspect::red_amber: return false;
        case Aspect::yellow: {
            const float speed = scene.vehicles.speed_mps[vehicle];
            return braking_distance(speed, scene.driver(vehicle).deceleration_mps2) > distance_m;
        }
        default: return true;
    }
}

// Must it look for others, as the signal or the signs have it?
SHAHR_HD inline bool gives_way(const Scene& scene, Index movement) {
    const Aspect aspect = aspect_of(scene, movement);
    if (aspect == Aspect::green || aspect == Aspect::yellow) return false;
    for (Index c = scene.network.first_conflict[movement]; c < scene.network.first_conflict[movement + 1]; ++c)
        if (scene.network.yields[c]) return true;
    return false;
}

// A sign at which all stop, and only then look.
SHAHR_HD inline bool must_stop(const Scene& scene, Index movement) {
    return aspect_of(scene, movement) == Aspect::off && scene.network.rule[movement] == static_cast<std::uint8_t>(RightOfWay::stop);
}

// Lanes after a junction that are shorter than a vehicle are counted together, at most so many.
inline constexpr int room_horizon = 4;

struct Room {
    float length_m;
    bool taken = false, held = false;          // somebody is there, or on the way there; and stands
};

// What is left of a lane behind its last vehicle, once all who are on their way there have arrived.
SHAHR_HD inline Room room_on(const Scene& scene, Index lane) {
    const NetworkView& net = scene.network;
    const auto stands = [&](Index v) { return scene.vehicles.speed_mps[v] < standing_mps; };
    Room room{net.length_m[lane]};
    if (!scene.strips.empty(lane)) {
        const Index last = scene.strips.last(lane);
        room.length_m = scene.rear_m(last) + braking_distance(scene.vehicles.speed_mps[last], scene.driver(last).deceleration_mps2);
        room.taken = true;
        room.held = stands(last) || stands(scene.strips.first(lane));
    }
    for (Index k = net.first_into[lane]; k < net.first_into[lane + 1]; ++k) {
        const Index strip = scene.strip_of_movement(net.into[k]);
        for (Index v = scene.strips.begin[strip]; v < scene.strips.end[strip]; ++v) {
            room.length_m -= scene.driver(v).length_m + scene.driver(v).min_gap_m;
            room.taken = true;
            room.held = room.held || stands(v);
        }
    }
    return room;
}

// Would the vehicle, beyond the movement, have room to stand clear of the junction? On a lane too short for two, whoever drives
// ahead of it drives on, and it takes what is further on (SUMO: the space up to the last who stands).
SHAHR_HD inline bool has_room_beyond(const Scene& scene, Index vehicle, Index movement) {
    const Driver& me = scene.driver(vehicle);
    const Index trip = scene.vehicles.trip[vehicle];
    const float needed = me.length_m + me.min_gap_m;
    float found = 0;
    for (int ahead = 1; ahead <= room_horizon && movement >= 0; ++ahead) {
        const Index lane = scene.network.to_lane[movement];
        const Room room = room_on(scene, lane);
        found += room.length_m;
        if (found >= needed) return true;
        if (room.held || (room.taken && scene.network.length_m[lane] >= 2 * needed)) return false;
        movement = heading(scene, trip, scene.trips.cursor[trip] + ahead, lane).movement;
    }
    return true;
}

SHAHR_HD inline float distance_to_line(const Scene& scene, Index vehicle) {
    return scene.network.length_m[scene.vehicles.strip[vehicle]] - scene.vehicles.position_m[vehicle];
}

// The time during which a vehicle covers a conflict point.
struct Window {
    float from_s, to_s;
};

SHAHR_HD inline Window window_at(const Scene& scene, Index vehicle, Index movement, float distance_m) {
    const Driver& d = scene.driver(vehicle);
    const float speed = scene.vehicles.speed_mps[vehicle], desired = scene.desired_speed(vehicle, scene.strip_of_movement(movement));
    const float v = greatest(desired, 1);
    return {arrival_time(distance_m - half_width_m, speed, d.acceleration_mps2, v),
            arrival_time(distance_m + half_width_m + d.length_m, speed, d.acceleration_mps2, v)};
}

// Does it stand, or come to stand, at the place inside the junction where one gives way?
SHAHR_HD inline bool waits_inside(const Scene& scene, Index vehicle, Index movement) {
    return scene.network.wait_m[movement] > 0 && scene.vehicles.position_m[vehicle] <= scene.network.wait_m[movement] &&
           scene.vehicles.entry[vehicle] != entry_free;
}

// It was free to go and stands all the same: something in front holds it, as a left turn that waits inside holds the whole
// lane behind it. Nobody waits for it; two such left turns from opposite sides would wait for each other's followers for ever.
SHAHR_HD inline bool is_held_up(const Scene& scene, Index vehicle) {
    return scene.vehicles.speed_mps[vehicle] < standing_mps && scene.vehicles.entry[vehicle] == entry_free;
}

// Pass one.
struct WouldEnter {
    Scene scene;
    View<std::uint8_t> would;                  // of vehicle

    SHAHR_HD void operator()(Index i) const {
        would[i] = 0;
        const VehiclesView& cars = scene.vehicles;
        if (!scene.network.is_lane(cars.strip[i]) || !scene.is_first(i) || cars.movement[i] < 0) return;
        const Index m = cars.movement[i];
        const float distance = distance_to_line(scene, i);
        if (scene.closed[scene.network.to_road(m)]) return;
        if (!signal_lets(scene, m, i, distance)) return;
        const bool committed = cars.entry[i] == entry_free && braking_distance(cars.speed_mps[i], scene.driver(i).deceleration_mps2) > distance;
        if (scene.network.keep_clear[m] && !committed && cars.waited_s[i] < despair_s && !has_room_beyond(scene, i, m)) return;
        would[i] = 1;
    }
};

// Pass two.
struct GiveWay {
    Scene scene;
    View<const std::uint8_t> would;
    View<std::uint8_t> entry;                  // of vehicle: Entry

    SHAHR_HD void operator()(Index i) const {
        entry[i] = entry_denied;
        if (!scene.is_first(i)) return;
        const Index strip = scene.vehicles.strip[i];
        if (scene.network.is_lane(strip)) entry[i] = at_line(i);
        else entry[i] = inside(i, strip - scene.network.lanes);
    }

    SHAHR_HD Entry at_line(Index i) const {
        const VehiclesView& cars = scene.vehicles;
        const Index m = cars.movement[i];
        if (m < 0 || !would[i]) return entry_denied;
        const float distance = distance_to_line(scene, i), speed = cars.speed_mps[i];
        const bool committed = cars.entry[i] == entry_free && braking_distance(speed, scene.driver(i).deceleration_mps2) > distance;
        const bool yields = gives_way(scene, m);
        if (yields && !committed) {
            if (distance > sight_m + speed * scene.dt_s) return entry_denied;
            if (must_stop(scene, m) && cars.waited_s[i] <= 0 && cars.entry[i] != entry_free) return entry_denied;
        }
        if (is_blocked(i, m, distance, yields && !committed)) {
            const Index strip = scene.strip_of_movement(m);
            return yields && scene.network.wait_m[m] > 0 && scene.strips.empty(strip) ? entry_to_wait : entry_denied;
        }
        return entry_free;
    }

    // Who waits inside goes on when the way is free.
    SHAHR_HD Entry inside(Index i, Index m) const {
        const float wait_m = scene.network.wait_m[m], position = scene.vehicles.position_m[i];
        if (wait_m <= 0 || position > wait_m || scene.vehicles.entry[i] == entry_free) return entry_free;
        return is_blocked(i, m, -position, aspect_of(scene, m) != Aspect::green) ? entry_to_wait : entry_free;
    }

    // `distance_m` is that to the movement's start, negative for one who is inside.
    SHAHR_HD bool is_blocked(Index i, Index m, float distance_m, bool yields) const {
        const NetworkView& net = scene.network;
        bool taking_turn = false;
        for (Index c = net.first_conflict[m]; c < net.first_conflict[m + 1]; ++c) {
            if (distance_m + net.at_m[c] + half_width_m < 0) continue;
            const Window mine = window_at(scene, i, m, distance_m + net.at_m[c]);
            if (!net.merges[c] && crossed_inside(i, c, mine)) return true;
            if (!yields || !net.yields[c]) continue;
            if (approached(i, c, mine, taking_turn)) return true;
        }
        if (taking_turn) return others_turn(i, m);
        // Two ways into one lane of which neither gives way: the nearer one goes, then the lower movement.
        for (Index c = net.first_conflict[m]; c < net.first_conflict[m + 1]; ++c)
            if (net.merges[c] && net.mutual[c] && !net.yields[c] && distance_m >= 0 && rival_is_nearer(i, m, net.foe[c], distance_m)) return true;
        return false;
    }

    // Someone inside on the foe's path who covers the conflict point, or will when I get there.
    SHAHR_HD bool crossed_inside(Index i, Index c, const Window& mine) const {
        const NetworkView& net = scene.network;
        const Index strip = scene.strip_of_movement(net.foe[c]);
        for (Index v = scene.strips.begin[strip]; v < scene.strips.end[strip]; ++v) {
            const float to_point = net.foe_at_m[c] - scene.vehicles.position_m[v];
            const float rear_to_point = to_point + scene.driver(v).length_m;
            if (rear_to_point + half_width_m < 0 || waits_inside(scene, v, net.foe[c])) continue;
            const float speed = scene.vehicles.speed_mps[v];
            if (to_point > half_width_m) {
                if (speed < standing_mps && scene.vehicles.waited_s[v] > 2) continue;
                const Window theirs = window_at(scene, v, net.foe[c], to_point);
                if (theirs.from_s < mine.to_s && mine.from_s < theirs.to_s) return true;
                continue;
            }
            if (speed < standing_mps && scene.vehicles.waited_s[i] > despair_s) continue;
            const float clears_s = (rear_to_point + half_width_m) / greatest(speed, 0.5f);
            if (clears_s > mine.from_s) return true;
        }
        return false;
    }

    // Someone with right of way who comes while I would be there.
    SHAHR_HD bool approached(Index i, Index c, const Window& mine, bool& taking_turn) const {
        const NetworkView& net = scene.network;
        const VehiclesView& cars = scene.vehicles;
        const Index foe = net.foe[c], lane = net.from_lane[foe];
        if (lane == cars.strip[i]) return false;
        const float patience = 1 - 0.5f * least(cars.waited_s[i] / impatience_s, 1);
        // Who is inside when the signal has turned clears the junction before those who still stand.
        const bool clears = !net.is_lane(cars.strip[i]) && aspect_of(scene, cars.strip[i] - net.lanes) == Aspect::red;
        // At an all-way stop. Where only one gives way, he waits for the other to stop, go and be gone, as in SUMO.
        const bool they_stop = net.mutual[c] && must_stop(scene, foe);
        float beyond_m = 0;
        for (Index v = scene.strips.begin[lane]; v < scene.strips.end[lane]; ++v) {
            const float distance = net.length_m[lane] - cars.position_m[v];
            const bool first = v == scene.strips.begin[lane];
            if (cars.movement[v] == foe) {
                if (first ? !would[v] : !signal_lets(scene, foe, v, distance)) return false;
                if (is_held_up(scene, v) || (clears && cars.speed_mps[v] < standing_mps)) return false;
                if (they_stop && cars.entry[v] != entry_free && (!first || cars.waited_s[v] <= 0)) return false;
                if (cars.speed_mps[v] < standing_mps && (they_stop || cars.waited_s[v] > scene.dt_s) && gives_way(scene, foe)) {
                    if (goes_before(i, v)) {
                        taking_turn = true;
                        return false;
                    }
                    return true;
                }
                if (meets(i, v, foe, c, mine, distance + net.foe_at_m[c], patience)) return true;
            } else if (cars.speed_mps[v] < standing_mps) {
                return false;
            }
            beyond_m = distance;
            if (distance > look_back_s * greatest(cars.speed_mps[v], 5)) return false;
        }
        return !they_stop && beyond_m < look_back_s * 14 && approached_from_further(i, c, mine, patience);
    }

    // The foe's lane is short, or empty: those on the movements into it who will take the foe's path.
    SHAHR_HD bool approached_from_further(Index i, Index c, const Window& mine, float patience) const {
        const NetworkView& net = scene.network;
        const VehiclesView& cars = scene.vehicles;
        const Index foe = net.foe[c], lane = net.from_lane[foe];
        if (net.length_m[lane] > look_back_s * 14) return false;
        for (Index k = net.first_into[lane]; k < net.first_into[lane + 1]; ++k) {
            const Index strip = scene.strip_of_movement(net.into[k]);
            for (Index v = scene.strips.begin[strip]; v < scene.strips.end[strip]; ++v) {
                if (v == i || cars.movement[v] != foe) continue;
                const float distance = net.length_m[strip] - cars.position_m[v] + net.length_m[lane];
                if (signal_lets(scene, foe, v, distance) && meets(i, v, foe, c, mine, distance + net.foe_at_m[c], patience)) return true;
            }
        }
        return false;
    }

    // Do I get in the way of `v`, which reaches the conflict point after `distance_m`?
    SHAHR_HD bool meets(Index i, Index v, Index foe, Index c, const Window& mine, float distance_m, float patience) const {
        const Window theirs = window_at(scene, v, foe, distance_m);
        const float behind_s = crossing_margin_s * patience;
        float after_me_s = behind_s;
        if (scene.network.merges[c]) {
            // One who merges behind me brakes to my speed no harder than comfortably. While he does, he comes nearer by
            // (v - u)^2 / 2b, the relative braking distance: that much earlier, at his speed, I must be in front of him.
            const float my_speed = least(scene.desired_speed(i, scene.strip_of_movement(scene.network.foe[c])),
                                         std::sqrt(scene.vehicles.speed_mps[i] * scene.vehicles.speed_mps[i] +
                                                   2 * scene.driver(i).acceleration_mps2 * 10));
            const float his_speed = scene.vehicles.speed_mps[v], faster = greatest(0, his_speed - my_speed);
            after_me_s += faster * faster / (2 * scene.driver(v).deceleration_mps2 * greatest(his_speed, 1)) * patience;
        }
        return theirs.from_s < mine.to_s + after_me_s && mine.from_s < theirs.to_s + behind_s;
    }

    // All stand and each gives way to another: who has waited longest goes, then the first in the table.
    SHAHR_HD bool goes_before(Index i, Index v) const {
        const float mine = scene.vehicles.waited_s[i], theirs = scene.vehicles.waited_s[v];
        return mine > theirs || (mine == theirs && i < v);
    }
    SHAHR_HD bool others_turn(Index i, Index m) const {
        const NetworkView& net = scene.network;
        for (Index c = net.first_conflict[m]; c < net.first_conflict[m + 1]; ++c) {
            const Index lane = net.from_lane[net.foe[c]];
            if (scene.strips.empty(lane)) continue;
            const Index v = scene.strips.first(lane);
            if (v != i && scene.vehicles.movement[v] == net.foe[c] && would[v] && !is_held_up(scene, v) && distance_to_line(scene, v) < 2 * sight_m && !goes_before(i, v))
                return true;
        }
        return false;
    }

    SHAHR_HD bool rival_is_nearer(Index i, Index m, Index foe, float distance_m) const {
        const Index lane = scene.network.from_lane[foe];
        if (scene.strips.empty(lane) || lane == scene.vehicles.strip[i]) return false;
        const Index v = scene.strips.first(lane);
        if (scene.vehicles.movement[v] != foe || !would[v] || is_held_up(scene, v)) return false;
        const float mine = distance_m + scene.network.length_m[scene.strip_of_movement(m)];
        const float theirs = distance_to_line(scene, v) + scene.network.length_m[scene.strip_of_movement(foe)];
        const bool nearer = theirs < mine || (theirs == mine && foe < m);
        return nearer && mine - theirs < scene.driver(v).length_m + scene.driver(i).min_gap_m;
    }
};

}  // namespace shahr::SHAHR_BACKEND::traffic
