#include "sim/import/osm/continuations.h"

#include <fmt/format.h>

#include <algorithm>

namespace shahr::osm {
namespace {

constexpr double two_cars_m = 15, short_m = 40;

class Joiner {
public:
    explicit Joiner(Graph& graph) : graph_(graph), became_(graph.links.size()) {
        for (std::size_t i = 0; i < became_.size(); ++i) became_[i] = static_cast<LinkRow>(i);
    }

    // One street through the node: its links in pairs (before, after), one pair for each direction driven.
    bool join_at(NodeRow n) {
        if (graph_.node(n).cordon || graph_.neighbours(n).size() != 2 || graph_.is_junction(n)) return false;
        std::vector<std::pair<LinkRow, LinkRow>> pairs;
        for (const LinkRow in : graph_.ins(n)) {
            const LinkRow next = graph_.onward(in);
            if (next == no_row || graph_.link(next).to == graph_.link(in).from) return false;
            pairs.emplace_back(in, next);
        }
        if (pairs.empty() || pairs.size() != graph_.outs(n).size()) return false;
        for (const auto& [a, b] : pairs)
            if (!may_join(graph_.link(a), graph_.link(b))) return false;
        for (const auto& [a, b] : pairs) join(a, b);
        if (pairs.size() == 2) {
            graph_.link(pairs[0].first).opposite = pairs[1].first;
            graph_.link(pairs[1].first).opposite = pairs[0].first;
        }
        return true;
    }

    LinkRow now(LinkRow l) const {
        while (became_[static_cast<std::size_t>(l)] != l) l = became_[static_cast<std::size_t>(l)];
        return l;
    }

    std::int64_t ways_joined = 0;

private:
    bool may_join(const Link& a, const Link& b) const {
        if (a.ring != b.ring) return false;
        const double shorter_m = std::min(a.length_m, b.length_m);
        const bool equal = a.lanes == b.lanes && a.speed_kmh == b.speed_kmh;
        return (a.way == b.way && equal) || shorter_m < (a.lanes.size() == b.lanes.size() ? short_m : two_cars_m);
    }

    // b goes on where a ends; a then stands for both.
    void join(LinkRow a_row, LinkRow b_row) {
        Link &a = graph_.link(a_row), &b = graph_.link(b_row);
        ways_joined += a.way != b.way;
        if (b.length_m > a.length_m) {
            a.way = b.way, a.forward = b.forward;
            a.speed_kmh = b.speed_kmh;
            a.lanes = b.lanes;
        } else if (a.lanes.size() == b.lanes.size()) {
            for (std::size_t i = 0; i < a.lanes.size(); ++i)
                a.lanes[i].arrows = b.lanes[i].arrows;  // painted before the stop line
        }
        a.shape.insert(a.shape.end(), b.shape.begin() + 1, b.shape.end());
        a.length_m += b.length_m;
        a.bridge |= b.bridge, a.tunnel |= b.tunnel;
        a.sign = b.sign, a.signal_ahead = b.signal_ahead;
        a.to = b.to;
        b.alive = false;
        became_[static_cast<std::size_t>(b_row)] = a_row;
        std::replace(graph_.in[static_cast<std::size_t>(a.to)].begin(), graph_.in[static_cast<std::size_t>(a.to)].end(),
                     b_row, a_row);
        std::sort(graph_.in[static_cast<std::size_t>(a.to)].begin(), graph_.in[static_cast<std::size_t>(a.to)].end());
    }

    Graph& graph_;
    std::vector<LinkRow> became_;
};

// A dead end that holds hardly a car once the junction at its other end has taken its share.
std::int64_t drop_stubs(Graph& graph) {
    std::int64_t dropped = 0;
    for (bool more = true; std::exchange(more, false);) {
        for (NodeRow n = 0; n < static_cast<NodeRow>(graph.nodes.size()); ++n) {
            if (graph.node(n).cordon || graph.neighbours(n).size() != 1) continue;
            double longest_m = 0;
            for (const auto& list : {graph.ins(n), graph.outs(n)})
                for (const LinkRow l : list) longest_m = std::max(longest_m, graph.link(l).length_m);
            const NodeRow other = graph.neighbours(n).front();
            if (other == n || longest_m >= two_cars_m) continue;
            for (const auto& list : {graph.ins(n), graph.outs(n)})
                for (const LinkRow l : list) graph.link(l).alive = false, ++dropped;
            more = true;
        }
        if (more) graph.index_links();
    }
    return dropped;
}

}  // namespace

void join_continuations(Graph& graph, std::vector<Chain>& banned, ImportReport& report) {
    const std::int64_t stubs = drop_stubs(graph);
    Joiner joiner(graph);
    for (NodeRow n = 0; n < static_cast<NodeRow>(graph.nodes.size()); ++n)
        if (joiner.join_at(n))
            graph.in[static_cast<std::size_t>(n)].clear(), graph.out[static_cast<std::size_t>(n)].clear();
    graph.index_links();

    std::vector<Chain> kept;
    for (Chain& chain : banned) {
        Chain now;
        for (const LinkRow l : chain)
            if (const LinkRow to = joiner.now(l); now.empty() || now.back() != to) now.push_back(to);
        const bool living = std::all_of(now.begin(), now.end(), [&](LinkRow l) { return graph.link(l).alive; });
        if (now.size() >= 2 && living) kept.push_back(std::move(now));
    }
    banned = std::move(kept);
    if (joiner.ways_joined > 0)
        report.note(fmt::format(
            "{} short pieces of road belong to a longer one of another way now: close them by that one's id",
            joiner.ways_joined));
    report.dropped(stubs, "dead ends shorter than 15 m", "hardly a car fits there beside the junction");
}

}  // namespace shahr::osm
