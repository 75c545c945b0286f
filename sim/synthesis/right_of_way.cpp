#include "sim/synthesis/right_of_way.h"

#include <algorithm>
#include <numbers>
#include <tuple>

namespace shahr {
namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double facing = 135 * degree, bend = 75 * degree;
constexpr double similar_speed_mps = 2.64;     // 9.5 km/h, as in SUMO's netconvert
constexpr int ring_rank = 30000, main_rank = 20000, signed_rank = -10000;

// A left turn waits inside the junction with its front this far before the oncoming path: half a vehicle's width, half a
// lane's slack and a metre for the eye. Closer than 3 m to the stop line it might as well stay there.
constexpr float before_oncoming_m = 2.5f, least_wait_m = 3;

}  // namespace

int turn_rank(Turn turn, bool left_hand_traffic) {
    const bool left = turn == Turn::left || turn == Turn::slight_left;
    if (turn == Turn::u_turn) return 3;
    if (turn == Turn::straight) return 0;
    return left != left_hand_traffic ? 2 : 1;
}

RightOfWayRules::RightOfWayRules(const City& city, const JunctionHints& hints, const Column<RoadId, RoadId>& twins, std::span<const Port> ports, bool signalised)
    : city_(city), twins_(twins) {
    const Roads& roads = city.network.roads;
    bool ring = false, rings_on = false;
    for (const Port& p : ports) {
        if (!p.inbound) {
            rings_on |= roads.roundabout[p.road] != 0;
            continue;
        }
        const Sign sign = hints.sign.empty() ? Sign::none : hints.sign[p.road];
        legs_.push_back({p.road, p.heading + std::numbers::pi, roads.priority[p.road], none<RoadId>, sign});
        ring |= roads.roundabout[p.road] != 0;
    }
    const auto signs = std::count_if(legs_.begin(), legs_.end(), [](const Leg& l) { return l.sign != Sign::none; });
    const bool all_stop = std::all_of(legs_.begin(), legs_.end(), [](const Leg& l) { return l.sign == Sign::stop; });
    if (signalised) {
        control_ = Control::signal;
        rank_by_class();
    } else if (ring && rings_on) {
        control_ = Control::roundabout;
        for (Leg& l : legs_)
            if (roads.roundabout[l.road]) l.rank = ring_rank;
    } else if (legs_.size() > 1 && all_stop) {
        control_ = Control::all_way_stop;
        for (Leg& l : legs_) l.rank = 0;
    } else if (signs == 0 && is_right_before_left(hints.minor_crossing_speed_mps)) {
        control_ = Control::right_before_left;
    } else {
        rank_by_class();
        for (Leg& l : legs_)
            if (l.sign != Sign::none) l.rank = signed_rank, l.partner = none<RoadId>;
    }
}

// The law of the CIS and of Germany for crossings without signs; in practice minor streets of one rank and similar speed.
bool RightOfWayRules::is_right_before_left(double speed_limit_mps) const {
    const Roads& roads = city_.network.roads;
    float slowest = 1e9f, fastest = 0;
    for (const Leg& l : legs_) {
        const RoadClass c = roads.road_class[l.road];
        if (c < RoadClass::unclassified || (c >= RoadClass::motorway_link && c != RoadClass::other)) return false;
        if (l.rank != legs_.front().rank) return false;
        slowest = std::min(slowest, roads.speed_limit_mps[l.road]);
        fastest = std::max(fastest, roads.speed_limit_mps[l.road]);
    }
    return fastest <= speed_limit_mps && fastest - slowest <= similar_speed_mps;
}

// The dominant road: the two best legs that form one street, straight on, or bent where only those two are of the best
// rank. Its legs go before all others, which are equals among themselves: each of them faces the same give-way sign.
void RightOfWayRules::rank_by_class() {
    const RoadNetwork& network = city_.network;
    if (legs_.empty()) return;
    int best = legs_.front().rank;
    for (const Leg& l : legs_) best = std::max(best, l.rank);
    const auto at_best = std::count_if(legs_.begin(), legs_.end(), [&](const Leg& l) { return l.rank == best; });
    Leg *first = nullptr, *second = nullptr;
    std::tuple<int, double, double> best_score;
    for (Leg& a : legs_) {
        for (Leg& b : legs_) {
            if (&a >= &b || std::max(a.rank, b.rank) != best) continue;
            const int lower = std::min(a.rank, b.rank);
            const bool outranked = std::any_of(legs_.begin(), legs_.end(), [&](const Leg& l) { return &l != &a && &l != &b && l.rank > lower; });
            const double apart = std::abs(turned(a.bearing, b.bearing));
            const bool bent = control_ != Control::signal && at_best == 2 && lower == best && is_some(twins_[a.road]) && is_some(twins_[b.road]) && apart > bend;
            if (outranked || (apart <= facing && !bent)) continue;
            const double speed = network.roads.speed_limit_mps[a.road] + network.roads.speed_limit_mps[b.road];
            const std::tuple score(lower, speed, apart);
            if (!first || score > best_score) first = &a, second = &b, best_score = score;
        }
    }
    if (first) {
        for (Leg& l : legs_) l.rank = 0;
        first->partner = second->road;
        second->partner = first->road;
        first->rank = second->rank = main_rank;
    } else if (at_best == 1) {
        for (Leg& l : legs_)
            if (l.rank == best) l.rank = main_rank;
    }
}

