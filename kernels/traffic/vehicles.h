// The vehicles on the network as a table, kept in the order of the strips and within a strip from the front to the back, so
// that a vehicle's leader is the row before it. Two copies: functors read one and write the other.
#pragma once
#include <cstdint>

#include "kernels/base/array.h"

namespace shahr::SHAHR_BACKEND::traffic {

// Values of `movement` that are no movement.
inline constexpr Index no_way = -1;            // from here nothing leads to the next road of the route: change lanes
inline constexpr Index ends_here = -2;         // this road is the last

// Values of `entry`.
enum Entry : std::uint8_t { entry_denied, entry_to_wait, entry_free };

// Lanes of a road as a set, one bit each; roads have at most 16.
using LaneSet = std::uint16_t;
inline constexpr Index most_lanes = 16;

struct VehiclesView {
    View<Index> trip;
    View<Index> strip;                         // -1: left the network
    View<float> position_m;                    // of the front, from the strip's start
    View<float> speed_mps;
    View<Index> movement;                      // by which it will leave the lane that it is on, or is about to reach
    View<LaneSet> best_lanes;                  // of that lane's road: from which the route goes on with the fewest changes
    View<std::uint8_t> type;
    View<float> speed_factor;
    View<float> waited_s;                      // standing until now, but for creeping
    View<std::uint8_t> entry;                  // what the first of a lane was told at the stop line
    View<std::int8_t> asks;                    // -1, +1: must change to that side and found no gap
    View<std::uint8_t> entered;                // 1: came onto its road in this step
};

// The first and one past the last vehicle of each strip; equal where it is empty.
struct StripsView {
    View<Index> begin, end;
    SHAHR_HD bool empty(Index strip) const { return begin[strip] == end[strip]; }
    SHAHR_HD Index first(Index strip) const { return begin[strip]; }
    SHAHR_HD Index last(Index strip) const { return end[strip] - 1; }
    SHAHR_HD Index count(Index strip) const { return end[strip] - begin[strip]; }
};

struct VehicleTable {
    Array<Index> trip, strip, movement;
    Array<float> position_m, speed_mps, speed_factor, waited_s;
    Array<LaneSet> best_lanes;
    Array<std::uint8_t> type, entry, entered;
    Array<std::int8_t> asks;

    VehicleTable() = default;
    explicit VehicleTable(Index n)
        : trip(n), strip(n), movement(n), position_m(n), speed_mps(n), speed_factor(n), waited_s(n), best_lanes(n), type(n), entry(n),
          entered(n), asks(n) {}
    VehiclesView view() {
        return {trip, strip, position_m, speed_mps, movement, best_lanes, type, speed_factor, waited_s, entry, asks, entered};
    }
    template <class F>
    void each_column(F&& f) {
        f(trip), f(strip), f(movement), f(position_m), f(speed_mps), f(speed_factor), f(waited_s), f(best_lanes), f(type), f(entry),
            f(entered), f(asks);
    }
};

// Row `to` of one table becomes row `from` of another.
SHAHR_HD inline void copy_vehicle(const VehiclesView& target, Index to, const VehiclesView& source, Index from) {
    target.trip[to] = source.trip[from];
    target.strip[to] = source.strip[from];
    target.position_m[to] = source.position_m[from];
    target.speed_mps[to] = source.speed_mps[from];
    target.movement[to] = source.movement[from];
    target.best_lanes[to] = source.best_lanes[from];
    target.type[to] = source.type[from];
    target.speed_factor[to] = source.speed_factor[from];
    target.waited_s[to] = source.waited_s[from];
    target.entry[to] = source.entry[from];
    target.asks[to] = source.asks[from];
    target.entered[to] = source.entered[from];
}

}  // namespace shahr::SHAHR_BACKEND::traffic
