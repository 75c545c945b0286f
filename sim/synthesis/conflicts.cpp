#include "sim/synthesis/conflicts.h"

#include <algorithm>
#include <numeric>

#include "sim/base/polyline.h"

namespace shahr {
namespace {

bool chords_cross(std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) {
    if (a == c || a == d || b == c || b == d) return false;
    if (a > b) std::swap(a, b);
    return (a < c && c < b) != (a < d && d < b);
}

}  // namespace

MovementsAtJunctions::MovementsAtJunctions(const RoadNetwork& network) : first_(network.junctions.id.size() + 1, 0) {
    const auto& junction = network.movements.junction;
    for (JunctionId j : junction) ++first_[row(j) + 1];
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    movements_.resize(junction.size());
    auto next = first_;
    for (MovementId m : rows(junction)) movements_[next[row(junction[m])]++] = m;
}

LanePlaces find_lane_places(const City& city, const Ports& ports) {
    const RoadNetwork& network = city.network;
    const auto lanes = network.lanes_of();
    LanePlaces places{Column<LaneId, std::int32_t>(network.lanes.id.size()), Column<LaneId, std::int32_t>(network.lanes.id.size())};
    for (JunctionId j : rows(network.junctions.id)) {
        std::int32_t place = 0;
        for (const Port& port : ports.at(j)) {
            const auto range = lanes[port.road];
            auto& column = port.inbound ? places.at_end : places.at_start;
            // Counter-clockwise around the junction a way in runs from the middle to the kerb where traffic keeps right.
            const bool from_middle = port.inbound != city.left_hand_traffic;
            for (LaneId lane : range)
                column[lane] = place + (from_middle ? range.size() - 1 : 0) + (from_middle ? -1 : 1) * (number(lane) - number(*range.begin()));
            place += range.size();
        }
    }
    return places;
}

void find_pairs(const RoadNetwork& network, std::span<const MovementId> movements, const LanePlaces& places, std::vector<MovementPair>& pairs) {
    const Movements& m = network.movements;
    for (std::size_t i = 0; i < movements.size(); ++i) {
        const MovementId a = movements[i];
        for (std::size_t k = i + 1; k < movements.size(); ++k) {
            const MovementId b = movements[k];
            if (m.from_lane[a] == m.from_lane[b]) continue;
            if (m.to_lane[a] == m.to_lane[b]) {
                pairs.push_back({a, b, true, m.length_m[a], m.length_m[b]});
            } else if (chords_cross(places.at_end[m.from_lane[a]], places.at_start[m.to_lane[a]], places.at_end[m.from_lane[b]],
                                    places.at_start[m.to_lane[b]])) {
                const Meeting where = meeting(m.shape[a], m.shape[b]);
                pairs.push_back({a, b, false, static_cast<float>(where.at_m), static_cast<float>(where.other_at_m)});
            }
        }
    }
}

}  // namespace shahr
