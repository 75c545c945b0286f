#include "sim/import/osm/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace shahr::osm {
namespace {

constexpr double loop_m = 45;  // longer than any link that joins nodes (joining.cpp): a road of its own, round a block
constexpr double one_controller_m = 50;

class TableMaker {
public:
    TableMaker(const Graph& graph, const Clusters& clusters, const std::vector<std::uint8_t>& signal)
        : graph_(graph), clusters_(clusters), signal_(signal) {
        outer_.resize(graph.links.size(), 0);
        for (std::size_t l = 0; l < graph.links.size(); ++l) {
            const Link& link = graph.links[l];
            outer_[l] = link.alive && (cluster(link.from) != cluster(link.to) || link.length_m > loop_m);
        }
    }

    Network make(const std::vector<Chain>& banned, ImportReport& report);

private:
    std::int32_t cluster(NodeRow n) const { return clusters_.of_node(n); }
    void add_junctions();
    void add_roads();
    void add_road(LinkRow row);
    std::vector<std::uint8_t> signalised() const;
    void share_controllers(const std::vector<std::uint8_t>& signalised);
    void add_turnings(const Turnings& turnings);
    std::string unique_id(std::string id) {
        const int n = ++times_[id];
        return n == 1 ? id : fmt::format("{}#{}", id, n);
    }