const RightOfWayRules::Leg& RightOfWayRules::leg_of(MovementId m) const {
    const RoadId road = city_.network.lanes.road[city_.network.movements.from_lane[m]];
    return *std::find_if(legs_.begin(), legs_.end(), [&](const Leg& l) { return l.road == road; });
}

bool RightOfWayRules::has_stop_sign(MovementId m) const {
    return leg_of(m).sign == Sign::stop;
}

bool RightOfWayRules::face_each_other(MovementId a, MovementId b) const {
    const Leg &from_a = leg_of(a), &from_b = leg_of(b);
    return from_a.road == from_b.road || std::abs(turned(from_a.bearing, from_b.bearing)) > facing;
}

bool RightOfWayRules::turns_across(MovementId m) const {
    return rank_of_turn(m) >= 2;
}

int RightOfWayRules::rank_of_turn(MovementId m) const {
    return turn_rank(city_.network.movements.turn[m], city_.left_hand_traffic);
}

bool RightOfWayRules::stays_on_main_road(MovementId m) const {
    const Leg& leg = leg_of(m);
    const RoadId to = city_.network.lanes.road[city_.network.movements.to_lane[m]];
    return is_some(leg.partner) && twins_[to] == leg.partner;
}

bool RightOfWayRules::yields(MovementId a, MovementId b) const {
    const Movements& m = city_.network.movements;
    const Leg &from_a = leg_of(a), &from_b = leg_of(b);
    if (from_a.road == from_b.road) return m.from_lane[a] < m.from_lane[b];
    if (control_ == Control::all_way_stop) return true;
    const bool together = control_ == Control::signal && face_each_other(a, b);  // under one green ranks do not count
    if (!together && from_a.rank != from_b.rank) return from_a.rank < from_b.rank;
    const bool a_turns_back = m.turn[a] == Turn::u_turn, b_turns_back = m.turn[b] == Turn::u_turn;
    if (a_turns_back != b_turns_back) return a_turns_back;
    if (face_each_other(a, b)) {
        if (rank_of_turn(a) != rank_of_turn(b)) return rank_of_turn(a) > rank_of_turn(b);
        return a > b;
    }
    if (stays_on_main_road(a) != stays_on_main_road(b)) return stays_on_main_road(b);
    const bool b_on_the_right = turned(from_a.bearing, from_b.bearing) > 0;
    return b_on_the_right != city_.left_hand_traffic;
}

void decide(const RightOfWayRules& rules, std::span<const MovementId> movements, std::span<const MovementPair> pairs, Movements& table,
            std::vector<ConflictRow>& conflicts) {
    struct Waiting {
        bool yields = false, only_to_oncoming = true;
        float oncoming_at_m = 1e9f;
    };
    std::vector<Waiting> waiting(movements.size());
    const auto meet = [&](MovementId movement, MovementId foe, bool merges, float at_m, float foe_at_m) {
        const bool yields = rules.yields(movement, foe);
        conflicts.push_back({movement, foe, yields, merges, at_m, foe_at_m});
        if (!yields) return;
        Waiting& w = waiting[static_cast<std::size_t>(std::lower_bound(movements.begin(), movements.end(), movement) - movements.begin())];
        w.yields = true;
        if (!rules.face_each_other(movement, foe))
            w.only_to_oncoming &= rules.control() == Control::signal;  // the others have red then
        else if (!merges)
            w.oncoming_at_m = std::min(w.oncoming_at_m, at_m);
    };
    for (const MovementPair& p : pairs) {
        meet(p.a, p.b, p.merges, p.a_at_m, p.b_at_m);
        meet(p.b, p.a, p.merges, p.b_at_m, p.a_at_m);
    }
    for (std::size_t i = 0; i < movements.size(); ++i) {
        const MovementId m = movements[i];
        const Waiting& w = waiting[i];
        if (!w.yields) continue;
        const bool stops = rules.has_stop_sign(m) || rules.control() == Control::all_way_stop;
        table.right_of_way[m] = stops ? RightOfWay::stop : RightOfWay::minor;
        const bool oncoming = w.only_to_oncoming && w.oncoming_at_m < 1e8f && rules.turns_across(m);
        const float wait = w.oncoming_at_m - before_oncoming_m;
        if (oncoming && wait >= least_wait_m) table.wait_m[m] = wait;
    }
}

}  // namespace shahr
