// From ways to links: cutting, splitting, numbering.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "sim/base/polyline.h"
#include "sim/import/osm/access.h"
#include "sim/import/osm/graph.h"

namespace shahr::osm {
namespace {

// Interleaved bits of the two coordinates.
std::uint64_t morton(LonLat p) {
    const auto spread = [](std::uint64_t v) {
        v = (v | v << 16) & 0x0000ffff0000ffff;
        v = (v | v << 8) & 0x00ff00ff00ff00ff;
        v = (v | v << 4) & 0x0f0f0f0f0f0f0f0f;
        v = (v | v << 2) & 0x3333333333333333;
        return (v | v << 1) & 0x5555555555555555;
    };
    const auto fixed = [](double degree) {
        return static_cast<std::uint64_t>(std::llround((degree + 180) * 1e7)) & 0xffffffff;
    };
    return spread(fixed(p.lon_deg)) | spread(fixed(p.lat_deg)) << 1;
}

// A stretch of a way whose nodes are all in the file.
struct Run {
    WayRow way;
    std::vector<NodeRow> nodes;
    bool cut_before, cut_after;  // the way goes on there without known nodes
};

// A stretch between two nodes where the graph is split.
struct Piece {
    WayRow way;
    std::vector<NodeRow> nodes;  // its first and last may be copies made at a barrier
};

class Maker {
public:
    Maker(const RoadData& data, std::vector<Way> ways, const LocalPlane& plane, ImportReport& report)
        : data_(data), report_(report) {
        graph_.ways = std::move(ways);
        number_nodes(plane);
        cut_runs();
    }

    Graph make() {
        find_splits();
        std::vector<Piece> pieces = split();
        drop_duplicates(pieces);
        for (const Piece& piece : pieces) add_links(piece);
        graph_.index_links();
        return std::move(graph_);
    }

private:
    void number_nodes(const LocalPlane& plane);
    void cut_runs();
    void add_run(WayRow way, std::vector<NodeRow> nodes, bool cut_before, bool cut_after);
    void find_splits();
    std::vector<Piece> split();
    void add_piece(WayRow way, std::vector<NodeRow> nodes, std::vector<Piece>& pieces);
    void drop_duplicates(std::vector<Piece>& pieces);
    void add_links(const Piece& piece);
    void add_marks(const Piece& piece, Link& forward, Link& backward) const;

    const RoadData& data_;
    ImportReport& report_;
    Graph graph_;
    std::unordered_map<std::int64_t, NodeRow> row_of_;  // by OSM id; looked up only, never walked
    std::vector<Run> runs_;
    std::vector<std::uint8_t> splits_, barred_;
    std::int64_t loops_ = 0, self_loops_ = 0;
};

void Maker::number_nodes(const LocalPlane& plane) {
    struct Place {
        std::uint64_t key;
        const NodeData* node;
        std::set<int> layers;
    };
    std::unordered_map<std::int64_t, std::set<int>> layers;
    for (const Way& way : graph_.ways)
        for (const std::int64_t id : way.nodes) layers[id].insert(way.rules.layer);
    std::vector<Place> places;
    for (const NodeData& node : data_.nodes)
        if (const auto at = layers.find(node.id); at != layers.end())
            places.push_back({morton(node.position), &node, std::move(at->second)});
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
        return std::tie(a.key, a.layers, a.node->id) < std::tie(b.key, b.layers, b.node->id);
    });
    std::int64_t merged = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const bool same = i > 0 && places[i].key == places[i - 1].key && places[i].layers == places[i - 1].layers;
        merged += same;
        if (!same)
            graph_.nodes.push_back(
                {places[i].node->id, plane.to_plane(places[i].node->position), &places[i].node->tags});
        row_of_[places[i].node->id] = static_cast<NodeRow>(graph_.nodes.size() - 1);
    }
    report_.dropped(merged, "nodes in the place of another one", "the same layer: they are one");
}

void Maker::add_run(WayRow way, std::vector<NodeRow> nodes, bool cut_before, bool cut_after) {
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    if (nodes.size() >= 2) runs_.push_back({way, std::move(nodes), cut_before, cut_after});
}

