// Thermal zones as the kernels see them: units that are solved together (a zone, or several that share walls) side by side in
// batches of equal structure. Every column below is value[slot][lane]; a batch's slots stand together.
#pragma once
#include "kernels/base/array.h"
#include "kernels/base/heat_channels.h"
#include "kernels/base/lanes.h"

namespace shahr::SHAHR_BACKEND::building {

inline constexpr Index lane_width = Batch::tile, lanes_per_call = Batch::width;

// The batch, and the first of its lanes, that a call works on.
struct LaneRange {
    Index batch, first;
    SHAHR_HD explicit LaneRange(Index call) : batch(call * lanes_per_call / lane_width), first(call * lanes_per_call % lane_width) {}
};

// A number for each lane of a call.
struct Lanes {
    double of[lanes_per_call];
    SHAHR_HD double& operator[](Index l) { return of[l]; }
    SHAHR_HD double operator[](Index l) const { return of[l]; }
};

// What the lanes of a batch have in common.
struct UnitBatch {
    Index first_zone = 0, zones = 0;           // slots of zones
};
struct ZoneSlot {
    Index first_element = 0, elements = 0;
};
struct ElementSlot {
    Index first_node = 0, nodes = 0;           // from the outside to the inside
    Index neighbour = -1;                      // slot of the zone behind it; -1: none
};

// A surface or a window; per m2 unless said otherwise.
struct ElementColumns {
    View<const double> area_m2;
    View<const double> outside_film;           // W/(m2 K) convective, without wind
    View<const double> outside_film_wind;      // and per m/s of it
    View<const double> emits;                  // emissivity towards all that is outdoors
    View<const double> sees_sky;               // emissivity times the share of its view that is sky
    View<const double> ground_film;            // W/(m2 K) to the ground
    View<const double> ground_swing;           // of the month's deviation from the year, the share that the ground shows
    View<const double> convection_warm, convection_cold;  // W/(m2 K) to the zone's air, where the surface is warmer than it, and where not
    View<const double> inside_radiation;       // W/(m2 K) to the zone's mean radiant temperature
    View<const double> behind_convection, behind_radiation;  // the same on the side of the neighbour
    View<const double> sun_factor;             // of what its sun row holds
    View<const double> sun_inside;             // W/m2 absorbed inside per W that the zone's windows let in
    View<const double> sun_behind;             // W/m2 absorbed on the other side per W that the neighbour's windows let in
    View<const double> transmits_m2;           // area through which the sun enters the zone
    View<const Index> sun_row;                 // sunlit rows: planes first, then windows
    View<double> inside_convection;            // of the step, scratch
};

struct NodeColumns {
    View<const double> capacity;               // J/(m2 K)
    View<const double> conductance;            // W/(m2 K) to the next node inwards; 0 at the last
    View<double> temperature;                  // degC at the end of the last step
    View<double> forward, ratio;               // scratch of the elimination
};

struct ZoneColumns {
    View<const double> air_capacity;           // J/K
    View<const double> infiltration;           // W/K
    View<const double> ventilation, purge;     // W/K at a share of 1; ventilation less what is recovered
    View<const double> purge_above;            // degC; NaN: always
    View<const double> heating_set_point, cooling_set_point;   // degC; NaN: never
    View<const double> heating_power, cooling_power;           // W
    View<const double> heating_convective, cooling_convective;
    View<const double> multiplier;
    View<const double> operative;              // 1: the set-point is on the operative temperature; 0: on the air
    View<const Index> ventilation_schedule, purge_schedule, heating_schedule, cooling_schedule;  // row; -1: constant
    View<const Index> first_gain, last_gain;   // rows of GainColumns
    View<const Index> member;
    View<const Index> output;                  // row of the results; -1: a lane that only fills its batch
    View<double> air_start;                    // degC of the air at the end of the last step
    View<double> air, radiant;                 // degC of the latest sweep
    View<double> sun;                          // W let in by its windows, scratch
};

struct GainColumns {
    View<const double> convective, radiant;    // W at a share of 1
    View<const Index> schedule;                // row; -1: always 1
};

// A sunlit row: what a square metre of it takes in. Planes: all that falls on it, as `outer` and as `heat`. Windows: what they
// absorb on either face, what they transmit, and as `heat` all that enters of it, with surface resistances of 0.13 and 0.04 m2 K/W.
enum class SunRow : Index { outer, inner, transmitted, heat, count };
SHAHR_HD constexpr Index row_of(Index sunlit, SunRow row) {
    return sunlit * static_cast<Index>(SunRow::count) + static_cast<Index>(row);
}

// What a block leaves: value[ZoneRow][step][output], where the output row of a zone in a member is member * zones + zone.
struct ZoneResults {
    View<double> values;
    Index outputs = 0, most_steps = 1;
    SHAHR_HD double& at(ZoneRow what, Index step, Index output) const { return values[(static_cast<Index>(what) * most_steps + step) * outputs + output]; }
};

}  // namespace shahr::SHAHR_BACKEND::building
