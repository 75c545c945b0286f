// District heat as tables: nodes, the links between them, and what stands on the links: plants, consumers, their profiles.
//
// A network that has both lines laid out has two nodes at a place, one in the supply and one in the return line. A plant's
// link leads from the return line to the supply line, a consumer's from the supply line to the return line; pipes of either
// line may be drawn in either direction. Pressures are gauge pressures; temperatures are in degrees Celsius.
#pragma once
#include <cstdint>
#include <string>

#include "sim/base/enum_names.h"
#include "sim/base/ids.h"
#include "sim/base/point.h"
#include "sim/base/time.h"
#include "sim/city/land.h"

namespace shahr {

enum class HeatNodeId : std::int32_t {};
enum class HeatLinkId : std::int32_t {};
enum class HeatPlantId : std::int32_t {};
enum class HeatConsumerId : std::int32_t {};
enum class HeatProfileId : std::int32_t {};

enum class HeatLine : std::uint8_t { supply, return_, other };
template <>
inline constexpr std::array enum_names<HeatLine> = {"supply"sv, "return"sv, "other"sv};

enum class HeatLinkKind : std::uint8_t { pipe, valve, pump, plant, consumer };
template <>
inline constexpr std::array enum_names<HeatLinkKind> = {"pipe"sv, "valve"sv, "pump"sv, "plant"sv, "consumer"sv};

// Below the turbulent range: Hagen-Poiseuille and a smooth transition, or Colebrook's equation at any Reynolds number, as
// some programs have it.
enum class HeatFriction : std::uint8_t { laminar_below, colebrook_only };
template <>
inline constexpr std::array enum_names<HeatFriction> = {"laminar_below"sv, "colebrook_only"sv};

// substation: takes the flow that its heat demand needs, and gives it back at the return temperature.
// radiator:   a fixed resistance without a thermostat; the heat is what the radiators give off, and sets the indoor temperature.
// exchanger:  takes its heat from whatever flow comes.
enum class HeatConsumerKind : std::uint8_t { substation, radiator, exchanger };
template <>
inline constexpr std::array enum_names<HeatConsumerKind> = {"substation"sv, "radiator"sv, "exchanger"sv};

// What a consumer supplies of its building: nothing that a building asks for (its heat is heat_w times its profile), the rooms, hot
// water, or both.
enum class HeatUse : std::uint8_t { own, rooms, hot_water, rooms_and_hot_water };
template <>
inline constexpr std::array enum_names<HeatUse> = {"own"sv, "rooms"sv, "hot_water"sv, "rooms_and_hot_water"sv};

struct HeatNodes {
    using Id = HeatNodeId;
    static constexpr std::string_view table = "heat_nodes";
    Column<HeatNodeId, std::string> id;
    Column<HeatNodeId, HeatLine> line;
    Column<HeatNodeId, Point> position;
    Column<HeatNodeId, double> height_m;
    Column<HeatNodeId, double> pressure_pa;    // held here by whatever water that takes; NaN: not held
    Column<HeatNodeId, double> temperature_c;  // of the water that enters the network here; NaN: that of the node itself
    Column<HeatNodeId, double> inflow_kgps;    // enters here from outside; negative: leaves
};

struct HeatLinks {
    using Id = HeatLinkId;
    static constexpr std::string_view table = "heat_links";
    Column<HeatLinkId, std::string> id;
    Column<HeatLinkId, HeatLinkKind> kind;
    Column<HeatLinkId, HeatNodeId> from, to;
    Column<HeatLinkId, std::uint8_t> open;     // 0: closed
    Column<HeatLinkId, double> length_m;       // pipes; 0 otherwise
    Column<HeatLinkId, double> diameter_m;     // inner; of consumers 0: no resistance of their own
    Column<HeatLinkId, double> roughness_m;
    Column<HeatLinkId, double> loss_coefficient;      // of fittings: multiples of the velocity head
    Column<HeatLinkId, HeatFriction> friction;
    Column<HeatLinkId, double> heat_loss_wpmk; // to the ground, per metre and kelvin
    Column<HeatLinkId, double> ground_c;       // outside of the insulation
    Column<HeatLinkId, double> wall_jpmk;      // heat capacity of the pipe's wall, per metre; it has the water's temperature
    Column<HeatLinkId, double> fluid_c;        // density and viscosity are those at this temperature; NaN: at the water's own
    Column<HeatLinkId, double> pump_pa, pump_pa_per_m3ps, pump_pa_per_m3ps2;  // lift = a + b Q + c Q^2
    Lists<HeatLinkId, Point> shape;            // on the map, from `from` to `to`; empty: straight
};

// Supply temperature: constant, or the heating curve through the design day (field note, synthesis.md 3.2):
//   q = (ti - to) / (ti - td),  return = ti + m q^(1/n) - (Ts - Tr) q / 2,  supply = return + (T1 - Tr) q
// with m the radiators' mean excess temperature on the design day, between `lowest_supply_c` and `highest_supply_c`.
struct HeatPlants {
    using Id = HeatPlantId;
    static constexpr std::string_view table = "heat_plants";
    Column<HeatPlantId, std::string> id;
    Column<HeatPlantId, HeatLinkId> link;
    Column<HeatPlantId, double> supply_c, return_c;           // on the design day: T1, Tr
    Column<HeatPlantId, double> outdoor_c;                    // the design day; NaN: supply_c always
    Column<HeatPlantId, double> lowest_supply_c, highest_supply_c;
    Column<HeatPlantId, double> capacity_w;                   // NaN: no limit
    Column<HeatPlantId, double> lift_pa;                      // of its pump; with least_dp_pa the first guess
    Column<HeatPlantId, double> least_dp_pa;                  // the lift follows the consumer that has least; NaN: it does not
    Column<HeatPlantId, double> flow_kgps;                    // NaN: what the network asks for
    Column<HeatPlantId, double> pump_efficiency;              // of pump and motor
};

struct HeatConsumers {
    using Id = HeatConsumerId;
    static constexpr std::string_view table = "heat_consumers";
    Column<HeatConsumerId, std::string> id;
    Column<HeatConsumerId, HeatLinkId> link;
    Column<HeatConsumerId, BuildingId> building;              // none: it stands for itself
    Column<HeatConsumerId, HeatUse> use;                      // of that building
    Column<HeatConsumerId, HeatConsumerKind> kind;
    Column<HeatConsumerId, double> heat_w;                    // on the design day; the profile multiplies it
    Column<HeatConsumerId, HeatProfileId> profile;            // none: always heat_w, or what the building asks for
    Column<HeatConsumerId, double> return_c;                  // substations: NaN where delta_k or flow_kgps is given
    Column<HeatConsumerId, double> delta_k;                   // cooled by so much; NaN
    Column<HeatConsumerId, double> flow_kgps;                 // always this flow; NaN
    Column<HeatConsumerId, double> bypass_kgps;               // flows past the heat exchanger, always
    // Radiators, on the design day. The mixing ratio is that of the elevator: return water taken in per supply water.
    Column<HeatConsumerId, double> supply_c, design_return_c; // after mixing: 95, 70
    Column<HeatConsumerId, double> mixing_ratio;
    Column<HeatConsumerId, double> dp_pa;                     // pressure difference that drives the design flow
    Column<HeatConsumerId, double> indoor_c, outdoor_c;
    Column<HeatConsumerId, double> exponent;                  // output ~ (mean excess temperature)^exponent
    Column<HeatConsumerId, double> time_constant_h;           // of the building: its heat capacity over its heat loss
    Column<HeatConsumerId, double> season_below_c;            // open while the running mean of the outdoor temperature is below; NaN: always
};

// Values at equal steps from the scenario's first midnight, linear in between, the last one held. They multiply heat_w.
struct HeatProfiles {
    using Id = HeatProfileId;
    static constexpr std::string_view table = "heat_profiles";
    Column<HeatProfileId, std::string> id;
    Column<HeatProfileId, Duration> step;
    Lists<HeatProfileId, double> factor;
};

struct HeatNetwork {
    HeatNodes nodes;
    HeatLinks links;
    HeatPlants plants;
    HeatConsumers consumers;
    HeatProfiles profiles;
};

}  // namespace shahr
