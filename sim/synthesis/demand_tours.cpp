#include "sim/synthesis/demand_tours.h"

#include <algorithm>
#include <cmath>

namespace shahr {
namespace {

constexpr double latest_start_h = 21.5;        // nobody leaves home for a second tour later

double hour_of(int day, Duration t) {
    return seconds(t) / 3600 - 24.0 * day;
}

struct Place {
    std::size_t zone;
    std::int32_t stop;
};

// A stop of the zone at least the shortest trip's length away from `here`; of eight tries the farthest if none is.
Place pick_away_from(const DemandModel& model, Draw draw, std::size_t zone, std::int32_t here, Draws& draws) {
    double best_m = -1;
    std::int32_t best = -1;
    for (int attempt = 0; attempt < 8 && best_m < model.least_crow_m; ++attempt) {
        const std::int32_t stop = model.zones.pick(draw, zone, draws.uniform());
        const double away_m = distance(model.stops.position[static_cast<std::size_t>(stop)],
                                       model.stops.position[static_cast<std::size_t>(here)]);
        if (away_m > best_m) best_m = away_m, best = stop;
    }
    return {zone, best};
}

// Where someone in `from` goes for an activity; a stop of -1 if the matrix knows no way.
Place pick_activity(const DemandModel& model, std::size_t activity, Place from, double u, Draws& draws) {
    const std::int32_t zone = model.activity[activity].pick(from.zone, u);
    if (zone < 0) return {0, -1};
    return pick_away_from(model, static_cast<Draw>(activity), static_cast<std::size_t>(zone), from.stop, draws);
}

double stay_hours(std::size_t activity, Draws& draws) {
    const ActivityParameters& p = activities()[activity];
    const double special = draws.uniform(), stay_h = draws.normal(p.stay_h, p.stay_deviation_h);
    if (p.purpose == Purpose::education && special < escort_share) return 0.2;
    const double share = p.purpose == Purpose::work && special < part_time_share ? 0.5 : 1;
    return share * std::max(stay_h, p.stay_h / 4);
}

constexpr std::size_t shopping = static_cast<std::size_t>(Activity::shopping), leisure = static_cast<std::size_t>(Activity::leisure);

// Home, `activity`, perhaps a shop on the way, home. `u` chooses the destination's zone. False if there is nowhere to go.
bool add_tour(const DemandModel& model, VehicleDay& day, std::size_t activity, Place home, Duration depart, double u, Draws& draws) {
    const Place there = pick_activity(model, activity, home, u, draws);
    if (there.stop < 0) return false;
    day.legs.push_back({depart, {home.stop}, {there.stop}, activities()[activity].purpose});
    Place last = there, before = home;
    double stay_h = stay_hours(activity, draws);
    if (activity == static_cast<std::size_t>(Activity::work) && draws.uniform() < stop_on_way_home) {
        const Place shop = pick_activity(model, shopping, there, draws.uniform(), draws);
        if (shop.stop >= 0) {
            add_leg(model, day, before.zone, last.zone, stay_h, {shop.stop}, Purpose::shopping);
            before = last, last = shop, stay_h = stay_hours(shopping, draws);
        }
    }
    add_leg(model, day, before.zone, last.zone, stay_h, {home.stop}, Purpose::home);
    return true;
}

VehicleDay resident_day(const DemandModel& model, int day, std::size_t zone, std::size_t activity, double u, Draws draws) {
    VehicleDay result;
    const Place home{zone, model.zones.pick(Draw::home, zone, draws.uniform())};
    const Duration depart = at_hour(day, hour_at(activities()[activity].departures, draws.uniform()));
    const bool again = draws.uniform() < second_tour;
    if (!add_tour(model, result, activity, home, depart, u, draws) || !again) return result;
    const auto driven_min = static_cast<double>(model.driving_min(zone, zone)) + 15;  // home again after a short way, at the latest
    const Duration at_home = result.legs.back().depart + at_hour(0, driven_min / 60 + draws.between(0.3, 2));
    const std::size_t second = draws.uniform() < 0.5 ? shopping : leisure;
    if (hour_of(day, at_home) < latest_start_h) add_tour(model, result, second, home, at_home, draws.uniform(), draws);
    return result;
}

// The stop at share u of the whole city's freight.
Place pick_depot(const DemandModel& model, double u) {
    const std::vector<double>& below = model.zones.below[static_cast<std::size_t>(Draw::freight)];
    const std::vector<std::int32_t>& first = model.zones.first;
    const auto past = std::min(std::upper_bound(below.begin(), below.end(), u * below.back()),
                               std::lower_bound(below.begin(), below.end(), below.back()));
    const auto stop = static_cast<std::int32_t>(past - below.begin()) - 1;
    return {static_cast<std::size_t>(std::upper_bound(first.begin(), first.end(), stop) - first.begin()) - 1, stop};
}

// From the depot over some stops, each chosen from the one before, and back.
bool add_round(const DemandModel& model, int day, VehicleDay& round, Place depot, Draws& draws) {
    Place here = depot, before = depot;
    for (int s = 0; s < freight_stops; ++s) {
        const std::int32_t zone = model.freight.pick(here.zone, draws.uniform());
        if (zone < 0 || !(model.zones.total(Draw::freight, static_cast<std::size_t>(zone)) > 0)) break;
        const Place next = pick_away_from(model, Draw::freight, static_cast<std::size_t>(zone), here.stop, draws);
        if (round.legs.empty())
            round.legs.push_back({at_hour(day, hour_at(truck_hours(), draws.uniform())), {depot.stop}, {next.stop}, Purpose::freight});
        else
            add_leg(model, round, before.zone, here.zone, draws.between(0.15, 0.7), {next.stop}, Purpose::freight);
        before = here, here = next;
    }
    if (round.legs.empty()) return false;
    add_leg(model, round, before.zone, here.zone, draws.between(0.15, 0.7), {depot.stop}, Purpose::freight);
    return true;
}

}  // namespace

void add_leg(const DemandModel& model, VehicleDay& day, std::size_t from_terminal, std::size_t to_terminal,
             double stay_h, End to, Purpose purpose) {
    const Leg& last = day.legs.back();
    const double driving_h = congestion * static_cast<double>(model.driving_min(from_terminal, to_terminal)) / 60;
    day.legs.push_back({last.depart + at_hour(0, (std::isfinite(driving_h) ? driving_h : 0.5) + stay_h), last.to, to, purpose});
}

void draw_residents(const DemandModel& model, int day, const TakeDay& take) {
    for (std::size_t zone = 0; zone < model.zones.size(); ++zone) {
        const double cars = model.cars_in_use(zone);
        for (std::size_t a = 0; a < activity_count; ++a) {
            const std::uint64_t stream = zone * 16 + a;
            Draws of_zone = draws_for(model, Stream::residents, day, stream << 32 | 0xFFFF'FFFF);
            const std::int64_t n = of_zone.round(cars * activities()[a].share);
            // One car in each n-th part of the row's sum: the zones' shares come out as the matrix has them.
            for (std::int64_t k = 0; k < n; ++k) {
                Draws draws = draws_for(model, Stream::residents, day, stream << 32 | static_cast<std::uint64_t>(k));
                const double u = (static_cast<double>(k) + draws.uniform()) / static_cast<double>(n);
                take(resident_day(model, day, zone, a, u, draws));
            }
        }
    }
}

void draw_freight(const DemandModel& model, int day, const TakeDay& take) {
    if (model.zones.size() == 0 || !(model.zones.below[static_cast<std::size_t>(Draw::freight)].back() > 0)) return;
    const double car_trips = model.population * model.trips_per_person * model.car_share * model.scale;
    const auto draw_rounds = [&](VehicleClass vehicle_class, double share) {
        const std::uint64_t stream = static_cast<std::uint64_t>(vehicle_class) << 32;
        Draws whole = draws_for(model, Stream::freight, day, stream | 0xFFFF'FFFF);
        const std::int64_t n = whole.round(car_trips * share / (freight_stops + 1));
        for (std::int64_t k = 0; k < n; ++k) {
            Draws draws = draws_for(model, Stream::freight, day, stream | static_cast<std::uint64_t>(k));
            const Place depot = pick_depot(model, (static_cast<double>(k) + draws.uniform()) / static_cast<double>(n));
            VehicleDay round{vehicle_class, {}};
            if (add_round(model, day, round, depot, draws)) take(round);
        }
    };
    draw_rounds(VehicleClass::delivery, van_share);
    draw_rounds(VehicleClass::truck, truck_share);
}

}  // namespace shahr
