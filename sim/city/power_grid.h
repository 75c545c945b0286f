// The power grid: buses, the branches between them, and what feeds and loads the buses.
//
// Impedances are per unit on the grid's base power (three-phase) and the buses' base voltages (line to line), which is how
// cases without known voltages come too; what people read off a plate (W, V, A) is in SI units. A branch is the pi circuit of
// MATPOWER's manual (Zimmerman and Murillo-Sanchez, section 3.2): an ideal transformer at `from`, then the series impedance
// with a shunt at each end. The same circuit stands for the negative sequence, with the shift reversed, and with its own
// values for the zero sequence, which passes no shift.
#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/enum_names.h"
#include "sim/base/ids.h"
#include "sim/base/point.h"
#include "sim/city/land.h"

namespace shahr {

enum class BusId : std::int32_t {};
enum class BranchId : std::int32_t {};
enum class TransformerId : std::int32_t {};
enum class LoadId : std::int32_t {};
enum class GeneratorId : std::int32_t {};
enum class ShuntId : std::int32_t {};

enum class BranchKind : std::uint8_t { line, cable, transformer, bus_switch };
template <>
inline constexpr std::array enum_names<BranchKind> = {"line"sv, "cable"sv, "transformer"sv, "bus_switch"sv};

enum class GeneratorKind : std::uint8_t { slack, voltage, power };
template <>
inline constexpr std::array enum_names<GeneratorKind> = {"slack"sv, "voltage"sv, "power"sv};

// Where a load or generator is connected: all phases alike, or one phase to neutral, or between two.
enum class Phase : std::uint8_t { abc, a, b, c, ab, bc, ca };
template <>
inline constexpr std::array enum_names<Phase> = {"abc"sv, "a"sv, "b"sv, "c"sv, "ab"sv, "bc"sv, "ca"sv};

inline constexpr double not_given_pu = std::numeric_limits<double>::quiet_NaN();

struct Buses {
    using Id = BusId;
    static constexpr std::string_view table = "buses";
    Column<BusId, std::string> id;
    Column<BusId, std::string> name;
    Column<BusId, Point> position;             // NaN: not known
    Column<BusId, double> base_voltage_v;      // line to line; 0: not known
    Column<BusId, double> initial_voltage_pu, initial_angle_degree;  // where Newton's iteration starts
    Column<BusId, double> min_voltage_pu, max_voltage_pu;            // a violation beyond; NaN: no limit
    Column<BusId, std::uint8_t> in_service;
};

// A tie that is open in normal operation is a branch in service with an open end.
struct Branches {
    using Id = BranchId;
    static constexpr std::string_view table = "branches";
    Column<BranchId, std::string> id;
    Column<BranchId, std::string> name;
    Column<BranchId, BranchKind> kind;         // bus_switch: no impedance, its two buses are one while it is closed
    Column<BranchId, BusId> from, to;
    Column<BranchId, std::uint8_t> in_service;
    Column<BranchId, std::uint8_t> from_closed, to_closed;           // the switches at its ends
    Column<BranchId, double> resistance_pu, reactance_pu;
    // The series impedance that `to` sees, where a reduced network left two; NaN: the same.
    Column<BranchId, double> back_resistance_pu, back_reactance_pu;
    Column<BranchId, double> conductance_from_pu, susceptance_from_pu, conductance_to_pu, susceptance_to_pu;
    Column<BranchId, double> tap_ratio;        // of the ideal transformer at `from`, off nominal: 1 for a line
    Column<BranchId, double> shift_degree;     // by which `from` leads `to` behind it
    // Zero sequence. A series resistance of NaN: not given; an infinite one: nothing passes (a delta winding).
    Column<BranchId, double> zero_resistance_pu, zero_reactance_pu;
    Column<BranchId, double> zero_conductance_from_pu, zero_susceptance_from_pu, zero_conductance_to_pu, zero_susceptance_to_pu;
    // What it may carry; 0: not limited. Loading is the greatest share of these at either end.
    Column<BranchId, double> rated_current_from_a, rated_current_to_a, rated_power_va;
    Column<BranchId, double> length_m;
    Lists<BranchId, Point> shape;              // its course on the map; may be empty
};

// What a branch of kind `transformer` has besides. The branch's tap_ratio is that at tap_position.
struct Transformers {
    using Id = TransformerId;
    static constexpr std::string_view table = "transformers";
    Column<TransformerId, std::string> id;
    Column<TransformerId, BranchId> branch;
    Column<TransformerId, double> rated_power_va;
    Column<TransformerId, std::string> vector_group;  // "Dyn5"; its effect is in the branch's zero sequence and shift
    Column<TransformerId, std::uint8_t> tap_at_to;    // the tap changer sits in the winding of `to`
    Column<TransformerId, std::int32_t> tap_position, tap_neutral, tap_min, tap_max;
    Column<TransformerId, double> tap_step;           // change of that winding's turns per position: 0.015
    // A regulator moves the tap until the voltage there lies in the band; none: the tap stays.
    Column<TransformerId, BusId> regulated_bus;
    Column<TransformerId, double> target_voltage_pu, deadband_pu;    // the whole width of the band
};

// Power at 1 pu and its make-up: what is neither constant impedance nor constant current is constant power.
struct PowerLoads {
    using Id = LoadId;
    static constexpr std::string_view table = "power_loads";
    Column<LoadId, std::string> id;
    Column<LoadId, BusId> bus;
    Column<LoadId, Phase> phase;
    Column<LoadId, std::uint8_t> in_service;
    Column<LoadId, double> active_power_w, reactive_power_var;
    Column<LoadId, double> impedance_share_p, current_share_p, impedance_share_q, current_share_q;
    // The building whose electric load it is, instead of the constant active power; `power_factor` then gives the reactive
    // power, inductive. none: a load of its own.
    Column<LoadId, BuildingId> building;
    Column<LoadId, double> power_factor;
    Column<LoadId, std::int32_t> customers;    // for the interruption indices
};

struct Generators {
    using Id = GeneratorId;
    static constexpr std::string_view table = "generators";
    Column<GeneratorId, std::string> id;
    Column<GeneratorId, BusId> bus;
    Column<GeneratorId, GeneratorKind> kind;   // slack: voltage and angle; voltage: power and voltage; power: both powers
    Column<GeneratorId, Phase> phase;          // abc, but for those of kind `power`
    Column<GeneratorId, std::uint8_t> in_service;
    Column<GeneratorId, double> active_power_w, reactive_power_var;
    Column<GeneratorId, double> min_reactive_power_var, max_reactive_power_var;  // may be infinite
    Column<GeneratorId, double> voltage_pu, angle_degree;
    // Behind which the source's negative and zero sequence voltages vanish; 0: an ideal source.
    Column<GeneratorId, double> source_resistance_pu, source_reactance_pu, zero_source_resistance_pu, zero_source_reactance_pu;
};

// A constant admittance to earth: what it draws at 1 pu. A capacitor's reactive power is negative.
struct Shunts {
    using Id = ShuntId;
    static constexpr std::string_view table = "shunts";
    Column<ShuntId, std::string> id;
    Column<ShuntId, BusId> bus;
    Column<ShuntId, std::uint8_t> in_service;
    Column<ShuntId, double> active_power_w, reactive_power_var;
};

// Active power of loads over time, each value from its time to the next: a scenario brings it, no city file holds it. The
// reactive power keeps its ratio to the active power.
struct LoadSeries {
    std::vector<double> time_s;                // since the first midnight, ascending; empty: all loads are constant
    std::vector<double> active_power_w;        // [time][load]  NaN: as built
};

struct PowerGrid {
    double base_power_va = 100e6;
    double frequency_hz = 50;
    Buses buses;
    Branches branches;
    Transformers transformers;
    PowerLoads loads;
    Generators generators;
    Shunts shunts;
    LoadSeries series;
};

// Rows with the values of an ordinary element, to be changed where it is not: a bus at 1 pu, a closed branch without
// shunts, a constant-power load on all phases, a generator of kind `power`, a shunt.
BusId add_bus(Buses& buses, std::string id, double base_voltage_v);
BranchId add_branch(Branches& branches, std::string id, BranchKind kind, BusId from, BusId to);
TransformerId add_transformer(Transformers& transformers, std::string id, BranchId branch);
LoadId add_load(PowerLoads& loads, std::string id, BusId bus, double active_power_w, double reactive_power_var);
GeneratorId add_generator(Generators& generators, std::string id, BusId bus, GeneratorKind kind);
ShuntId add_shunt(Shunts& shunts, std::string id, BusId bus, double active_power_w, double reactive_power_var);

// Ohms to per unit at this bus: divide by it.
double base_impedance_ohm(const PowerGrid& grid, BusId bus);

}  // namespace shahr
