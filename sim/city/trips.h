// Who drives: kinds of vehicle, and trips with or without a given route.
#pragma once
#include <cstdint>
#include <limits>
#include <string>

#include "sim/base/ids.h"
#include "sim/base/time.h"
#include "sim/city/roads.h"

namespace shahr {

enum class VehicleTypeId : std::int32_t {};
enum class TripId : std::int32_t {};

enum class Purpose : std::uint8_t { unknown, work, education, shopping, leisure, business, home, through, inbound, outbound, freight };
template <>
inline constexpr std::array enum_names<Purpose> = {"unknown"sv, "work"sv,    "education"sv, "shopping"sv, "leisure"sv, "business"sv,
                                                   "home"sv,    "through"sv, "inbound"sv,   "outbound"sv, "freight"sv};

struct VehicleTypes {
    using Id = VehicleTypeId;
    static constexpr std::string_view table = "vehicle_types";
    Column<VehicleTypeId, std::string> id;
    Column<VehicleTypeId, VehicleClass> vehicle_class;
    Column<VehicleTypeId, float> length_m;
    Column<VehicleTypeId, float> min_gap_m;    // s0: gap to the leader at standstill
    Column<VehicleTypeId, float> headway_s;    // T: desired time gap
    Column<VehicleTypeId, float> acceleration_mps2;
    Column<VehicleTypeId, float> deceleration_mps2;  // comfortable
    Column<VehicleTypeId, float> emergency_deceleration_mps2;
    Column<VehicleTypeId, float> max_speed_mps;
    // Each vehicle multiplies the limit by a factor drawn from this normal distribution, cut at the two ends.
    Column<VehicleTypeId, float> speed_factor_mean, speed_factor_deviation, speed_factor_min, speed_factor_max;
};

inline constexpr float not_given = std::numeric_limits<float>::quiet_NaN();

struct Trips {  // in order of departure; ties in the order of the source
    using Id = TripId;
    static constexpr std::string_view table = "trips";
    Column<TripId, std::string> id;
    Column<TripId, Duration> depart;           // wanted, since the scenario's first midnight (given trips: since their zero)
    Column<TripId, VehicleTypeId> type;
    Column<TripId, RoadId> origin, destination;
    Column<TripId, float> depart_position_m;   // of the front on the road; not_given: at the start
    Column<TripId, float> depart_speed_mps;    // not_given: 0; infinity: as fast as the limit and the gaps allow
    Column<TripId, std::int8_t> depart_lane;   // from the kerb; -1: the best lane for the route
    Column<TripId, float> arrival_position_m;  // not_given: at the end of the road
    Column<TripId, float> speed_factor;        // not_given: drawn from the type's distribution
    Column<TripId, Purpose> purpose;
    Column<TripId, TripId> after;              // the earlier trip of the same car: cannot begin before that has arrived
    Lists<TripId, RoadId> route;               // from origin to destination; empty: to be routed
};

}  // namespace shahr
