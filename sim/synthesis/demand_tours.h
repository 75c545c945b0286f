// The days of single cars: tours that begin and end at home, rounds of vans and trucks, and what crosses the map's edge.
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "sim/base/random.h"
#include "sim/base/time.h"
#include "sim/synthesis/demand_model.h"

namespace shahr {

// One end of a leg: a row of Stops, or a gate.
struct End {
    std::int32_t stop = -1;
    GateId gate = none<GateId>;
};

struct Leg {
    Duration depart{};
    End from, to;
    Purpose purpose = Purpose::unknown;
};

// One vehicle's day. Each leg begins where the one before has ended, and later.
struct VehicleDay {
    VehicleClass vehicle_class = VehicleClass::car;
    std::vector<Leg> legs;
};

using TakeDay = std::function<void(const VehicleDay&)>;

// All cars of residents that are used on that day (0: the scenario's first), in the order of their zones. Everything is drawn
// from the seed, the day, the zone and the car's number in it.
void draw_residents(const DemandModel& model, int day, const TakeDay& take);

// Vans and trucks on rounds from a depot over several stops and back.
void draw_freight(const DemandModel& model, int day, const TakeDay& take);

// Through, inbound and outbound vehicles at the gates.
void draw_external(const DemandModel& model, int day, const TakeDay& take);

// For the drawers: adds a leg that departs `stay_h` after the last one is expected to arrive (driving time without
// traffic and a third more).
void add_leg(const DemandModel& model, VehicleDay& day, std::size_t from_terminal, std::size_t to_terminal,
             double stay_h, End to, Purpose purpose);

// `hour` o'clock of that day.
inline Duration at_hour(int day, double hour) {
    return Duration{static_cast<std::int64_t>((24.0 * day + hour) * 3'600'000.0)};
}

// What random streams are for.
enum class Stream : std::uint64_t { residents, freight, external, gate_pairs, ends, scaling };
inline Draws draws_for(const DemandModel& model, Stream stream, int day, std::uint64_t entity) {
    return {model.seed, static_cast<std::uint64_t>(stream) << 32 | static_cast<std::uint32_t>(day), entity};
}

}  // namespace shahr
