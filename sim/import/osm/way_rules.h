// What the tags of one way mean for driving: class, directions, lanes, limits, who may use it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/city/roads.h"
#include "sim/import/osm/country.h"
#include "sim/import/osm/tags.h"
#include "sim/synthesis/junctions.h"

namespace shahr::osm {

struct LaneRule {
    ClassMask allowed = 0;
    TurnMask arrows = 0;                       // 0: none painted
    bool operator==(const LaneRule&) const = default;
};

// One direction of a way: lanes from the kerb to the middle. No lanes: nothing drives in this direction.
struct DirectionRules {
    std::vector<LaneRule> lanes;
    double speed_kmh = 0;
    bool operator==(const DirectionRules&) const = default;
};

struct WayRules {
    RoadClass road_class = RoadClass::other;
    DirectionRules forward, backward;          // along the way's nodes, and against them
    double lane_width_m = 0;
    int priority = 0;                          // rank at junctions
    int layer = 0;
    bool destination_only = false, bridge = false, tunnel = false;
    bool ring = false;                         // of a roundabout
    bool junction_inside = false;              // junction=yes or intersection: a piece inside a crossing
    std::string name;

    // What was not tagged, or could not be used: for the report.
    bool guessed_lanes = false, unreadable_lanes = false, guessed_speed = false, unreadable_speed = false, unused_arrows = false, centre_turn_lane = false,
         reversible = false;

    bool drivable() const { return !forward.lanes.empty() || !backward.lanes.empty(); }
};

// Why a way carries no motor traffic: counted in the report.
enum class NotDriven : std::uint8_t { not_for_cars, area, under_construction, no_access, yard };

// What lies around a way, as far as the map shows. A large city has 500,000 people or more.
enum class Setting : std::uint8_t { open_country, town, large_city };

struct Surroundings {
    const Country* country;
    Setting setting;
    bool built_up() const { return setting != Setting::open_country; }
};

// Either the rules, or the reason why nothing motorised drives there (`reason` is then set).
std::optional<WayRules> rules_of(const Tags& tags, const Surroundings& around, NotDriven& reason);

// Whether the way could carry motor traffic, by its class alone.
std::optional<RoadClass> road_class_of(const Tags& tags);

}  // namespace shahr::osm
