#include "sim/import/osm/way_rules.h"

#include <charconv>

#include "sim/import/osm/access.h"
#include "sim/import/osm/lanes.h"
#include "sim/import/osm/speed.h"

namespace shahr::osm {
namespace {

// Ranks at junctions as SUMO's OSM type map gives them.
int priority_of(RoadClass c) {
    switch (c) {
        case RoadClass::motorway:
            return 14;
        case RoadClass::trunk:
            return 13;
        case RoadClass::primary:
            return 12;
        case RoadClass::secondary:
            return 11;
        case RoadClass::tertiary:
            return 10;
        case RoadClass::motorway_link:
            return 9;
        case RoadClass::trunk_link:
            return 8;
        case RoadClass::primary_link:
            return 7;
        case RoadClass::secondary_link:
            return 6;
        case RoadClass::tertiary_link:
            return 5;
        case RoadClass::unclassified:
            return 4;
        case RoadClass::residential:
            return 3;
        case RoadClass::living_street:
            return 2;
        case RoadClass::service:
            return 1;
        case RoadClass::other:
            break;
    }
    return 0;
}

double lane_width_m(RoadClass c) {
    if (c == RoadClass::motorway) return 3.75;
    if (c == RoadClass::trunk || c == RoadClass::primary) return 3.5;
    return c == RoadClass::service || c == RoadClass::living_street ? 3.0 : 3.25;
}

bool is_ring(const Tags& tags) {
    return is_any(tags["junction"], {"roundabout", "circular"});
}

Directions directions_of(const Tags& tags, RoadClass road_class, bool& reversible) {
    const auto oneway = tags.first_of({"oneway:motor_vehicle", "oneway"});
    if (is_any(oneway, {"-1", "reverse"})) return {false, true};
    if (is_any(oneway, {"yes", "1", "true"})) return {true, false};
    reversible = is_any(oneway, {"reversible", "alternating"});
    if (reversible || is_any(oneway, {"no", "0", "false"})) return {};
    const bool implied = is_ring(tags) || road_class == RoadClass::motorway || road_class == RoadClass::motorway_link;
    return {true, !implied};
}

int layer_of(const Tags& tags) {
    int layer = 0;
    const auto text = tags["layer"];
    std::from_chars(text.data(), text.data() + text.size(), layer);
    return layer;
}

bool is_set(const Tags& tags, std::string_view key) {
    return tags.has(key) && !tags.is(key, "no");
}

void set_speeds(const Tags& tags, const Surroundings& around, WayRules& rules) {
    // Words of the map beat what lies around: a road tagged urban or rural, lit, or with a pavement.
    bool built_up =
        around.built_up() || tags.is("lit", "yes") || is_any(tags["sidewalk"], {"both", "left", "right", "yes"});
    for (const auto key : {"maxspeed:type", "source:maxspeed", "zone:traffic"}) {
        if (tags[key].ends_with("rural")) built_up = false;
        if (tags[key].ends_with("urban")) built_up = true;
    }
    const auto limit = [&](std::string_view direction) {
        const auto tagged = tagged_speed_kmh(tags, direction, rules.road_class, *around.country);
        if (!tagged) rules.guessed_speed = true;
        return tagged.value_or(default_speed_kmh(rules.road_class, built_up, *around.country));
    };
    rules.forward.speed_kmh = limit("forward");
    rules.backward.speed_kmh = limit("backward");
    rules.unreadable_speed = rules.guessed_speed && tags.has("maxspeed");
}

}  // namespace

std::optional<RoadClass> road_class_of(const Tags& tags) {
    const auto highway = trimmed(tags["highway"].substr(0, tags["highway"].find(';')));  // of several the first
    if (const auto c = value_of<RoadClass>(highway); c && *c != RoadClass::other) return c;
    if (is_any(highway, {"road", "busway", "bus_guideway"})) return RoadClass::unclassified;
    return std::nullopt;
}

std::optional<WayRules> rules_of(const Tags& tags, const Surroundings& around, NotDriven& reason) {
    const auto road_class = road_class_of(tags);
    reason = tags.is("highway", "construction") || tags.is("highway", "proposed") ? NotDriven::under_construction
                                                                                  : NotDriven::not_for_cars;
    if (!road_class) return std::nullopt;
    reason = NotDriven::area;
    if (tags.is("area", "yes")) return std::nullopt;
    reason = NotDriven::under_construction;
    if (tags.has("construction") && !is_any(tags["construction"], {"no", "minor", "widening"})) return std::nullopt;
    // Lanes of car parks and drives to single houses: their cars begin and end on the street that they lead to.
    reason = NotDriven::yard;
    if (road_class == RoadClass::service &&
        is_any(tags["service"], {"parking_aisle", "driveway", "drive-through", "emergency_access"}))
        return std::nullopt;
    reason = NotDriven::no_access;
    const Access access = access_of(tags, *road_class);
    if ((access.allowed & motor_vehicles) == 0) return std::nullopt;

    WayRules rules;
    rules.road_class = *road_class;
    rules.priority = priority_of(*road_class);
    rules.lane_width_m = lane_width_m(*road_class);
    rules.destination_only = access.destination_only;
    rules.bridge = is_set(tags, "bridge");
    rules.tunnel = is_set(tags, "tunnel") && !tags.is("tunnel", "avalanche_protector");
    rules.layer = layer_of(tags);
    rules.ring = is_ring(tags);
    rules.junction_inside = is_any(tags["junction"], {"intersection", "yes"});
    rules.name = std::string(tags.first_of({"name", "ref"}));
    const Directions open = directions_of(tags, *road_class, rules.reversible);
    set_lanes(tags, open, access.allowed, around.country->left_hand_traffic, around.setting, rules);
    set_speeds(tags, around, rules);
    return rules;
}

}  // namespace shahr::osm
