// What heats, cools and lights the buildings, by what carrier: one row for each building that a stock describes, and the
// ways of use, which many of them share.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/base/enum_names.h"
#include "sim/base/ids.h"
#include "sim/city/land.h"

namespace shahr {

enum class SystemId : std::int32_t {};

enum class HeatSource : std::uint8_t { none, district_heat, gas_boiler, coal_stove, electric, heat_pump };
template <>
inline constexpr std::array enum_names<HeatSource> = {"none"sv, "district_heat"sv, "gas_boiler"sv, "coal_stove"sv, "electric"sv, "heat_pump"sv};

enum class UsageId : std::int32_t {};

// Power per square metre of gross floor area, W/m2, by month, kind of day (0 weekday, 1 weekend) and hour: 12 x 2 x 24 values,
// the hour innermost; hour 0 is from midnight to one o'clock.
struct Usages {
    using Id = UsageId;
    static constexpr std::string_view table = "usages";
    Column<UsageId, std::string> name;
    Lists<UsageId, float> appliances_w_m2, lighting_w_m2;  // electric
    Lists<UsageId, float> hot_water_w_m2;      // heat at the tap
    Lists<UsageId, float> cooking_w_m2;        // gas or electricity
};
constexpr std::size_t usage_values = 12 * 2 * 24;

struct BuildingSystems {
    using Id = SystemId;
    static constexpr std::string_view table = "building_systems";
    Column<SystemId, BuildingId> building;     // ascending, each once
    Column<SystemId, std::string> archetype;   // its name in the stock
    Column<SystemId, HeatSource> heating, hot_water;
    Column<SystemId, float> floor_area_m2;     // gross, that the energies of its use are counted on
    Column<SystemId, UsageId> usage;
    Column<SystemId, float> dwellings;         // flats or houses; 0: none
    Column<SystemId, float> cooled_share;      // of its cooling load that is met, by floor area: 0 to 1
    Column<SystemId, float> electric_cooking;  // share of the cooking: 0 or 1
    Column<SystemId, float> pv_w;              // peak power of the roof's panels; 0: none
    Column<SystemId, float> battery_j;         // usable; 0: none
    Column<SystemId, float> ev_home, ev_work, ev_public;  // electric cars that charge there by day or night
    Column<SystemId, float> service_peak_w;    // electric, of what is neither dwelling, heating nor cooling: its own greatest
    Column<SystemId, float> power_factor;      // of its electric load, inductive
};

// A city without rows here has no such systems: its zones' loads are heat and cold alone.
struct BuildingServices {
    Usages usages;
    BuildingSystems systems;
};

}  // namespace shahr
