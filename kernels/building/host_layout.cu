#include "kernels/building/host_layout.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>

namespace shahr::SHAHR_BACKEND::building {
namespace {

using Elements = std::vector<std::vector<Element>>;
using ZoneRow32 = std::int32_t;

// Zones that share walls, in order; units alike in `structure` share batches.
struct Unit {
    std::vector<ZoneRow32> zones;
    std::vector<Index> structure;
    Index place_of(ZoneRow32 zone) const {
        const auto at = std::find(zones.begin(), zones.end(), zone);
        return at == zones.end() ? -1 : static_cast<Index>(at - zones.begin());
    }
};

struct Lane {
    const Unit* unit;
    Index member;
    bool filling;                              // repeats the first of its batch, and has no results
};

// Walls to neighbours first, then long chains before short ones, so that units with the same parts have the same structure.
void put_in_order(std::vector<Element>& elements) {
    std::stable_sort(elements.begin(), elements.end(), [](const Element& a, const Element& b) {
        if ((a.neighbour >= 0) != (b.neighbour >= 0)) return a.neighbour >= 0;
        return a.chain.capacity.size() > b.chain.capacity.size();
    });
}

std::vector<Unit> find_units(const Elements& elements) {
    std::vector<std::size_t> leader(elements.size());
    std::iota(leader.begin(), leader.end(), std::size_t{0});
    const auto find = [&](std::size_t z) {
        while (leader[z] != z) z = leader[z] = leader[leader[z]];
        return z;
    };
    for (std::size_t z = 0; z < elements.size(); ++z)
        for (const Element& e : elements[z])
            if (e.neighbour >= 0) {
                const std::size_t a = find(z), b = find(static_cast<std::size_t>(e.neighbour));
                leader[std::max(a, b)] = std::min(a, b);
            }
    std::map<std::size_t, Unit> by_leader;
    for (std::size_t z = 0; z < elements.size(); ++z) by_leader[find(z)].zones.push_back(static_cast<ZoneRow32>(z));
    std::vector<Unit> units;
    for (auto& [first, unit] : by_leader) {
        for (const ZoneRow32 z : unit.zones) {
            unit.structure.push_back(static_cast<Index>(elements[static_cast<std::size_t>(z)].size()));
            for (const Element& e : elements[static_cast<std::size_t>(z)]) {
                unit.structure.push_back(static_cast<Index>(e.chain.capacity.size()));
                unit.structure.push_back(unit.place_of(e.neighbour));
            }
        }
        units.push_back(std::move(unit));
    }
    std::stable_sort(units.begin(), units.end(), [](const Unit& a, const Unit& b) { return a.structure < b.structure; });
    return units;
}

class Builder {
public:
    Builder(const Envelopes& envelopes, const Elements& elements, Index members, double air_heat)
        : envelopes_(envelopes), elements_(elements), members_(members), air_heat_(air_heat) {}

    HostLayout build() {
        add_gains();
        const std::vector<Unit> units = find_units(elements_);
        for (auto from = units.begin(); from != units.end();) {
            const auto to = std::find_if(from, units.end(), [&](const Unit& u) { return u.structure != from->structure; });
            std::vector<Lane> lanes;
            for (auto unit = from; unit != to; ++unit)
                for (Index member = 0; member < members_; ++member) lanes.push_back({&*unit, member, false});
            while (lanes.size() % lane_width != 0) lanes.push_back({lanes.back().unit, lanes.back().member, true});
            for (std::size_t i = 0; i < lanes.size(); i += lane_width) add_batch(std::span(lanes).subspan(i, lane_width));
            from = to;
        }
        return std::move(out_);
    }

private:
    void add_gains() {
        const Gains& g = envelopes_.gains;
        first_gain_.assign(envelopes_.zones.id.size() + 1, 0);
        for (const GainId at : rows(g.zone)) {
            ++first_gain_[row(g.zone[at]) + 1];
            out_.gain_convective.push_back(g.power_w[at] * (1.0 - g.radiant[at]));
            out_.gain_radiant.push_back(static_cast<double>(g.power_w[at]) * g.radiant[at]);
            out_.gain_schedule.push_back(number(g.schedule[at]));
        }
        std::partial_sum(first_gain_.begin(), first_gain_.end(), first_gain_.begin());
    }

