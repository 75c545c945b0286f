// Routes on travel time: found anew every so often for those who are about to depart and for some of those on the way.
#pragma once
#include "kernels/traffic/state.h"
#include "kernels/traffic/travel_time.h"
#include "kernels/traffic/turnings.h"

namespace shahr::SHAHR_BACKEND::traffic {

// What one member knows of its travel times.
struct RouteKnowledge {
    Array<std::uint8_t> given;                 // of trip: 1: its route came with it
    Array<float> time_s;                       // of strip
    Array<StripSums> sums_before;              // of strip: at the last time
    std::int64_t round = 0;                    // how often routes were found
    Duration next{};                           // when they will be
    bool is_news = true;                       // the graph has not been weighed with the times and closures of now

    RouteKnowledge(const Trips& trips, Index strips, Duration start);
    void save(Archive& archive) const;
    void load(Archive& archive);
};

// Wall seconds so far: of all that makes routes, and within that of weighing the graph and of the search in it.
struct RoutingTimes {
    double whole_s = 0, weights_s = 0, search_s = 0;
};

// The graph, for all members of a city.
class Router {
public:
    explicit Router(const City& city) : Router(city, turn_graph(city.network)) {}

    // Measures travel times since the last call and finds routes: for trips that depart before `now` + `every`, for a share of
    // the drivers on the way, for everyone whose route passes a closed road. A trip that has no route at its departure is
    // marked as unroutable.
    void find_routes(Traffic& traffic, RouteKnowledge& known, const Scenario& scenario, Duration now);
    // Between two rounds, with the travel times of the last: only those whose route passes a road that is closed now, and
    // those who are blocked or lost. With `closing` also the trips that depart before the next round.
    void relieve(Traffic& traffic, RouteKnowledge& known, const Scenario& scenario, Duration now, bool closing);
    const RoutingTimes& times() const { return times_; }

private:
    void weigh(const Scene& scene, RouteKnowledge& known);
    Paths search(View<const Index> from, View<const Index> to);
    void assign(Traffic& traffic, RouteKnowledge& known, const Tick& tick, std::int64_t until_ms, double share, std::uint64_t seed);

    Router(const City& city, const TurnGraph& graph);

    DeviceTurnGraph turnings_;
    ShortestPaths paths_;
    Array<float> delay_s_;
    Array<std::uint32_t> weight_ms_;
    const RouteKnowledge* weighed_for_ = nullptr;
    RoutingTimes times_;
};

}  // namespace shahr::SHAHR_BACKEND::traffic
