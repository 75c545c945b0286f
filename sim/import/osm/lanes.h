// How many lanes each direction of a way has, for whom, and the arrows on them.
#pragma once
#include "sim/import/osm/way_rules.h"

namespace shahr::osm {

struct Directions {
    bool forward = true, backward = true;
};

// Lanes where none are tagged, for one direction; `divided` where the other direction is a way of its own.
//
// In the open country and in towns as SUMO's OSM type map has them (motorway, trunk and primary 2, else 1), but for one on an
// undivided main road outside of town and 2 on a divided secondary one in town. In a large city the norms build wider: main
// streets there have 4 to 6 lanes in both directions, roads without crossings 6 to 8 (the planning norms of the former Soviet
// Union, SNiP 2.07.01-89 and DBN 360-92, table 7.1, largest and large cities: 500,000 people). Hence 2 a direction where both
// share a carriageway, secondary streets too, and 3 on a divided trunk or primary road.
int default_lanes(RoadClass road_class, bool divided, Setting setting);

// The numbers of lanes forward and backward that the lane tags give, or the class's where they are silent:
//   forward + backward + both ways = lanes. One direction known: the other is what is left, at least 1. Only `lanes` on a
//   two-way road: half of them each, the odd one forward. lanes = 1 on a two-way road: one each way (narrow). "2;3": 2.
//   Where the tags contradict each other the directed ones win. Without any, width / 3.25 m; else by class.
struct LaneCounts {
    int forward = 0, backward = 0;
    bool guessed = false;
};
LaneCounts lane_counts(const Tags& tags, Directions open, RoadClass road_class, Setting setting);

// Fills rules.forward.lanes and .backward.lanes: counts, reserved lanes, arrows. A list of arrows whose length does not
// match the lanes is not used, and noted.
void set_lanes(const Tags& tags, Directions open, ClassMask allowed, bool left_hand_traffic, Setting setting, WayRules& rules);

}  // namespace shahr::osm
