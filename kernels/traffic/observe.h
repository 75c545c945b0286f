// What the traffic shows of itself: the fields of a frame.
#pragma once
#include "kernels/traffic/state.h"
#include "sim/run/frame.h"

namespace shahr::SHAHR_BACKEND::traffic {

// Why a trip is where it is. The code stands in trips/stuck_cause.
enum StuckCause : std::int32_t {
    stuck_not_due = 0,          // departs later
    stuck_arrived = 1,
    stuck_drives = 2,
    stuck_in_queue = 3,         // stands behind another
    stuck_at_signal = 4,
    stuck_gives_way = 5,
    stuck_no_room = 6,          // keeps the junction clear
    stuck_wrong_lane = 7,       // waits for a gap in the lane that its route needs
    stuck_road_closed = 8,
    stuck_waits_to_enter = 9,   // no gap on the road where it begins
    stuck_waits_for_car = 10,   // the same car's earlier trip has not arrived
    stuck_unroutable = 11,
};
inline constexpr const char* stuck_cause_meaning =
    "0 departs later, 1 arrived, 2 drives, 3 stands behind another, 4 at a signal, 5 gives way, 6 keeps a junction clear, "
    "7 waits for a gap to change lanes, 8 the road ahead is closed, 9 waits for a gap to enter, 10 its car has not arrived yet, 11 no route";

void observe_roads(Frame& frame, const Traffic& traffic, Duration now);
void observe_city(Frame& frame, const Traffic& traffic, Duration now);
void observe_trips(Frame& frame, const Traffic& traffic, Duration now);
void observe_vehicles(Frame& frame, const Traffic& traffic, Duration now);

}  // namespace shahr::SHAHR_BACKEND::traffic