    void add_batch(std::span<const Lane> lanes) {
        const Unit& pattern = *lanes.front().unit;
        const auto first_zone = static_cast<Index>(out_.zone_slots.size());
        out_.batches.push_back({first_zone, static_cast<Index>(pattern.zones.size())});
        for (std::size_t k = 0; k < pattern.zones.size(); ++k) {
            const auto& alike = elements_[static_cast<std::size_t>(pattern.zones[k])];
            out_.zone_slots.push_back({static_cast<Index>(out_.element_slots.size()), static_cast<Index>(alike.size())});
            add_zone(lanes, k);
            for (std::size_t e = 0; e < alike.size(); ++e) {
                const Index neighbour = pattern.place_of(alike[e].neighbour);
                out_.element_slots.push_back({out_.node[0].slots(), static_cast<Index>(alike[e].chain.capacity.size()), neighbour < 0 ? -1 : first_zone + neighbour});
                add_element(lanes, k, e);
            }
        }
    }

    void add_zone(std::span<const Lane> lanes, std::size_t k) {
        const ThermalZones& z = envelopes_.zones;
        for (auto& column : out_.zone) column.add_slot();
        for (auto& column : out_.zone_index) column.add_slot();
        for (Index l = 0; l < lane_width; ++l) {
            const Lane& lane = lanes[static_cast<std::size_t>(l)];
            const auto at = as_id<ThermalZoneId>(lane.unit->zones[k]);
            const double air = z.volume_m3[at] * air_heat_;
            const double values[zone_values] = {
                air + z.furniture_j_k[at], air * z.infiltration_per_h[at] / 3600.0, z.ventilation_m3_s[at] * air_heat_ * (1 - z.heat_recovery[at]),
                z.purge_m3_s[at] * air_heat_, z.purge_above_c[at], z.heating_set_point_c[at], z.cooling_set_point_c[at], z.heating_power_w[at],
                z.cooling_power_w[at], z.heating_convective[at], z.cooling_convective[at], z.multiplier[at], z.set_point_on[at] == SetPointOn::operative ? 1.0 : 0.0};
            const Index indices[zone_indices] = {
                number(z.ventilation_schedule[at]), number(z.purge_schedule[at]), number(z.heating_schedule[at]), number(z.cooling_schedule[at]),
                first_gain_[row(at)], first_gain_[row(at) + 1], lane.member, lane.filling ? -1 : lane.member * static_cast<Index>(z.id.size()) + number(at)};
            for (std::size_t c = 0; c < zone_values; ++c) out_.zone[c].last(l) = values[c];
            for (std::size_t c = 0; c < zone_indices; ++c) out_.zone_index[c].last(l) = indices[c];
        }
    }

    void add_element(std::span<const Lane> lanes, std::size_t k, std::size_t e) {
        for (auto& column : out_.element) column.add_slot();
        out_.sun_row.add_slot();
        const auto at = [&](Index l) -> const Element& { return elements_[static_cast<std::size_t>(lanes[static_cast<std::size_t>(l)].unit->zones[k])][e]; };
        for (Index l = 0; l < lane_width; ++l) {
            const Element& it = at(l);
            const double values[element_values] = {
                it.area_m2, it.outside_film, it.outside_film_wind, it.emits, it.sees_sky, it.ground_film, it.ground_swing, it.convection_warm, it.convection_cold,
                it.inside_radiation, it.behind_convection, it.behind_radiation, it.sun_factor, it.sun_inside, it.sun_behind, it.transmits_m2};
            for (std::size_t c = 0; c < element_values; ++c) out_.element[c].last(l) = values[c];
            out_.sun_row.last(l) = it.sun_row;
            if (!lanes[static_cast<std::size_t>(l)].filling) out_.nodes += it.chain.capacity.size();
        }
        for (std::size_t n = 0; n < at(0).chain.capacity.size(); ++n) {
            for (auto& column : out_.node) column.add_slot();
            for (Index l = 0; l < lane_width; ++l) {
                const Chain& chain = at(l).chain;
                out_.node[0].last(l) = chain.capacity[n];
                out_.node[1].last(l) = n < chain.conductance.size() ? chain.conductance[n] : 0;
            }
        }
    }

    const Envelopes& envelopes_;
    const Elements& elements_;
    Index members_;
    double air_heat_;
    std::vector<Index> first_gain_;
    HostLayout out_;
};

}  // namespace

HostLayout lay_out(const Envelopes& envelopes, const Elements& elements, Index members, double air_heat) {
    Elements in_order = elements;
    for (auto& of_zone : in_order) put_in_order(of_zone);
    return Builder(envelopes, in_order, members, air_heat).build();
}

}  // namespace shahr::SHAHR_BACKEND::building
