// The road network as tables: junctions, roads, lanes, movements with their conflicts, signal programmes.
//
// A road is one direction of a street between two junctions; its lanes are numbered from the kerb (0) to the middle.
// A movement leads from the end of one lane through a junction to the start of another. Where two movements of a
// junction meet, each has a Conflict row that says who waits.
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

enum class JunctionId : std::int32_t {};
enum class RoadId : std::int32_t {};
enum class LaneId : std::int32_t {};
enum class MovementId : std::int32_t {};
enum class ConflictId : std::int32_t {};
enum class SignalId : std::int32_t {};
enum class PhaseId : std::int32_t {};
enum class ForbiddenPathId : std::int32_t {};

// Who may use a lane: a set of vehicle classes.
enum class VehicleClass : std::uint8_t { car, taxi, bus, truck, delivery, motorcycle, bicycle, emergency, tram, rail, pedestrian };
template <>
inline constexpr std::array enum_names<VehicleClass> = {"car"sv,        "taxi"sv,    "bus"sv,       "truck"sv, "delivery"sv, "motorcycle"sv,
                                                        "bicycle"sv, "emergency"sv, "tram"sv, "rail"sv,     "pedestrian"sv};
using ClassMask = std::uint16_t;
constexpr ClassMask mask_of(VehicleClass c) {
    return static_cast<ClassMask>(1u << static_cast<unsigned>(c));
}
inline constexpr ClassMask motor_vehicles = 0b0000'1011'1111;  // car, taxi, bus, truck, delivery, motorcycle, emergency

enum class RoadClass : std::uint8_t {
    motorway, trunk, primary, secondary, tertiary, unclassified, residential, living_street, service,
    motorway_link, trunk_link, primary_link, secondary_link, tertiary_link, other
};
template <>
inline constexpr std::array enum_names<RoadClass> = {
    "motorway"sv, "trunk"sv, "primary"sv, "secondary"sv, "tertiary"sv, "unclassified"sv, "residential"sv, "living_street"sv, "service"sv,
    "motorway_link"sv, "trunk_link"sv, "primary_link"sv, "secondary_link"sv, "tertiary_link"sv, "other"sv};

// How an unsignalised junction is regulated. `signal` and `cordon` (where roads leave the map) are kinds of their own.
enum class Control : std::uint8_t { priority, right_before_left, all_way_stop, roundabout, signal, uncontrolled, dead_end, cordon };
template <>
inline constexpr std::array enum_names<Control> = {"priority"sv, "right_before_left"sv, "all_way_stop"sv, "roundabout"sv,
                                                   "signal"sv,   "uncontrolled"sv,      "dead_end"sv,     "cordon"sv};

enum class Turn : std::uint8_t { straight, slight_right, right, slight_left, left, u_turn };
template <>
inline constexpr std::array enum_names<Turn> = {"straight"sv, "slight_right"sv, "right"sv, "slight_left"sv, "left"sv, "u_turn"sv};

// What a movement must do where no signal says otherwise.
enum class RightOfWay : std::uint8_t { major, minor, stop };
template <>
inline constexpr std::array enum_names<RightOfWay> = {"major"sv, "minor"sv, "stop"sv};

// What a signal shows to a movement in a phase. green_minor: go, but give way to the conflicts marked `yields`.
enum class Aspect : std::uint8_t { red, red_amber, yellow, green_minor, green, off };
template <>
inline constexpr std::array enum_names<Aspect> = {"red"sv, "red_amber"sv, "yellow"sv, "green_minor"sv, "green"sv, "off"sv};

struct Junctions {
    using Id = JunctionId;
    static constexpr std::string_view table = "junctions";
    Column<JunctionId, std::string> id;        // the source's own id
    Column<JunctionId, Point> position;
    Column<JunctionId, float> elevation_m;
    Column<JunctionId, Control> control;
    Column<JunctionId, std::uint8_t> keep_clear;  // 1: do not enter unless there is room beyond
};

