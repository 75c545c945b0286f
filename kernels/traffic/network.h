// The road network as the device sees it. Lanes and movements are strips in one index space: lane l is strip l, movement m
// is strip lanes + m. What follows "of strip" is indexed so; "of movement" counts from 0.
#pragma once
#include <cstdint>

#include "kernels/base/array.h"
#include "sim/city/city.h"

namespace shahr::SHAHR_BACKEND::traffic {

struct NetworkView {
    Index roads = 0, lanes = 0, movements = 0;
    View<const float> length_m;                // of strip
    View<const std::uint16_t> allowed;         // of strip: set of vehicle classes
    View<const Index> first_lane;              // of road r: its lanes are [first_lane[r], first_lane[r + 1])
    View<const Index> road;                    // of lane
    View<const Index> first_movement;          // of lane l: the movements from it are [first_movement[l], first_movement[l + 1])
    View<const Index> first_into, into;        // of lane l: the movements into it are into[first_into[l] ...)
    View<const Index> from_lane, to_lane;      // of movement
    View<const float> wait_m;                  // of movement: place to wait inside, 0: none
    View<const std::uint8_t> rule;             // of movement: RightOfWay
    View<const std::uint8_t> keep_clear;       // of movement
    View<const std::uint8_t> seldom;           // of movement: 1: a turn back into a lane that others lead into too
    View<const Index> signal, signal_link;     // of movement: -1: none
    View<const Index> first_signalled, signalled;  // of signal s: its movements are signalled[first_signalled[s] ...)
    View<const Index> first_conflict;          // of movement
    View<const Index> foe;                     // of conflict: the movement met
    View<const std::uint8_t> yields, merges;   // of conflict
    View<const std::uint8_t> mutual;           // of conflict: the foe gives way too (or neither does)
    View<const float> at_m, foe_at_m;          // of conflict
    View<const Index> first_phase;             // of signal
    View<const std::int64_t> offset_ms, cycle_ms;  // of signal
    View<const std::int64_t> phase_end_ms;     // of phase: since the cycle's start
    View<const Index> first_aspect;            // of phase
    View<const std::uint8_t> aspect;

    SHAHR_HD Index signals() const { return offset_ms.size; }
    SHAHR_HD bool is_lane(Index strip) const { return strip < lanes; }
    SHAHR_HD Index to_road(Index movement) const { return road[to_lane[movement]]; }
    SHAHR_HD Index lane_count(Index r) const { return first_lane[r + 1] - first_lane[r]; }
};

class Network {
public:
    // Pairs of movements into one lane that the city lists no conflict for are added as merges.
    explicit Network(const City& city);
    NetworkView view() const;
    Index strips() const { return length_m_.size(); }
    Index added_merges() const { return added_merges_; }

private:
    void take_conflicts(const RoadNetwork& roads);
    void take_signals(const RoadNetwork& roads);
    Index roads_ = 0, lanes_ = 0, movements_ = 0, added_merges_ = 0;
    Array<float> length_m_, wait_m_, at_m_, foe_at_m_;
    Array<std::uint16_t> allowed_;
    Array<Index> first_lane_, road_, first_movement_, first_into_, into_, from_lane_, to_lane_, signal_, signal_link_, first_signalled_, signalled_;
    Array<Index> first_conflict_, foe_, first_phase_, first_aspect_;
    Array<std::uint8_t> rule_, keep_clear_, seldom_, yields_, merges_, mutual_, aspect_;
    Array<std::int64_t> offset_ms_, cycle_ms_, phase_end_ms_;
};

}  // namespace shahr::SHAHR_BACKEND::traffic
