#include "sim/synthesis/demand.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "sim/base/error.h"
#include "sim/synthesis/demand_model.h"
#include "sim/synthesis/demand_scaling.h"
#include "sim/synthesis/demand_tours.h"
#include "sim/synthesis/vehicle_types.h"

namespace shahr {
namespace {

constexpr Duration whole_day = std::chrono::hours{24};
constexpr double gate_speed_mps = 13.9;        // at which vehicles come in at the edge, if the limit allows it

struct DrawnTrip {
    Duration depart;
    RoadId origin, destination;
    float depart_position_m, depart_speed_mps, arrival_position_m;
    Purpose purpose;
    VehicleClass vehicle_class;
    std::int32_t after;                        // place in the list of drawn trips; -1: none
    std::int32_t vehicle;                      // its number on its day
    std::int32_t copy;                         // > 0: added to that vehicle by ScaleDemand
    std::int16_t day;
    std::int8_t leg;
};

// Turns vehicles' days into trips, one after the other.
class TripWriter {
public:
    TripWriter(const City& city, const Scenario& scenario, const DemandModel& model)
        : city_(city), scenario_(scenario), model_(model) {}

    void begin_day(int day) {
        day_ = day;
        vehicles_ = 0;
    }
    void take(const VehicleDay& day) {
        Draws draws = draws_for(model_, Stream::scaling, day_, static_cast<std::uint64_t>(vehicles_));
        const double factor = demand_factor(scenario_, day, model_);
        const std::int64_t copies = factor == 1 ? 1 : draws.round(factor);
        for (std::int64_t copy = 0; copy < copies; ++copy) {
            // Added vehicles leave some minutes apart from the one they copy.
            const Duration shift = copy == 0 ? Duration{0} : Duration{static_cast<std::int64_t>(draws.between(-300e3, 300e3))};
            write(day, static_cast<std::int32_t>(copy), shift);
        }
        ++vehicles_;
    }

    std::vector<DrawnTrip> trips;
    std::array<double, enum_names<Purpose>.size()> crow_m{};  // sums over the trips
    std::int64_t without_road = 0;

private:
    void write(const VehicleDay& day, std::int32_t copy, Duration shift) {
        std::int32_t before = -1;
        for (std::size_t leg = 0; leg < day.legs.size(); ++leg) {
            const Leg& l = day.legs[leg];
            const Duration depart = l.depart + shift;
            if (depart < scenario_.start || depart >= scenario_.start + scenario_.length) continue;
            Draws draws =
                draws_for(model_, Stream::ends, day_,
                          static_cast<std::uint64_t>(copy) << 40 | static_cast<std::uint64_t>(vehicles_) << 4 | leg);
            const RoadId origin = leaves_by(l), destination = arrives_by(l);
            if (!is_some(origin) || !is_some(destination)) {
                ++without_road;
                continue;
            }
            const bool from_gate = l.from.stop < 0;
            const float limit = city_.network.roads.speed_limit_mps[origin];
            trips.push_back({depart, origin, destination, from_gate ? not_given : position_on(origin, draws),
                             from_gate ? std::min(limit, static_cast<float>(gate_speed_mps)) : not_given,
                             l.to.stop < 0 ? not_given : position_on(destination, draws), l.purpose, day.vehicle_class,
                             before, vehicles_, copy, static_cast<std::int16_t>(day_), static_cast<std::int8_t>(leg)});
            before = static_cast<std::int32_t>(trips.size()) - 1;
            crow_m[static_cast<std::size_t>(l.purpose)] += distance(place_of(l.from), place_of(l.to));
        }
    }

    Point place_of(End end) const {
        return end.stop >= 0 ? model_.stops.position[static_cast<std::size_t>(end.stop)]
                             : city_.network.junctions.position[city_.gates.junction[end.gate]];
    }
    // Of a street's two directions the one that leads towards the destination, so that nobody has to turn back.
    RoadId leaves_by(const Leg& leg) const {
        return leg.from.stop < 0 ? city_.gates.inbound[leg.from.gate] : directed(leg.from.stop, place_of(leg.to) - place_of(leg.from));
    }
    RoadId arrives_by(const Leg& leg) const {
        return leg.to.stop < 0 ? city_.gates.outbound[leg.to.gate] : directed(leg.to.stop, place_of(leg.to) - place_of(leg.from));
    }
    RoadId directed(std::int32_t stop, Point heading) const {
        const RoadId road = model_.stops.road[static_cast<std::size_t>(stop)],
                     other = model_.stops.other[static_cast<std::size_t>(stop)];
        const auto shape = city_.network.roads.shape[road];
        if (!is_some(other) || !city_.network.roads.connected[other] || shape.empty()) return road;
        return dot(shape.back() - shape.front(), heading) >= 0 ? road : other;
    }
    // Anywhere but at the ends, where a vehicle would stand in a junction's way; behind a bus's length there is room for all.
    float position_on(RoadId road, Draws& draws) const {
        const float length = city_.network.roads.length_m[road];
        return length < 25 ? not_given : std::max(12.5f, static_cast<float>(draws.between(0.15, 0.85)) * length);
    }