struct Roads {
    using Id = RoadId;
    static constexpr std::string_view table = "roads";
    Column<RoadId, std::string> id;            // "way/123:<from node>-<to node>", or the source's own id
    Column<RoadId, std::string> name;          // the street's name, "" where it has none
    Column<RoadId, JunctionId> from, to;
    Column<RoadId, RoadClass> road_class;
    Column<RoadId, float> length_m;            // driven length, from junction edge to stop line, as the shape
    Column<RoadId, float> speed_limit_mps;
    Column<RoadId, std::int16_t> priority;     // rank at junctions: the greater goes first
    Column<RoadId, ClassMask> allowed;         // union over the lanes
    Column<RoadId, std::uint8_t> destination_only;  // 1: open to trips that begin or end there, not to through traffic
    Column<RoadId, std::uint8_t> bridge, tunnel, roundabout;
    Column<RoadId, std::uint8_t> connected;    // 1: in the strongly connected part for cars; trips begin and end only there
    Lists<RoadId, Point> shape;                // middle of this direction's carriageway, from junction edge to stop line
};

struct Lanes {  // grouped by road, from the kerb to the middle
    using Id = LaneId;
    static constexpr std::string_view table = "lanes";
    Column<LaneId, std::string> id;
    Column<LaneId, RoadId> road;
    Column<LaneId, float> length_m;
    Column<LaneId, float> speed_limit_mps;
    Column<LaneId, float> width_m;
    Column<LaneId, ClassMask> allowed;
};

struct Movements {  // grouped by from_lane
    using Id = MovementId;
    static constexpr std::string_view table = "movements";
    Column<MovementId, LaneId> from_lane, to_lane;
    Column<MovementId, JunctionId> junction;
    Column<MovementId, Turn> turn;
    Column<MovementId, float> length_m;        // path inside the junction, from stop line to the start of to_lane
    Column<MovementId, float> speed_limit_mps;
    Column<MovementId, float> wait_m;          // where it may wait inside the junction, from its start; 0: only at the stop line
    Column<MovementId, RightOfWay> right_of_way;
    Column<MovementId, ClassMask> allowed;
    Column<MovementId, SignalId> signal;       // none: unsignalised
    Column<MovementId, std::int32_t> signal_link;  // its place in each phase's list of aspects; -1: unsignalised
    Lists<MovementId, Point> shape;            // from the end of from_lane to the start of to_lane
};

// `movement` meets `foe`. Every pair has two rows, one from each side. What holds at signals: sim/synthesis/right_of_way.h.
struct Conflicts {  // grouped by movement
    using Id = ConflictId;
    static constexpr std::string_view table = "conflicts";
    Column<ConflictId, MovementId> movement, foe;
    Column<ConflictId, std::uint8_t> yields;   // 1: `movement` gives way to `foe`; on both sides at all-way stops
    Column<ConflictId, std::uint8_t> merges;   // 1: both end in the same lane; 0: their paths cross
    Column<ConflictId, float> at_m, foe_at_m;  // where their paths meet, from the start of each movement
};

// Fixed-time programmes. Phase k of a signal shows at time t if t, less the offset, falls into it modulo the cycle.
struct Signals {
    using Id = SignalId;
    static constexpr std::string_view table = "signals";
    Column<SignalId, std::string> id;
    Column<SignalId, Duration> offset;
    Column<SignalId, Duration> cycle;          // sum of its phases
};

struct SignalPhases {  // grouped by signal, in order of time
    using Id = PhaseId;
    static constexpr std::string_view table = "signal_phases";
    Column<PhaseId, SignalId> signal;
    Column<PhaseId, Duration> duration;
    Lists<PhaseId, Aspect> aspects;            // one per signal_link
};

// Turn restrictions that reach over a road between two junctions: who has driven all but the last of these roads in a row may
// not turn into the last, though others may. They bind the routes of all (sim/city/turn_graph.h).
struct ForbiddenPaths {
    using Id = ForbiddenPathId;
    static constexpr std::string_view table = "forbidden_paths";
    Lists<ForbiddenPathId, RoadId> roads;      // three or more, each beginning where the one before ends
};

struct RoadNetwork {
    Junctions junctions;
    Roads roads;
    Lanes lanes;
    Movements movements;
    Conflicts conflicts;
    Signals signals;
    SignalPhases signal_phases;
    ForbiddenPaths forbidden_paths;

    Children<LaneId, RoadId> lanes_of() const { return {lanes.road, roads.id.size()}; }
    Children<MovementId, LaneId> movements_from() const { return {movements.from_lane, lanes.id.size()}; }
    Children<ConflictId, MovementId> conflicts_of() const { return {conflicts.movement, movements.from_lane.size()}; }
    Children<PhaseId, SignalId> phases_of() const { return {signal_phases.signal, signals.id.size()}; }
};

}  // namespace shahr
