// Consumers that supply simulated buildings: what the buildings ask for and have taken is heard on the bus, and what the network
// can give is offered there (kernels/base/heat_channels.h). The heat of a step is ready for the rooms in the next hour: radiators and
// the pipes in the house hold it meanwhile, so that what is delivered is what is taken and what stands ready.
#pragma once
#include <memory>

#include "kernels/base/bus.h"
#include "kernels/base/heat_channels.h"
#include "kernels/heat/state.h"
#include "sim/city/city.h"

namespace shahr::SHAHR_BACKEND::heat {

// The buildings behind the consumers.
struct HouseView {
    Index buildings = 0, zones = 0, members = 1;
    View<const Index> building;                // [consumer]
    View<const HeatUse> use;                   // [consumer]
    View<const Index> first_zone, zone;        // [consumer, and one more], those that it heats
    View<const double> floor_share;            // of those, in their building
    View<const Index> rooms, hot_water;        // [building]  consumer; -1: none
    SHAHR_HD Index member_of(Index lane) const { return lane < members ? lane : members - 1; }
};

SHAHR_HD inline bool warms_rooms(HeatUse use) { return use == HeatUse::rooms || use == HeatUse::rooms_and_hot_water; }
SHAHR_HD inline bool warms_water(HeatUse use) { return use == HeatUse::hot_water || use == HeatUse::rooms_and_hot_water; }

template <class L>
struct HearBuilding {
    ConsumerView consumers;
    StateView<L> s;
    HouseView houses;
    View<const double> zones, hot_water;
    Index zone_lanes, water_lanes;

    SHAHR_HD void operator()(Index i) const {
        const Index c = i % consumers.size, lane = i / consumers.size, member = houses.member_of(lane);
        const HeatUse use = houses.use[c];
        if (use == HeatUse::own) return;
        double asked = 0, taken = 0, air = 0;
        if (warms_rooms(use)) {
            for (Index k = houses.first_zone[c]; k < houses.first_zone[c + 1]; ++k) {
                const auto of_zone = [&](ZoneRow row) { return zones[static_cast<Index>(row) * zone_lanes + member * houses.zones + houses.zone[k]]; };
                asked += of_zone(ZoneRow::asked);
                taken += of_zone(ZoneRow::heating);
                air += houses.floor_share[k] * of_zone(ZoneRow::air);
            }
            s.indoor_c(c, lane) = air;
        }
        if (warms_water(use)) {
            const auto of_water = [&](HotWaterRow row) { return hot_water[heat_row(row, houses.building[c], houses.buildings) * water_lanes + member]; };
            asked += of_water(HotWaterRow::asked);
            taken += of_water(HotWaterRow::taken);
        }
        s.asked_w(c, lane) = smaller_of(asked, consumers.substation[c].heat_w);      // its size
        s.taken_w(c, lane) = taken;
    }
};

template <class L>
struct OfferHeat {
    ConsumerView consumers;
    StateView<L> s;
    HouseView houses;
    View<double> offer;
    View<const double> hot_water;
    Index water_lanes;

    SHAHR_HD void operator()(Index i) const {
        const Index b = i / houses.members, member = i % houses.members;
        const Index rooms = houses.rooms[b], water = houses.hot_water[b];
        double least = 0, most = math::infinity(), water_most = math::infinity();
        if (water >= 0 && is_short(water, member)) water_most = at_hand_w(water, member);
        if (rooms >= 0 && consumers.kind[rooms] == HeatConsumerKind::radiator) {
            least = most = larger_of(s.ready_j(rooms, member), 0) / hour_s;
        } else if (rooms >= 0) {
            most = is_short(rooms, member) ? at_hand_w(rooms, member) : consumers.substation[rooms].heat_w;
            if (rooms == water) most = larger_of(most - water_w(b, member), 0);
        }
        const auto tell = [&](HeatOfferRow row, double w) { offer[heat_row(row, b, houses.buildings) * houses.members + member] = w; };
        tell(HeatOfferRow::rooms_least, least);
        tell(HeatOfferRow::rooms_most, most);
        tell(HeatOfferRow::hot_water_most, water_most);
    }

private:
    // It gets less than it asks for, or owes more than a hundredth of an hour.
    SHAHR_HD bool is_short(Index c, Index lane) const { return s.heat_w(c, lane) < 0.999 * s.demand_w(c, lane) || s.ready_j(c, lane) < -0.01 * hour_s * consumers.substation[c].heat_w; }
    // What it has got lately, and what is left from before or was taken ahead.
    SHAHR_HD double at_hand_w(Index c, Index lane) const { return larger_of(s.heat_w(c, lane) + s.ready_j(c, lane) / hour_s, 0); }
    // Hot water goes first.
    SHAHR_HD double water_w(Index b, Index member) const { return hot_water[heat_row(HotWaterRow::taken, b, houses.buildings) * water_lanes + member]; }
};

// The tables of the coupling, and its phases. Without zones and hot water on the bus all consumers stand for themselves.
template <class L>
class Houses {
public:
    Houses(const City& city, Index members, std::shared_ptr<Bus> bus);

    bool any() const { return offer_ != nullptr; }
    // [consumer] 1: it supplies a building that is simulated.
    const std::vector<std::uint8_t>& simulated() const { return simulated_; }
    void hear(const ConsumerView& consumers, const StateView<L>& s, Index lanes) const;
    void offer(const ConsumerView& consumers, const StateView<L>& s) const;

private:
    HouseView view() const;
    Index buildings_, zones_, members_;
    std::shared_ptr<Bus> bus_;
    Array<double>* offer_ = nullptr;
    std::vector<std::uint8_t> simulated_;
    Array<HeatUse> use_;
    Array<Index> building_, first_zone_, zone_, rooms_, hot_water_;
    Array<double> floor_share_;
};

extern template class Houses<Single>;
extern template class Houses<Batch>;

}  // namespace shahr::SHAHR_BACKEND::heat
