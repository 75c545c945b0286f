#include "sim/import/connected_part.h"

#include <algorithm>
#include <vector>

namespace shahr {
namespace {

// For each road the roads that a car can turn into at its end.
Lists<RoadId, RoadId> car_turnings(const RoadNetwork& network) {
    const auto lanes_of = network.lanes_of();
    const auto movements_from = network.movements_from();
    const ClassMask car = mask_of(VehicleClass::car);
    Lists<RoadId, RoadId> next;
    std::vector<RoadId> exits;
    for (RoadId road : rows(network.roads.id)) {
        exits.clear();
        for (LaneId lane : lanes_of[road])
            for (MovementId m : movements_from[lane])
                if (network.movements.allowed[m] & network.lanes.allowed[lane] &
                    network.lanes.allowed[network.movements.to_lane[m]] & car)
                    exits.push_back(network.lanes.road[network.movements.to_lane[m]]);
        std::sort(exits.begin(), exits.end());
        exits.erase(std::unique(exits.begin(), exits.end()), exits.end());
        next.push_back(exits);
    }
    return next;
}

// Tarjan's walk: `part` of each road, numbered in the order in which the parts are closed.
class Walk {
public:
    explicit Walk(const Lists<RoadId, RoadId>& next)
        : part(next.size(), -1), next_(next), low_(next.size(), 0), order_(next.size(), 0) {}

    Column<RoadId, std::int32_t> part;
    std::int32_t parts = 0;

    void from(RoadId root) {
        if (order_[root] != 0) return;
        open(root);
        while (!path_.empty()) {
            auto& [road, tried] = path_.back();
            if (tried < next_[road].size()) {
                const RoadId to = next_[road][tried++];
                if (order_[to] == 0)
                    open(to);
                else if (part[to] < 0)
                    low_[road] = std::min(low_[road], order_[to]);
            } else {
                close(road);
            }
        }
    }

private:
    struct Step {
        RoadId road;
        std::size_t tried;
    };

    void open(RoadId road) {
        low_[road] = order_[road] = ++clock_;
        waiting_.push_back(road);
        path_.push_back({road, 0});
    }
    void close(RoadId road) {
        path_.pop_back();
        if (!path_.empty()) low_[path_.back().road] = std::min(low_[path_.back().road], low_[road]);
        if (low_[road] != order_[road]) return;
        for (RoadId member = none<RoadId>; member != road;) {
            member = waiting_.back();
            waiting_.pop_back();
            part[member] = parts;
        }
        ++parts;
    }

    const Lists<RoadId, RoadId>& next_;
    Column<RoadId, std::int32_t> low_, order_;
    std::vector<Step> path_;
    std::vector<RoadId> waiting_;
    std::int32_t clock_ = 0;
};

}  // namespace

ConnectedPart mark_connected_part(RoadNetwork& network) {
    const auto next = car_turnings(network);
    auto& roads = network.roads;
    const auto open_to_cars = [&](RoadId road) { return (roads.allowed[road] & mask_of(VehicleClass::car)) != 0; };
    Walk walk(next);
    for (RoadId road : rows(roads.id))
        if (open_to_cars(road)) walk.from(road);

    std::vector<std::size_t> size(static_cast<std::size_t>(walk.parts), 0);
    ConnectedPart result{.parts = size.size()};
    for (RoadId road : rows(roads.id))
        if (open_to_cars(road)) ++result.car_roads, ++size[static_cast<std::size_t>(walk.part[road])];
    std::int32_t largest = -1;
    for (RoadId road : rows(roads.id)) {
        if (!open_to_cars(road)) continue;
        const std::size_t n = size[static_cast<std::size_t>(walk.part[road])];
        if (n > result.roads) result.roads = n, largest = walk.part[road];
    }
    roads.connected.resize(roads.id.size(), 0);
    for (RoadId road : rows(roads.id)) roads.connected[road] = open_to_cars(road) && walk.part[road] == largest;
    return result;
}

}  // namespace shahr
