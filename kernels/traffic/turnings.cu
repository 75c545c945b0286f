#include "kernels/traffic/turnings.h"

#include <map>

#include "kernels/base/columns.h"

namespace shahr::SHAHR_BACKEND::traffic {

DeviceTurnGraph::DeviceTurnGraph(const TurnGraph& graph, const Roads& roads)
    : road_(numbers(graph.road)), arrival_(graph.arrival), first_arc_(graph.first_arc), to_(graph.to), first_movement_(graph.first_movement),
      movement_(numbers(graph.movement)), memory_(graph.memory) {
    std::vector<std::uint8_t> into_private;
    const auto is_private = [&](std::int32_t node) { return roads.destination_only[graph.road[static_cast<std::size_t>(node)]] != 0; };
    for (std::size_t k = 0; k < graph.to.size(); ++k) into_private.push_back(is_private(graph.to[k]) && !is_private(graph.from[k]));
    into_private_ = Array<std::uint8_t>(into_private);
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
