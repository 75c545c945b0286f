#include "sim/import/osm/signals_and_signs.h"

#include <algorithm>

namespace shahr::osm {
namespace {

constexpr double directed_signal_reach_m = 60, signal_reach_m = 40, pedestrian_reach_m = 25, sign_reach_m = 50;
constexpr double half_way_ratio = 1.5;  // one end no more than this times as far as the other

// A junction up or down the road.
struct Found {
    LinkRow last = no_row;  // ahead: the link that ends there; no_row: none within reach
    double distance_m = 0;
    bool crossing = false;  // streets meet there, not only slip roads
    bool any() const { return last != no_row; }
};

// A crossing is worth more than a place where a slip road leaves or joins, however near that is.
bool is_better(const Found& a, const Found& b) {
    if (a.any() != b.any()) return a.any();
    return a.crossing != b.crossing ? a.crossing : a.distance_m < b.distance_m;
}

class Placer {
public:
    explicit Placer(Graph& graph) : signal(graph.nodes.size(), 0), graph_(graph) {}

    void run() {
        for (NodeRow n = 0; n < static_cast<NodeRow>(graph_.nodes.size()); ++n) at_node(n);
        for (LinkRow l = 0; l < static_cast<LinkRow>(graph_.links.size()); ++l)
            for (const Mark& mark : graph_.link(l).marks) along(l, mark);
    }

    std::vector<std::uint8_t> signal;
    std::int64_t unplaced_signals = 0, pedestrian = 0, unplaced_signs = 0, placed_signs = 0;

private:
    void at_node(NodeRow n);
    void along(LinkRow l, const Mark& mark);
    bool is_crossing(NodeRow n) const;
    enum class Look { ahead, behind };
    Found junction(Look look, LinkRow l, double distance_m, double reach_m) const;
    void give_sign(LinkRow l, Sign sign) {
        Sign& held = graph_.link(l).sign;
        held = std::max(held, sign);
        ++placed_signs;
    }
    void sign_lowest(NodeRow n, Sign sign, bool all);

