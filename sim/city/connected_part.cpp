#include "sim/city/connected_part.h"

#include <algorithm>
#include <set>
#include <vector>

#include "sim/city/turn_graph.h"

namespace shahr {
namespace {

// Tarjan's walk: `part` of each node, numbered in the order in which the parts are closed.
class Walk {
public:
    explicit Walk(const TurnGraph& graph)
        : part(graph.road.size(), -1), graph_(graph), low_(graph.road.size(), 0), order_(graph.road.size(), 0) {}

    std::vector<std::int32_t> part;
    std::int32_t parts = 0;

    void from(std::int32_t root) {
        if (order_[at(root)] != 0) return;
        open(root);
        while (!path_.empty()) {
            auto& [node, arc] = path_.back();
            if (arc < graph_.first_arc[at(node) + 1]) {
                const std::int32_t to = graph_.to[at(arc++)];
                if (order_[at(to)] == 0)
                    open(to);
                else if (part[at(to)] < 0)
                    low_[at(node)] = std::min(low_[at(node)], order_[at(to)]);
            } else {
                close(node);
            }
        }
    }

private:
    struct Step {
        std::int32_t node, arc;
    };

    static std::size_t at(std::int32_t i) { return static_cast<std::size_t>(i); }
    void open(std::int32_t node) {
        low_[at(node)] = order_[at(node)] = ++clock_;
        waiting_.push_back(node);
        path_.push_back({node, graph_.first_arc[at(node)]});
    }
    void close(std::int32_t node) {
        path_.pop_back();
        if (!path_.empty()) low_[at(path_.back().node)] = std::min(low_[at(path_.back().node)], low_[at(node)]);
        if (low_[at(node)] != order_[at(node)]) return;
        for (std::int32_t member = -1; member != node;) {
            member = waiting_.back();
            waiting_.pop_back();
            part[at(member)] = parts;
        }
        ++parts;
    }

    const TurnGraph& graph_;
    std::vector<std::int32_t> low_, order_;
    std::vector<Step> path_;
    std::vector<std::int32_t> waiting_;
    std::int32_t clock_ = 0;
};

bool open_to_cars(const Roads& roads, RoadId road) {
    return (roads.allowed[road] & mask_of(VehicleClass::car)) != 0;
}

// The part that holds most roads' own nodes; -1 if no road is open.
std::int32_t largest_part(const Roads& roads, const Walk& walk) {
    std::vector<std::size_t> size(static_cast<std::size_t>(walk.parts), 0);
    for (const RoadId road : rows(roads.id))
        if (open_to_cars(roads, road)) ++size[static_cast<std::size_t>(walk.part[row(road)])];
    std::int32_t largest = -1;
    std::size_t most = 0;
    for (const RoadId road : rows(roads.id)) {
        if (!open_to_cars(roads, road)) continue;
        const std::int32_t part = walk.part[row(road)];
        if (size[static_cast<std::size_t>(part)] > most) most = size[static_cast<std::size_t>(part)], largest = part;
    }
    return largest;
}

}  // namespace

ConnectedPart mark_connected_part(RoadNetwork& network) {
    Roads& roads = network.roads;
    const TurnGraph graph = turn_graph(network);
    Walk walk(graph);
    for (std::int32_t node = 0; node < graph.nodes(); ++node)
        if (open_to_cars(roads, graph.road[static_cast<std::size_t>(node)])) walk.from(node);

    // A road is in the part if any of its nodes is: whoever can come to it with one past can begin there with none.
    const std::int32_t largest = largest_part(roads, walk);
    roads.connected = Column<RoadId, std::uint8_t>(roads.id.size(), 0);
    for (std::size_t node = 0; node < graph.road.size(); ++node)
        if (largest >= 0 && walk.part[node] == largest) roads.connected[graph.road[node]] = 1;

    ConnectedPart result{.parts = largest >= 0 ? 1u : 0u};
    std::set<std::int32_t> others;
    for (const RoadId road : rows(roads.id)) {
        if (!open_to_cars(roads, road)) continue;
        ++result.car_roads;
        if (roads.connected[road]) ++result.roads;
        else others.insert(walk.part[row(road)]);
    }
    result.parts += others.size();
    return result;
}

}  // namespace shahr
