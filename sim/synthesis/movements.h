// Which lane leads to which: the turnings that exist at a junction, shared out among the lanes of each approach.
#pragma once
#include <vector>

#include "sim/city/city.h"
#include "sim/synthesis/junctions.h"
#include "sim/synthesis/ports.h"

namespace shahr {

struct LaneTurn {
    LaneId from, to;
    Turn turn;
    double angle;                              // turned, radians, positive to the left
    auto operator<=>(const LaneTurn&) const = default;
};

struct LaneTurns {
    std::vector<LaneTurn> turns;               // by from-lane, then from the kerb side outwards, then by to-lane
    std::int64_t u_turns_for_want_of_an_exit = 0;
    std::int64_t arrows_without_a_leg = 0;     // roads whose arrows were set aside
    std::int64_t ring_exits_off_the_mapped_way = 0;
    std::int64_t ring_exits_from_inner_lanes = 0;
};

// The class of a turning, by angle; `straighter`: another turning of the same approach is straighter by more than 5 degrees.
Turn turn_class(double angle, bool straighter);

// Needs the ports' headings. Every lane of a road that has any exit gets one, and every lane of a road that has an entry
// gets one, as far as the lanes' vehicle classes allow.
LaneTurns find_lane_turns(const City& city, const JunctionHints& hints, const Ports& ports, const Column<RoadId, RoadId>& twins);

// Lanes 0 (kerb) to n - 1 serve turnings ordered from the kerb side to the far side, one set of lanes each.
// `side[t]`: -1 towards the kerb, 0 ahead, 1 across; `room[t]`: the lanes of the road it leads into.
struct LaneRange {
    int first, last;                           // inclusive
    bool operator==(const LaneRange&) const = default;
};
std::vector<LaneRange> share_lanes(int lanes, const std::vector<int>& side, const std::vector<int>& room);

}  // namespace shahr