    Graph& graph_;
};

bool Placer::is_crossing(NodeRow n) const {
    std::vector<NodeRow> streets;
    for (const LinkRow l : graph_.ins(n))
        if (!graph_.is_slip_road(l)) streets.push_back(graph_.link(l).from);
    for (const LinkRow l : graph_.outs(n))
        if (!graph_.is_slip_road(l)) streets.push_back(graph_.link(l).to);
    std::sort(streets.begin(), streets.end());
    return std::unique(streets.begin(), streets.end()) - streets.begin() > 2;
}

// Down the road or up it, past slip roads, to the first crossing; if there is none, the first junction of any kind. The
// next node is `distance_m` away.
Found Placer::junction(Look look, LinkRow l, double distance_m, double reach_m) const {
    const bool ahead = look == Look::ahead;
    Found first;
    while (distance_m <= reach_m) {
        const NodeRow n = ahead ? graph_.link(l).to : graph_.link(l).from;
        if (is_crossing(n)) return {l, distance_m, true};
        if (graph_.is_junction(n) && !first.any()) first = {l, distance_m, false};
        LinkRow next = no_row;
        int ways_on = 0;
        for (const LinkRow other : ahead ? graph_.outs(n) : graph_.ins(n))
            if (other != graph_.link(l).opposite && !graph_.is_slip_road(other)) next = other, ++ways_on;
        if (ways_on != 1 || graph_.is_slip_road(l)) break;
        l = next;
        distance_m += graph_.link(l).length_m;
    }
    return first;
}

void Placer::along(LinkRow l, const Mark& mark) {
    const double rest_m = graph_.link(l).length_m - mark.at_m;
    const bool sign = mark.kind == Mark::give_way || mark.kind == Mark::stop;
    const double reach_m = sign                                   ? sign_reach_m
                           : mark.kind == Mark::pedestrian_signal ? pedestrian_reach_m
                           : mark.directed                        ? directed_signal_reach_m
                                                                  : signal_reach_m;
    const Found ahead = junction(Look::ahead, l, rest_m, reach_m), behind = junction(Look::behind, l, mark.at_m, reach_m);
    if (!mark.directed && is_better(behind, ahead)) {
        // It stands for the other end, or behind a crossing whose approaches have their own. Half way between two
        // crossings it stops both directions.
        const bool half_way =
            ahead.any() && ahead.crossing == behind.crossing && behind.distance_m * half_way_ratio > ahead.distance_m;
        if (!half_way || graph_.link(l).opposite == no_row) return;
    }
    if (!ahead.any()) {
        if (graph_.link(l).opposite != no_row && !graph_.link(l).forward)
            return;  // counted once, on the link along the way
        ++(sign ? unplaced_signs : mark.kind == Mark::signal ? unplaced_signals : pedestrian);
        return;
    }
    if (sign)
        give_sign(ahead.last, mark.kind == Mark::stop ? Sign::stop : Sign::give_way);
    else
        graph_.link(ahead.last).signal_ahead = true;
}

void Placer::sign_lowest(NodeRow n, Sign sign, bool all) {
    int lowest = 1000, highest = 0;
    for (const LinkRow l : graph_.ins(n)) {
        const int rank = graph_.rules(graph_.link(l)).priority;
        lowest = std::min(lowest, rank), highest = std::max(highest, rank);
    }
    // Between equals nothing tells who has the sign.
    if (!all && lowest == highest) return ++unplaced_signs, void();
    for (const LinkRow l : graph_.ins(n))
        if (all || graph_.rules(graph_.link(l)).priority == lowest) give_sign(l, sign);
}

void Placer::at_node(NodeRow n) {
    const Tags& tags = *graph_.node(n).tags;
    const auto highway = tags["highway"];
    const bool junction = graph_.is_junction(n);
    if (highway == "mini_roundabout" && junction) return sign_lowest(n, Sign::give_way, true);
    const bool with_signal = highway == "traffic_signals";
    if (with_signal && junction) return signal[static_cast<std::size_t>(n)] = 1, void();
    const bool sign = is_any(highway, {"stop", "give_way"});
    if (sign && junction)
        return sign_lowest(n, highway == "stop" ? Sign::stop : Sign::give_way, tags.is("stop", "all"));
    if (junction || (!with_signal && !sign && !tags.is("crossing", "traffic_signals"))) return;
    // Where one street goes on under another way: a mark at the end of each link that arrives.
    const Mark::Kind kind = with_signal         ? Mark::signal
                            : highway == "stop" ? Mark::stop
                            : sign              ? Mark::give_way
                                                : Mark::pedestrian_signal;
    const auto direction = tags.first_of({"traffic_signals:direction", "direction"});
    for (const LinkRow l : std::vector(graph_.ins(n).begin(), graph_.ins(n).end())) {
        const bool forward = graph_.link(l).forward;
        if ((direction == "forward" && !forward) || (direction == "backward" && forward)) continue;
        along(l, {kind, graph_.link(l).length_m, is_any(direction, {"forward", "backward", "both"})});
    }
}

}  // namespace

std::vector<std::uint8_t> place_signals_and_signs(Graph& graph, ImportReport& report) {
    Placer placer(graph);
    placer.run();
    report.dropped(placer.unplaced_signals, "signals with no junction near",
                   "nothing crosses there but people on foot");
    report.dropped(placer.pedestrian, "signals for pedestrians between junctions", "no traffic crosses there");
    report.dropped(placer.unplaced_signs, "stop and give-way signs",
                   "no junction near, or roads of equal rank: whose they are is not known");
    if (placer.placed_signs > 0) report.kept(placer.placed_signs, "approaches with a stop or give-way sign");
    return std::move(placer.signal);
}

}  // namespace shahr::osm
