// The water network: nodes (junctions, reservoirs, tanks), the links between them (pipes, pumps, valves), who draws water,
// and what opens and closes by itself. SI units throughout; heads and pressures in m of water.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/base/enum_names.h"
#include "sim/base/ids.h"
#include "sim/base/point.h"
#include "sim/base/time.h"

namespace shahr {

using namespace std::string_view_literals;

enum class WaterNodeId : std::int32_t {};
enum class WaterLinkId : std::int32_t {};
enum class WaterTankId : std::int32_t {};
enum class WaterPumpId : std::int32_t {};
enum class WaterCurveId : std::int32_t {};
enum class WaterPatternId : std::int32_t {};
enum class WaterDemandId : std::int32_t {};
enum class WaterControlId : std::int32_t {};
enum class WaterRuleId : std::int32_t {};
enum class WaterPremiseId : std::int32_t {};
enum class WaterActionId : std::int32_t {};

enum class WaterNodeKind : std::uint8_t { junction, reservoir, tank };
template <>
inline constexpr std::array enum_names<WaterNodeKind> = {"junction"sv, "reservoir"sv, "tank"sv};

// prv: keeps the pressure behind it down; psv: keeps that before it up; pbv: breaks it by so much; fcv: bounds the flow; tcv:
// throttles by a loss coefficient; gpv: loses by a curve; pcv: throttles by its opening.
enum class WaterLinkKind : std::uint8_t { pipe, pump, prv, psv, pbv, fcv, tcv, gpv, pcv };
template <>
inline constexpr std::array enum_names<WaterLinkKind> = {"pipe"sv, "pump"sv, "prv"sv, "psv"sv, "pbv"sv, "fcv"sv, "tcv"sv, "gpv"sv, "pcv"sv};

// `active`: a valve that regulates by its setting.
enum class WaterStatus : std::uint8_t { closed, open, active };
template <>
inline constexpr std::array enum_names<WaterStatus> = {"closed"sv, "open"sv, "active"sv};

enum class WaterCurveKind : std::uint8_t { unused, pump_head, efficiency, volume, head_loss, opening };
template <>
inline constexpr std::array enum_names<WaterCurveKind> = {"unused"sv, "pump_head"sv, "efficiency"sv, "volume"sv, "head_loss"sv, "opening"sv};

struct WaterPatterns {
    using Id = WaterPatternId;
    static constexpr std::string_view table = "water_patterns";
    Column<WaterPatternId, std::string> id;
    Lists<WaterPatternId, double> factor;      // one for each pattern step, repeated for ever
};

// x and y by kind: pump_head m3/s and m; efficiency m3/s and a fraction; volume m above the bottom and m3; head_loss m3/s
// and m; opening: fractions of the opening and of the flow coefficient; unused: as in the source. x ascends.
struct WaterCurves {
    using Id = WaterCurveId;
    static constexpr std::string_view table = "water_curves";
    Column<WaterCurveId, std::string> id;
    Column<WaterCurveId, WaterCurveKind> kind;
    Lists<WaterCurveId, double> x, y;
};

struct WaterNodes {
    using Id = WaterNodeId;
    static constexpr std::string_view table = "water_nodes";
    Column<WaterNodeId, std::string> id;
    Column<WaterNodeId, WaterNodeKind> kind;
    Column<WaterNodeId, Point> position;       // NaN: not known
    Column<WaterNodeId, double> elevation_m;   // of a reservoir, its head; of a tank, its bottom
    Column<WaterNodeId, double> emitter;       // outflow at 1 m of pressure, m3/s; it grows as pressure^emitter_exponent
    Column<WaterNodeId, WaterPatternId> head_pattern;  // of a reservoir's head; none: constant
    Column<WaterNodeId, double> initial_quality;       // carried for other programs, not simulated
};

struct WaterTanks {
    using Id = WaterTankId;
    static constexpr std::string_view table = "water_tanks";
    Column<WaterTankId, WaterNodeId> node;
    Column<WaterTankId, double> initial_level_m, min_level_m, max_level_m;  // above the bottom
    Column<WaterTankId, double> diameter_m;
    Column<WaterTankId, double> min_volume_m3; // below the lowest level
    Column<WaterTankId, WaterCurveId> volume_curve;    // none: a cylinder
    Column<WaterTankId, std::uint8_t> overflow;        // 1: spills when full; 0: its inflow is shut
};

struct WaterLinks {
    using Id = WaterLinkId;
    static constexpr std::string_view table = "water_links";
    Column<WaterLinkId, std::string> id;
    Column<WaterLinkId, WaterLinkKind> kind;
    Column<WaterLinkId, WaterNodeId> from, to;
    Column<WaterLinkId, double> length_m, diameter_m;
    Column<WaterLinkId, double> roughness;     // Hazen-Williams: C; Darcy-Weisbach: height in m; Chezy-Manning: n
    Column<WaterLinkId, double> minor_loss;    // coefficient of v^2 / 2g
    Column<WaterLinkId, std::uint8_t> check_valve;     // 1: no backward flow
    Column<WaterLinkId, WaterStatus> status;   // at the start
    Column<WaterLinkId, double> setting;       // prv, psv, pbv: m; fcv: m3/s; tcv: loss coefficient; pcv: opening; NaN: fixed open or closed
    Column<WaterLinkId, WaterCurveId> curve;   // of a gpv or pcv
    Column<WaterLinkId, double> leak_area_m;   // of leaks, m2 for each m of pipe
    Column<WaterLinkId, double> leak_growth;   // of that area, m2 for each m of pipe and m of pressure
    Column<WaterLinkId, std::uint8_t> valve_from, valve_to;  // 1: an isolation valve at that end
    Lists<WaterLinkId, Point> shape;           // between its ends
};

struct WaterPumps {
    using Id = WaterPumpId;
    static constexpr std::string_view table = "water_pumps";
    Column<WaterPumpId, WaterLinkId> link;
    Column<WaterPumpId, double> power_w;       // of the water, whatever the flow; 0: by its curve
    Column<WaterPumpId, WaterCurveId> head_curve, efficiency_curve;
    Column<WaterPumpId, double> speed;         // relative, at the start
    Column<WaterPumpId, WaterPatternId> speed_pattern;
    Column<WaterPumpId, double> price_per_kwh; // NaN: the network's
    Column<WaterPumpId, WaterPatternId> price_pattern;
};

struct WaterDemands {  // grouped by node
    using Id = WaterDemandId;
    static constexpr std::string_view table = "water_demands";
    Column<WaterDemandId, WaterNodeId> node;
    Column<WaterDemandId, double> base_m3s;
    Column<WaterDemandId, WaterPatternId> pattern;     // none: constant
    Column<WaterDemandId, std::string> category;
};

enum class WaterTrigger : std::uint8_t { below, above, time, clock };
template <>
inline constexpr std::array enum_names<WaterTrigger> = {"below"sv, "above"sv, "time"sv, "clock"sv};

// One link is set where one condition holds. Pressure of a junction, level of a tank; time since the start, clock since midnight.
struct WaterControls {
    using Id = WaterControlId;
    static constexpr std::string_view table = "water_controls";
    Column<WaterControlId, WaterLinkId> link;
    Column<WaterControlId, WaterStatus> status;
    Column<WaterControlId, double> setting;    // NaN: only open or closed
    Column<WaterControlId, WaterTrigger> trigger;
    Column<WaterControlId, WaterNodeId> node;
    Column<WaterControlId, double> level_m;
    Column<WaterControlId, Duration> time;
};

struct WaterRules {
    using Id = WaterRuleId;
    static constexpr std::string_view table = "water_rules";
    Column<WaterRuleId, std::string> id;
    Column<WaterRuleId, double> priority;      // the higher one acts where two disagree
};

enum class WaterQuantity : std::uint8_t { demand, head, pressure, level, flow, status, setting, fill_time, drain_time, time, clock };
template <>
inline constexpr std::array enum_names<WaterQuantity> = {"demand"sv, "head"sv, "pressure"sv, "level"sv, "flow"sv, "status"sv, "setting"sv, "fill_time"sv, "drain_time"sv, "time"sv, "clock"sv};

enum class WaterRelation : std::uint8_t { equal, unequal, at_most, at_least, below, above };
template <>
inline constexpr std::array enum_names<WaterRelation> = {"equal"sv, "unequal"sv, "at_most"sv, "at_least"sv, "below"sv, "above"sv};

struct WaterPremises {  // grouped by rule, in their order
    using Id = WaterPremiseId;
    static constexpr std::string_view table = "water_premises";
    Column<WaterPremiseId, WaterRuleId> rule;
    Column<WaterPremiseId, std::uint8_t> alternative;  // 1: OR, 0: AND (and the first one)
    Column<WaterPremiseId, WaterQuantity> quantity;
    Column<WaterPremiseId, WaterNodeId> node;  // none: of a link, or of the whole system
    Column<WaterPremiseId, WaterLinkId> link;
    Column<WaterPremiseId, WaterRelation> relation;
    Column<WaterPremiseId, double> value;      // SI, s for times; a status as its number
};

struct WaterActions {  // grouped by rule
    using Id = WaterActionId;
    static constexpr std::string_view table = "water_actions";
    Column<WaterActionId, WaterRuleId> rule;
    Column<WaterActionId, std::uint8_t> otherwise;     // 1: ELSE
    Column<WaterActionId, WaterLinkId> link;
    Column<WaterActionId, WaterStatus> status;         // where the setting is NaN
    Column<WaterActionId, double> setting;
};

enum class HeadLossFormula : std::uint8_t { hazen_williams, darcy_weisbach, chezy_manning };
template <>
inline constexpr std::array enum_names<HeadLossFormula> = {"hazen_williams"sv, "darcy_weisbach"sv, "chezy_manning"sv};

// Fixed: what is asked for is drawn. Pressure: what the pressure gives (Wagner et al. 1988).
enum class WaterDemandModel : std::uint8_t { fixed, pressure };
template <>
inline constexpr std::array enum_names<WaterDemandModel> = {"fixed"sv, "pressure"sv};

enum class WaterUnits : std::uint8_t { cfs, gpm, mgd, imgd, afd, lps, lpm, mld, cmh, cmd, cms };
template <>
inline constexpr std::array enum_names<WaterUnits> = {"CFS"sv, "GPM"sv, "MGD"sv, "IMGD"sv, "AFD"sv, "LPS"sv, "LPM"sv, "MLD"sv, "CMH"sv, "CMD"sv, "CMS"sv};

enum class PressureUnits : std::uint8_t { by_flow, psi, kpa, meters, bar, feet };
template <>
inline constexpr std::array enum_names<PressureUnits> = {"by_flow"sv, "PSI"sv, "KPA"sv, "METERS"sv, "BAR"sv, "FEET"sv};

enum class WaterSettingsId : std::int32_t {};

// How it is to be solved and over what time: EPANET's options with EPANET's defaults. In the files a table of one row.
struct WaterSettings {
    using Id = WaterSettingsId;
    static constexpr std::string_view table = "water_settings";
    bool given = false;                        // false: no network came with any; the table is empty
    HeadLossFormula formula = HeadLossFormula::hazen_williams;
    WaterUnits units = WaterUnits::gpm;        // of the source; everything here is SI all the same
    PressureUnits pressure_units = PressureUnits::by_flow;
    WaterDemandModel demand_model = WaterDemandModel::fixed;
    double specific_gravity = 1, viscosity_m2s = 1.1e-5 * 0.3048 * 0.3048;
    double demand_multiplier = 1;
    double min_pressure_m = 0, required_pressure_m = 0.1 / 0.4333 * 0.3048, pressure_exponent = 0.5;
    double emitter_exponent = 0.5;
    std::uint8_t emitter_backflow = 1;         // 0: none flows in where the pressure is below zero
    double accuracy = 0.001;                   // sum of |changes of flow| over sum of |flows|
    double head_error_m = 0, flow_change_m3s = 0;      // further conditions; 0: none
    std::int32_t trials = 200, extra_trials = -1;      // -1: stop where a solution is not found in `trials`
    std::int32_t check_every = 2, check_until = 10;    // iterations between looks at the statuses, and the last of them
    double damp_limit = 0;                     // below this error flows change by 60 % only; 0: never
    Duration duration{}, hydraulic_step = std::chrono::hours{1}, pattern_step = std::chrono::hours{1}, pattern_start{};
    Duration report_step = std::chrono::hours{1}, report_start{}, rule_step{}, start_clock{};      // rule_step 0: a tenth of the hydraulic step
    double price_per_kwh = 0, efficiency = 0.75, demand_charge_per_kw = 0;
    std::string price_pattern, title;
    bool operator==(const WaterSettings&) const = default;
};

struct WaterNetwork {
    WaterPatterns patterns;
    WaterCurves curves;
    WaterNodes nodes;
    WaterTanks tanks;
    WaterLinks links;
    WaterPumps pumps;
    WaterDemands demands;
    WaterControls controls;
    WaterRules rules;
    WaterPremises premises;
    WaterActions actions;
    WaterSettings settings;
};

}  // namespace shahr
