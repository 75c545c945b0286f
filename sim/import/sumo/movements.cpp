// Movements: connections from lane to lane, each with its path through the junction.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/polyline.h"
#include "sim/import/sumo/network.h"
#include "sim/import/sumo/values.h"
#include "sim/import/sumo/vehicle_classes.h"

namespace shahr::sumo {
namespace {

// Without internal lanes a network's roads touch; a movement still needs a length.
constexpr double least_length_m = 0.1;

struct Connection {
    Element element;
    LaneId from, to;
};

struct Path {
    double length_m = 0, speed_mps = 0, first_part_m = 0;
    int parts = 0;
    ClassMask allowed = static_cast<ClassMask>(~0u);
    std::vector<Point> shape;
};

std::string lane_key(std::string_view edge, std::int32_t index) {
    return fmt::format("{}_{}", edge, index);
}

Turn turn(const Element& connection) {
    const auto dir = connection.text("dir", "s");
    if (dir == "r") return Turn::right;
    if (dir == "R") return Turn::slight_right;
    if (dir == "l") return Turn::left;
    if (dir == "L") return Turn::slight_left;
    if (dir == "t" || dir == "T") return Turn::u_turn;
    return Turn::straight;
}

// SUMO's LinkState: 'M' 'O' major, 'm' 'o' minor, '=' equal (right before left), 's' stop, 'w' all-way stop, 'Z' zipper,
// '-' dead end. At '=' and 'Z' each gives way as the conflicts say.
RightOfWay right_of_way(const Element& connection) {
    const auto state = connection.text("state", "M");
    if (state == "m" || state == "o" || state == "=" || state == "Z") return RightOfWay::minor;
    if (state == "s" || state == "w") return RightOfWay::stop;
    return RightOfWay::major;
}

class MovementReader {
public:
    explicit MovementReader(Reading& reading) : r_(reading), network_(reading.city.network), m_(network_.movements) {}

    void read(const Element& net) {
        std::vector<Connection> connections;
        for (const Element e : net.children())
            if (e.name() == "connection") sort_out(e, connections);
        std::vector<std::size_t> order(connections.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return connections[a].from < connections[b].from; });
        for (const std::size_t i : order) {
            const MovementId id = add(connections[i]);
            r_.links[network_.lanes.id[connections[i].from]].push_back(id);
        }
        r_.report.guessed(without_inside_, "connections without an internal lane", "a straight path");
        r_.report.dropped(without_programme_, "connections of signals without a programme", "taken as unsignalised");
    }

private:
    // Connections between roads become movements; those that start inside a junction continue one, or serve pedestrians,
    // as do those that end at a walking area.
    void sort_out(const Element& e, std::vector<Connection>& connections) {
        const auto from = e.text("from"), to = e.text("to");
        const std::string from_key = lane_key(from, e.index("fromLane")), to_key = lane_key(to, e.index("toLane"));
        r_.unread.attributes_but(e, {"from", "to", "fromLane", "toLane", "via", "dir", "state", "tl", "linkIndex", "pass", "keepClear", "contPos", "allow", "disallow", "uncontrolled", "speed", "length", "shape", "visibility"});
        const LaneId from_lane = r_.lanes.find(from_key), to_lane = r_.lanes.find(to_key);
        if (is_some(from_lane) && is_some(to_lane)) {
            connections.push_back({e, from_lane, to_lane});
        } else if (r_.internal_lanes.contains(from_key)) {
            inner_[from_key].push_back(e);
            if (const auto end = r_.internal_lanes.find(to_key); end != r_.internal_lanes.end() && end->second.crossing) r_.links[from_key].push_back(none<MovementId>);
        } else if (!is_some(from_lane)) {
            e.refuse("fromLane", fmt::format("there is no such lane on edge \"{}\"", from), "a lane of this file");
        } else if (!r_.internal_lanes.contains(to_key)) {
            e.refuse("toLane", fmt::format("there is no such lane on edge \"{}\"", to), "a lane of this file");
        }
    }

