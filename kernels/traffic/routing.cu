#include "kernels/traffic/routing.h"

#include <limits>

#include "kernels/base/algorithms.h"
#include "kernels/base/parallel_for.h"
#include "kernels/base/stopwatch.h"
#include "kernels/traffic/reroute.h"

namespace shahr::SHAHR_BACKEND::traffic {
namespace {

struct CopySums {
    View<const StripSums> from;
    View<StripSums> to;
    SHAHR_HD void operator()(Index strip) const { to[strip] = from[strip]; }
};

}  // namespace

RouteKnowledge::RouteKnowledge(const Trips& trips, Index strips, Duration start) : time_s(strips), sums_before(strips), next(start) {
    std::vector<std::uint8_t> has_route;
    for (TripId t : rows(trips.depart)) has_route.push_back(!trips.route[t].empty());
    given = Array<std::uint8_t>(has_route);
}

void RouteKnowledge::save(Archive& archive) const {
    const auto times = time_s.to_host();
    const auto before = sums_before.to_host();
    archive.put(std::span(times)), archive.put(std::span(before));
    archive.put(round), archive.put(next.count());
}

void RouteKnowledge::load(Archive& archive) {
    time_s = Array<float>(archive.get_list<float>());
    sums_before = Array<StripSums>(archive.get_list<StripSums>());
    round = archive.get<std::int64_t>();
    next = Duration{archive.get<Duration::rep>()};
    is_news = true;
}

Router::Router(const City& city, const TurnGraph& graph)
    : turnings_(graph, city.network.roads), paths_(graph.nodes(), graph.from, graph.to), delay_s_(free_delays_s(city.network)),
      weight_ms_(turnings_.arcs()) {}

void Router::weigh(const Scene& scene, RouteKnowledge& known) {
    if (weighed_for_ == &known && !known.is_news) return;
    const Stopwatch watch(times_.weights_s);
    parallel_for(turnings_.arcs(), WeighTurning{scene, turnings_.view(), known.time_s, weight_ms_});
    paths_.set_weights(weight_ms_);
    weighed_for_ = &known;
    known.is_news = false;
}

void Router::find_routes(Traffic& traffic, RouteKnowledge& known, const Scenario& scenario, Duration now) {
    const Stopwatch watch(times_.whole_s);
    const Tick tick{now, std::chrono::seconds{1}};
    const Scene scene = traffic.scene(tick);
    const Index strips = known.time_s.size();
    parallel_for(strips, MeasureTime{scene, delay_s_, traffic.sums(), known.sums_before, known.round == 0, known.time_s});
    parallel_for(strips, CopySums{traffic.sums(), known.sums_before});
    known.is_news = true;
    known.next = now + scenario.traffic.reroute_every;
    assign(traffic, known, tick, known.next.count(), scenario.traffic.reroute_share, scenario.seed);
    ++known.round;
}

void Router::relieve(Traffic& traffic, RouteKnowledge& known, const Scenario& scenario, Duration now, bool closing) {
    const Stopwatch watch(times_.whole_s);
    const Tick tick{now, std::chrono::seconds{1}};
    assign(traffic, known, tick, closing ? known.next.count() : 0, 0, scenario.seed);
}

Paths Router::search(View<const Index> from, View<const Index> to) {
    const Stopwatch watch(times_.search_s);
    return paths_.find(from, to);
}

void Router::assign(Traffic& traffic, RouteKnowledge& known, const Tick& tick, std::int64_t until_ms, double share, std::uint64_t seed) {
    const Scene scene = traffic.scene(tick);
    const TripTable& trips = traffic.trips();
    const Index n = scene.trips.count;
    Array<Index> vehicle(n), keep(n), from_of_trip(n), chosen_trips(n), query_of_trip(n), roads(n), offset(n + 1);
    Array<std::uint8_t> chosen(n);
    parallel_for(traffic.vehicles(), FindVehicleOfTrip{scene.vehicles, vehicle});
    const ReroutePolicy policy{until_ms, share, seed, static_cast<std::uint64_t>(known.round)};
    const TurnGraphView graph = turnings_.view();
    parallel_for(n, ChooseTrips{scene, graph, policy, known.given, vehicle, chosen, keep, from_of_trip});
    const Index queries = select(chosen, chosen_trips);
    Array<std::uint64_t> key(queries);
    parallel_for(queries, KeyOfQuery{chosen_trips, from_of_trip, trips.destination, key});
    sort_by_key(key, {chosen_trips.view().data, queries});
    if (queries > 0) weigh(scene, known);
    Array<Index> from(queries), to(queries);
    parallel_for(queries, MakeQuery{graph, chosen_trips, from_of_trip, trips.destination, from, to, query_of_trip});
    const Paths found = search(from, to);
    const MeasureRoute measure{scene.trips, graph.memory, keep, query_of_trip, found.offset, roads, !traffic.any_closed()};
    parallel_for(n, measure);
    exclusive_scan(roads, offset);
    Array<Index> pool(offset.to_host(n));
    parallel_for(n, WriteRoute{measure, graph.road, found.node, offset, pool});
    parallel_for(n, MoveCursor{measure, offset});
    traffic.trips().pool = std::move(pool);
    parallel_for(traffic.vehicles(), LookAheadAlongNewRoute{traffic.scene(tick), keep});
}

}  // namespace shahr::SHAHR_BACKEND::traffic
