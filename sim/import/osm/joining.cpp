#include "sim/import/osm/joining.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace shahr::osm {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double lane_m = 3.5, crossing_m = 10, widest_crossing_m = 30, median_m = 45, both_signalled_m = 35,
                 slip_m = 15;
constexpr double leg_of_ring_m = 25, mini_ring_m = 60, two_cars_m = 15, one_car_m = 10;
constexpr double widest_cluster_m = 45, widest_signalled_cluster_m = 80;
constexpr int most_streets = 6;

// The root of each set is its lowest member.
class Sets {
public:
    explicit Sets(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0); }
    std::int32_t root(std::int32_t i) {
        while (parent_[at(i)] != i) i = parent_[at(i)] = parent_[at(parent_[at(i)])];
        return i;
    }
    void unite(std::int32_t a, std::int32_t b) {
        a = root(a), b = root(b);
        parent_[at(std::max(a, b))] = std::min(a, b);
    }

private:
    static std::size_t at(std::int32_t i) { return static_cast<std::size_t>(i); }
    std::vector<std::int32_t> parent_;
};

// The direction of a link at one of its nodes, looking along the drive, over the first (last) 20 m.
double heading_at(const Link& link, bool at_end) {
    constexpr double reach_m = 20;
    const auto& s = link.shape;
    const Point here = at_end ? s.back() : s.front();
    Point there = at_end ? s.front() : s.back();
    double gone_m = 0;
    for (std::size_t i = 1; i < s.size(); ++i) {
        const Point a = at_end ? s[s.size() - i] : s[i - 1], b = at_end ? s[s.size() - 1 - i] : s[i];
        gone_m += distance(a, b);
        if (gone_m >= reach_m) {
            there = b;
            break;
        }
    }
    return at_end ? std::atan2(here.y_m - there.y_m, here.x_m - there.x_m)
                  : std::atan2(there.y_m - here.y_m, there.x_m - here.x_m);
}

double angle_between(double a, double b) {
    return std::abs(std::remainder(a - b, 2 * pi));
}

struct Inner {
    LinkRow link;  // one of its directions
    NodeRow a, b;
    double length_m;
};

class Joining {
public:
    Joining(const Graph& graph, const std::vector<std::uint8_t>& signal) : graph_(graph), signal_(signal) {
        measure_rings();
    }

    std::vector<Inner> candidates() const;
    // Splits the sets of nodes that `inner` connects until each is small enough.
    std::vector<Inner> accepted(std::vector<Inner> inner);
    std::int64_t taken_apart = 0;

private:
    void measure_rings();
    bool joins(const Inner& e) const;
    bool joins_ring(const Inner& e, const Link& link) const;
    bool between_carriageways(const Inner& e, const Link& link) const;
    LinkRow carriageway_through(NodeRow n, LinkRow crossing) const;
    int lanes_crossed(NodeRow n, const Link& along) const;
    bool on_ring(NodeRow n) const { return ring_m_[static_cast<std::size_t>(n)] > 0; }
    bool too_large(const std::vector<NodeRow>& nodes) const;
    int streets(const std::vector<NodeRow>& nodes) const;

    const Graph& graph_;
    const std::vector<std::uint8_t>& signal_;
    std::vector<double> ring_m_;  // for nodes on a roundabout: the length of its ring
};

void Joining::measure_rings() {
    Sets sets(graph_.nodes.size());
    ring_m_.assign(graph_.nodes.size(), 0);
    std::vector<double> sum(graph_.nodes.size(), 0);
    for (const Link& l : graph_.links)
        if (l.alive && l.ring) sets.unite(l.from, l.to);
    for (const Link& l : graph_.links)
        if (l.alive && l.ring) sum[static_cast<std::size_t>(sets.root(l.from))] += l.length_m;
    for (std::size_t n = 0; n < ring_m_.size(); ++n)
        ring_m_[n] = sum[static_cast<std::size_t>(sets.root(static_cast<NodeRow>(n)))];
}

int Joining::lanes_crossed(NodeRow n, const Link& along) const {
    int most = 0;
    for (const LinkRow l : graph_.outs(n)) {
        const Link& other = graph_.link(l);
        if (&other == &along || (other.opposite != no_row && &graph_.link(other.opposite) == &along)) continue;
        const std::size_t back = other.opposite == no_row ? 0 : graph_.link(other.opposite).lanes.size();
        most = std::max(most, static_cast<int>(other.lanes.size() + back));
    }
    return most;
}

