#include "sim/synthesis/demand_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "sim/synthesis/demand_skims.h"

namespace shahr {
namespace {

constexpr int most_zones = 600;

Draw draw_of(std::size_t activity) {
    return static_cast<Draw>(activity);
}

// Each zone's junction: where the road ends that is nearest to its centre. Then the gates'.
std::vector<JunctionId> terminals_of(const DemandModel& model, const RoadFinder& finder) {
    std::vector<JunctionId> terminals;
    for (Point centre : model.zones.centre)
        terminals.push_back(model.city->network.roads.to[finder.nearest(centre, 1e6).road]);
    for (JunctionId junction : model.city->gates.junction) terminals.push_back(junction);
    return terminals;
}

// Within a zone the time is half that to the nearest other one.
void set_times_within_zones(DemandModel& model) {
    const std::size_t n = model.zones.size(), all = model.terminals();
    for (std::size_t i = 0; i < n; ++i) {
        float nearest = unreachable_min;
        for (std::size_t j = 0; j < n; ++j)
            if (j != i) nearest = std::min(nearest, model.minutes[i * all + j]);
        model.minutes[i * all + i] = n > 1 ? nearest / 2 : 1;
    }
}

// Mean distance of a zone's stops from its centre.
double spread_m(const DemandModel& model, std::size_t zone) {
    const auto first = static_cast<std::size_t>(model.zones.first[zone]), last = static_cast<std::size_t>(model.zones.first[zone + 1]);
    double sum = 0;
    for (std::size_t i = first; i < last; ++i) sum += distance(model.stops.position[i], model.zones.centre[zone]);
    return sum / static_cast<double>(last - first);
}

// exp(-b t), t with the usual congestion, where the way is long enough to be driven, else 0. A zone that has no such
// way keeps the one to the farthest.
std::vector<double> deterrence(const DemandModel& model, double decay_per_min) {
    const std::size_t n = model.zones.size();
    std::vector<double> f(n * n, 0);
    for (std::size_t i = 0; i < n; ++i) {
        double farthest_m = -1, most = 0;
        std::size_t farthest = i;
        for (std::size_t j = 0; j < n; ++j) {
            const double crow_m = i == j ? spread_m(model, i) : distance(model.zones.centre[i], model.zones.centre[j]);
            const float minutes = model.driving_min(i, j);
            if (minutes == unreachable_min) continue;
            if (crow_m > farthest_m) farthest_m = crow_m, farthest = j;
            if (crow_m >= model.least_crow_m) f[i * n + j] = std::exp(-decay_per_min * congestion * static_cast<double>(minutes));
            most = std::max(most, f[i * n + j]);
        }
        if (most == 0) f[i * n + farthest] = 1;
    }
    return f;
}

void balance_activities(DemandModel& model, ImportReport& report) {
    const std::size_t n = model.zones.size();
    for (std::size_t a = 0; a < activity_count; ++a) {
        const ActivityParameters& parameters = activities()[a];
        // A second tour goes shopping or to leisure, half of them each.
        const bool again = parameters.purpose == Purpose::shopping || parameters.purpose == Purpose::leisure;
        std::vector<double> productions(n), attractions(n);
        for (std::size_t z = 0; z < n; ++z) {
            productions[z] = model.cars_in_use(z) * (parameters.share + (again ? second_tour / 2 : 0));
            attractions[z] = model.zones.total(draw_of(a), z);
        }
        TripMatrix matrix = balance(productions, attractions, deterrence(model, parameters.decay_per_min));
        double minutes = 0, trips = 0;
        for (std::size_t ij = 0; ij < matrix.trips.size(); ++ij)
            if (matrix.trips[ij] > 0)
                trips += matrix.trips[ij], minutes += matrix.trips[ij] * static_cast<double>(model.driving_min(ij / n, ij % n));
        report.note(fmt::format(
            "{}: {:.0f} cars a day leave home for it; gravity model balanced to {:.1e} in {} rounds; mean {:.1f} min "
            "on empty roads",
            name_of(parameters.purpose), trips, matrix.residual, matrix.iterations, trips > 0 ? minutes / trips : 0));
        model.activity[a] = Choice(n, n, std::move(matrix.trips));
    }
}

Choice freight_choice(const DemandModel& model) {
    const std::size_t n = model.zones.size();
    std::vector<double> weight = deterrence(model, freight_decay_per_min);
    for (std::size_t ij = 0; ij < weight.size(); ++ij) weight[ij] *= model.zones.total(Draw::freight, ij % n);
    return Choice(n, n, std::move(weight));
}

// Each car is counted once: those that leave the map make no tours inside.
void set_gate_traffic(DemandModel& model, const DemandOptions& options, ImportReport& report) {
    const double all = model.population * model.trips_per_person * model.car_share / trips_per_car();
    model.gates = gate_traffic(*model.city, model.zones, model.population, all, options, report);
    const double outbound = std::accumulate(model.gates.outbound.begin(), model.gates.outbound.end(), 0.0);
    model.stay_inside = all > 0 ? std::max(0.0, 1 - outbound / all) : 1;
}

double extent_m(const Stops& stops) {
    if (stops.size() == 0) return 0;
    Point low = stops.position[0], high = low;
    for (Point p : stops.position) {
        low = {std::min(low.x_m, p.x_m), std::min(low.y_m, p.y_m)};
        high = {std::max(high.x_m, p.x_m), std::max(high.y_m, p.y_m)};
    }
    return distance(low, high);
}

}  // namespace

Choice::Choice(std::size_t origins, std::size_t destinations, std::vector<double> weight)
    : destinations_(destinations), below_(std::move(weight)) {
    for (std::size_t i = 0; i < origins; ++i) {
        const auto begin = below_.begin() + static_cast<std::ptrdiff_t>(i * destinations);
        std::partial_sum(begin, begin + static_cast<std::ptrdiff_t>(destinations), begin);
    }
}

std::int32_t Choice::pick(std::size_t origin, double u) const {
    if (destinations_ == 0) return -1;
    const auto begin = below_.begin() + static_cast<std::ptrdiff_t>(origin * destinations_),
               end = begin + static_cast<std::ptrdiff_t>(destinations_);
    const double all = *(end - 1);
    if (!(all > 0)) return -1;
    return static_cast<std::int32_t>(std::min(std::upper_bound(begin, end, u * all), std::lower_bound(begin, end, all)) - begin);
}

double trips_per_car() {
    return 2 + activities()[0].share * stop_on_way_home + 2 * second_tour;
}

double DemandModel::cars_in_use(std::size_t zone) const {
    return zones.total(Draw::home, zone) * trips_per_person * car_share * scale * stay_inside / trips_per_car();
}

DemandModel make_demand_model(const City& city, const DemandOptions& options, std::uint64_t seed, ImportReport& report) {
    DemandModel model;
    model.city = &city;
    model.seed = seed;
    const RoadFinder finder(city.network, roads_for_trip_ends(city.network, VehicleClass::car), city.left_hand_traffic);
    model.stops = find_stops(city, finder, options.population, report);
    const std::vector<double>& residents = model.stops.of(Draw::home);
    model.population = std::accumulate(residents.begin(), residents.end(), 0.0);
    model.trips_per_person = options.trips_per_person > 0 ? options.trips_per_person : default_trips_per_person;
    model.car_share = options.car_share > 0 ? options.car_share : default_car_share(model.population);
    model.scale = options.scale;
    // In a town that is small itself, a fifth of its extent is far enough to drive.
    model.least_crow_m = std::min(shortest_trip_m, extent_m(model.stops) / 5) / detour;
    model.zones = make_zones(city.cells, model.stops, most_zones);
    if (model.zones.size() == 0) {
        report.note("no trips by residents: the city has no people or jobs near a road where trips may begin");
        return model;
    }
    model.minutes = driving_times_min(city.network, terminals_of(model, finder));
    set_times_within_zones(model);
    report.note(
        fmt::format("car demand is fixed: {:.0f} people, {:.2f} trips a head and day on all modes ({}), {:.0f} % of "
                    "them by car as driver ({}), scale {:g}; "
                    "{} zones; nobody changes the mode or stays at home because of congestion",
                    model.population, model.trips_per_person, options.trips_per_person > 0 ? "given" : "default",
                    100 * model.car_share, options.car_share > 0 ? "given" : "default for a city of that size",
                    model.scale, model.zones.size()));
    set_gate_traffic(model, options, report);
    balance_activities(model, report);
    model.freight = freight_choice(model);
    return model;
}

}  // namespace shahr
