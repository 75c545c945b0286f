#include "sim/import/osm/signals_and_signs.h"

#include <algorithm>

namespace shahr::osm {
namespace {

constexpr double directed_signal_reach_m = 60, signal_reach_m = 40, pedestrian_reach_m = 25, sign_reach_m = 50;

struct Found {
    LinkRow last = no_row;  // the link that ends at the junction
    double distance_m = 0;
};

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
    Found junction_ahead(LinkRow l, double rest_m, double reach_m) const;
    double junction_behind_m(LinkRow l, double at_m, double reach_m) const;
    void give_sign(LinkRow l, Sign sign) {
        Sign& held = graph_.link(l).sign;
        held = std::max(held, sign);
        ++placed_signs;
    }
    void sign_lowest(NodeRow n, Sign sign, bool all);

    Graph& graph_;
};

Found Placer::junction_ahead(LinkRow l, double rest_m, double reach_m) const {
    for (double gone_m = rest_m; gone_m <= reach_m;) {
        if (graph_.is_junction(graph_.link(l).to)) return {l, gone_m};
        const LinkRow next = graph_.onward(l);
        if (next == no_row) return {};
        l = next;
        gone_m += graph_.link(l).length_m;
    }
    return {};
}

// How far back the last junction lies, or `reach_m` + 1 if it is further.
double Placer::junction_behind_m(LinkRow l, double at_m, double reach_m) const {
    for (double gone_m = at_m; gone_m <= reach_m;) {
        const NodeRow n = graph_.link(l).from;
        if (graph_.is_junction(n)) return gone_m;
        LinkRow before = no_row;
        for (const LinkRow in : graph_.ins(n))
            if (in != graph_.link(l).opposite) before = in;
        if (before == no_row) break;
        l = before;
        gone_m += graph_.link(l).length_m;
    }
    return reach_m + 1;
}

void Placer::along(LinkRow l, const Mark& mark) {
    const double rest_m = graph_.link(l).length_m - mark.at_m;
    const bool sign = mark.kind == Mark::give_way || mark.kind == Mark::stop;
    const double reach_m = sign                                   ? sign_reach_m
                           : mark.kind == Mark::pedestrian_signal ? pedestrian_reach_m
                           : mark.directed                        ? directed_signal_reach_m
                                                                  : signal_reach_m;
    Found ahead = junction_ahead(l, rest_m, reach_m);
    const double behind_m = junction_behind_m(l, mark.at_m, reach_m);
    // A mark without direction on a two-way road stands for the nearer end only; the opposite link's copy takes the
    // other.
    const bool nearer_behind = !mark.directed && behind_m < ahead.distance_m && graph_.link(l).opposite != no_row;
    if (ahead.last != no_row && nearer_behind) return;
    if (ahead.last == no_row) {
        if (!mark.directed && behind_m <= reach_m)
            return;  // at the exit of a junction: that one's approaches have their own
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
