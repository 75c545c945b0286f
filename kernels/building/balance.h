// The heat balance of zones, ISO 52016-1:2017 (6.5.6), hour by hour, with nodes resolved by layers.
//
// An element is a chain of nodes k = 0 (outside) to n (inside) with capacities c and conductances g between them. With an
// implicit step of dt (eq. 38-40),
//   (c_k/dt + g_k-1 + g_k) T_k - g_k-1 T_k-1 - g_k T_k+1 = c_k/dt T_k' + q_k,
// where the outermost node has its film to the outdoors in place of g_k-1 and the innermost h_c + h_r to the zone. Elimination
// from outside to inside leaves each inner surface as T_s = p + a T_air + b T_rad. The surfaces exchange heat radiation through
// one node at their mean, weighted by area (6.5.6.3.3), which also takes the radiant gains. Two equations are left,
//   K T_air - X T_rad = Q_air,   M T_rad - X T_air = Q_rad,
// linear in the heat that the system adds, so that what a set-point asks for follows by division (6.5.5.2).
#pragma once
#include "kernels/base/weather_channels.h"
#include "kernels/building/layout.h"

namespace shahr::SHAHR_BACKEND::building {

struct BalanceInputs {
    View<const double> weather;                // channel "weather"
    View<const double> sun;                    // [sunlit row][SunRow][step][member]
    View<const double> schedules;              // [schedule][step]
    Index steps = 1, members = 1;
    Index lanes = 1;                           // of a row of weather and sun: room for the longest block of all members
    double step_s = 3600;
    Index parts = 1;                           // of a step, implicit steps of their own under the same weather
    bool unit_sky_deficit = false;             // elements hold what they lose to the sky themselves
    View<const double> heat_least = {}, heat_most = {};       // [output]  W that a zone gets at least and at most; of size 0: no such bounds

    SHAHR_HD double part_s() const { return step_s / static_cast<double>(parts); }
    SHAHR_HD double bounded_heat(double heat_w, Index output) const {
        return heat_w < heat_least[output] ? heat_least[output] : heat_w > heat_most[output] ? heat_most[output] : heat_w;
    }
    SHAHR_HD double weather_at(WeatherRow row, Index step, Index member) const { return weather[row_of(row) * lanes + step * members + member]; }
    SHAHR_HD double sun_at(Index sunlit, SunRow row, Index step, Index member) const { return sun[row_of(sunlit, row) * lanes + step * members + member]; }
    // NaN of a constant stands for itself.
    SHAHR_HD double scheduled(Index schedule, Index step, double constant) const { return schedule < 0 ? constant : schedules[schedule * steps + step]; }
};

// One call: all steps of the block, for the lanes of one batch.
struct AdvanceZones {
    BalanceInputs in;
    View<const UnitBatch> batches;
    View<const ZoneSlot> zone_slots;
    View<const ElementSlot> element_slots;
    ElementColumns element;
    NodeColumns node;
    ZoneColumns zone;
    GainColumns gain;
    ZoneResults results;

    // Zones that share walls see each other's temperatures of the sweep before; each sweep leaves about a fifth of the error.
    static constexpr Index sweeps_of_neighbours = 8;

    SHAHR_HD void operator()(Index call) const {
        const LaneRange lanes(call);
        const UnitBatch batch = batches[lanes.batch];
        const Index sweeps = batch.zones > 1 ? sweeps_of_neighbours : 1;
        for (Index step = 0; step < in.steps; ++step) {
            for (Index z = batch.first_zone; z < batch.first_zone + batch.zones; ++z) let_sun_in(z, lanes.first, step);
            for (Index part = 0; part < in.parts; ++part)
                for (Index sweep = 0; sweep < sweeps; ++sweep)
                    for (Index z = batch.first_zone; z < batch.first_zone + batch.zones; ++z) solve_zone(z, lanes.first, step, part, sweep + 1 == sweeps);
        }
    }

private:
    // What the elements of a zone leave over: the sums over its surfaces in the two equations, and the windows' sun.
    struct Sums {
        Lanes k, x, m, q_air, q_rad;
    };

    // Of the step, for each lane's member.
    struct Outdoors {
        Lanes air, wind, radiative_film, sky_deficit, year, month;
    };

    SHAHR_HD Outdoors look_outdoors(Index z, Index first, Index step) const {
        Outdoors out;
        for (Index l = 0; l < lanes_per_call; ++l) {
            const Index member = zone.member[z * lane_width + first + l];
            out.air[l] = in.weather_at(WeatherRow::temperature, step, member);
            out.wind[l] = in.weather_at(WeatherRow::wind, step, member);
            out.radiative_film[l] = in.weather_at(WeatherRow::radiative_film, step, member);
            out.sky_deficit[l] = in.unit_sky_deficit ? 1 : in.weather_at(WeatherRow::sky_deficit, step, member);
            out.year[l] = in.weather_at(WeatherRow::year, step, member);
            out.month[l] = in.weather_at(WeatherRow::month, step, member);
        }
        return out;
    }

