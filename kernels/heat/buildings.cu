#include "kernels/heat/buildings.h"

#include <algorithm>
#include <numeric>

#include "kernels/base/parallel_for.h"

namespace shahr::SHAHR_BACKEND::heat {
namespace {

// Rooms that nobody simulates stand for themselves.
HeatUse use_of(HeatUse use, bool has_zones) {
    if (has_zones || !warms_rooms(use)) return use;
    return use == HeatUse::rooms ? HeatUse::own : HeatUse::hot_water;
}

}  // namespace

template <class L>
Houses<L>::Houses(const City& city, Index members, std::shared_ptr<Bus> bus)
    : buildings_(static_cast<Index>(city.buildings.id.size())), zones_(static_cast<Index>(city.envelopes.zones.id.size())), members_(members), bus_(std::move(bus)), simulated_(city.heat.consumers.id.size(), 0) {
    const HeatConsumers& c = city.heat.consumers;
    const bool supplies = std::any_of(c.use.begin(), c.use.end(), [](HeatUse use) { return use != HeatUse::own; });
    if (!supplies || !bus_ || !bus_->has("zones") || !bus_->has("hot_water")) return;
    offer_ = &bus_->open("heat_offer", heat_row(HeatOfferRow::count, 0, buildings_), members_);

    const ThermalZones& z = city.envelopes.zones;
    std::vector<std::vector<Index>> zones_of(static_cast<std::size_t>(buildings_));
    for (const ThermalZoneId at : rows(z.id))
        if (is_some(z.building[at])) zones_of[row(z.building[at])].push_back(number(at));
    const auto floor_m2 = [&](Index zone) { return static_cast<double>(z.floor_area_m2[as_id<ThermalZoneId>(zone)] * z.multiplier[as_id<ThermalZoneId>(zone)]); };
    std::vector<Index> building, first{0}, zone, rooms(static_cast<std::size_t>(buildings_), -1), hot_water(rooms);
    std::vector<double> share;
    std::vector<HeatUse> uses;
    for (const HeatConsumerId at : rows(c.id)) {
        building.push_back(is_some(c.building[at]) ? number(c.building[at]) : -1);
        uses.push_back(use_of(c.use[at], is_some(c.building[at]) && !zones_of[row(c.building[at])].empty()));
        if (uses.back() != HeatUse::own) {
            const std::size_t b = row(c.building[at]);
            simulated_[row(at)] = 1;
            if (warms_water(uses.back())) hot_water[b] = number(at);
            if (warms_rooms(uses.back())) {
                rooms[b] = number(at);
                const double floor = std::accumulate(zones_of[b].begin(), zones_of[b].end(), 0.0, [&](double sum, Index k) { return sum + floor_m2(k); });
                for (const Index k : zones_of[b]) {
                    zone.push_back(k);
                    share.push_back(floor_m2(k) / floor);
                }
            }
        }
        first.push_back(static_cast<Index>(zone.size()));
    }
    use_ = Array<HeatUse>(uses);
    building_ = Array<Index>(building);
    first_zone_ = Array<Index>(first);
    zone_ = Array<Index>(zone);
    floor_share_ = Array<double>(share);
    rooms_ = Array<Index>(rooms);
    hot_water_ = Array<Index>(hot_water);
}

template <class L>
HouseView Houses<L>::view() const {
    return {buildings_, zones_, members_, building_, use_, first_zone_, zone_, floor_share_, rooms_, hot_water_};
}

template <class L>
void Houses<L>::hear(const ConsumerView& consumers, const StateView<L>& s, Index lanes) const {
    if (any()) parallel_for(consumers.size * lanes, HearBuilding<L>{consumers, s, view(), bus_->read("zones"), bus_->read("hot_water"), bus_->lanes("zones"), bus_->lanes("hot_water")});
}

template <class L>
void Houses<L>::offer(const ConsumerView& consumers, const StateView<L>& s) const {
    if (any()) parallel_for(buildings_ * members_, OfferHeat<L>{consumers, s, view(), *offer_, bus_->read("hot_water"), bus_->lanes("hot_water")});
}

template class Houses<Single>;
template class Houses<Batch>;

}  // namespace shahr::SHAHR_BACKEND::heat
