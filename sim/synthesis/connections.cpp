#include "sim/synthesis/connections.h"

#include "sim/synthesis/peak_load.h"

namespace shahr {
namespace {

bool is_warmed(const BuildingSystems& s, SystemId at, HeatUse use) {
    const bool rooms = s.heating[at] == HeatSource::district_heat, water = s.hot_water[at] == HeatSource::district_heat;
    return use == HeatUse::rooms ? rooms : use == HeatUse::hot_water ? water : rooms || water;
}

// Its valve is shut, for which no season ever comes, and it asks for nothing that somebody could miss.
void shut_off(HeatNetwork& heat, HeatConsumerId at) {
    HeatConsumers& c = heat.consumers;
    heat.links.open[c.link[at]] = 0;
    c.season_below_c[at] = -273.15;
    c.use[at] = HeatUse::own;
    c.kind[at] = HeatConsumerKind::substation;
    c.heat_w[at] = c.flow_kgps[at] = c.bypass_kgps[at] = 0;
}

void keep_heat(City& city, const BuildingSystems& before, ImportReport& report) {
    const BuildingSystems& now = city.services.systems;
    Column<BuildingId, SystemId> system_of(city.buildings.id.size(), none<SystemId>);
    for (const SystemId s : rows(now.building)) system_of[now.building[s]] = s;
    std::int64_t left = 0, come = 0;
    const HeatConsumers& consumers = city.heat.consumers;
    for (const HeatConsumerId c : rows(consumers.id)) {
        if (consumers.use[c] == HeatUse::own) continue;
        const SystemId s = system_of[consumers.building[c]];
        if (!is_some(s) || !is_warmed(before, s, consumers.use[c]) || is_warmed(now, s, consumers.use[c])) continue;
        shut_off(city.heat, c);
        ++left;
    }
    for (const SystemId s : rows(now.building))
        for (const HeatUse use : {HeatUse::rooms, HeatUse::hot_water}) come += is_warmed(now, s, use) && !is_warmed(before, s, use);
    report.kept(left, "consumers of district heat shut off", "their buildings have other sources of heat now; the pipes stay");
    report.dropped(come, "new consumers of district heat", "no pipe is laid for a change of the stock: their heat comes without bound");
}

void keep_power(const City& city, ImportReport& report) {
    std::vector<std::uint8_t> has_line(city.buildings.id.size(), 0);
    bool leads_to_buildings = false;
    for (const BuildingId b : city.power.loads.building)
        if (is_some(b)) has_line[row(b)] = leads_to_buildings = true;
    if (!leads_to_buildings) return;
    std::int64_t without = 0;
    const Column<SystemId, ConnectedLoad> loads = connected_loads(city);
    for (const SystemId s : rows(loads)) without += !has_line[row(city.services.systems.building[s])] && design_load_w(loads[s]) > 0;
    report.dropped(without, "buildings' electric load", "no line of the power grid leads to them");
}

}  // namespace

void keep_connections(City& city, const BuildingSystems& before, ImportReport& report) {
    if (!city.heat.nodes.id.empty()) keep_heat(city, before, report);
    keep_power(city, report);
}

}  // namespace shahr
