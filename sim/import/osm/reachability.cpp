#include "sim/import/osm/reachability.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace shahr::osm {
namespace {

constexpr std::size_t most_paths = 20'000;  // tried from one link: more than any crossing has; a guard for odd maps

double heading(const Link& link, bool at_end) {
    const auto& s = link.shape;
    const Point a = at_end ? s[s.size() - 2] : s[0], b = at_end ? s.back() : s[1];
    return std::atan2(b.y_m - a.y_m, b.x_m - a.x_m);
}

class Search {
public:
    Search(const Graph& graph, const std::vector<std::uint8_t>& outer, const std::vector<Chain>& banned)
        : graph_(graph), outer_(outer), banned_by_last_(graph.links.size()) {
        for (const Chain& chain : banned) banned_by_last_[static_cast<std::size_t>(chain.back())].push_back(&chain);
    }

    // The links out of the junction that can be reached from `in`, ascending.
    std::vector<LinkRow> exits_from(LinkRow in) {
        found_.clear();
        path_ = {in};
        seen_ = {graph_.link(in).to};
        tries_ = 0;
        go_on();
        std::sort(found_.begin(), found_.end());
        found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
        return found_;
    }

private:
    bool is_banned() const {
        for (const Chain* chain : banned_by_last_[static_cast<std::size_t>(path_.back())])
            if (chain->size() <= path_.size() && std::equal(chain->rbegin(), chain->rend(), path_.rbegin()))
                return true;
        return false;
    }

    void go_on() {
        if (++tries_ > most_paths) return;
        for (const LinkRow l : graph_.outs(graph_.link(path_.back()).to)) {
            const Link& link = graph_.link(l);
            if (l == graph_.link(path_.back()).opposite) continue;
            path_.push_back(l);
            if (!is_banned()) {
                if (outer_[static_cast<std::size_t>(l)]) {
                    found_.push_back(l);
                } else if (std::find(seen_.begin(), seen_.end(), link.to) == seen_.end()) {
                    seen_.push_back(link.to);
                    go_on();
                    seen_.pop_back();
                }
            }
            path_.pop_back();
        }
    }

    const Graph& graph_;
    const std::vector<std::uint8_t>& outer_;
    std::vector<std::vector<const Chain*>> banned_by_last_;
    std::vector<LinkRow> found_, path_;
    std::vector<NodeRow> seen_;
    std::size_t tries_ = 0;
};

bool turns_back(const Graph& graph, LinkRow in, LinkRow out) {
    if (out == graph.link(in).opposite) return true;
    const double angle =
        std::remainder(heading(graph.link(out), false) - heading(graph.link(in), true), 2 * std::numbers::pi);
    return std::abs(angle) > 0.9 * std::numbers::pi;
}

void add_reachable(const Graph& graph, Search& search, LinkRow in, bool signalised, Turnings& turnings) {
    const auto exits = search.exits_from(in);
    const bool other =
        std::any_of(exits.begin(), exits.end(), [&](LinkRow out) { return !turns_back(graph, in, out); });
    for (const LinkRow out : exits) {
        const bool back = turns_back(graph, in, out);
        if (back && other && (signalised || out == graph.link(in).opposite)) continue;
        turnings.reachable.push_back({in, out});
    }
}

// The only link that leads into `road` besides its own opposite direction.
bool only_way_into(const Graph& graph, LinkRow from, LinkRow road) {
    for (const LinkRow in : graph.ins(graph.link(road).from))
        if (in != from && in != graph.link(road).opposite) return false;
    return true;
}

}  // namespace

Turnings turnings_of(const Graph& graph, const Clusters& clusters, const std::vector<std::uint8_t>& outer,
                     const std::vector<std::uint8_t>& signalised, const std::vector<Chain>& banned,
                     ImportReport& report) {
    const auto is_outer = [&](LinkRow l) { return outer[static_cast<std::size_t>(l)] != 0; };
    Turnings turnings;
    std::vector<Chain> inside;
    std::int64_t lost = 0;
    for (const Chain& chain : banned) {
        const auto roads_between = std::count_if(chain.begin() + 1, chain.end() - 1, is_outer);
        const auto& members = clusters.members[static_cast<std::size_t>(clusters.of_node(graph.link(chain[0]).to))];
        if (roads_between == 0) {
            if (chain.size() == 2 && members.size() == 1)
                turnings.banned.push_back({chain[0], chain[1]});
            else
                inside.push_back(chain);
        } else if (chain.size() == 3 && only_way_into(graph, chain[0], chain[1])) {
            inside.push_back({chain[1], chain[2]});
            turnings.banned.push_back({chain[1], chain[2]});
        } else {
            ++lost;
        }
    }
    report.dropped(lost, "turn restrictions over a road that stays between two junctions",
                   "others may drive that road and make the turn");

    Search search(graph, outer, inside);
    turnings.restricted.assign(clusters.size(), 0);
    for (std::size_t c = 0; c < clusters.size(); ++c) {
        if (clusters.members[c].size() < 2) continue;
        turnings.restricted[c] = 1;
        for (const NodeRow n : clusters.members[c])
            for (const LinkRow in : graph.ins(n))
                if (is_outer(in)) add_reachable(graph, search, in, signalised[c] != 0, turnings);
    }
    std::erase_if(turnings.banned, [&](const LinkPair& pair) {
        return turnings.restricted[static_cast<std::size_t>(clusters.of_node(graph.link(pair.from).to))] != 0;
    });
    return turnings;
}

}  // namespace shahr::osm
