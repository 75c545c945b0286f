#include "kernels/building/simple.h"

#include <algorithm>

#include "kernels/base/parallel_for.h"

namespace shahr::SHAHR_BACKEND::building {
namespace {

constexpr double outside_resistance = 0.04, inside_resistance = 0.13;      // ISO 6946, walls

double resistance_of(const Chain& chain) {
    double sum = 0;
    for (const double g : chain.conductance) sum += 1 / g;
    return sum;
}

// Per m2, up to 0.1 m from the inside or the first layer that insulates (ISO 13786 annex A, effective thickness); of a chain
// whose depth is no longer known, what lies within half of its resistance and at most 100 kg of concrete.
double effective_capacity(const Element& e) {
    const double half = resistance_of(e.chain) / 2;
    double capacity = 0, passed = 0;
    for (std::size_t n = e.chain.capacity.size(); n-- > 0;) {
        if (passed <= half) capacity += e.chain.capacity[n];
        if (n > 0) passed += 1 / e.chain.conductance[n - 1];
    }
    return std::min(capacity, 230e3);
}

struct ZoneSums {
    double windows = 0, opaque = 0, ground = 0, ground_swing = 0, sky = 0;   // W/K; W/K of it to the ground, weighted by its swing
    double capacity = 0, capacity_squared = 0;
};

ZoneSums sum_up(const std::vector<Element>& elements, const std::vector<bool>& is_heated) {
    ZoneSums sums;
    for (const Element& e : elements) {
        const double resistance = resistance_of(e.chain) + inside_resistance;
        const bool outdoors = e.outside_film + e.outside_film_wind + e.emits > 0;
        if (e.is_window) {
            const double h = e.area_m2 / (resistance + outside_resistance);
            sums.windows += h;
            sums.sky += h * outside_resistance * e.sees_sky;
            continue;
        }
        const double kappa = effective_capacity(e);
        sums.capacity += kappa * e.area_m2;
        sums.capacity_squared += kappa * kappa * e.area_m2;
        if (outdoors) {
            const double h = e.area_m2 / (resistance + outside_resistance);
            sums.opaque += h;
            sums.sky += h * outside_resistance * e.sees_sky;
        } else if (e.ground_film > 0) {
            const double h = e.area_m2 / (resistance + 1 / e.ground_film);
            sums.opaque += h;
            sums.ground += h;
            sums.ground_swing += h * e.ground_swing;
        } else if (e.neighbour >= 0 && !is_heated[static_cast<std::size_t>(e.neighbour)]) {
            sums.opaque += e.area_m2 / (resistance + inside_resistance) / 2;     // b = 1/2: a lodge or a sun-space (ISO 13789 table)
        }
    }
    return sums;
}


}  // namespace

SimpleZones::SimpleZones(const Envelopes& envelopes, const std::vector<std::vector<Element>>& elements, Index members, double air_heat)
    : zones_(static_cast<Index>(envelopes.zones.id.size())), padded_(padded<Batch>(zones_)), members_(members) {
    const ThermalZones& z = envelopes.zones;
    std::vector<bool> is_heated;
    for (const ThermalZoneId at : rows(z.id)) is_heated.push_back(is_some(z.heating_schedule[at]) || z.heating_set_point_c[at] == z.heating_set_point_c[at]);
    const auto places = static_cast<std::size_t>(padded_) * static_cast<std::size_t>(members);
    std::vector<double> values(places * static_cast<std::size_t>(SimpleColumn::count));
    std::vector<Index> schedules(4 * places, -1);
    for (std::size_t place = 0; place < places; ++place) {
        const auto in_member = std::min(place % static_cast<std::size_t>(padded_), z.id.size() - 1);        // filling repeats the last
        const auto at = as_id<ThermalZoneId>(in_member);
        const ZoneSums sums = sum_up(elements[in_member], is_heated);
        const double surfaces = 4.5 * z.floor_area_m2[at], air = z.volume_m3[at] * air_heat;                // 7.2.2.2
        const double mass_area = std::max(sums.capacity * sums.capacity / std::max(sums.capacity_squared, 1.0), 0.01);   // 12.2.2
        const double h_ms = 9.1 * mass_area, opaque = std::min(sums.opaque, 0.99 * h_ms);
        const double h_em = opaque > 0 ? 1 / (1 / opaque - 1 / h_ms) : 0;
        const double to_mass = std::min(mass_area / surfaces, 1.0), lost = sums.windows / (9.1 * surfaces);
        const double of_zone[] = {sums.windows, 3.45 * surfaces, h_em, h_ms, std::max(sums.capacity + z.furniture_j_k[at], 1.0), std::max(1 - to_mass - lost, 0.0), to_mass, sums.sky,
                                  opaque > 0 ? sums.ground / sums.opaque : 0, sums.ground > 0 ? sums.ground_swing / sums.ground : 0, air * z.infiltration_per_h[at] / 3600.0,
                                  z.ventilation_m3_s[at] * air_heat * (1 - z.heat_recovery[at]), z.purge_m3_s[at] * air_heat, z.purge_above_c[at], z.heating_set_point_c[at],
                                  z.cooling_set_point_c[at], z.heating_power_w[at], z.cooling_power_w[at], z.multiplier[at]};
        for (std::size_t c = 0; c < std::size(of_zone); ++c) values[c * places + place] = of_zone[c];
        const ScheduleId own[] = {z.ventilation_schedule[at], z.purge_schedule[at], z.heating_schedule[at], z.cooling_schedule[at]};
        for (std::size_t c = 0; c < 4; ++c) schedules[c * places + place] = number(own[c]);
    }
    values_ = Array<double>(values);
    schedules_ = Array<Index>(schedules);
    add_parts_and_gains(envelopes, elements);
    mass_ = Array<double>(static_cast<Index>(places));
    air_ = Array<double>(static_cast<Index>(places));
}

// Slots of a batch: as many as its zone with the most needs, the others' being of no weight.
void SimpleZones::add_parts_and_gains(const Envelopes& envelopes, const std::vector<std::vector<Element>>& elements) {
    std::vector<std::vector<GainId>> gains(elements.size());
    for (const GainId at : rows(envelopes.gains.zone)) gains[row(envelopes.gains.zone[at])].push_back(at);
    std::vector<Index> slots, part_row, gain_schedule;
    std::vector<double> heat, let_in, power;
    for (std::size_t first = 0; first < elements.size(); first += Batch::tile) {
        const std::size_t end = std::min(first + static_cast<std::size_t>(Batch::tile), elements.size());
        const auto lane_at = [&](std::size_t n, std::size_t z) { return n * Batch::tile + (z - first); };
        const std::size_t part_slot = part_row.size() / Batch::tile, gain_slot = gain_schedule.size() / Batch::tile;
        std::size_t parts = 0, most_gains = 0;
        for (std::size_t z = first; z < end; ++z) {
            std::size_t n = 0;
            for (const Element& e : elements[z]) {
                if (e.sun_factor <= 0) continue;
                if (n == parts) {
                    ++parts;
                    heat.resize((part_slot + parts) * Batch::tile);
                    let_in.resize(heat.size());
                    part_row.resize(heat.size(), e.sun_row);
                }
                const double u = 1 / (resistance_of(e.chain) + inside_resistance + outside_resistance);
                const std::size_t at = lane_at(part_slot + n++, z);
                heat[at] = e.is_window ? e.transmits_m2 : e.area_m2 * e.sun_factor * outside_resistance * u;
                let_in[at] = e.is_window ? e.transmits_m2 : 0;
                part_row[at] = e.sun_row;
            }
            most_gains = std::max(most_gains, gains[z].size());
        }
        power.resize((gain_slot + most_gains) * Batch::tile);
        gain_schedule.resize(power.size(), -1);
        for (std::size_t z = first; z < end; ++z)
            for (std::size_t n = 0; n < gains[z].size(); ++n) {
                power[lane_at(gain_slot + n, z)] = envelopes.gains.power_w[gains[z][n]];
                gain_schedule[lane_at(gain_slot + n, z)] = number(envelopes.gains.schedule[gains[z][n]]);
            }
        for (const std::size_t slot : {part_slot, part_slot + parts, gain_slot, gain_slot + most_gains}) slots.push_back(static_cast<Index>(slot));
    }
    slots_ = Array<Index>(slots);
    part_row_ = Array<Index>(part_row);
    gain_schedule_ = Array<Index>(gain_schedule);
    part_heat_ = Array<double>(heat);
    part_let_in_ = Array<double>(let_in);
    gain_power_ = Array<double>(power);
}

void SimpleZones::start_at(double temperature_c) {
    const std::vector<double> all(static_cast<std::size_t>(mass_.size()), temperature_c);
    mass_.from_host(all);
    air_.from_host(all);
}

void SimpleZones::advance(const BalanceInputs& in, const ZoneResults& results) {
    const SimpleZoneColumns zone{values_, schedules_, slots_, mass_.size()};
    const AdvanceSimpleZones advance{in, zone, {part_heat_, part_let_in_, part_row_}, {gain_power_, gain_schedule_}, zones_, padded_, mass_, air_, results};
    parallel_for(calls<Batch>(mass_.size()), advance, 8);
}

void SimpleZones::save(Archive& archive) const {
    archive.put(std::span<const double>(mass_.to_host()));
    archive.put(std::span<const double>(air_.to_host()));
}

void SimpleZones::load(Archive& archive) {
    mass_.from_host(archive.get_list<double>());
    air_.from_host(archive.get_list<double>());
}

}  // namespace shahr::SHAHR_BACKEND::building
