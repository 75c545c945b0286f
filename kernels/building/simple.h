// The simple hourly method of ISO 13790:2008, annex C: five resistances and one capacity for each zone, hours in sequence.
//
//   outdoors --H_ve--+                       +--H_w--- outdoors
//                   air --H_is-- star(surface) --H_ms-- mass --H_em-- outdoors
//
// Gains and system act on the three nodes; the mass is stepped by Crank and Nicolson's rule (C.4). Walls between zones are part of
// H_em and lead to the air of the zone behind as it was at the end of the step before.
#pragma once
#include <array>

#include "kernels/building/balance.h"
#include "kernels/building/elements.h"
#include "kernels/base/lanes.h"
#include "sim/run/archive.h"

namespace shahr::SHAHR_BACKEND::building {

// One column of numbers for each of these, value[column][zone in member].
enum class SimpleColumn : Index {
    windows, star, outer, mass, capacity,      // H_w, H_is, H_em, H_ms in W/K; J/K
    to_star, to_mass,                          // of half the internal and all the sun's heat, the shares of the star and the mass node
    sky, ground, ground_swing,                 // W per W/m2 of sky deficit; share of H_em that leads to the ground, and its swing
    infiltration, ventilation, purge, purge_above, heating_set_point, cooling_set_point, heating_power, cooling_power, multiplier,
    count
};

// Zones stand in batches, each member's from a batch of its own on: value[column][place], place = member * padded + zone.
struct SimpleZoneColumns {
    View<const double> values;
    View<const Index> schedules;               // [ventilation, purge, heating, cooling][place]; -1: constant
    View<const Index> slots;                   // of each batch of zones: first slot and that after the last of sun parts, gains, neighbours
    Index places = 0;
};

// What takes in sun: W per W/m2 of a sunlit row, value[slot][lane]. Walls count what they pass on of what they absorb.
struct SunPartColumns {
    View<const double> heat;                   // of SunRow::heat
    View<const double> let_in;                 // the same of windows, 0 of walls
    View<const Index> row;
};
struct GainLaneColumns {
    View<const double> power;                  // W at a share of 1, value[slot][lane]
    View<const Index> schedule;
};

// Zones behind walls: the share of H_em that leads there, value[slot][lane]; and which zone it is.
struct NeighbourColumns {
    View<const double> share;
    View<const Index> zone;
};

// One call: some steps of the block, for the zones of some lanes of a batch.
struct AdvanceSimpleZones {
    using Real = Batch::Real;

    BalanceInputs in;
    SimpleZoneColumns zone;
    SunPartColumns sun_part;
    GainLaneColumns gain;
    NeighbourColumns neighbour;
    Index zones, padded;                       // of one member
    Index first_step, end_step;                // all at once, or one by one where zones have neighbours
    View<double> mass, air;                    // degC at the end of the last step, by place
    View<const double> air_before;             // a copy that the neighbours look at
    ZoneResults results;