    SHAHR_HD void let_sun_in(Index z, Index first, Index step) const {
        const ZoneSlot slot = zone_slots[z];
        for (Index l = 0; l < lanes_per_call; ++l) {
            const Index at = z * lane_width + first + l;
            double sun = 0;
            for (Index e = slot.first_element; e < slot.first_element + slot.elements; ++e) {
                const Index i = e * lane_width + first + l;
                if (element.transmits_m2[i] > 0) sun += element.transmits_m2[i] * in.sun_at(element.sun_row[i], SunRow::transmitted, step, zone.member[at]);
            }
            zone.sun[at] = sun;
        }
    }

    SHAHR_HD void eliminate(Index z, Index e, Index first, Index step, const Outdoors& now, Sums& sums) const {
        const ElementSlot slot = element_slots[e];
        const double per_s = 1 / in.part_s();
        Lanes film, heat, link;                // towards the outside: sum of films, heat that comes in; then the chain so far
        Lanes outer, inner;                    // sunlight on the outermost and the innermost node
        for (Index l = 0; l < lanes_per_call; ++l) {
            const Index i = e * lane_width + first + l, at = z * lane_width + first + l;
            outer[l] = inner[l] = 0;
            if (!(element.sun_factor[i] > 0)) continue;
            outer[l] = element.sun_factor[i] * in.sun_at(element.sun_row[i], SunRow::outer, step, zone.member[at]);
            if (element.transmits_m2[i] > 0) inner[l] = element.sun_factor[i] * in.sun_at(element.sun_row[i], SunRow::inner, step, zone.member[at]);
        }
        for (Index l = 0; l < lanes_per_call; ++l) {
            const Index i = e * lane_width + first + l;
            const double outdoors = element.outside_film[i] + element.outside_film_wind[i] * now.wind[l] + element.emits[i] * now.radiative_film[l];
            film[l] = outdoors + element.ground_film[i];
            heat[l] = outdoors * now.air[l] - element.sees_sky[i] * now.sky_deficit[l] +
                      element.ground_film[i] * (now.year[l] + element.ground_swing[i] * (now.month[l] - now.year[l])) + outer[l];
        }
        if (slot.neighbour >= 0)
            for (Index l = 0; l < lanes_per_call; ++l) {
                const Index i = e * lane_width + first + l, behind = slot.neighbour * lane_width + first + l;
                film[l] += element.behind_convection[i] + element.behind_radiation[i];
                heat[l] += element.behind_convection[i] * zone.air[behind] + element.behind_radiation[i] * zone.radiant[behind] + element.sun_behind[i] * zone.sun[behind];
            }
        for (Index l = 0; l < lanes_per_call; ++l) link[l] = film[l];
        // `link`: what the node is tied to outwards, after elimination; `heat`: what comes from there.
        for (Index k = 0; k + 1 < slot.nodes; ++k)
            for (Index l = 0; l < lanes_per_call; ++l) {
                const Index n = (slot.first_node + k) * lane_width + first + l;
                const double store = node.capacity[n] * per_s, g = node.conductance[n];
                const double over = 1 / (store + link[l] + g);
                const double known = (store * node.temperature[n] + heat[l]) * over;
                node.forward[n] = known;
                node.ratio[n] = g * over;
                link[l] = g - g * g * over;
                heat[l] = g * known;
            }
        for (Index l = 0; l < lanes_per_call; ++l) {
            const Index at = z * lane_width + first + l, i = e * lane_width + first + l, n = (slot.first_node + slot.nodes - 1) * lane_width + first + l;
            const double store = node.capacity[n] * per_s, hc = node.temperature[n] > zone.air_start[at] ? element.convection_warm[i] : element.convection_cold[i], hr = element.inside_radiation[i], area = element.area_m2[i];
            const double sun = inner[l] + element.sun_inside[i] * zone.sun[at];
            element.inside_convection[i] = hc;
            const double over = 1 / (store + link[l] + hc + hr);
            const double known = (store * node.temperature[n] + heat[l] + sun) * over;
            node.forward[n] = known;
            node.ratio[n] = over;
            const double a = hc * over, b = hr * over;
            sums.k[l] += area * hc * (1 - a);
            sums.x[l] += area * hc * b;
            sums.m[l] += area * hr * (1 - b);
            sums.q_air[l] += area * hc * known;
            sums.q_rad[l] += area * hr * known;
        }
    }

    SHAHR_HD void solve_zone(Index z, Index first, Index step, Index part, bool last) const {
        const ZoneSlot slot = zone_slots[z];
        const Outdoors now = look_outdoors(z, first, step);
        Sums sums{};
        for (Index e = slot.first_element; e < slot.first_element + slot.elements; ++e) eliminate(z, e, first, step, now, sums);
        Lanes air, radiant;
        for (Index l = 0; l < lanes_per_call; ++l) close_zone(z * lane_width + first + l, l, step, part, last, sums, air[l], radiant[l]);
        if (last)
            for (Index e = slot.first_element; e < slot.first_element + slot.elements; ++e) substitute(e, first, air, radiant);
    }

