#include "sim/import/osm/reachability.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace shahr::osm {
namespace {

constexpr std::size_t most_paths = 20'000;  // tried from one link: more than any crossing has; a guard for odd maps

class Search {
public:
    Search(const Graph& graph, const std::vector<std::uint8_t>& outer, const std::vector<Chain>& banned)
        : graph_(graph), outer_(outer), banned_by_last_(graph.links.size()) {
        for (const Chain& chain : banned) banned_by_last_[static_cast<std::size_t>(chain.back())].push_back(&chain);
    }

    // The links out of the junction that can be reached from `in`, ascending; if given, without driving this chain either.
    std::vector<LinkRow> exits_from(LinkRow in, const Chain* also_banned = nullptr) {
        also_banned_ = also_banned;
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
    bool ends_with(const Chain& chain) const {
        return chain.size() <= path_.size() && std::equal(chain.rbegin(), chain.rend(), path_.rbegin());
    }
    bool is_banned() const {
        const auto& chains = banned_by_last_[static_cast<std::size_t>(path_.back())];
        return (also_banned_ != nullptr && ends_with(*also_banned_)) ||
               std::any_of(chains.begin(), chains.end(), [&](const Chain* chain) { return ends_with(*chain); });
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
    const Chain* also_banned_ = nullptr;
    std::vector<LinkRow> found_, path_;
    std::vector<NodeRow> seen_;
    std::size_t tries_ = 0;
};

bool turns_back(const Graph& graph, LinkRow in, LinkRow out) {
    return out == graph.link(in).opposite || std::abs(turn_angle(graph.link(in), graph.link(out))) > 0.9 * std::numbers::pi;
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

// A banned chain as successions of roads: what it drives inside junctions is left out.
class Projection {
public:
    Projection(const Graph& graph, const Clusters& clusters, const std::vector<std::uint8_t>& outer, Search& search)
        : graph_(graph), clusters_(clusters), outer_(outer), search_(search) {}

    void add(const Chain& chain, std::vector<Chain>& forbidden) {
        const auto is_road = [&](LinkRow l) { return outer_[static_cast<std::size_t>(l)] != 0; };
        const auto first = std::find_if(chain.begin(), chain.end(), is_road);
        const auto last = std::find_if(chain.rbegin(), chain.rend(), is_road).base() - 1;
        std::vector<Chain> begun{{}};
        if (first != chain.begin()) begun = roads_into({chain.begin(), first + 1});
        for (Chain& path : begun) {
            std::copy_if(first, last + 1, std::back_inserter(path), is_road);
            if (last + 1 == chain.end()) forbidden.push_back(path);
            else add_exits(path, {last, chain.end()}, forbidden);
        }
    }

private:
    // The roads that lead into the last link of a chain inside a junction only by driving all of it.
    std::vector<Chain> roads_into(const Chain& inside) {
        std::vector<Chain> found;
        for (const NodeRow n : clusters_.members[static_cast<std::size_t>(clusters_.of_node(graph_.link(inside[0]).from))])
            for (const LinkRow in : graph_.ins(n)) {
                if (!outer_[static_cast<std::size_t>(in)] || !leads(in, inside.back(), nullptr)) continue;
                if (!leads(in, inside.back(), &inside)) found.push_back({in});
            }
        return found;
    }
    bool leads(LinkRow in, LinkRow out, const Chain* but_not) {
        const auto exits = search_.exits_from(in, but_not);
        return std::binary_search(exits.begin(), exits.end(), out);
    }

    // The path with each of the exits that its last road leads to only by driving the chain.
    void add_exits(const Chain& path, const Chain& inside, std::vector<Chain>& forbidden) {
        const auto all = search_.exits_from(path.back()), left = search_.exits_from(path.back(), &inside);
        for (const LinkRow out : all) {
            if (std::binary_search(left.begin(), left.end(), out)) continue;
            forbidden.push_back(path);
            forbidden.back().push_back(out);
        }
    }

    const Graph& graph_;
    const Clusters& clusters_;
    const std::vector<std::uint8_t>& outer_;
    Search& search_;
};

}  // namespace

Turnings turnings_of(const Graph& graph, const Clusters& clusters, const std::vector<std::uint8_t>& outer,
                     const std::vector<std::uint8_t>& signalised, const std::vector<Chain>& banned) {
    const auto is_outer = [&](LinkRow l) { return outer[static_cast<std::size_t>(l)] != 0; };
    Turnings turnings;
    std::vector<Chain> inside, across;
    for (const Chain& chain : banned) {
        const auto& members = clusters.members[static_cast<std::size_t>(clusters.of_node(graph.link(chain[0]).to))];
        if (std::any_of(chain.begin() + 1, chain.end() - 1, is_outer)) across.push_back(chain);
        else if (chain.size() == 2 && members.size() == 1) turnings.banned.push_back({chain[0], chain[1]});
        else inside.push_back(chain);
    }
    Search search(graph, outer, inside);
    turnings.restricted.assign(clusters.size(), 0);
    for (std::size_t c = 0; c < clusters.size(); ++c) {
        if (clusters.members[c].size() < 2) continue;
        turnings.restricted[c] = 1;
        for (const NodeRow n : clusters.members[c])
            for (const LinkRow in : graph.ins(n))
                if (is_outer(in)) add_reachable(graph, search, in, signalised[c] != 0, turnings);
    }
    Projection projection(graph, clusters, outer, search);
    for (const Chain& chain : across) projection.add(chain, turnings.forbidden);
    std::sort(turnings.forbidden.begin(), turnings.forbidden.end());
    turnings.forbidden.erase(std::unique(turnings.forbidden.begin(), turnings.forbidden.end()), turnings.forbidden.end());
    std::erase_if(turnings.banned, [&](const LinkPair& pair) {
        return turnings.restricted[static_cast<std::size_t>(clusters.of_node(graph.link(pair.from).to))] != 0;
    });
    return turnings;
}

}  // namespace shahr::osm
