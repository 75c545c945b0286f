// Roads and lanes: every edge that is not the inside of a junction.
#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/import/sumo/network.h"
#include "sim/import/sumo/values.h"
#include "sim/import/sumo/vehicle_classes.h"

namespace shahr::sumo {
namespace {

constexpr double default_lane_width_m = 3.2;   // SUMO's
constexpr double least_length_m = 0.1;         // SUMO's POSITION_EPS: shorter lanes exist only by rounding

// netconvert keeps OpenStreetMap's class as "highway.primary"; several ("highway.primary|railway.tram") by the first.
RoadClass road_class(std::string_view type) {
    constexpr std::string_view prefix = "highway.";
    const auto at = type.find(prefix);
    if (at == std::string_view::npos) return RoadClass::other;
    type.remove_prefix(at + prefix.size());
    return value_of<RoadClass>(type.substr(0, type.find_first_of(".|"))).value_or(RoadClass::other);
}

std::vector<Point> shape_of(const Element& lane) {
    auto shape = parse_shape(lane.text("shape"));
    if (!shape || shape->points.size() < 2) lane.refuse("shape", "is not a line", "two or more points \"x,y\"");
    return std::move(shape->points);
}

// Between the outermost lanes; along the middle lane where these have different numbers of corners.
std::vector<Point> centre_line(std::span<const std::vector<Point>> lanes) {
    const auto &first = lanes.front(), &last = lanes.back();
    if (first.size() != last.size()) return lanes[lanes.size() / 2];
    std::vector<Point> line(first.size());
    std::transform(first.begin(), first.end(), last.begin(), line.begin(), [](Point a, Point b) { return 0.5 * (a + b); });
    return line;
}

class RoadReader {
public:
    explicit RoadReader(Reading& reading) : r_(reading), roads_(reading.city.network.roads), lanes_(reading.city.network.lanes) {}

    void read(const Element& edge) {
        const std::string_view function = edge.text("function", "normal");
        if (function == "internal" || function == "crossing" || function == "walkingarea") return read_internal(edge, function);
        const RoadId road = roads_.id.push_back(std::string(edge.text("id")));
        if (!r_.roads.add(edge.text("id"), road)) edge.refuse("id", "stands twice", "an id of its own");
        roads_.name.push_back(std::string(edge.text("name", "")));
        roads_.from.push_back(junction(edge, "from"));
        roads_.to.push_back(junction(edge, "to"));
        roads_.road_class.push_back(road_class(edge.text("type", "")));
        roads_.priority.push_back(static_cast<std::int16_t>(std::clamp(edge.number("priority", -1), -32768.0, 32767.0)));
        roads_.destination_only.push_back(0);
        roads_.bridge.push_back(0);
        roads_.tunnel.push_back(0);
        roads_.roundabout.push_back(0);
        roads_.connected.push_back(0);
        read_lanes(edge, road);
        r_.unread.attributes_but(edge, {"id", "from", "to", "name", "type", "priority", "function", "shape", "spreadType"});
    }

    void report() const {
        r_.report.dropped(crossings_, "pedestrian crossings and walking areas", "nobody walks here");
        r_.report.dropped(fixed_changes_, "lanes with changeLeft or changeRight", "lane changes are free");
        r_.report.dropped(kin_only_, "permissions of kin classes", "hov, coach, trailer ... follow car, bus, truck");
        r_.report.guessed(lengthened_, "lanes shorter than 0.1 m", "taken as 0.1 m long");
    }

private:
    JunctionId junction(const Element& edge, const char* end) const {
        const JunctionId found = r_.junctions.find(edge.text(end));
        if (!is_some(found)) edge.refuse(end, "is no junction of this file", "the id of a <junction>");
        return found;
    }

    void read_internal(const Element& edge, std::string_view function) {
        for (const Element lane : edge.children())
            if (lane.name() == "lane") r_.internal_lanes.emplace(std::string(lane.text("id")), Reading::InternalLane{lane, function == "crossing"});
        if (function != "internal") ++crossings_;
    }

    void read_lanes(const Element& edge, RoadId road) {
        const std::size_t first = lanes_.id.size();
        ClassMask allowed = 0;
        float fastest = 0;
        for (const Element e : edge.children()) {
            if (e.name() != "lane") {
                r_.unread.element(e);
                continue;
            }
            if (static_cast<std::size_t>(e.index("index")) != lanes_.id.size() - first) e.refuse("index", "is out of order", "0, 1, 2 ... from the kerb");
            const LaneId lane = read_lane(e, road);
            allowed = static_cast<ClassMask>(allowed | lanes_.allowed[lane]);
            fastest = std::max(fastest, lanes_.speed_limit_mps[lane]);
        }
        if (lanes_.id.size() == first) edge.refuse("id", "has no lanes", "at least one <lane>");
        roads_.length_m.push_back(lanes_.length_m.vector()[first]);
        roads_.speed_limit_mps.push_back(fastest);
        roads_.allowed.push_back(allowed);
        roads_.shape.push_back(centre_line(r_.lane_shapes.span().subspan(first)));
    }

    LaneId read_lane(const Element& e, RoadId road) {
        const LaneId lane = lanes_.id.push_back(std::string(e.text("id")));
        if (!r_.lanes.add(e.text("id"), lane)) e.refuse("id", "stands twice", "an id of its own");
        const double length_m = e.at_least("length", 0);
        lengthened_ += length_m < least_length_m;
        if (e.number("speed") <= 0) e.refuse("speed", "nobody could move", "a speed in m/s above 0");
        lanes_.road.push_back(road);
        lanes_.length_m.push_back(static_cast<float>(std::max(length_m, least_length_m)));
        lanes_.speed_limit_mps.push_back(static_cast<float>(e.number("speed")));
        lanes_.width_m.push_back(static_cast<float>(e.at_least("width", 0, default_lane_width_m)));
        lanes_.allowed.push_back(permissions(e.find("allow"), e.find("disallow")));
        fixed_changes_ += e.find("changeLeft") || e.find("changeRight");
        for (const auto word : words(e.text("allow", ""))) kin_only_ += vehicle_class(word) && !is_namesake(word);
        r_.lane_shapes.push_back(shape_of(e));
        for (const Element inner : e.children()) r_.unread.element(inner);
        r_.unread.attributes_but(e, {"id", "index", "speed", "length", "width", "allow", "disallow", "shape", "customShape", "changeLeft", "changeRight", "type"});
        return lane;
    }

    Reading& r_;
    Roads& roads_;
    Lanes& lanes_;
    std::int64_t crossings_ = 0, fixed_changes_ = 0, kin_only_ = 0, lengthened_ = 0;
};

void read_roundabouts(const Element& net, Reading& reading) {
    auto& network = reading.city.network;
    std::int64_t rings = 0;
    for (const Element e : net.children()) {
        if (e.name() != "roundabout") continue;
        ++rings;
        for (const auto id : words(e.text("edges", "")))
            if (const RoadId road = reading.roads.find(id); is_some(road)) network.roads.roundabout[road] = 1;
        for (const auto id : words(e.text("nodes", "")))
            if (const JunctionId j = reading.junctions.find(id); is_some(j) && network.junctions.control[j] == Control::priority)
                network.junctions.control[j] = Control::roundabout;
    }
    if (rings > 0) reading.report.kept(rings, "roundabouts");
}

}  // namespace

void read_roads(const Element& net, Reading& reading) {
    RoadReader reader(reading);
    for (const Element e : net.children())
        if (e.name() == "edge") reader.read(e);
    reader.report();
    read_roundabouts(net, reading);
}

}  // namespace shahr::sumo