void Maker::cut_runs() {
    std::int64_t cut_ways = 0, lost_ways = 0;
    for (WayRow w = 0; w < static_cast<WayRow>(graph_.ways.size()); ++w) {
        const auto& ids = graph_.ways[static_cast<std::size_t>(w)].nodes;
        std::vector<NodeRow> run;
        bool missing_before = false, any_missing = false;
        const std::size_t runs_before = runs_.size();
        for (const std::int64_t id : ids) {
            const auto at = row_of_.find(id);
            if (at != row_of_.end()) {
                run.push_back(at->second);
                continue;
            }
            add_run(w, std::exchange(run, {}), missing_before, true);
            missing_before = any_missing = true;
        }
        add_run(w, std::move(run), missing_before, false);
        cut_ways += any_missing;
        lost_ways += runs_.size() == runs_before;
    }
    report_.dropped(data_.missing_nodes, "road nodes that the file does not hold", "beyond the edge of the extract");
    report_.dropped(lost_ways, "ways with fewer than two nodes in the file", "nothing of them is on the map");
    if (cut_ways > 0) report_.note(fmt::format("{} ways go on beyond the extract and are cut at its edge", cut_ways));
}

void Maker::find_splits() {
    std::vector<std::int32_t> uses(graph_.nodes.size(), 0);
    splits_.assign(graph_.nodes.size(), 0);
    barred_.assign(graph_.nodes.size(), 0);
    for (const Run& run : runs_) {
        for (const NodeRow n : run.nodes) ++uses[static_cast<std::size_t>(n)];
        const auto first = static_cast<std::size_t>(run.nodes.front()),
                   last = static_cast<std::size_t>(run.nodes.back());
        splits_[first] = splits_[last] = 1;
        if (run.cut_before) graph_.nodes[first].cordon = true;
        if (run.cut_after) graph_.nodes[last].cordon = true;
    }
    std::int64_t barred = 0;
    for (std::size_t n = 0; n < uses.size(); ++n) {
        if (uses[n] > 1) splits_[n] = 1;
        if (uses[n] > 0 && blocks_cars(*graph_.nodes[n].tags)) splits_[n] = barred_[n] = 1, ++barred;
    }
    report_.dropped(barred, "passages at bollards, blocks and closed gates", "no way through for cars");
}

void Maker::add_piece(WayRow way, std::vector<NodeRow> nodes, std::vector<Piece>& pieces) {
    if (nodes.front() == nodes.back()) {
        if (nodes.size() < 4) return ++self_loops_, void();
        ++loops_;
        const std::size_t middle = nodes.size() / 2;
        pieces.push_back({way, {nodes.begin(), nodes.begin() + static_cast<std::ptrdiff_t>(middle) + 1}});
        nodes.erase(nodes.begin(), nodes.begin() + static_cast<std::ptrdiff_t>(middle));
    }
    pieces.push_back({way, std::move(nodes)});
}

std::vector<Piece> Maker::split() {
    std::vector<Piece> pieces;
    for (const Run& run : runs_) {
        std::vector<NodeRow> nodes;
        for (const NodeRow n : run.nodes) {
            nodes.push_back(n);
            if (nodes.size() < 2 || !splits_[static_cast<std::size_t>(n)]) continue;
            add_piece(run.way, std::exchange(nodes, {n}), pieces);
        }
    }
    if (loops_ > 0) report_.note(fmt::format("{} loops are split at their middle node", loops_));
    report_.dropped(self_loops_, "loops of one or two nodes", "they lead nowhere");
    return pieces;
}

