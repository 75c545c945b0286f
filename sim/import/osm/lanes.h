// How many lanes each direction of a way has, for whom, and the arrows on them.
#pragma once
#include "sim/import/osm/way_rules.h"

namespace shahr::osm {

struct Directions {
    bool forward = true, backward = true;
};

// Lanes where none are tagged, for one direction; `divided` where the other direction is a way of its own.
int default_lanes(RoadClass road_class, bool divided, bool built_up);

// The numbers of lanes forward and backward that the lane tags give, or the class's where they are silent:
//   forward + backward + both ways = lanes. One direction known: the other is what is left, at least 1. Only `lanes` on a
//   two-way road: half of them each, the odd one forward. lanes = 1 on a two-way road: one each way (narrow). "2;3": 2.
//   Where the tags contradict each other the directed ones win. Without any, width / 3.25 m; else by class.
struct LaneCounts {
    int forward = 0, backward = 0;
    bool guessed = false;
};
LaneCounts lane_counts(const Tags& tags, Directions open, RoadClass road_class, bool built_up);

// Fills rules.forward.lanes and .backward.lanes: counts, reserved lanes, arrows. A list of arrows whose length does not
// match the lanes is not used, and noted.
void set_lanes(const Tags& tags, Directions open, ClassMask allowed, bool left_hand_traffic, bool built_up, WayRules& rules);

}  // namespace shahr::osm
