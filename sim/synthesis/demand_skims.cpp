#include "sim/synthesis/demand_skims.h"

#include <algorithm>
#include <atomic>
#include <queue>
#include <thread>

namespace shahr {
namespace {

struct Arc {
    std::int32_t to;
    std::int32_t time_ms;
};

// Arcs of junction j: arcs[first[j] .. first[j + 1]).
struct Graph {
    std::vector<std::int32_t> first;
    std::vector<Arc> arcs;
};

std::int32_t delay_ms(Control control) {
    switch (control) {
        case Control::signal: return 12'000;
        case Control::dead_end:
        case Control::cordon: return 0;
        default: return 3'000;
    }
}

Graph car_graph(const RoadNetwork& network) {
    const Roads& roads = network.roads;
    const auto drivable = [&](RoadId r) { return (roads.allowed[r] & mask_of(VehicleClass::car)) && roads.speed_limit_mps[r] > 0; };
    Graph graph;
    graph.first.assign(network.junctions.id.size() + 1, 0);
    for (RoadId r : rows(roads.id))
        if (drivable(r)) ++graph.first[row(roads.from[r]) + 1];
    for (std::size_t j = 1; j < graph.first.size(); ++j) graph.first[j] += graph.first[j - 1];
    graph.arcs.resize(static_cast<std::size_t>(graph.first.back()));
    std::vector<std::int32_t> next = graph.first;
    for (RoadId r : rows(roads.id)) {
        if (!drivable(r)) continue;
        const auto time_ms = static_cast<std::int32_t>(1000 * roads.length_m[r] / roads.speed_limit_mps[r]);
        graph.arcs[static_cast<std::size_t>(next[row(roads.from[r])]++)] = {
            number(roads.to[r]), time_ms + delay_ms(network.junctions.control[roads.to[r]])};
    }
    return graph;
}

// One search over the graph; its arrays are used again for the next.
class Search {
public:
    explicit Search(const Graph& graph) : graph_(graph), time_ms_(graph.first.size() - 1) {}

    const std::vector<std::int32_t>& from(JunctionId source) {
        std::fill(time_ms_.begin(), time_ms_.end(), never);
        reach(number(source), 0);
        while (!queue_.empty()) {
            const auto [time_ms, junction] = queue_.top();
            queue_.pop();
            if (time_ms > time_ms_[static_cast<std::size_t>(junction)]) continue;
            for (std::int32_t a = graph_.first[static_cast<std::size_t>(junction)];
                 a < graph_.first[static_cast<std::size_t>(junction) + 1]; ++a) {
                const Arc& arc = graph_.arcs[static_cast<std::size_t>(a)];
                reach(arc.to, time_ms + arc.time_ms);
            }
        }
        return time_ms_;
    }
    static constexpr std::int32_t never = std::numeric_limits<std::int32_t>::max();

private:
    void reach(std::int32_t junction, std::int32_t time_ms) {
        std::int32_t& best = time_ms_[static_cast<std::size_t>(junction)];
        if (time_ms >= best) return;
        best = time_ms;
        queue_.push({time_ms, junction});
    }
    using Entry = std::pair<std::int32_t, std::int32_t>;
    const Graph& graph_;
    std::vector<std::int32_t> time_ms_;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
};

}  // namespace

std::vector<float> driving_times_min(const RoadNetwork& network, std::span<const JunctionId> terminals) {
    const std::size_t n = terminals.size();
    const Graph graph = car_graph(network);
    std::vector<float> minutes(n * n, unreachable_min);
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        Search search(graph);
        for (std::size_t i = next++; i < n; i = next++) {
            const std::vector<std::int32_t>& time_ms = search.from(terminals[i]);
            for (std::size_t j = 0; j < n; ++j)
                if (const std::int32_t t = time_ms[row(terminals[j])]; t != Search::never)
                    minutes[i * n + j] = static_cast<float>(t) / 60'000.0f;
        }
    };
    std::vector<std::jthread> helpers;
    const std::size_t threads = std::min<std::size_t>(std::max(1u, std::thread::hardware_concurrency()), n / 16 + 1);
    for (std::size_t t = 1; t < threads; ++t) helpers.emplace_back(work);
    work();
    helpers.clear();
    return minutes;
}

}  // namespace shahr
