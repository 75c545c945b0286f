// The water network: nodes (junctions, reservoirs, tanks) and the links between them (pipes, pumps, valves).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/base/ids.h"
#include "sim/base/point.h"

namespace shahr {

enum class WaterNodeId : std::int32_t {};
enum class WaterLinkId : std::int32_t {};

struct WaterNodes {
    using Id = WaterNodeId;
    static constexpr std::string_view table = "water_nodes";
    Column<WaterNodeId, std::string> id;
    Column<WaterNodeId, Point> position;
};

struct WaterLinks {
    using Id = WaterLinkId;
    static constexpr std::string_view table = "water_links";
    Column<WaterLinkId, std::string> id;
    Column<WaterLinkId, WaterNodeId> from, to;
};

struct WaterNetwork {
    WaterNodes nodes;
    WaterLinks links;
};

}  // namespace shahr
