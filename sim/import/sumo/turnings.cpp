#include "sim/import/sumo/turnings.h"

#include <algorithm>
#include <limits>
#include <queue>

namespace shahr::sumo {

Turnings::Turnings(const RoadNetwork& network) : network_(network) {
    const auto lanes_of = network.lanes_of();
    const auto movements_from = network.movements_from();
    std::vector<Turning> onward;
    for (const RoadId road : rows(network.roads.id)) {
        onward.clear();
        for (const LaneId lane : lanes_of[road])
            for (const MovementId m : movements_from[lane]) {
                const RoadId to = network.lanes.road[network.movements.to_lane[m]];
                const auto same = std::find_if(onward.begin(), onward.end(), [&](const Turning& t) { return t.to == to; });
                if (same == onward.end())
                    onward.push_back({to, network.movements.allowed[m]});
                else
                    same->allowed |= network.movements.allowed[m];
            }
        onward_.push_back(onward);
    }
}

bool Turnings::joined(RoadId from, RoadId to, VehicleClass vehicle_class) const {
    for (const Turning& t : onward_[from])
        if (t.to == to) return (t.allowed & mask_of(vehicle_class)) != 0;
    return false;
}

std::vector<RoadId> Turnings::quickest(RoadId from, RoadId to, VehicleClass vehicle_class) const {
    const auto& roads = network_.roads;
    std::vector<double> arrival_s(roads.id.size(), std::numeric_limits<double>::infinity());
    std::vector<RoadId> before(roads.id.size(), none<RoadId>);
    using Entry = std::pair<double, RoadId>;   // ties go to the lower road
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
    arrival_s[row(from)] = 0;
    open.push({0, from});
    while (!open.empty()) {
        const auto [time_s, road] = open.top();
        open.pop();
        if (time_s > arrival_s[row(road)]) continue;
        if (road == to) break;
        for (const Turning& t : onward_[road]) {
            if ((t.allowed & mask_of(vehicle_class)) == 0) continue;
            const double next_s = time_s + roads.length_m[t.to] / roads.speed_limit_mps[t.to];
            if (next_s >= arrival_s[row(t.to)]) continue;
            arrival_s[row(t.to)] = next_s;
            before[row(t.to)] = road;
            open.push({next_s, t.to});
        }
    }
    std::vector<RoadId> route;
    if (from != to && !is_some(before[row(to)])) return route;
    for (RoadId road = to; is_some(road); road = road == from ? none<RoadId> : before[row(road)]) route.push_back(road);
    std::reverse(route.begin(), route.end());
    return route;
}

}  // namespace shahr::sumo