    const City& city_;
    const Scenario& scenario_;
    const DemandModel& model_;
    int day_ = 0;
    std::int32_t vehicles_ = 0;
};

std::string name_of_trip(const DrawnTrip& trip) {
    const std::string_view kind = trip.vehicle_class == VehicleClass::delivery ? "van" : name_of(trip.vehicle_class);
    const std::string day = trip.day == 0 ? "" : fmt::format("day{}.", trip.day);
    const std::string copy = trip.copy == 0 ? "" : fmt::format("+{}", trip.copy);
    return fmt::format("{}{}{}{}.{}", day, kind, trip.vehicle, copy, trip.leg + 1);
}

Trips in_order_of_departure(const std::vector<DrawnTrip>& drawn, const VehicleTypes& types) {
    const VehicleTypeId car = type_of_class(types, VehicleClass::car);
    std::array<VehicleTypeId, enum_names<VehicleClass>.size()> type_of{};
    for (std::size_t c = 0; c < type_of.size(); ++c) {
        type_of[c] = type_of_class(types, static_cast<VehicleClass>(c));
        if (!is_some(type_of[c])) type_of[c] = car;
    }
    std::vector<std::int32_t> order(drawn.size()), place(drawn.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
        return drawn[static_cast<std::size_t>(a)].depart < drawn[static_cast<std::size_t>(b)].depart;
    });
    for (std::size_t i = 0; i < order.size(); ++i) place[static_cast<std::size_t>(order[i])] = static_cast<std::int32_t>(i);
    Trips trips;
    for (std::int32_t i : order) {
        const DrawnTrip& t = drawn[static_cast<std::size_t>(i)];
        trips.id.push_back(name_of_trip(t));
        trips.depart.push_back(t.depart);
        trips.type.push_back(type_of[static_cast<std::size_t>(t.vehicle_class)]);
        trips.origin.push_back(t.origin);
        trips.destination.push_back(t.destination);
        trips.depart_position_m.push_back(t.depart_position_m);
        trips.depart_speed_mps.push_back(t.depart_speed_mps);
        trips.depart_lane.push_back(-1);
        trips.arrival_position_m.push_back(t.arrival_position_m);
        trips.speed_factor.push_back(not_given);
        trips.purpose.push_back(t.purpose);
        trips.after.push_back(t.after < 0 ? none<TripId> : as_id<TripId>(place[static_cast<std::size_t>(t.after)]));
        trips.route.push_back({});
    }
    return trips;
}

void report_trips(const Trips& trips, const std::array<double, enum_names<Purpose>.size()>& crow_m, ImportReport& report) {
    std::array<std::int64_t, enum_names<Purpose>.size()> count{};
    for (Purpose purpose : trips.purpose) ++count[static_cast<std::size_t>(purpose)];
    const auto mean_km = [](double sum_m, std::int64_t n) {
        return fmt::format("on average {:.1f} km as the crow flies", n > 0 ? sum_m / 1000 / static_cast<double>(n) : 0);
    };
    const auto n = static_cast<std::int64_t>(trips.id.size());
    report.kept(n, "trips", mean_km(std::accumulate(crow_m.begin(), crow_m.end(), 0.0), n));
    for (std::size_t p = 0; p < count.size(); ++p)
        if (count[p] > 0)
            report.kept(count[p], fmt::format("  trips: {}", name_of(static_cast<Purpose>(p))),
                        mean_km(crow_m[p], count[p]));
    double by_gates_m = 0;
    for (const Purpose p : {Purpose::through, Purpose::inbound, Purpose::outbound}) by_gates_m += crow_m[static_cast<std::size_t>(p)];
    if (by_gates_m > 0)
        report.note(fmt::format("{:.0f} % of the kilometres, as the crow flies, are of vehicles that cross the map's edge",
                                100 * by_gates_m / std::accumulate(crow_m.begin(), crow_m.end(), 0.0)));
}

int day_of(Duration time) {
    return static_cast<int>(std::floor(seconds(time) / seconds(whole_day)));
}

}  // namespace

Trips synthesise_trips(const City& city, const Scenario& scenario, ImportReport& report) {
    if (!is_some(type_of_class(city.vehicle_types, VehicleClass::car)))
        throw InputError(
            fmt::format("{}: vehicle_types (none is a car) a city with the default types, or trips = \"given\"",
                        city.name.empty() ? "city" : city.name));
    const DemandModel model = make_demand_model(city, scenario.demand, scenario.seed, report);
    TripWriter writer(city, scenario, model);
    const TakeDay take = [&](const VehicleDay& day) { writer.take(day); };
    // What left on the evening before may still be on its way home.
    const int last = day_of(scenario.start + std::max(scenario.length, Duration{1}) - Duration{1});
    for (int day = day_of(scenario.start) - 1; day <= last && scenario.length > Duration{0}; ++day) {
        writer.begin_day(day);
        draw_residents(model, day, take);
        draw_freight(model, day, take);
        draw_external(model, day, take);
    }
    const Trips trips = in_order_of_departure(writer.trips, city.vehicle_types);
    report_trips(trips, writer.crow_m, report);
    report.dropped(writer.without_road, "trips", "no road leads that way at their gate");
    return trips;
}

}  // namespace shahr
