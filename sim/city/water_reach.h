// Which nodes of a water network have a way to a source.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/city/water_network.h"

namespace shahr {

// [node]  1: links that are not shut join it to a reservoir or a tank. `shut`: one for each link.
std::vector<std::uint8_t> joined_to_a_source(const WaterNetwork& net, std::span<const std::uint8_t> shut);

}  // namespace shahr
