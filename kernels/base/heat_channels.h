// What buildings and the district heating network tell each other on the bus. Each hour the buildings take heat within what the
// network offers; the network then delivers, and what it has delivered beyond what was taken stands ready for the next hour.
#pragma once
#include "kernels/base/backend.h"

namespace shahr::SHAHR_BACKEND {

// Channel "zones", by the buildings: value[ZoneRow][step][member * zones + zone]. Means over the step, W and degC.
enum class ZoneRow : Index {
    heating,                                   // heat that enters
    cooling,
    air, operative,
    sun, gains,
    asked,                                     // heat that would keep the set-point
    count
};

// Channel "hot_water", by the buildings: value[HotWaterRow][building][step of the block][member], W of those whose hot water
// district heat warms; 0 of the others.
enum class HotWaterRow : Index { asked, taken, count };

// Channel "heat_offer", by the network: value[HeatOfferRow][building][member], W for the coming hour. Rooms without a thermostat get
// what they get: least and most are the same. Who is not on the network: 0 and infinity.
enum class HeatOfferRow : Index { rooms_least, rooms_most, hot_water_most, count };

template <class Row>
SHAHR_HD constexpr Index heat_row(Row row, Index building, Index buildings) {
    return static_cast<Index>(row) * buildings + building;
}

}  // namespace shahr::SHAHR_BACKEND
