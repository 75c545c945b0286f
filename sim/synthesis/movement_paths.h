// The way a movement takes across its junction: a curve from stop line to lane, its length, and the speed it allows.
#pragma once
#include <vector>

#include "sim/city/city.h"
#include "sim/synthesis/movements.h"

namespace shahr {

// v = sqrt(5.5 r), in m/s: 5.5 m/s2 is the lateral acceleration that SUMO's netconvert allows in turns.
double turning_speed_mps(double radius_m);

// Appends one movement per turn, in their order, with every column but the signals', wait_m and right_of_way, which
// stand at their neutral values. Needs cut roads.
void append_movements(City& city, const std::vector<LaneTurn>& turns);

}  // namespace shahr
