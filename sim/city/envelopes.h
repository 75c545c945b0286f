// What buildings are made of: zones with their constructions, surfaces and windows.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/base/ids.h"
#include "sim/base/point.h"

namespace shahr {

enum class ThermalZoneId : std::int32_t {};

struct ThermalZones {
    using Id = ThermalZoneId;
    static constexpr std::string_view table = "thermal_zones";
    Column<ThermalZoneId, std::string> id;
};

struct Envelopes {
    ThermalZones zones;
};

}  // namespace shahr
