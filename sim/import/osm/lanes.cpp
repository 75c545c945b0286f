#include "sim/import/osm/lanes.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace shahr::osm {
namespace {

constexpr int most_lanes = 8;  // a direction with more is a slip of the mapper

// A count such as "2", "1.5", "2;3" (the least); nothing where it cannot be read.
std::optional<int> count_of(std::string_view value) {
    std::optional<int> least;
    if (value.empty()) return least;
    for (const auto part : split(value, ';')) {
        double number = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
        if (error != std::errc{} || !(number >= 0 && number <= 2 * most_lanes)) continue;
        const int n = std::max(1, static_cast<int>(number));
        if (number > 0) least = least ? std::min(*least, n) : n;
    }
    return least;
}

// The value of KEY:forward, or on a one-way road of KEY itself.
std::string_view directed(const Tags& tags, std::string_view key, std::string_view direction, bool only_direction) {
    const auto value = tags[std::string(key) + ":" + std::string(direction)];
    return value.empty() && only_direction ? tags[key] : value;
}

// A list of lanes stands left to right in the direction of travel: entries of lanes for cycles only are left out, and
// the rest is turned so that the kerb is first.
class LaneLists {
public:
    LaneLists(const Tags& tags, std::string_view direction, bool only_direction, bool left_hand_traffic)
        : tags_(tags), direction_(direction), only_(only_direction), kerb_is_left_(left_hand_traffic) {
        const auto cycle = raw("bicycle:lanes"), vehicle = raw("vehicle:lanes"), motor = raw("motor_vehicle:lanes");
        for (std::size_t i = 0; i < cycle.size(); ++i) {
            const bool closed = (i < vehicle.size() && vehicle[i] == "no") || (i < motor.size() && motor[i] == "no");
            cycle_only_.push_back(cycle[i] == "designated" && closed);
        }
    }

    std::vector<std::string_view> operator()(std::string_view key) const {
        auto list = raw(key);
        if (list.size() == cycle_only_.size())
            for (std::size_t i = list.size(); i-- > 0;)
                if (cycle_only_[i]) list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
        if (!kerb_is_left_) std::reverse(list.begin(), list.end());
        return list;
    }

private:
    std::vector<std::string_view> raw(std::string_view key) const {
        const auto value = directed(tags_, key, direction_, only_);
        return value.empty() ? std::vector<std::string_view>{} : split(value, '|');
    }

    const Tags& tags_;
    std::string_view direction_;
    bool only_, kerb_is_left_;
    std::vector<bool> cycle_only_;
};

TurnMask arrow_of(std::string_view word) {
    if (word == "through") return mask_of(Turn::straight);
    if (word == "slight_left") return mask_of(Turn::slight_left);
    if (word == "slight_right") return mask_of(Turn::slight_right);
    if (is_any(word, {"left", "sharp_left"})) return mask_of(Turn::left);
    if (is_any(word, {"right", "sharp_right"})) return mask_of(Turn::right);
    if (word == "reverse") return mask_of(Turn::u_turn);
    return 0;  // none, merge_to_left, merge_to_right
}

TurnMask arrows_of(std::string_view entry) {
    TurnMask mask = 0;
    for (const auto word : split(entry, ';')) mask = static_cast<TurnMask>(mask | arrow_of(word));
    return mask;
}

constexpr ClassMask bus_lane =
    static_cast<ClassMask>(mask_of(VehicleClass::bus) | mask_of(VehicleClass::taxi) | mask_of(VehicleClass::emergency) |
                           mask_of(VehicleClass::bicycle));

// Lanes reserved for buses: by list, else by number, from the kerb.
void reserve_bus_lanes(const Tags& tags, std::string_view direction, bool only, const LaneLists& list,
                       std::vector<LaneRule>& lanes) {
    for (const auto key : {"bus:lanes", "psv:lanes"}) {
        const auto entries = list(key);
        if (entries.size() != lanes.size()) continue;
        for (std::size_t i = 0; i < lanes.size(); ++i)
            if (entries[i] == "designated") lanes[i].allowed &= bus_lane;
        return;
    }
    int reserved = 0;
    for (const auto key : {"lanes:bus", "lanes:psv"})
        reserved = std::max(reserved, count_of(directed(tags, key, direction, only)).value_or(0));
    const auto busway = tags[direction == "forward" ? "busway:right" : "busway:left"];
    if (busway == "lane" || tags.is("busway", "lane") || tags.is("busway:both", "lane"))
        reserved = std::max(reserved, 1);
    for (std::size_t i = 0; i < lanes.size() && static_cast<int>(i) < reserved && i + 1 < lanes.size(); ++i)
        lanes[i].allowed &= bus_lane;
}

// Lanes that their own list closes to cars.
void close_lanes(const LaneLists& list, std::vector<LaneRule>& lanes) {
    for (const auto key : {"access:lanes", "vehicle:lanes", "motor_vehicle:lanes"}) {
        const auto entries = list(key);
        if (entries.size() != lanes.size()) continue;
        for (std::size_t i = 0; i < lanes.size(); ++i)
            if (entries[i] == "no") lanes[i].allowed &= bus_lane;
    }
}

std::vector<LaneRule> lanes_of(const Tags& tags, std::string_view direction, bool only, int count, ClassMask allowed,
                               bool left_hand_traffic, WayRules& rules) {
    std::vector<LaneRule> lanes(static_cast<std::size_t>(count), LaneRule{allowed, 0});
    const LaneLists list(tags, direction, only, left_hand_traffic);
    reserve_bus_lanes(tags, direction, only, list, lanes);
    close_lanes(list, lanes);
    auto arrows = list("turn:lanes");
    if (arrows.empty()) arrows = list("turn");  // one entry: arrows of a road without lists
    if (arrows.size() == lanes.size())
        for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i].arrows = arrows_of(arrows[i]);
    else if (!arrows.empty())
        rules.unused_arrows = true;
    return lanes;
}

