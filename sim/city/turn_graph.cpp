#include "sim/city/turn_graph.h"

#include <algorithm>
#include <map>
#include <set>

namespace shahr {
namespace {

using Path = std::vector<RoadId>;

struct Turning {
    RoadId from, to;
    MovementId movement;
    auto operator<=>(const Turning&) const = default;
};

std::vector<Turning> car_turnings(const RoadNetwork& n) {
    const ClassMask car = mask_of(VehicleClass::car);
    const Movements& m = n.movements;
    std::vector<Turning> usable;
    for (const MovementId id : rows(m.from_lane))
        if (m.allowed[id] & n.lanes.allowed[m.from_lane[id]] & n.lanes.allowed[m.to_lane[id]] & car)
            usable.push_back({n.lanes.road[m.from_lane[id]], n.lanes.road[m.to_lane[id]], id});
    std::sort(usable.begin(), usable.end());
    return usable;
}

class Maker {
public:
    explicit Maker(const RoadNetwork& network) : turnings_(car_turnings(network)) {
        for (const RoadId road : rows(network.roads.id)) {
            graph_.road.push_back(road);
            graph_.arrival.push_back(number(road));
        }
        const auto& paths = network.forbidden_paths.roads;
        for (std::size_t i = 0; i < paths.size(); ++i) forbid(paths[as_id<ForbiddenPathId>(i)]);
        for (const Path& past : pasts_) add_arrival(past.back());
    }

    TurnGraph make() {
        graph_.first_arc.push_back(0);
        for (std::int32_t node = 0; node < graph_.nodes(); ++node) {
            if (const Path past = past_of(node); !past.empty()) add_arcs(node, past);
            graph_.first_arc.push_back(static_cast<std::int32_t>(graph_.to.size()));
        }
        graph_.first_movement.push_back(static_cast<std::int32_t>(graph_.movement.size()));
        return std::move(graph_);
    }

private:
    void forbid(std::span<const RoadId> path) {
        forbidden_.insert(Path(path.begin(), path.end()));
        graph_.memory = std::max(graph_.memory, static_cast<std::int32_t>(path.size()) - 2);
        for (std::size_t n = 2; n < path.size(); ++n) {
            const Path begun(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(n));
            if (!node_of_.try_emplace(begun, graph_.nodes()).second) continue;
            graph_.road.push_back(begun.back());
            pasts_.push_back(begun);
        }
    }

    // Empty for arrivals.
    Path past_of(std::int32_t node) const {
        const auto extra = static_cast<std::size_t>(node) - graph_.arrival.size();
        if (static_cast<std::size_t>(node) < graph_.arrival.size()) return {as_id<RoadId>(node)};
        return extra < pasts_.size() ? pasts_[extra] : Path{};
    }

    // A route ends on a road whatever its past: a node from which nothing leads on.
    void add_arrival(RoadId road) {
        std::int32_t& arrival = graph_.arrival[row(road)];
        if (arrival != number(road)) return;
        arrival = graph_.nodes();
        graph_.road.push_back(road);
    }

    // The longest end of what has been driven that begins a forbidden path; -1 if it is forbidden itself.
    std::int32_t node_after(const Path& past, RoadId next) const {
        Path driven = past;
        driven.push_back(next);
        std::int32_t node = -1;
        for (; driven.size() > 1; driven.erase(driven.begin())) {
            if (forbidden_.contains(driven)) return -1;
            const auto known = node_of_.find(driven);
            if (node < 0 && known != node_of_.end()) node = known->second;
        }
        return node < 0 ? number(next) : node;
    }

    void add_arcs(std::int32_t node, const Path& past) {
        const auto before = [](const Turning& t, RoadId road) { return t.from < road; };
        auto begin = std::lower_bound(turnings_.begin(), turnings_.end(), past.back(), before);
        while (begin != turnings_.end() && begin->from == past.back()) {
            auto end = begin;
            while (end != turnings_.end() && end->from == begin->from && end->to == begin->to) ++end;
            const std::int32_t to = forbidden_.empty() ? number(begin->to) : node_after(past, begin->to);
            const std::int32_t arrival = graph_.arrival[row(begin->to)];
            if (to >= 0) add_arc(node, to, std::span(begin, end));
            if (to >= 0 && arrival != number(begin->to)) add_arc(node, arrival, std::span(begin, end));
            begin = end;
        }
    }

    void add_arc(std::int32_t from, std::int32_t to, std::span<const Turning> movements) {
        graph_.from.push_back(from);
        graph_.to.push_back(to);
        graph_.first_movement.push_back(static_cast<std::int32_t>(graph_.movement.size()));
        for (const Turning& t : movements) graph_.movement.push_back(t.movement);
    }

    std::vector<Turning> turnings_;
    std::set<Path> forbidden_;
    std::map<Path, std::int32_t> node_of_;  // the beginnings of forbidden paths, of two roads or more
    std::vector<Path> pasts_;               // the same in the order of their nodes, which follow the roads
    TurnGraph graph_;
};

}  // namespace

TurnGraph turn_graph(const RoadNetwork& network) {
    return Maker(network).make();
}

}  // namespace shahr
