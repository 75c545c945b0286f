#include "kernels/traffic/turnings.h"

#include <algorithm>
#include <map>

namespace shahr::SHAHR_BACKEND::traffic {

Turnings turnings_of(const RoadNetwork& n) {
    const Movements& m = n.movements;
    const ClassMask car = mask_of(VehicleClass::car);
    struct Row {
        Index from, to, movement;
        auto operator<=>(const Row&) const = default;
    };
    std::vector<Row> usable;
    for (MovementId id : rows(m.from_lane)) {
        if (!(m.allowed[id] & n.lanes.allowed[m.from_lane[id]] & n.lanes.allowed[m.to_lane[id]] & car)) continue;
        usable.push_back({number(n.lanes.road[m.from_lane[id]]), number(n.lanes.road[m.to_lane[id]]), number(id)});
    }
    std::sort(usable.begin(), usable.end());
    Turnings out;
    for (const Row& row : usable) {
        if (out.from.empty() || out.from.back() != row.from || out.to.back() != row.to) {
            out.from.push_back(row.from);
            out.to.push_back(row.to);
            out.into_private.push_back(n.roads.destination_only[as_id<RoadId>(row.to)] && !n.roads.destination_only[as_id<RoadId>(row.from)]);
            out.first_movement.push_back(static_cast<Index>(out.movement.size()));
        }
        out.movement.push_back(row.movement);
    }
    out.first_movement.push_back(static_cast<Index>(out.movement.size()));
    return out;
}

namespace {

float red_delay_s(const RoadNetwork& n, SignalId signal, std::int32_t link) {
    std::int64_t without_green = 0, cycle = 0;
    for (PhaseId phase : n.phases_of()[signal]) {
        const std::int64_t ms = n.signal_phases.duration[phase].count();
        const Aspect shown = n.signal_phases.aspects[phase][static_cast<std::size_t>(link)];
        cycle += ms;
        if (shown != Aspect::green && shown != Aspect::green_minor && shown != Aspect::off) without_green += ms;
    }
    const double r = static_cast<double>(without_green) / 1000, c = static_cast<double>(cycle) / 1000;
    return c > 0 ? static_cast<float>(r * r / (2 * c)) : 0;
}

}  // namespace

std::vector<float> free_delays_s(const RoadNetwork& n) {
    std::map<std::pair<std::int32_t, std::int32_t>, float> at_signal;
    std::vector<float> delays;
    for (MovementId id : rows(n.movements.from_lane)) {
        const SignalId signal = n.movements.signal[id];
        if (!is_some(signal)) {
            const RightOfWay rule = n.movements.right_of_way[id];
            delays.push_back(rule == RightOfWay::major ? 0.0f : rule == RightOfWay::minor ? 2.0f : 4.0f);
            continue;
        }
        const auto [known, is_new] = at_signal.try_emplace({number(signal), n.movements.signal_link[id]}, 0.0f);
        if (is_new) known->second = red_delay_s(n, signal, n.movements.signal_link[id]);
        delays.push_back(known->second);
    }
    return delays;
}

}  // namespace shahr::SHAHR_BACKEND::traffic
