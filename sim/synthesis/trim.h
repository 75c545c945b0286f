// From street lines to carriageways: the two directions of a street moved apart, and every road cut back to where the
// junction's common ground begins.
#pragma once
#include "sim/city/city.h"
#include "sim/synthesis/ports.h"

namespace shahr {

// Takes shapes as synthesise_junctions does; sets Roads::shape, Roads::length_m and Lanes::length_m to the
// driven part. A road keeps at least 40 % of its length, and 10 m if that is at most 80 %.
// Returns how many roads could not be cut as far as their junctions asked.
std::int64_t trim_roads(City& city, const Ports& ports, const Column<RoadId, RoadId>& twins);

// The width of a road's lanes together.
double width_of(const RoadNetwork& network, IdRange<LaneId> lanes);

// How far to the right of the road's centre line the middle of a lane runs (left-hand traffic: negative = to the left).
double lane_offset_m(const RoadNetwork& network, IdRange<LaneId> lanes, LaneId lane, bool left_hand_traffic);

}  // namespace shahr
