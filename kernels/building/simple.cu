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

struct Copy {
    View<const double> from;
    View<double> to;
    SHAHR_HD void operator()(Index i) const { to[i] = from[i]; }
};

// W/K through a wall to the zone behind it.
double through_wall(const Element& e) {
    return e.area_m2 / (resistance_of(e.chain) + 2 * inside_resistance);
}

ZoneSums sum_up(const std::vector<Element>& elements) {
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
        } else if (e.neighbour >= 0) {
            sums.opaque += through_wall(e);
        }
    }
    return sums;
}


}  // namespace

SimpleZones::SimpleZones(const Envelopes& envelopes, const std::vector<std::vector<Element>>& elements, Index members, double air_heat)
    : zones_(static_cast<Index>(envelopes.zones.id.size())), padded_(padded<Batch>(zones_)), members_(members) {
    const ThermalZones& z = envelopes.zones;
    const auto places = static_cast<std::size_t>(padded_) * static_cast<std::size_t>(members);
    std::vector<double> values(places * static_cast<std::size_t>(SimpleColumn::count));
    std::vector<Index> schedules(4 * places, -1);
    for (std::size_t place = 0; place < places; ++place) {
        const auto in_member = std::min(place % static_cast<std::size_t>(padded_), z.id.size() - 1);        // filling repeats the last
        const auto at = as_id<ThermalZoneId>(in_member);
        const ZoneSums sums = sum_up(elements[in_member]);
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
    add_slots(envelopes, elements);
    mass_ = Array<double>(static_cast<Index>(places));
    air_ = Array<double>(static_cast<Index>(places));
    air_before_ = Array<double>(static_cast<Index>(places));
}

namespace {

// Value columns by slot and lane; the slots of a batch are as many as its zone with the most needs, the others' being of no weight.
class SlotColumns {
public:
    explicit SlotColumns(Index idle) : idle_(idle) {}
    void begin_batch() { first_ = slots_; }
    void add(std::size_t lane, std::size_t n, double a, double b, Index row) {
        if (first_ + n == slots_) {
            ++slots_;
            for (auto* column : {&a_, &b_}) column->resize(slots_ * Batch::tile);
            row_.resize(slots_ * Batch::tile, idle_ < 0 ? -1 : row);
        }
        const std::size_t at = (first_ + n) * Batch::tile + lane;
        a_[at] = a, b_[at] = b, row_[at] = row;
    }
    void end_batch(std::vector<Index>& slots) const { slots.insert(slots.end(), {static_cast<Index>(first_), static_cast<Index>(slots_)}); }
    Array<double> a() const { return Array<double>(a_); }
    Array<double> b() const { return Array<double>(b_); }
    Array<Index> row() const { return Array<Index>(row_); }
    bool empty() const { return slots_ == 0; }

private:
    Index idle_;                               // the row of idle slots; 0 or more: any that there is
    std::size_t slots_ = 0, first_ = 0;
    std::vector<double> a_, b_;
    std::vector<Index> row_;
};

}  // namespace

void SimpleZones::add_slots(const Envelopes& envelopes, const std::vector<std::vector<Element>>& elements) {
    std::vector<std::vector<GainId>> gains(elements.size());
    for (const GainId at : rows(envelopes.gains.zone)) gains[row(envelopes.gains.zone[at])].push_back(at);
    SlotColumns parts(0), powers(-1), neighbours(0);
    std::vector<Index> slots;
    for (std::size_t first = 0; first < elements.size(); first += Batch::tile) {
        for (SlotColumns* columns : {&parts, &powers, &neighbours}) columns->begin_batch();
        for (std::size_t z = first; z < std::min(first + static_cast<std::size_t>(Batch::tile), elements.size()); ++z) {
            const double outer = sum_up(elements[z]).opaque;
            std::size_t sunlit = 0, walls = 0, n = 0;
            for (const Element& e : elements[z]) {
                const double u = 1 / (resistance_of(e.chain) + inside_resistance + outside_resistance);
                if (e.is_window) parts.add(z - first, sunlit++, e.transmits_m2, e.transmits_m2, e.sun_row);
                else if (e.sun_factor > 0) parts.add(z - first, sunlit++, e.area_m2 * e.sun_factor * outside_resistance * u, 0, e.sun_row);
                if (e.neighbour >= 0) neighbours.add(z - first, walls++, through_wall(e) / outer, 0, e.neighbour);
            }
            for (const GainId at : gains[z]) powers.add(z - first, n++, envelopes.gains.power_w[at], 0, number(envelopes.gains.schedule[at]));
        }
        for (const SlotColumns* columns : {&parts, &powers, &neighbours}) columns->end_batch(slots);
    }
    slots_ = Array<Index>(slots);
    part_heat_ = parts.a(), part_let_in_ = parts.b(), part_row_ = parts.row();
    gain_power_ = powers.a(), gain_schedule_ = powers.row();
    neighbour_share_ = neighbours.a(), neighbour_zone_ = neighbours.row();
    has_neighbours_ = !neighbours.empty();
}

void SimpleZones::start_at(double temperature_c) {
    const std::vector<double> all(static_cast<std::size_t>(mass_.size()), temperature_c);
    mass_.from_host(all);
    air_.from_host(all);
}

void SimpleZones::advance(const BalanceInputs& in, const ZoneResults& results) {
    const SimpleZoneColumns zone{values_, schedules_, slots_, mass_.size()};
    AdvanceSimpleZones advance{in, zone, {part_heat_, part_let_in_, part_row_}, {gain_power_, gain_schedule_}, {neighbour_share_, neighbour_zone_}, zones_, padded_, 0, in.steps, mass_, air_, air_before_, results};
    const Index at_once = has_neighbours_ ? 1 : in.steps;
    for (Index step = 0; step < in.steps; step += at_once) {
        if (has_neighbours_) parallel_for(air_.size(), Copy{air_, air_before_});
        advance.first_step = step;
        advance.end_step = step + at_once;
        parallel_for(calls<Batch>(mass_.size()), advance, 8);
    }
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