// The one-way street that passes a node straight on, other than the piece of road that is looked at.
LinkRow Joining::carriageway_through(NodeRow n, LinkRow crossing) const {
    for (const LinkRow in : graph_.ins(n)) {
        const Link& a = graph_.link(in);
        if (a.opposite != no_row || in == crossing) continue;
        for (const LinkRow out : graph_.outs(n)) {
            const Link& b = graph_.link(out);
            if (b.opposite == no_row && out != crossing &&
                angle_between(heading_at(a, true), heading_at(b, false)) < pi / 4)
                return in;
        }
    }
    return no_row;
}

bool Joining::between_carriageways(const Inner& e, const Link& link) const {
    const LinkRow one = carriageway_through(e.a, e.link), other = carriageway_through(e.b, e.link);
    if (one == no_row || other == no_row) return false;
    const Link &a = graph_.link(one), &b = graph_.link(other);
    const WayRules &ra = graph_.rules(a), &rb = graph_.rules(b);
    const bool one_street = ra.name.empty() && rb.name.empty() ? ra.road_class == rb.road_class : ra.name == rb.name;
    if (!one_street || angle_between(heading_at(a, true), heading_at(b, true)) < 0.75 * pi) return false;
    const double across = angle_between(heading_at(a, true), heading_at(link, false));
    return across > pi / 5 && across < 0.8 * pi;
}

bool Joining::joins_ring(const Inner& e, const Link& link) const {
    if (ring_m_[static_cast<std::size_t>(e.a)] < mini_ring_m && ring_m_[static_cast<std::size_t>(e.b)] < mini_ring_m &&
        link.ring)
        return true;
    if (link.ring && e.length_m < one_car_m) return true;
    const auto has_leg = [&](NodeRow n, bool out) {
        const auto list = out ? graph_.outs(n) : graph_.ins(n);
        return std::any_of(list.begin(), list.end(), [&](LinkRow l) { return !graph_.link(l).ring; });
    };
    // Traffic leaves the ring at the first node and joins it at the second: the two sides of one leg.
    if (link.ring)
        return e.length_m < leg_of_ring_m && has_leg(link.from, true) && !has_leg(link.from, false) &&
               has_leg(link.to, false) && !has_leg(link.to, true);
    return e.length_m < (link.opposite == no_row ? leg_of_ring_m : 8);
}

bool Joining::joins(const Inner& e) const {
    const Link& link = graph_.link(e.link);
    const WayRules& rules = graph_.rules(link);
    if (graph_.node(e.a).cordon || graph_.node(e.b).cordon) return false;
    if (graph_.neighbours(e.a).size() < 2 || graph_.neighbours(e.b).size() < 2) return false;
    if (e.length_m > median_m || rules.road_class == RoadClass::motorway || link.bridge || link.tunnel) return false;
    if (link.ring || on_ring(e.a) || on_ring(e.b)) return joins_ring(e, link);
    if (rules.junction_inside) return true;
    if (!graph_.is_junction(e.a) || !graph_.is_junction(e.b)) return e.length_m < two_cars_m;
    if (is_slip(rules.road_class)) return e.length_m <= slip_m;
    const int lanes = std::max(lanes_crossed(e.a, link), lanes_crossed(e.b, link));
    if (e.length_m <= std::min(crossing_m + lane_m * lanes, widest_crossing_m)) return true;
    if (e.length_m <= both_signalled_m && signal_[static_cast<std::size_t>(e.a)] &&
        signal_[static_cast<std::size_t>(e.b)])
        return true;
    return between_carriageways(e, link);
}

std::vector<Inner> Joining::candidates() const {
    std::vector<Inner> found;
    for (LinkRow l = 0; l < static_cast<LinkRow>(graph_.links.size()); ++l) {
        const Link& link = graph_.link(l);
        if (!link.alive || link.from == link.to || (link.opposite != no_row && link.opposite < l)) continue;
        const Inner e{l, link.from, link.to, link.length_m};
        if (joins(e)) found.push_back(e);
    }
    return found;
}

