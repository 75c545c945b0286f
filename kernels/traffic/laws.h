// How one driver moves: car following, braking, and when a place is reached. Pure functions of numbers, SI units.
#pragma once
#include <cmath>

#include "kernels/base/backend.h"

namespace shahr::SHAHR_BACKEND::traffic {

struct Driver {
    float length_m = 5;
    float min_gap_m = 2.5f;                    // s0
    float headway_s = 1;                       // T
    float acceleration_mps2 = 2.6f;            // a
    float deceleration_mps2 = 4.5f;            // b, comfortable
    float emergency_mps2 = 9;
    float max_speed_mps = 55.6f;
    float mass_t = 1.5f;                       // for emissions
    std::uint16_t class_mask = 1;
};

// Far enough for whatever has no end.
inline constexpr float far_away_m = 1e6f;
// Slower than this is standing: the definition of queues and of waiting time (SUMO's).
inline constexpr float standing_mps = 0.1f;
// Kept between what may touch, so that rounding never makes a gap negative.
inline constexpr float skin_m = 0.01f;

SHAHR_HD inline float least(float a, float b) {
    return a < b ? a : b;
}
SHAHR_HD inline float greatest(float a, float b) {
    return a > b ? a : b;
}

// Acceleration on a free road: Treiber, Hennecke, Helbing, "Congested traffic states in empirical observations and
// microscopic simulations", Phys. Rev. E 62 (2000), eq. 2 with delta = 4. Above the desired speed the formula would brake
// without limit; a driver who meets a lower limit brakes comfortably.
SHAHR_HD inline float free_acceleration(const Driver& d, float speed, float desired) {
    const float r = speed / desired, r2 = r * r;
    return greatest(d.acceleration_mps2 * (1 - r2 * r2), -d.deceleration_mps2);
}

// Desired gap s*: ibid., eq. 3.
SHAHR_HD inline float desired_gap(const Driver& d, float standstill_gap_m, float speed, float leader_speed) {
    const float approach = speed * (speed - leader_speed) / (2 * std::sqrt(d.acceleration_mps2 * d.deceleration_mps2));
    return standstill_gap_m + greatest(0, speed * d.headway_s + approach);
}

// Acceleration behind a leader: the intelligent driver model, ibid., eq. 2.
SHAHR_HD inline float following_acceleration(const Driver& d, float standstill_gap_m, float speed, float desired, float gap_m,
                                             float leader_speed) {
    const float s = desired_gap(d, standstill_gap_m, speed, leader_speed) / greatest(gap_m, 0.1f);
    return free_acceleration(d, speed, desired) - d.acceleration_mps2 * s * s;
}

// Speed at the end of a step behind a leader that keeps its speed. The model is integrated in parts of at most a quarter
// of a second: with whole seconds it oscillates in queues.
SHAHR_HD inline float following_speed(const Driver& d, float standstill_gap_m, float speed, float desired, float gap_m,
                                      float leader_speed, float dt_s) {
    const int parts = dt_s > 0.75f ? 4 : dt_s > 0.25f ? 2 : 1;
    const float part_s = dt_s / static_cast<float>(parts);
    for (int k = 0; k < parts; ++k) {
        const float a = following_acceleration(d, standstill_gap_m, speed, desired, gap_m, leader_speed);
        speed = greatest(0, speed + a * part_s);
        gap_m -= (speed - leader_speed) * part_s;
    }
    return speed;
}

SHAHR_HD inline float free_speed(const Driver& d, float speed, float desired, float dt_s) {
    return greatest(0, speed + free_acceleration(d, speed, desired) * dt_s);
}

// The greatest speed from which the driver, braking at `braking` after `reaction_s`, stops behind a leader that brakes as
// hard from now on: Krauss, "Microscopic modeling of traffic flow", DLR 98-08 (1998), eq. 3.5 solved for the speed.
SHAHR_HD inline float safe_speed(float braking_mps2, float reaction_s, float gap_m, float leader_speed) {
    if (gap_m <= 0) return 0;
    const float bt = braking_mps2 * reaction_s;
    return std::sqrt(bt * bt + leader_speed * leader_speed + 2 * braking_mps2 * gap_m) - bt;
}

SHAHR_HD inline float braking_distance(float speed, float braking_mps2) {
    return speed * speed / (2 * braking_mps2);
}

// Time until `distance_m` from now is reached by a driver who speeds up to `desired` and keeps it.
SHAHR_HD inline float arrival_time(float distance_m, float speed, float acceleration, float desired) {
    if (distance_m <= 0) return 0;
    if (speed >= desired) return distance_m / greatest(speed, 0.1f);
    const float run_up_m = (desired * desired - speed * speed) / (2 * acceleration);
    if (distance_m <= run_up_m) return (std::sqrt(speed * speed + 2 * acceleration * distance_m) - speed) / acceleration;
    return (desired - speed) / acceleration + (distance_m - run_up_m) / desired;
}

}  // namespace shahr::SHAHR_BACKEND::traffic
