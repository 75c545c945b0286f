// What happens inside junctions, made from the roads that meet there: movements, who gives way, signal programmes.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/city/city.h"
#include "sim/import/report.h"

namespace shahr {

// Arrows painted on a lane: a set of Turn values, one bit each; 0: none.
using TurnMask = std::uint8_t;
constexpr TurnMask mask_of(Turn turn) {
    return static_cast<TurnMask>(1u << static_cast<unsigned>(turn));
}

enum class Sign : std::uint8_t { none, give_way, stop };

// What the source knows beyond the tables. Every column may be empty: nothing is known.
struct JunctionHints {
    struct Turning {
        RoadId from, to;
        auto operator<=>(const Turning&) const = default;
    };
    Column<LaneId, TurnMask> arrows;
    Column<RoadId, Sign> sign;                 // at the road's end
    Column<JunctionId, std::uint8_t> signalised;
    Column<JunctionId, std::int32_t> controller;  // junctions with the same number >= 0 share one signal programme; -1: their own
    std::vector<Turning> banned;               // no movement from here to there
    // Where `restricted[j]` is 1, only the turnings in `reachable` exist (joined junctions with their inner roads gone).
    Column<JunctionId, std::uint8_t> restricted;
    std::vector<Turning> reachable;
    // Signals where two main roads (secondary or greater, up to 70 km/h) cross without signs: few maps have them all, and
    // without them the lesser road would wait for gaps in four lanes of traffic.
    bool guess_signals = true;
    double minor_crossing_speed_mps = 16.7;    // right before left only where no road is faster
};

// Fills network.movements, .conflicts, .signals and .signal_phases from junctions, roads and lanes. Takes shapes that run
// from junction centre to junction centre (at a joined junction: to the node of it that the road touched in the source, so
// that the two carriageways of a street stay apart; its position is the mean of those nodes). The two directions of a
// street may share one line: they are moved apart. Roads and lanes are cut back to their stop lines, and
// Junctions::control and ::keep_clear set; `cordon` stays as it was. Appends what was guessed to the report.
void synthesise_junctions(City& city, const JunctionHints& hints, ImportReport& report);

}  // namespace shahr
