#include "kernels/traffic/trips.h"

#include <algorithm>
#include <cmath>

#include "kernels/base/columns.h"
#include "kernels/base/random.h"

namespace shahr::SHAHR_BACKEND::traffic {
namespace {

constexpr std::uint32_t draw_speed_factor = 0x5Fu;

// A standard normal number as the sum of twelve uniform ones (variance 1, within +-6): the same bits everywhere, which a
// library's logarithm would not promise.
float normal(std::uint64_t seed, std::uint32_t trip, std::uint64_t attempt) {
    float sum = -6;
    for (std::uint64_t k = 0; k < 3; ++k)
        for (std::uint32_t bits : philox(seed, trip, attempt * 3 + k, draw_speed_factor).value) sum += unit_float(bits);
    return sum;
}

float drawn_factor(const VehicleTypes& types, VehicleTypeId type, std::uint64_t seed, std::uint32_t trip) {
    const float mean = types.speed_factor_mean[type], deviation = types.speed_factor_deviation[type];
    const float lowest = types.speed_factor_min[type], highest = types.speed_factor_max[type];
    for (std::uint64_t attempt = 0; attempt < 8; ++attempt) {
        const float factor = mean + deviation * normal(seed, trip, attempt);
        if (lowest <= factor && factor <= highest) return factor;
    }
    return std::clamp(mean, lowest, highest);
}

float tonnes(VehicleClass c) {
    switch (c) {
        case VehicleClass::bus: return 13;
        case VehicleClass::truck: return 12;
        case VehicleClass::delivery: return 3;
        case VehicleClass::motorcycle: return 0.3f;
        case VehicleClass::bicycle: return 0;
        default: return 1.5f;
    }
}

template <RowId Id>
std::vector<float> given_or(const Column<Id, float>& column, float otherwise) {
    std::vector<float> out = column.vector();
    for (float& x : out)
        if (std::isnan(x)) x = otherwise;
    return out;
}

}  // namespace

std::vector<Driver> drivers_of(const VehicleTypes& types) {
    std::vector<Driver> drivers;
    for (VehicleTypeId t : rows(types.id))
        drivers.push_back({types.length_m[t], types.min_gap_m[t], types.headway_s[t], types.acceleration_mps2[t], types.deceleration_mps2[t],
                           std::max(types.emergency_deceleration_mps2[t], types.deceleration_mps2[t]), types.max_speed_mps[t],
                           tonnes(types.vehicle_class[t]), mask_of(types.vehicle_class[t])});
    return drivers;
}

TripTable::TripTable(const VehicleTypes& types, const Trips& trips, std::uint64_t seed) {
    const auto n = static_cast<Index>(trips.depart.size());
    std::vector<float> factor = trips.speed_factor.vector();
    std::vector<std::uint8_t> type_of;
    std::vector<Index> begin, end, roads;
    for (TripId t : rows(trips.depart)) {
        depart_ms_host.push_back(trips.depart[t].count());
        type_of.push_back(static_cast<std::uint8_t>(number(trips.type[t])));
        if (std::isnan(factor[row(t)])) factor[row(t)] = drawn_factor(types, trips.type[t], seed, static_cast<std::uint32_t>(number(t)));
        begin.push_back(static_cast<Index>(roads.size()));
        for (RoadId road : trips.route[t]) roads.push_back(number(road));
        end.push_back(static_cast<Index>(roads.size()));
    }
    depart_ms = Array<std::int64_t>(depart_ms_host);
    type = Array<std::uint8_t>(type_of);
    speed_factor = Array<float>(factor);
    origin = Array<Index>(numbers(trips.origin));
    destination = Array<Index>(numbers(trips.destination));
    after = Array<Index>(numbers(trips.after));
    depart_position_m = Array<float>(given_or(trips.depart_position_m, -1));
    depart_speed_mps = Array<float>(given_or(trips.depart_speed_mps, 0));
    arrival_position_m = Array<float>(given_or(trips.arrival_position_m, -1));
    depart_lane = Array<std::int8_t>(trips.depart_lane.vector());
    pool = Array<Index>(roads);
    route_begin = Array<Index>(begin);
    route_end = Array<Index>(end);
    cursor = Array<Index>(begin);
    const std::vector<std::int64_t> not_yet(static_cast<std::size_t>(n), never_ms);
    inserted_ms = Array<std::int64_t>(not_yet);
    arrived_ms = Array<std::int64_t>(not_yet);
    state = Array<std::uint8_t>(n);
    account = Array<Account>(n);
}

TripsView TripTable::view() {
    return {count(),   depart_ms,        type,               speed_factor,       origin,      destination, after, depart_position_m,
            depart_speed_mps, arrival_position_m, depart_lane, route_begin, route_end,   cursor, pool,
            inserted_ms, arrived_ms,     state,              account};
}

void TripTable::save(Archive& archive) const {
    const auto put = [&](const auto& array) {
        const auto host = array.to_host();
        archive.put(std::span(host));
    };
    put(route_begin), put(route_end), put(cursor), put(pool), put(inserted_ms), put(arrived_ms), put(state), put(account);
}

void TripTable::load(Archive& archive) {
    const auto get = [&]<class T>(Array<T>& array) { array = Array<T>(archive.get_list<T>()); };
    get(route_begin), get(route_end), get(cursor), get(pool), get(inserted_ms), get(arrived_ms), get(state), get(account);
}

}  // namespace shahr::SHAHR_BACKEND::traffic