    const Graph& graph_;
    const Clusters& clusters_;
    const std::vector<std::uint8_t>& signal_;
    std::vector<std::uint8_t> outer_;
    std::vector<RoadId> road_of_;
    std::unordered_map<std::string, int> times_;  // how often an id was given; looked up only
    Network result_;
};

void TableMaker::add_junctions() {
    auto& junctions = result_.network.junctions;
    for (const auto& members : clusters_.members) {
        std::vector<std::int64_t> ids;
        Point sum;
        bool cordon = false;
        for (const NodeRow n : members) {
            ids.push_back(graph_.node(n).id);
            sum = sum + graph_.node(n).position;
            cordon |= graph_.node(n).cordon;
        }
        std::sort(ids.begin(), ids.end());
        junctions.id.push_back(unique_id(fmt::format("node/{}", fmt::join(ids, "+"))));
        junctions.position.push_back(1.0 / static_cast<double>(members.size()) * sum);
        junctions.elevation_m.push_back(0);
        junctions.control.push_back(cordon ? Control::cordon : Control::uncontrolled);
        junctions.keep_clear.push_back(0);
    }
}

void TableMaker::add_road(LinkRow row) {
    const Link& link = graph_.link(row);
    const Way& way = graph_.ways[static_cast<std::size_t>(link.way)];
    auto& [network, hints] = result_;
    auto& roads = network.roads;
    const std::string id =
        unique_id(fmt::format("way/{}:{}-{}", way.id, graph_.node(link.from).id, graph_.node(link.to).id));
    const auto length = static_cast<float>(std::max(link.length_m, 0.1));
    const auto speed = static_cast<float>(link.speed_kmh / 3.6);
    ClassMask allowed = 0;
    for (const LaneRule& lane : link.lanes) allowed |= lane.allowed;
    const RoadId road = roads.id.push_back(id);
    road_of_[static_cast<std::size_t>(row)] = road;
    roads.name.push_back(way.rules.name);
    roads.from.push_back(as_id<JunctionId>(cluster(link.from)));
    roads.to.push_back(as_id<JunctionId>(cluster(link.to)));
    roads.road_class.push_back(way.rules.road_class);
    roads.length_m.push_back(length);
    roads.speed_limit_mps.push_back(speed);
    roads.priority.push_back(static_cast<std::int16_t>(way.rules.priority));
    roads.allowed.push_back(allowed);
    roads.destination_only.push_back(way.rules.destination_only);
    roads.bridge.push_back(link.bridge);
    roads.tunnel.push_back(link.tunnel);
    roads.roundabout.push_back(link.ring);
    roads.connected.push_back(0);
    roads.shape.push_back(link.shape);
    hints.sign.push_back(link.sign);
    for (std::size_t i = 0; i < link.lanes.size(); ++i) {
        network.lanes.id.push_back(fmt::format("{}_{}", id, i));
        network.lanes.road.push_back(road);
        network.lanes.length_m.push_back(length);
        network.lanes.speed_limit_mps.push_back(speed);
        network.lanes.width_m.push_back(static_cast<float>(way.rules.lane_width_m));
        network.lanes.allowed.push_back(link.lanes[i].allowed);
        hints.arrows.push_back(link.lanes[i].arrows);
    }
}

void TableMaker::add_roads() {
    std::vector<LinkRow> order;
    for (LinkRow l = 0; l < static_cast<LinkRow>(outer_.size()); ++l)
        if (outer_[static_cast<std::size_t>(l)]) order.push_back(l);
    std::stable_sort(order.begin(), order.end(),
                     [&](LinkRow a, LinkRow b) { return cluster(graph_.link(a).from) < cluster(graph_.link(b).from); });
    road_of_.assign(outer_.size(), none<RoadId>);
    for (const LinkRow l : order) add_road(l);
}

std::vector<std::uint8_t> TableMaker::signalised() const {
    std::vector<std::uint8_t> result(clusters_.size(), 0);
    for (std::size_t c = 0; c < result.size(); ++c) {
        std::size_t lanes = 0, stopped = 0;
        for (const NodeRow n : clusters_.members[c]) {
            result[c] |= signal_[static_cast<std::size_t>(n)];
            for (const LinkRow l : graph_.ins(n)) {
                const Link& link = graph_.link(l);
                if (!outer_[static_cast<std::size_t>(l)] || graph_.is_slip_road(l)) continue;
                lanes += link.lanes.size();
                stopped += link.signal_ahead ? link.lanes.size() : 0;
            }
        }
        if (stopped > 0 && 2 * stopped >= lanes) result[c] = 1;
    }
    return result;
}

void TableMaker::share_controllers(const std::vector<std::uint8_t>& signalised) {
    std::vector<std::int32_t> group(clusters_.size());
    std::iota(group.begin(), group.end(), 0);
    const auto root = [&](std::int32_t c) {
        while (group[static_cast<std::size_t>(c)] != c) c = group[static_cast<std::size_t>(c)];
        return c;
    };
    for (std::size_t l = 0; l < outer_.size(); ++l) {
        const Link& link = graph_.links[l];
        if (!outer_[l] || link.length_m > one_controller_m) continue;
        const std::int32_t a = cluster(link.from), b = cluster(link.to);
        if (signalised[static_cast<std::size_t>(a)] && signalised[static_cast<std::size_t>(b)])
            group[static_cast<std::size_t>(std::max(root(a), root(b)))] = std::min(root(a), root(b));
    }
    std::vector<int> size(clusters_.size(), 0);
    for (std::size_t c = 0; c < group.size(); ++c) ++size[static_cast<std::size_t>(root(static_cast<std::int32_t>(c)))];
    for (std::size_t c = 0; c < group.size(); ++c) {
        const std::int32_t r = root(static_cast<std::int32_t>(c));
        result_.hints.controller.push_back(size[static_cast<std::size_t>(r)] > 1 ? r : -1);
    }
}

void TableMaker::add_turnings(const Turnings& turnings) {
    const auto road = [&](LinkRow l) { return road_of_[static_cast<std::size_t>(l)]; };
    auto& hints = result_.hints;
    for (const auto& pair : turnings.banned)
        if (is_some(road(pair.from)) && is_some(road(pair.to)))
            hints.banned.push_back({road(pair.from), road(pair.to)});
    for (const auto& pair : turnings.reachable) hints.reachable.push_back({road(pair.from), road(pair.to)});
    std::sort(hints.banned.begin(), hints.banned.end());
    std::sort(hints.reachable.begin(), hints.reachable.end());
    for (const std::uint8_t r : turnings.restricted) hints.restricted.push_back(r);
    for (const Chain& chain : turnings.forbidden) {
        std::vector<RoadId> path;
        std::transform(chain.begin(), chain.end(), std::back_inserter(path), road);
        result_.network.forbidden_paths.roads.push_back(path);
    }
}

Network TableMaker::make(const std::vector<Chain>& banned, ImportReport& report) {
    add_junctions();
    add_roads();
    const auto signals = signalised();
    for (const std::uint8_t s : signals) result_.hints.signalised.push_back(s);
    share_controllers(signals);
    add_turnings(turnings_of(graph_, clusters_, outer_, signals, banned));
    if (const auto n = static_cast<std::int64_t>(result_.network.forbidden_paths.roads.size()); n > 0)
        report.kept(n, "forbidden paths over roads between two junctions", "from turn restrictions via ways; routes keep them");
    return std::move(result_);
}

}  // namespace

Network make_tables(const Graph& graph, const Clusters& clusters, const std::vector<std::uint8_t>& signal,
                    const std::vector<Chain>& banned, ImportReport& report) {
    return TableMaker(graph, clusters, signal).make(banned, report);
}

}  // namespace shahr::osm
