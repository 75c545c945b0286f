// Trips as the device sees them: what each wants, its route, and what has become of it.
#pragma once
#include <cstdint>
#include <vector>

#include "kernels/base/array.h"
#include "kernels/traffic/laws.h"
#include "sim/city/city.h"
#include "sim/run/archive.h"

namespace shahr::SHAHR_BACKEND::traffic {

inline constexpr std::int64_t never_ms = -1;

// What a trip has gathered so far.
struct Account {
    float distance_m = 0;
    float waiting_s = 0;                       // slower than 0.1 m/s
    float time_loss_s = 0;                     // against the desired speed
    float co2_kg = 0;
    std::int32_t clamps = 0;                   // steps with more than emergency braking
    std::int32_t forced = 0;                   // entries without room, or against the rules, after a very long wait
};

enum TripState : std::uint8_t { trip_pending, trip_on_network, trip_arrived, trip_unroutable };

struct TripsView {
    Index count = 0;
    View<const std::int64_t> depart_ms;
    View<const std::uint8_t> type;
    View<const float> speed_factor;
    View<const Index> origin, destination, after;
    View<const float> depart_position_m, depart_speed_mps, arrival_position_m;  // < 0: not given
    View<const std::int8_t> depart_lane;
    View<Index> route_begin, route_end;        // in `pool`; begin == end: not routed yet
    View<Index> cursor;                        // in `pool`: the road it is on, or has left last
    View<const Index> pool;
    View<std::int64_t> inserted_ms, arrived_ms;
    View<std::uint8_t> state;
    View<Account> account;
};

class TripTable {
public:
    TripTable(const VehicleTypes& types, const Trips& trips, std::uint64_t seed);
    TripsView view();
    Index count() const { return static_cast<Index>(depart_ms_host.size()); }
    void save(Archive& archive) const;
    void load(Archive& archive);

    std::vector<std::int64_t> depart_ms_host;  // ascending
    Array<Index> route_begin, route_end, cursor, pool;
    Array<std::int64_t> inserted_ms, arrived_ms;
    Array<std::uint8_t> state;
    Array<Account> account;
    Array<std::int64_t> depart_ms;
    Array<std::uint8_t> type;
    Array<float> speed_factor, depart_position_m, depart_speed_mps, arrival_position_m;
    Array<Index> origin, destination, after;
    Array<std::int8_t> depart_lane;
};

std::vector<Driver> drivers_of(const VehicleTypes& types);

}  // namespace shahr::SHAHR_BACKEND::traffic