    SHAHR_HD void close_zone(Index at, Index l, Index step, Index part, bool last, const Sums& sums, double& air, double& radiant) const {
        const double outdoors = in.weather_at(WeatherRow::temperature, step, zone.member[at]);
        const double before = zone.air_start[at];
        double gain_air = 0, gain_rad = 0;
        for (Index g = zone.first_gain[at]; g < zone.last_gain[at]; ++g) {
            const double share = in.scheduled(gain.schedule[g], step, 1);
            gain_air += gain.convective[g] * share;
            gain_rad += gain.radiant[g] * share;
        }
        const double above = zone.purge_above[at];
        const bool purges = !(before <= above) && !(above == above && before <= outdoors);
        const double exchange = zone.infiltration[at] + zone.ventilation[at] * in.scheduled(zone.ventilation_schedule[at], step, 1) +
                                (purges ? zone.purge[at] * in.scheduled(zone.purge_schedule[at], step, 1) : 0);
        const double store = zone.air_capacity[at] / in.part_s();
        const double k = sums.k[l] + store + exchange, x = sums.x[l], m = sums.m[l];
        const double q_air = sums.q_air[l] + store * before + exchange * outdoors + gain_air, q_rad = sums.q_rad[l] + gain_rad;
        const double over = 1 / (k * m - x * x);
        const double free_air = (q_air * m + q_rad * x) * over, free_rad = (q_rad * k + q_air * x) * over;
        // Per watt of the system, of which `c` goes to the air.
        const auto air_per_w = [&](double c) { return (c * m + (1 - c) * x) * over; };
        const auto rad_per_w = [&](double c) { return ((1 - c) * k + c * x) * over; };
        const double o = zone.operative[at] / 2;
        const double free = (1 - o) * free_air + o * free_rad;
        const double warm = in.scheduled(zone.heating_schedule[at], step, zone.heating_set_point[at]);
        const double cool = in.scheduled(zone.cooling_schedule[at], step, zone.cooling_set_point[at]);
        const double ch = zone.heating_convective[at], cc = zone.cooling_convective[at];
        double heating = free < warm ? (warm - free) / ((1 - o) * air_per_w(ch) + o * rad_per_w(ch)) : 0;
        double cooling = free > cool ? (free - cool) / ((1 - o) * air_per_w(cc) + o * rad_per_w(cc)) : 0;
        heating = heating > zone.heating_power[at] ? zone.heating_power[at] : heating;
        const Index row = zone.output[at];
        const double asked = heating;
        if (in.heat_most.size > 0 && row >= 0) heating = in.bounded_heat(heating, row);
        cooling = cooling > zone.cooling_power[at] ? zone.cooling_power[at] : cooling;
        air = free_air + heating * air_per_w(ch) - cooling * air_per_w(cc);
        radiant = free_rad + heating * rad_per_w(ch) - cooling * rad_per_w(cc);
        zone.air[at] = air;
        zone.radiant[at] = radiant;
        if (!last) return;
        zone.air_start[at] = air;
        if (row < 0) return;
        const double alike = zone.multiplier[at], share = 1 / static_cast<double>(in.parts);
        const auto add_part = [&](ZoneRow what, double value) {
            double& mean = results.at(what, step, row);
            mean = (part > 0 ? mean : 0) + share * value;
        };
        add_part(ZoneRow::heating, heating * alike);
        add_part(ZoneRow::cooling, cooling * alike);
        add_part(ZoneRow::air, air);
        add_part(ZoneRow::operative, (air + radiant) / 2);
        results.at(ZoneRow::sun, step, row) = zone.sun[at] * alike;
        results.at(ZoneRow::gains, step, row) = (gain_air + gain_rad) * alike;
        add_part(ZoneRow::asked, asked * alike);
    }

    SHAHR_HD void substitute(Index e, Index first, const Lanes& air, const Lanes& radiant) const {
        const ElementSlot slot = element_slots[e];
        Lanes next;
        for (Index l = 0; l < lanes_per_call; ++l) {
            const Index i = e * lane_width + first + l, n = (slot.first_node + slot.nodes - 1) * lane_width + first + l;
            next[l] = node.forward[n] + node.ratio[n] * (element.inside_convection[i] * air[l] + element.inside_radiation[i] * radiant[l]);
            node.temperature[n] = next[l];
        }
        for (Index k = slot.nodes - 1; k-- > 0;)
            for (Index l = 0; l < lanes_per_call; ++l) {
                const Index n = (slot.first_node + k) * lane_width + first + l;
                next[l] = node.forward[n] + node.ratio[n] * next[l];
                node.temperature[n] = next[l];
            }
    }
};

}  // namespace shahr::SHAHR_BACKEND::building
