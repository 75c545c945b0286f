#include "sim/synthesis/junctions.h"

#include <algorithm>

#include "sim/synthesis/conflicts.h"
#include "sim/synthesis/movement_paths.h"
#include "sim/synthesis/movements.h"
#include "sim/synthesis/ports.h"
#include "sim/synthesis/right_of_way.h"
#include "sim/synthesis/rings.h"
#include "sim/synthesis/signals.h"
#include "sim/synthesis/trim.h"

namespace shahr {
namespace {

JunctionHints in_order(JunctionHints hints) {
    std::sort(hints.banned.begin(), hints.banned.end());
    std::sort(hints.reachable.begin(), hints.reachable.end());
    return hints;
}

bool roads_meet(const RoadNetwork& network, std::span<const MovementPair> pairs) {
    const auto from = [&](MovementId m) { return network.lanes.road[network.movements.from_lane[m]]; };
    return std::any_of(pairs.begin(), pairs.end(), [&](const MovementPair& p) { return from(p.a) != from(p.b); });
}

constexpr double town_mps = 19.6;              // 70 km/h
constexpr int lanes_of_a_wide_tee = 5;
constexpr float one_crossing_m = 40;           // nearer than this to a signal lies a slip road's end, or another part of its crossing

// Two main roads of a town cross, neither has a sign, and one waits for the other: straight across, or out of the stem of
// a T onto a road of several lanes.
bool main_roads_cross(const RoadNetwork& network, const Children<LaneId, RoadId>& lanes_of, const JunctionHints& hints, std::span<const Port> ports,
                      std::span<const MovementPair> pairs) {
    int lanes = 0;
    for (const Port& p : ports) {
        if (network.roads.roundabout[p.road] || network.roads.speed_limit_mps[p.road] > town_mps) return false;
        if (p.inbound && !hints.sign.empty() && hints.sign[p.road] != Sign::none) return false;
        if (p.inbound) lanes += lanes_of[p.road].size();
    }
    const auto port_of = [&](MovementId m) -> const Port& {
        const RoadId road = network.lanes.road[network.movements.from_lane[m]];
        return *std::find_if(ports.begin(), ports.end(), [&](const Port& p) { return p.inbound && p.road == road; });
    };
    const auto is_main = [&](const Port& p) {
        const RoadClass c = network.roads.road_class[p.road];
        return c >= RoadClass::trunk && c <= RoadClass::secondary;
    };
    const auto straight = [&](MovementId m) { return network.movements.turn[m] == Turn::straight; };
    return std::any_of(pairs.begin(), pairs.end(), [&](const MovementPair& p) {
        const Port &a = port_of(p.a), &b = port_of(p.b);
        const bool ahead = (straight(p.a) && straight(p.b)) || ((straight(p.a) || straight(p.b)) && lanes >= lanes_of_a_wide_tee);
        return !p.merges && ahead && a.road != b.road && is_main(a) && is_main(b) && !face_each_other(a, b);
    });
}

bool signal_is_near(const RoadNetwork& network, std::span<const Port> ports, const Column<JunctionId, std::uint8_t>& signalised) {
    return std::any_of(ports.begin(), ports.end(), [&](const Port& p) {
        return network.roads.length_m[p.road] < one_crossing_m && signalised[p.inbound ? network.roads.from[p.road] : network.roads.to[p.road]];
    });
}

Control control_without_conflict(const RoadNetwork& network, std::span<const MovementId> movements) {
    const bool only_back = std::all_of(movements.begin(), movements.end(), [&](MovementId m) { return network.movements.turn[m] == Turn::u_turn; });
    return only_back ? Control::dead_end : Control::uncontrolled;
}

// Every junction by itself: its conflicts, its rules, its kind, and whether it gets signals.
struct Regulated {
    Column<JunctionId, std::uint8_t> signalised;
    std::int64_t dropped = 0, guessed = 0;
};
Regulated regulate(City& city, const JunctionHints& hints, const Ports& ports, const Column<RoadId, RoadId>& twins,
                   std::vector<ConflictRow>& conflicts) {
    RoadNetwork& network = city.network;
    const MovementsAtJunctions at(network);
    const LanePlaces places = find_lane_places(city, ports);
    const auto lanes_of = network.lanes_of();
    Regulated result{.signalised = Column<JunctionId, std::uint8_t>(network.junctions.id.size(), 0)};
    if (!hints.signalised.empty()) result.signalised = hints.signalised;
    std::vector<MovementPair> pairs;
    for (JunctionId j : rows(network.junctions.id)) {
        if (network.junctions.control[j] == Control::cordon) continue;
        pairs.clear();
        find_pairs(network, at[j], places, pairs);
        const bool meet = roads_meet(network, pairs);
        const bool tagged = !hints.signalised.empty() && hints.signalised[j];
        const bool guessed = meet && !tagged && hints.guess_signals && main_roads_cross(network, lanes_of, hints, ports.at(j), pairs) &&
                             !signal_is_near(network, ports.at(j), result.signalised);
        result.signalised[j] = guessed || (meet && tagged);
        result.dropped += tagged && !meet;
        result.guessed += guessed;
        const RightOfWayRules rules(city, hints, twins, ports.at(j), guessed || (meet && tagged));
        decide(rules, at[j], pairs, network.movements, conflicts);
        network.junctions.control[j] = meet ? rules.control() : control_without_conflict(network, at[j]);
        const bool cross = std::any_of(pairs.begin(), pairs.end(), [](const MovementPair& p) { return !p.merges; });
        network.junctions.keep_clear[j] = meet && cross && rules.control() != Control::roundabout;
    }
    return result;
}

void write_conflicts(std::vector<ConflictRow> found, Conflicts& c) {
    std::sort(found.begin(), found.end(), [](const ConflictRow& a, const ConflictRow& b) { return std::pair(a.movement, a.foe) < std::pair(b.movement, b.foe); });
    for (const ConflictRow& r : found) {
        c.movement.push_back(r.movement);
        c.foe.push_back(r.foe);
        c.yields.push_back(r.yields);
        c.merges.push_back(r.merges);
        c.at_m.push_back(r.at_m);
        c.foe_at_m.push_back(r.foe_at_m);
    }
}

void report_controls(const Junctions& junctions, ImportReport& report) {
    std::array<std::int64_t, enum_names<Control>.size()> count{};
    for (Control c : junctions.control) ++count[static_cast<std::size_t>(c)];
    for (std::size_t c = 0; c < count.size(); ++c)
        if (count[c]) report.guessed(count[c], std::string("junctions: ") + std::string(enum_names<Control>[c]), "");
}

}  // namespace

void synthesise_junctions(City& city, const JunctionHints& unordered, ImportReport& report) {
    const JunctionHints hints = in_order(unordered);
    RoadNetwork& network = city.network;
    const auto twins = find_twins(network.roads);
    Ports ports(network, twins, city.left_hand_traffic);
    report.guessed(trim_roads(city, ports, twins), "roads too short to be cut back to their stop lines", "cut as far as 40 % of their length allow");
    ports.set_headings(network.roads);
    report.guessed(find_untagged_rings(city, ports, twins), "roundabouts not tagged as such", "smooth rings of one-way roads up to 400 m around");

    const LaneTurns turns = find_lane_turns(city, hints, ports, twins);
    append_movements(city, turns.turns);
    std::vector<ConflictRow> conflicts;
    const Regulated regulated = regulate(city, hints, ports, twins, conflicts);
    write_conflicts(std::move(conflicts), network.conflicts);
    synthesise_signals(city, hints, ports, regulated.signalised, report);

    report.kept(static_cast<std::int64_t>(network.movements.turn.size()), "movements from lane to lane");
    report.guessed(turns.u_turns_for_want_of_an_exit, "turns back", "at ends with no other way on");
    report.guessed(turns.ring_exits_from_inner_lanes, "exits of roundabouts from every lane", "no arrows on the ring; its pieces are too short to change lanes on");
    report.guessed(turns.ring_exits_off_the_mapped_way, "exits of roundabouts besides the mapped ways", "a roundabout can be left at each of its legs");
    report.dropped(turns.arrows_without_a_leg, "sets of lane arrows", "an arrow points where no road leads");
    report.dropped(regulated.dropped, "signals", "no two roads' traffic meets there");
    report.guessed(regulated.guessed, "junctions with signals that are not tagged", "main roads cross in town, without signs");
    report_controls(network.junctions, report);
}

}  // namespace shahr
