#include "kernels/traffic/engine.h"

#include <algorithm>
#include <numeric>

#include "kernels/traffic/observe.h"

namespace shahr::SHAHR_BACKEND::traffic {

// How often those who are blocked or lost look for another way; shorter than `reroute_every` by habit.
static constexpr Duration relief_every = std::chrono::minutes{1};

TrafficEngine::TrafficEngine(const City& city, std::span<const Member> members) : city_(city), network_(city), router_(city) {
    for (const Member& member : members) {
        members_.push_back({member, std::make_unique<Traffic>(city, network_, member),
                            RouteKnowledge(*member.trips, network_.strips(), member.scenario->start), {}});
        fold_conditions(members_.back());
    }
}

Duration TrafficEngine::period() const {
    Duration shortest = members_.front().member.scenario->traffic.step;
    for (const Driven& driven : members_) shortest = std::min(shortest, driven.member.scenario->traffic.step);
    return shortest;
}

void TrafficEngine::start(Duration now) {
    now_ = now;
}

void TrafficEngine::step(const Tick& tick) {
    for (Driven& driven : members_) {
        if (tick.now >= driven.known.next) router_.find_routes(*driven.traffic, driven.known, *driven.member.scenario, tick.now);
        else if (tick.now % relief_every == Duration{0}) router_.relieve(*driven.traffic, driven.known, *driven.member.scenario, tick.now, false);
        driven.traffic->step(tick);
    }
    now_ = tick.now + tick.dt;
}

void TrafficEngine::set(const Intervention& intervention, bool active, MemberIndex member) {
    Driven& driven = members_[static_cast<std::size_t>(member)];
    for (const Intervention& known : driven.member.scenario->interventions) {
        if (known.order != intervention.order) continue;
        if (active) driven.active[known.order] = &known;
        else driven.active.erase(known.order);
    }
    fold_conditions(driven);
    const bool closes = active && std::holds_alternative<CloseRoad>(intervention.change);
    if (closes && driven.known.round > 0) router_.relieve(*driven.traffic, driven.known, *driven.member.scenario, now_, true);
}

// What is active, over the base, in the order of the file. A road's limit also bounds the movements into it.
void TrafficEngine::fold_conditions(Driven& driven) {
    const RoadNetwork& n = city_.network;
    std::vector<float> limit(n.lanes.speed_limit_mps.begin(), n.lanes.speed_limit_mps.end());
    limit.insert(limit.end(), n.movements.speed_limit_mps.begin(), n.movements.speed_limit_mps.end());
    std::vector<std::uint8_t> closed(n.roads.id.size(), 0);
    const auto lanes_of = n.lanes_of();
    for (const auto& [order, intervention] : driven.active) {
        if (const auto* close = std::get_if<CloseRoad>(&intervention->change))
            for (RoadId road : close->roads) closed[row(road)] = 1;
        if (const auto* set = std::get_if<SetSpeedLimit>(&intervention->change))
            for (RoadId road : set->roads)
                for (LaneId lane : lanes_of[road]) limit[row(lane)] = static_cast<float>(set->speed_limit_mps);
    }
    driven.traffic->set_conditions(limit, closed);
    driven.known.is_news = true;
}

void TrafficEngine::observe(Frame& frame, const Request& request, MemberIndex member) const {
    const Traffic& traffic = *members_[static_cast<std::size_t>(member)].traffic;
    if (request.record) observe_roads(frame, traffic, now_);
    if (request.record) observe_city(frame, traffic, now_);
    if (request.trips) observe_trips(frame, traffic, now_);
    if (request.vehicles) observe_vehicles(frame, traffic, now_);
}

void TrafficEngine::begin_interval(Duration, std::string_view) {
    for (Driven& driven : members_) driven.traffic->begin_interval();
}

std::vector<WallTime> TrafficEngine::wall_times() const {
    const auto of_steps = [&](const char* what, double StepTimes::* phase) {
        WallTime sum{what, 0, {}};
        for (const Driven& driven : members_) sum.wall_s += driven.traffic->times().*phase;
        return sum;
    };
    const RoutingTimes& routes = router_.times();
    return {of_steps("lane changes", &StepTimes::lane_changes_s), of_steps("insertion", &StepTimes::insertion_s),
            of_steps("order", &StepTimes::order_s),               of_steps("junctions", &StepTimes::junctions_s),
            of_steps("driving", &StepTimes::driving_s),           of_steps("measuring", &StepTimes::measuring_s),
            {"route weights", routes.weights_s, {}},              {"route search", routes.search_s, {}},
            {"routes, else", routes.whole_s - routes.weights_s - routes.search_s, {}}};
}

bool TrafficEngine::idle() const {
    return std::all_of(members_.begin(), members_.end(), [](const Driven& driven) { return driven.traffic->is_over(); });
}

void TrafficEngine::save(Archive& archive) const {
    archive.put(now_.count());
    for (const Driven& driven : members_) {
        std::vector<int> active;
        for (const auto& [order, intervention] : driven.active) active.push_back(order);
        archive.put(std::span<const int>(active));
        driven.traffic->save(archive);
        driven.known.save(archive);
    }
}

void TrafficEngine::load(Archive& archive) {
    now_ = Duration{archive.get<Duration::rep>()};
    for (Driven& driven : members_) {
        driven.active.clear();
        const std::vector<int> active = archive.get_list<int>();
        for (const Intervention& known : driven.member.scenario->interventions)
            if (std::find(active.begin(), active.end(), known.order) != active.end()) driven.active[known.order] = &known;
        driven.traffic->load(archive);
        driven.known.load(archive);
    }
}

}  // namespace shahr::SHAHR_BACKEND::traffic