    SHAHR_HD void operator()(Index call) const {
        const Index first = first_lane<Batch>(call), member = first / padded;
        const Index batch = first % padded / Batch::tile, lane = first % Batch::tile;
        const Real h_w = value(SimpleColumn::windows, first), h_is = value(SimpleColumn::star, first), h_em = value(SimpleColumn::outer, first), h_ms = value(SimpleColumn::mass, first);
        const Real store = value(SimpleColumn::capacity, first) / in.step_s;
        Real theta_m = load(mass.data, first), theta_air = load(air.data, first);
        for (Index step = first_step; step < end_step; ++step) {
            const double outdoors = in.weather_at(WeatherRow::temperature, step, member), year = in.weather_at(WeatherRow::year, step, member);
            const double month = in.weather_at(WeatherRow::month, step, member);
            Real sun = -value(SimpleColumn::sky, first) * in.weather_at(WeatherRow::sky_deficit, step, member), let_in = sun * 0.0, internal = sun * 0.0;
            for (Index slot = zone.slots[6 * batch]; slot < zone.slots[6 * batch + 1]; ++slot) {
                Real falls{};
                for (Index w = 0; w < Batch::width; ++w) set_lane(falls, w, in.sun_at(sun_part.row[slot * Batch::tile + lane + w], SunRow::heat, step, member));
                sun += load(sun_part.heat.data, slot * Batch::tile + lane) * falls;
                let_in += load(sun_part.let_in.data, slot * Batch::tile + lane) * falls;
            }
            for (Index slot = zone.slots[6 * batch + 2]; slot < zone.slots[6 * batch + 3]; ++slot)
                internal += load(gain.power.data, slot * Batch::tile + lane) * scheduled(gain.schedule, slot * Batch::tile + lane, step, internal * 0.0 + 1.0);
            const Real above = value(SimpleColumn::purge_above, first);
            const Real purge = value(SimpleColumn::purge, first) * scheduled(zone.schedules, zone.places + first, step, sun * 0.0 + 1.0);
            const Real warm_enough = select(theta_air > above, select(theta_air > outdoors, purge, purge * 0.0), select(above == above, purge * 0.0, purge));
            const Real h_ve = value(SimpleColumn::infiltration, first) + value(SimpleColumn::ventilation, first) * scheduled(zone.schedules, first, step, sun * 0.0 + 1.0) + warm_enough + 1e-9;
            Real behind = outdoors + value(SimpleColumn::ground, first) * (year - outdoors + value(SimpleColumn::ground_swing, first) * (month - year));
            for (Index slot = zone.slots[6 * batch + 4]; slot < zone.slots[6 * batch + 5]; ++slot) {
                Real next_door{};
                for (Index w = 0; w < Batch::width; ++w) set_lane(next_door, w, air_before[member * padded + neighbour.zone[slot * Batch::tile + lane + w]]);
                behind += load(neighbour.share.data, slot * Batch::tile + lane) * (next_door - outdoors);
            }

            // C.1 to C.3 and C.6 to C.8
            const Real at_surfaces = internal / 2.0 + sun, phi_ia = internal / 2.0;
            const Real phi_m = value(SimpleColumn::to_mass, first) * at_surfaces, phi_st = value(SimpleColumn::to_star, first) * at_surfaces;
            const Real is_or_ve = h_is + h_ve, h1 = h_ve * h_is / is_or_ve, h2 = h1 + h_w, h3 = h2 * h_ms / (h2 + h_ms);
            const Real half = (h3 + h_em) / 2.0, ahead = 1.0 / (store + half), over_star = 1.0 / (h_ms + h2), over_air = 1.0 / is_or_ve;
            const Real per_air = h3 * h1 / (h2 * h_ve), air_to_star = h1 / h_ve;
            const Real fixed = theta_m * (store - half) + phi_m + h_em * behind + h3 * (phi_st / h2 + outdoors);
            // The air's temperature is linear in the heat that it is given: at_air = phi_ia + heating - cooling (C.4.2).
            const Real star_at_0 = (h_ms * (theta_m + (fixed + per_air * phi_ia) * ahead) / 2.0 + phi_st + h2 * outdoors + air_to_star * phi_ia) * over_star;
            const Real free = (h_is * star_at_0 + h_ve * outdoors + phi_ia) * over_air;
            const Real star_per_w = (h_ms * per_air * ahead / 2.0 + air_to_star) * over_star, per_w = (h_is * star_per_w + 1.0) * over_air;
            const Real warm = scheduled(zone.schedules, 2 * zone.places + first, step, value(SimpleColumn::heating_set_point, first));
            const Real cool = scheduled(zone.schedules, 3 * zone.places + first, step, value(SimpleColumn::cooling_set_point, first));
            const Real none = per_w * 0.0;
            const Real asked = smaller(select(free < warm, (warm - free) / per_w, none), value(SimpleColumn::heating_power, first));
            const Real heating = bounded(asked, first);
            const Real cooling = smaller(select(free > cool, (free - cool) / per_w, none), value(SimpleColumn::cooling_power, first));
            const Real net = heating - cooling, star = star_at_0 + net * star_per_w;
            theta_m = (fixed + per_air * (phi_ia + net)) * ahead;
            theta_air = free + net * per_w;
            write(first, step, asked, heating, cooling, theta_air, 0.3 * theta_air + 0.7 * star, let_in, internal);
        }
        *reinterpret_cast<Real*>(mass.data + first) = theta_m;
        *reinterpret_cast<Real*>(air.data + first) = theta_air;
    }

private:
    SHAHR_HD static Real load(const double* from, Index at) { return *reinterpret_cast<const Real*>(from + at); }
    SHAHR_HD Real value(SimpleColumn column, Index place) const { return load(zone.values.data, static_cast<Index>(column) * zone.places + place); }
    SHAHR_HD Real scheduled(View<const Index> schedule, Index at, Index step, Real constant) const {
        for (Index w = 0; w < Batch::width; ++w)
            if (schedule[at + w] >= 0) set_lane(constant, w, in.schedules[schedule[at + w] * in.steps + step]);
        return constant;
    }
    SHAHR_HD Real bounded(Real heating, Index first) const {
        const Index member = first / padded, z = first % padded;
        for (Index w = 0; in.heat_most.size > 0 && w < Batch::width && z + w < zones; ++w) set_lane(heating, w, in.bounded_heat(lane_of(heating, w), member * zones + z + w));
        return heating;
    }
    SHAHR_HD void write(Index first, Index step, Real asked, Real heating, Real cooling, Real air_c, Real operative, Real let_in, Real internal) const {
        const Real alike = value(SimpleColumn::multiplier, first);
        const Index member = first / padded, z = first % padded;
        for (Index w = 0; w < Batch::width && z + w < zones; ++w) {
            const Index row = member * zones + z + w;
            const double n = lane_of(alike, w);
            results.at(ZoneRow::heating, step, row) = lane_of(heating, w) * n;
            results.at(ZoneRow::cooling, step, row) = lane_of(cooling, w) * n;
            results.at(ZoneRow::air, step, row) = lane_of(air_c, w);
            results.at(ZoneRow::operative, step, row) = lane_of(operative, w);
            results.at(ZoneRow::sun, step, row) = lane_of(let_in, w) * n;
            results.at(ZoneRow::gains, step, row) = lane_of(internal, w) * n;
            results.at(ZoneRow::asked, step, row) = lane_of(asked, w) * n;
        }
    }
};

class SimpleZones {
public:
    SimpleZones(const Envelopes& envelopes, const std::vector<std::vector<Element>>& elements, Index members, double air_heat);

    void start_at(double temperature_c);
    void advance(const BalanceInputs& in, const ZoneResults& results);
    void save(Archive& archive) const;
    void load(Archive& archive);

private:
    void add_slots(const Envelopes& envelopes, const std::vector<std::vector<Element>>& elements);

    Index zones_, padded_, members_;
    bool has_neighbours_ = false;
    Array<double> values_, part_heat_, part_let_in_, gain_power_, neighbour_share_;
    Array<Index> schedules_, slots_, part_row_, gain_schedule_, neighbour_zone_;
    Array<double> mass_, air_, air_before_;
};

}  // namespace shahr::SHAHR_BACKEND::building