    MovementId add(const Connection& c) {
        const Element& e = c.element;
        const auto& lanes = network_.lanes;
        const Path path = follow(c);
        m_.from_lane.push_back(c.from);
        m_.to_lane.push_back(c.to);
        const JunctionId junction = network_.roads.to[lanes.road[c.from]];
        if (network_.roads.from[lanes.road[c.to]] != junction) e.refuse("to", "begins at another junction than `from` ends", "an edge that leaves junction " + network_.junctions.id[junction]);
        m_.junction.push_back(junction);
        m_.turn.push_back(turn(e));
        m_.length_m.push_back(static_cast<float>(std::max(path.length_m, least_length_m)));
        m_.speed_limit_mps.push_back(static_cast<float>(path.speed_mps));
        m_.wait_m.push_back(path.parts > 1 ? static_cast<float>(path.first_part_m) : 0);
        m_.right_of_way.push_back(right_of_way(e));
        m_.allowed.push_back(lanes.allowed[c.from] & lanes.allowed[c.to] & path.allowed & permissions(e.find("allow"), e.find("disallow")));
        add_signal(e);
        return m_.shape.push_back(path.shape);
    }

    // Sums up the internal lanes along `via`; an internal junction splits the way into several.
    Path follow(const Connection& c) {
        constexpr int most_parts = 8;          // netconvert writes two at most: more is a circle
        Path path;
        Element step = c.element;
        for (auto via = step.find("via"); via && !via->empty(); via = step.find("via")) {
            const auto lane = r_.internal_lanes.find(*via);
            if (lane == r_.internal_lanes.end()) step.refuse("via", "is no internal lane of this file", "the id of a lane inside the junction");
            if (path.parts == most_parts) step.refuse("via", "the internal lanes go in a circle", "a way out of the junction");
            add_part(lane->second.lane, path);
            const auto next = next_step(*via, c.element);
            if (!next) break;
            step = *next;
        }
        if (path.shape.size() < 2) path.shape = {r_.lane_shapes[c.from].back(), r_.lane_shapes[c.to].front()};
        if (path.parts > 0) return path;
        ++without_inside_;
        path.length_m = length(path.shape);
        path.speed_mps = std::min(network_.lanes.speed_limit_mps[c.from], network_.lanes.speed_limit_mps[c.to]);
        return path;
    }

    static void add_part(const Element& lane, Path& path) {
        const auto shape = parse_shape(lane.text("shape"));
        if (!shape) lane.refuse("shape", "is not a line", "points \"x,y\"");
        const double speed_mps = lane.number("speed"), length_m = lane.at_least("length", 0);
        if (speed_mps <= 0) lane.refuse("speed", "nobody could move", "a speed in m/s above 0");
        for (const Point p : shape->points)
            if (path.shape.empty() || path.shape.back() != p) path.shape.push_back(p);
        path.length_m += length_m;
        if (path.parts++ == 0) path.first_part_m = length_m, path.speed_mps = speed_mps;
        path.speed_mps = std::min(path.speed_mps, speed_mps);
        path.allowed &= permissions(lane.find("allow"), lane.find("disallow"));
    }

    std::optional<Element> next_step(std::string_view lane, const Element& whole) const {
        const auto found = inner_.find(lane);
        if (found == inner_.end()) return std::nullopt;
        for (const Element& e : found->second)
            if (e.text("to") == whole.text("to") && e.text("toLane") == whole.text("toLane")) return e;
        return std::nullopt;
    }

    void add_signal(const Element& e) {
        SignalId signal = none<SignalId>;
        std::int32_t link = -1;
        if (const auto tl = e.find("tl"); tl && !tl->empty() && e.find("linkIndex")) {
            signal = r_.signals.find(*tl);
            if (is_some(signal)) {
                link = e.index("linkIndex");
                const auto& phases = network_.signal_phases;
                const auto phase = std::lower_bound(phases.signal.begin(), phases.signal.end(), signal) - phases.signal.begin();
                if (static_cast<std::size_t>(link) >= phases.aspects[as_id<PhaseId>(phase)].size())
                    e.refuse("linkIndex", "the programme of signal " + std::string(*tl) + " has fewer links", "a place in the phases' state");
            } else {
                ++without_programme_;
            }
        }
        m_.signal.push_back(signal);
        m_.signal_link.push_back(link);
    }

    Reading& r_;
    RoadNetwork& network_;
    Movements& m_;
    ByText<std::vector<Element>> inner_;
    std::int64_t without_inside_ = 0, without_programme_ = 0;
};

}  // namespace

void read_movements(const Element& net, Reading& reading) {
    MovementReader(reading).read(net);
}

}  // namespace shahr::sumo
