// Which loads of the power grid are the pumps of other networks: a load whose id is "water/" and the id of a pump's link, or "heat/" and
// the id of a plant.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/city/city.h"

namespace shahr {

std::string load_of(const WaterNetwork& water, WaterPumpId pump);
std::string load_of(const HeatNetwork& heat, HeatPlantId plant);

// Row of city.power.loads for each pump, and for each plant's pump; -1: it hangs on no bus.
std::vector<std::int32_t> loads_of_water_pumps(const City& city);
std::vector<std::int32_t> loads_of_heat_plants(const City& city);

}  // namespace shahr
