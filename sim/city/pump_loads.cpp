#include "sim/city/pump_loads.h"

#include <map>
#include <string_view>

namespace shahr {
namespace {

template <class Network, class Pump>
std::vector<std::int32_t> rows_of(const PowerLoads& loads, const Network& network, IdRange<Pump> pumps) {
    std::map<std::string_view, LoadId> known;
    for (const LoadId load : rows(loads.id)) known.emplace(loads.id[load], load);
    std::vector<std::int32_t> list;
    for (const Pump pump : pumps) {
        const auto at = known.find(load_of(network, pump));
        list.push_back(at == known.end() ? -1 : number(at->second));
    }
    return list;
}

}  // namespace

std::string load_of(const WaterNetwork& water, WaterPumpId pump) {
    return "water/" + water.links.id[water.pumps.link[pump]];
}

std::string load_of(const HeatNetwork& heat, HeatPlantId plant) {
    return "heat/" + heat.plants.id[plant];
}

std::vector<std::int32_t> loads_of_water_pumps(const City& city) {
    return rows_of(city.power.loads, city.water, rows(city.water.pumps.link));
}

std::vector<std::int32_t> loads_of_heat_plants(const City& city) {
    return rows_of(city.power.loads, city.heat, rows(city.heat.plants.id));
}

}  // namespace shahr
