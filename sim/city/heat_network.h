// District heat: nodes and the links between them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/base/ids.h"
#include "sim/base/point.h"

namespace shahr {

enum class HeatNodeId : std::int32_t {};
enum class HeatLinkId : std::int32_t {};

struct HeatNodes {
    using Id = HeatNodeId;
    static constexpr std::string_view table = "heat_nodes";
    Column<HeatNodeId, std::string> id;
    Column<HeatNodeId, Point> position;
};

struct HeatLinks {
    using Id = HeatLinkId;
    static constexpr std::string_view table = "heat_links";
    Column<HeatLinkId, std::string> id;
    Column<HeatLinkId, HeatNodeId> from, to;
};

struct HeatNetwork {
    HeatNodes nodes;
    HeatLinks links;
};

}  // namespace shahr