// Legs of the crossing, the two carriageways of one street counted once.
int Joining::streets(const std::vector<NodeRow>& nodes) const {
    struct Leg {
        double heading;
        const Link* link;
    };
    std::vector<Leg> legs;
    const auto inside = [&](NodeRow n) { return std::binary_search(nodes.begin(), nodes.end(), n); };
    const auto add = [&](const Link& link, double heading) {
        for (const Leg& leg : legs) {
            if (leg.link->opposite != no_row && &graph_.link(leg.link->opposite) == &link) return;
            const bool alike = graph_.rules(*leg.link).name == graph_.rules(link).name &&
                               graph_.rules(*leg.link).road_class == graph_.rules(link).road_class;
            if (alike && angle_between(leg.heading, heading) < pi / 5) return;
        }
        legs.push_back({heading, &link});
    };
    for (const NodeRow n : nodes) {
        for (const LinkRow l : graph_.outs(n))
            if (!inside(graph_.link(l).to)) add(graph_.link(l), heading_at(graph_.link(l), false));
        for (const LinkRow l : graph_.ins(n))
            if (!inside(graph_.link(l).from)) add(graph_.link(l), heading_at(graph_.link(l), true) + pi);
    }
    return static_cast<int>(legs.size());
}

bool Joining::too_large(const std::vector<NodeRow>& nodes) const {
    bool signalled = false;
    double widest_m = 0;
    for (const NodeRow a : nodes) {
        signalled |= signal_[static_cast<std::size_t>(a)] != 0;
        for (const NodeRow b : nodes)
            widest_m = std::max(widest_m, distance(graph_.node(a).position, graph_.node(b).position));
    }
    return widest_m > (signalled ? widest_signalled_cluster_m : widest_cluster_m) ||
           (nodes.size() > 2 && streets(nodes) > most_streets);
}

std::vector<Inner> Joining::accepted(std::vector<Inner> inner) {
    std::vector<Inner> good;
    for (bool first = true; !inner.empty(); first = false) {
        Sets sets(graph_.nodes.size());
        for (const Inner& e : inner) sets.unite(e.a, e.b);
        std::stable_sort(inner.begin(), inner.end(),
                         [&](const Inner& x, const Inner& y) { return sets.root(x.a) < sets.root(y.a); });
        std::vector<Inner> again;
        for (std::size_t begin = 0, end = 0; begin < inner.size(); begin = end) {
            std::vector<NodeRow> nodes;
            for (end = begin; end < inner.size() && sets.root(inner[end].a) == sets.root(inner[begin].a); ++end) {
                nodes.push_back(inner[end].a);
                nodes.push_back(inner[end].b);
            }
            std::sort(nodes.begin(), nodes.end());
            nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
            const auto at = [&](std::size_t i) { return inner.begin() + static_cast<std::ptrdiff_t>(i); };
            if (!too_large(nodes)) {
                good.insert(good.end(), at(begin), at(end));
                continue;
            }
            taken_apart += first;
            const auto longest = std::max_element(
                at(begin), at(end), [](const Inner& x, const Inner& y) { return x.length_m < y.length_m; });
            for (auto e = at(begin); e != at(end); ++e)
                if (e != longest) again.push_back(*e);
        }
        inner = std::move(again);
    }
    return good;
}

}  // namespace

Clusters join_nodes(const Graph& graph, const std::vector<std::uint8_t>& signal, ImportReport& report) {
    Joining joining(graph, signal);
    Sets sets(graph.nodes.size());
    for (const Inner& e : joining.accepted(joining.candidates())) sets.unite(e.a, e.b);

    Clusters clusters;
    clusters.of.assign(graph.nodes.size(), -1);
    std::int64_t joined = 0, nodes_joined = 0;
    for (NodeRow n = 0; n < static_cast<NodeRow>(graph.nodes.size()); ++n) {
        if (graph.ins(n).empty() && graph.outs(n).empty()) continue;
        const NodeRow root = sets.root(n);  // the lowest node of the set: it has been numbered, or is this one
        auto& cluster = clusters.of[static_cast<std::size_t>(n)];
        cluster = root == n ? static_cast<std::int32_t>(clusters.members.size())
                            : clusters.of[static_cast<std::size_t>(root)];
        if (root == n) clusters.members.emplace_back();
        auto& members = clusters.members[static_cast<std::size_t>(cluster)];
        members.push_back(n);
        joined += members.size() == 2;
        nodes_joined += members.size() == 2 ? 2 : members.size() > 2;
    }
    if (joined > 0)
        report.guessed(joined, "junctions joined of several nodes",
                       fmt::format("{} nodes, by distance and street", nodes_joined));
    if (joining.taken_apart > 0)
        report.note(fmt::format("{} groups of near nodes were too wide or had too many streets for one junction",
                                joining.taken_apart));
    return clusters;
}

}  // namespace shahr::osm
