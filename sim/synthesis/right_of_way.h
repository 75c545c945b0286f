// Who gives way at a junction, in this order: ring before entry; signs; the rank of the road, where the dominant pair of
// legs is one road that goes on; turning across the oncoming traffic waits; right before left (left-hand traffic: mirrored).
//
// What Conflicts::yields says at a signal. Among movements that may have green together (from legs that face each other, or
// from one leg) it says who gives way under green_minor: the turn across, to the oncoming traffic. Between other movements it
// says who would if the signal were dark; while it works a foe that has red is nobody to give way to.
#pragma once
#include <vector>

#include "sim/city/city.h"
#include "sim/synthesis/conflicts.h"
#include "sim/synthesis/junctions.h"
#include "sim/synthesis/ports.h"

namespace shahr {

// Ahead (0) before near-side turns (1) before turns across the oncoming traffic (2) before turning back (3).
int turn_rank(Turn turn, bool left_hand_traffic);

// The legs of one junction seen by the drivers who arrive on them.
class RightOfWayRules {
public:
    // `signalised`: the rules then say what holds among movements that have green together, and when the signal is dark.
    RightOfWayRules(const City& city, const JunctionHints& hints, const Column<RoadId, RoadId>& twins, std::span<const Port> ports, bool signalised);

    Control control() const { return control_; }

    // Whether a gives way to b. True both ways at all-way stops: there the one who waits longer goes.
    bool yields(MovementId a, MovementId b) const;

    // Both arrive on legs that face each other (more than 135 degrees apart), or on the same leg.
    bool face_each_other(MovementId a, MovementId b) const;

    // Turning across the oncoming traffic, or back.
    bool turns_across(MovementId m) const;

    bool has_stop_sign(MovementId m) const;

private:
    struct Leg {
        RoadId road;
        double bearing;                        // from where its traffic comes: its heading at the stop line, reversed
        int rank;
        RoadId partner;                        // the leg on which a dominant road goes on; none: not dominant
        Sign sign;
    };
    const Leg& leg_of(MovementId m) const;
    void rank_by_class();
    bool is_right_before_left(double speed_limit_mps) const;
    int rank_of_turn(MovementId m) const;
    bool stays_on_main_road(MovementId m) const;

    const City& city_;
    const Column<RoadId, RoadId>& twins_;
    std::vector<Leg> legs_;
    Control control_ = Control::priority;
};

struct ConflictRow {
    MovementId movement, foe;
    bool yields, merges;
    float at_m, foe_at_m;
};

// Appends two rows for each pair, and sets right_of_way and wait_m of the junction's movements.
void decide(const RightOfWayRules& rules, std::span<const MovementId> movements, std::span<const MovementPair> pairs, Movements& table,
            std::vector<ConflictRow>& conflicts);

}  // namespace shahr