int length_of_list(const Tags& tags, std::string_view direction, bool only) {
    const LaneLists list(tags, direction, only, false);
    return static_cast<int>(list("turn:lanes").size());
}

}  // namespace

int default_lanes(RoadClass road_class, bool divided, Setting setting) {
    const bool built_up = setting != Setting::open_country, large_city = setting == Setting::large_city;
    switch (road_class) {
        case RoadClass::motorway:
            return 2;
        case RoadClass::trunk:
        case RoadClass::primary:
            return divided && large_city ? 3 : divided || built_up ? 2 : 1;
        case RoadClass::secondary:
            return large_city || (divided && built_up) ? 2 : 1;
        default:
            return 1;
    }
}

LaneCounts lane_counts(const Tags& tags, Directions open, RoadClass road_class, Setting setting) {
    const bool two_way = open.forward && open.backward;
    std::optional<int> forward = count_of(tags["lanes:forward"]), backward = count_of(tags["lanes:backward"]);
    const std::optional<int> total = count_of(tags["lanes"]);
    const int both = count_of(tags["lanes:both_ways"]).value_or(0);
    // Lists of arrows count lanes too where nothing else does.
    if (!forward && !total && open.forward)
        if (const int n = length_of_list(tags, "forward", !two_way); n > 0) forward = n;
    if (!backward && !total && open.backward)
        if (const int n = length_of_list(tags, "backward", !two_way); n > 0) backward = n;

    LaneCounts counts;
    if (!two_way) {
        int& only = open.forward ? counts.forward : counts.backward;
        const auto tagged = open.forward ? forward : backward;
        double width_m = 0;
        const auto width = tags["width"];
        std::from_chars(width.data(), width.data() + width.size(), width_m);
        counts.guessed = !tagged && !total;
        only = tagged           ? *tagged
               : total          ? *total
               : width_m >= 5.5 ? static_cast<int>(std::lround(width_m / 3.25))
                                : default_lanes(road_class, true, setting);
        only = std::clamp(only, 1, most_lanes);
        return counts;
    }
    const int by_class = default_lanes(road_class, false, setting);
    counts.guessed = !total && !(forward && backward);
    if (forward && !backward) backward = total ? std::max(1, *total - *forward - both) : by_class;
    if (backward && !forward) forward = total ? std::max(1, *total - *backward - both) : by_class;
    if (!forward) forward = total ? std::max(1, (*total - both + 1) / 2) : by_class;
    if (!backward) backward = total ? std::max(1, *total - both - *forward) : by_class;
    counts.forward = std::clamp(*forward, 1, most_lanes);
    counts.backward = std::clamp(*backward, 1, most_lanes);
    return counts;
}

void set_lanes(const Tags& tags, Directions open, ClassMask allowed, bool left_hand_traffic, Setting setting,
               WayRules& rules) {
    const auto counts = lane_counts(tags, open, rules.road_class, setting);
    rules.guessed_lanes = counts.guessed;
    rules.centre_turn_lane = tags.has("lanes:both_ways");
    const bool one_way = open.forward != open.backward;
    rules.unused_arrows = !one_way && tags.has("turn:lanes");  // of which direction, it does not say
    for (const auto key : {"lanes", "lanes:forward", "lanes:backward"}) rules.unreadable_lanes |= tags.has(key) && !count_of(tags[key]);
    if (open.forward)
        rules.forward.lanes = lanes_of(tags, "forward", one_way, counts.forward, allowed, left_hand_traffic, rules);
    if (open.backward)
        rules.backward.lanes = lanes_of(tags, "backward", one_way, counts.backward, allowed, left_hand_traffic, rules);

    // A bus lane against the traffic of a one-way road.
    const bool contraflow = tags.is("busway", "opposite_lane") || tags.is("oneway:bus", "no") ||
                            tags.is("oneway:psv", "no") || tags.has("lanes:bus:backward") ||
                            tags.has("lanes:psv:backward");
    if (!one_way || !contraflow) return;
    auto& against = open.forward ? rules.backward : rules.forward;
    against.lanes = {{static_cast<ClassMask>(mask_of(VehicleClass::bus) | mask_of(VehicleClass::taxi) |
                                             mask_of(VehicleClass::emergency)),
                      0}};
}

}  // namespace shahr::osm