// Canonical order of pieces, by their nodes; of equal ones the highest rank, then the lowest id, comes first and stays.
void Maker::drop_duplicates(std::vector<Piece>& pieces) {
    const auto line = [](const Piece& p) {
        std::vector<NodeRow> there = p.nodes, back(p.nodes.rbegin(), p.nodes.rend());
        return std::min(there, back);
    };
    struct Keyed {
        std::vector<NodeRow> line;
        int rank;
        std::int64_t id;
        Piece piece;
    };
    std::vector<Keyed> keyed;
    for (Piece& p : pieces) {
        const Way& way = graph_.ways[static_cast<std::size_t>(p.way)];
        keyed.push_back({line(p), -way.rules.priority, way.id, std::move(p)});
    }
    std::sort(keyed.begin(), keyed.end(), [](const Keyed& a, const Keyed& b) {
        return std::tie(a.line, a.rank, a.id) < std::tie(b.line, b.rank, b.id);
    });
    pieces.clear();
    std::int64_t twice = 0;
    for (std::size_t i = 0; i < keyed.size(); ++i) {
        // Two one-way ways over the same nodes in opposite directions are the two sides of one street, not duplicates.
        const auto two_way = [&](const Piece& p) {
            const WayRules& rules = graph_.ways[static_cast<std::size_t>(p.way)].rules;
            return !rules.forward.lanes.empty() && !rules.backward.lanes.empty();
        };
        const bool same =
            i > 0 && keyed[i].line == keyed[i - 1].line &&
            (keyed[i].piece.nodes == pieces.back().nodes || two_way(keyed[i].piece) || two_way(pieces.back()));
        twice += same;
        if (!same) pieces.push_back(std::move(keyed[i].piece));
    }
    report_.dropped(twice, "pieces of road that lie twice on the same nodes", "the one of higher rank stays");
}

// Where a node is barred, every piece gets an end of its own.
void Maker::add_links(const Piece& piece) {
    const WayRules& rules = graph_.ways[static_cast<std::size_t>(piece.way)].rules;
    std::vector<Point> shape;
    for (const NodeRow n : piece.nodes) shape.push_back(graph_.node(n).position);
    const auto end_of = [&](NodeRow n) {
        if (!barred_[static_cast<std::size_t>(n)]) return n;
        graph_.nodes.push_back(graph_.node(n));
        return static_cast<NodeRow>(graph_.nodes.size() - 1);
    };
    const NodeRow from = end_of(piece.nodes.front()), to = end_of(piece.nodes.back());
    const std::vector<Point> reversed(shape.rbegin(), shape.rend());
    const double length_m = length(shape);
    const auto link = [&](NodeRow begin, NodeRow end, bool along, const std::vector<Point>& line, const DirectionRules& side) {
        return Link{.from = begin, .to = end, .way = piece.way, .forward = along, .shape = line, .length_m = length_m, .lanes = side.lanes,
                    .speed_kmh = side.speed_kmh, .bridge = rules.bridge, .tunnel = rules.tunnel, .ring = rules.ring};
    };
    Link forward = link(from, to, true, shape, rules.forward), backward = link(to, from, false, reversed, rules.backward);
    add_marks(piece, forward, backward);
    const auto row = static_cast<LinkRow>(graph_.links.size());
    if (!forward.lanes.empty() && !backward.lanes.empty()) forward.opposite = row + 1, backward.opposite = row;
    if (!forward.lanes.empty()) graph_.links.push_back(std::move(forward));
    if (!backward.lanes.empty()) graph_.links.push_back(std::move(backward));
}

std::optional<Mark::Kind> mark_of(const Tags& tags) {
    if (tags.is("highway", "traffic_signals")) return Mark::signal;
    if (tags.is("crossing", "traffic_signals") || tags.is("crossing:signals", "yes")) return Mark::pedestrian_signal;
    if (tags.is("highway", "give_way")) return Mark::give_way;
    if (tags.is("highway", "stop")) return Mark::stop;
    return std::nullopt;
}

void Maker::add_marks(const Piece& piece, Link& forward, Link& backward) const {
    double at_m = 0;
    for (std::size_t i = 1; i < piece.nodes.size(); ++i) {
        at_m += distance(forward.shape[i - 1], forward.shape[i]);
        const Tags& tags = *graph_.node(piece.nodes[i]).tags;
        if (i + 1 == piece.nodes.size()) break;
        const auto kind = mark_of(tags);
        if (!kind) continue;
        const auto direction = tags.first_of({"traffic_signals:direction", "direction"});
        const bool directed = is_any(direction, {"forward", "backward", "both"});
        if (direction != "backward") forward.marks.push_back({*kind, at_m, directed});
        if (direction != "forward") backward.marks.push_back({*kind, forward.length_m - at_m, directed});
    }
    std::reverse(backward.marks.begin(), backward.marks.end());
}

}  // namespace

Graph make_graph(const RoadData& data, std::vector<Way> ways, const LocalPlane& plane, ImportReport& report) {
    return Maker(data, std::move(ways), plane, report).make();
}

}  // namespace shahr::osm
