// Junctions, roundabouts' rings, and where the network lies on the earth.
#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/error.h"
#include "sim/city/projection.h"
#include "sim/import/sumo/network.h"
#include "sim/import/sumo/values.h"

namespace shahr::sumo {
namespace {

// Kinds that have no rule of their own here are taken as the nearest, and reported.
struct Kind {
    std::string_view type;
    Control control;
    bool exact;
};
using enum Control;
constexpr std::array kinds{Kind{"priority", priority, true},
                           Kind{"priority_stop", priority, true},
                           Kind{"traffic_light", signal, true},
                           Kind{"traffic_light_unregulated", signal, true},
                           Kind{"traffic_light_right_on_red", signal, true},
                           Kind{"right_before_left", right_before_left, true},
                           Kind{"left_before_right", right_before_left, true},
                           Kind{"allway_stop", all_way_stop, true},
                           Kind{"unregulated", uncontrolled, true},
                           Kind{"district", uncontrolled, false},
                           Kind{"dead_end", dead_end, true},
                           Kind{"zipper", priority, true},
                           Kind{"rail_signal", priority, false},
                           Kind{"rail_crossing", priority, false}};

}  // namespace

void read_projection(const Element& net, Reading& reading) {
    reading.city.left_hand_traffic = net.flag("lefthand", false);
    const auto location = net.child("location");
    if (!location) return;
    const auto offset = parse_shape(location->text("netOffset", "0,0"));
    if (!offset || offset->points.size() != 1) location->refuse("netOffset", "is not a pair of numbers", "\"x,y\" in metres");
    const std::string_view proj = location->text("projParameter", "!");
    if (proj == "!" || proj == "-" || proj == ".") return;  // SUMO's signs for "no projection"
    const Projection projection{std::string(proj), offset->points[0].x_m, offset->points[0].y_m};
    try {
        LocalPlane plane(projection);
        reading.city.projection = projection;
    } catch (const InputError&) {
        reading.report.dropped(1, "projection " + projection.proj, "PROJ does not understand it: the city has no place on the earth");
    }
}

void read_junctions(const Element& net, Reading& reading) {
    auto& junctions = reading.city.network.junctions;
    std::map<std::string_view, std::int64_t> taken_as_nearest;
    for (const Element e : net.children()) {
        if (e.name() != "junction") continue;
        const auto type = e.text("type");
        if (type == "internal") continue;      // places to wait inside a junction: they become Movements::wait_m
        const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& k) { return k.type == type; });
        if (kind == kinds.end()) e.refuse("type", "is no kind of junction", "priority, traffic_light, right_before_left, allway_stop, dead_end ...");
        if (!kind->exact) ++taken_as_nearest[kind->type];
        const JunctionId id = junctions.id.push_back(std::string(e.text("id")));
        if (!reading.junctions.add(e.text("id"), id)) e.refuse("id", "stands twice", "an id of its own");
        junctions.position.push_back({e.number("x"), e.number("y")});
        junctions.elevation_m.push_back(static_cast<float>(e.number("z", 0)));
        if (e.find("z")) reading.city.has_elevation = true;
        junctions.control.push_back(kind->control);
        junctions.keep_clear.push_back(0);     // known once the conflicts are
        reading.unread.attributes_but(e, {"id", "type", "x", "y", "z", "fringe", "incLanes", "intLanes", "shape", "customShape"});
    }
    for (const auto& [type, count] : taken_as_nearest)
        reading.report.guessed(count, "junctions of type " + std::string(type), "taken by the right of way of their connections");
}

}  // namespace shahr::sumo
