// The street graph between the file and the city's tables: nodes where ways meet, end or change, and the links between
// them, one for each direction. Passes over it (restrictions, signals, continuations, joining) refine it in turn.
//
// Nodes and links are numbered along a Morton curve over their positions: neighbours in the city are near each other in
// the tables, and the network does not depend on the ids in the file.
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "sim/base/point.h"
#include "sim/import/osm/road_data.h"
#include "sim/import/osm/way_rules.h"
#include "sim/import/report.h"

namespace shahr::osm {

using NodeRow = std::int32_t;
using LinkRow = std::int32_t;
using WayRow = std::int32_t;
inline constexpr std::int32_t no_row = -1;

struct Way {
    std::int64_t id;
    std::vector<std::int64_t> nodes;
    WayRules rules;
};

struct Node {
    std::int64_t id;
    Point position;
    const Tags* tags;
    bool cordon = false;                       // the road goes on beyond the map
};

// Something on the road between its ends that concerns this direction of driving, or that may (`directed` false).
struct Mark {
    enum Kind : std::uint8_t { signal, pedestrian_signal, give_way, stop } kind;
    double at_m;                               // from the link's start
    bool directed;                             // the map says that it is for this direction
};

// One direction of a piece of road.
struct Link {
    NodeRow from, to;
    WayRow way;                                // whose rules hold
    bool forward;                              // along the way's nodes
    std::vector<Point> shape;
    double length_m;
    std::vector<LaneRule> lanes;               // from the kerb to the middle
    double speed_kmh;
    bool bridge, tunnel, ring;
    LinkRow opposite = no_row;
    std::vector<Mark> marks{};
    Sign sign = Sign::none;                    // for those who reach its end
    bool signal_ahead = false;                 // a signal before its end stops this approach of the junction there
    bool alive = true;
};

inline bool is_slip(RoadClass c) {
    return c >= RoadClass::motorway_link && c <= RoadClass::tertiary_link;
}

// The angle by which a vehicle turns to the left going from the end of one link to the start of another, in [-pi, pi].
double turn_angle(const Link& in, const Link& out);

struct Graph {
    std::vector<Way> ways;
    std::vector<Node> nodes;
    std::vector<Link> links;
    std::vector<std::vector<LinkRow>> in, out; // living links of each node, ascending

    void index_links();                        // fills in and out
    const WayRules& rules(const Link& link) const { return ways[static_cast<std::size_t>(link.way)].rules; }
    bool is_slip_road(LinkRow i) const { return is_slip(rules(link(i)).road_class); }
    Link& link(LinkRow i) { return links[static_cast<std::size_t>(i)]; }
    const Link& link(LinkRow i) const { return links[static_cast<std::size_t>(i)]; }
    Node& node(NodeRow i) { return nodes[static_cast<std::size_t>(i)]; }
    const Node& node(NodeRow i) const { return nodes[static_cast<std::size_t>(i)]; }
    std::span<const LinkRow> ins(NodeRow n) const { return in[static_cast<std::size_t>(n)]; }
    std::span<const LinkRow> outs(NodeRow n) const { return out[static_cast<std::size_t>(n)]; }

    // The nodes at the other ends of a node's links, each once, ascending.
    std::vector<NodeRow> neighbours(NodeRow n) const;
    // The only link that a vehicle arriving by `in` can go on with without turning back, or no_row at a junction or end.
    LinkRow onward(LinkRow in) const;
    // True where more than two streets meet, or a street forks: not at ends and where one street only goes on.
    bool is_junction(NodeRow n) const;
};

// Splits the ways where they meet, end or are barred. Ways are cut where the file lacks their nodes; those ends are cordon
// nodes. Nodes in the same place are one if the ways through them are on the same layer. Of pieces that lie twice the one
// of higher rank stays; a loop is split at its middle.
Graph make_graph(const RoadData& data, std::vector<Way> ways, const LocalPlane& plane, ImportReport& report);

}  // namespace shahr::osm
