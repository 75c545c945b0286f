#include "sim/synthesis/movements.h"

#include <algorithm>
#include <numbers>
#include <tuple>

#include "sim/synthesis/rings.h"

namespace shahr {
namespace {

constexpr double degree = std::numbers::pi / 180;

// One turning of an approach: the road it leads into, and which lanes of the approach serve it.
struct Turning {
    RoadId road;
    double angle;
    Turn turn;
    int side;                                  // -1 kerb side, 0 ahead, 1 across the oncoming traffic
    std::vector<LaneId> into;                  // lanes of the road, from the kerb
    std::vector<LaneId> from;                  // lanes of the approach that serve it, from the kerb
};

class Approach {
public:
    Approach(const City& city, const JunctionHints& hints, const Ports& ports, const Column<RoadId, RoadId>& twins,
             const Children<LaneId, RoadId>& lanes, const Column<RoadId, std::uint8_t>& ring_with_arrows, RoadId road)
        : network_(city.network), hints_(hints), ports_(ports), twins_(twins), lanes_(lanes), ring_with_arrows_(ring_with_arrows), road_(road),
          end_(ports.end_of(road)), kerbward_(city.left_hand_traffic ? 1 : -1) {}

    void add_turns(LaneTurns& out) {
        split_lanes();
        find_turnings(out);
        if (turnings_.empty()) return;
        if (!follow_arrows(out)) follow_rules(out);
        for (Turning& t : turnings_) connect(t, out.turns);
        connect_reserved_lanes(out.turns);
    }

private:
    ClassMask allowed(LaneId lane) const { return network_.lanes.allowed[lane]; }

    // Lanes for cars are shared out by rule; reserved lanes (buses, bicycles) follow beside them.
    void split_lanes() {
        for (LaneId lane : lanes_[road_]) (allowed(lane) & mask_of(VehicleClass::car) ? main_ : reserved_).push_back(lane);
        if (main_.empty()) main_.swap(reserved_);
    }

    std::vector<LaneId> lanes_into(RoadId to) const {
        std::vector<LaneId> cars, others;
        ClassMask mine = 0;
        for (LaneId lane : main_) mine |= allowed(lane);
        for (LaneId lane : lanes_[to]) {
            if (allowed(lane) & mine & mask_of(VehicleClass::car))
                cars.push_back(lane);
            else if (allowed(lane) & mine)
                others.push_back(lane);
        }
        return cars.empty() ? others : cars;
    }

    bool banned(RoadId to) const { return std::binary_search(hints_.banned.begin(), hints_.banned.end(), JunctionHints::Turning{road_, to}); }
    bool reachable(RoadId to) const {
        const bool listed = !hints_.restricted.empty() && hints_.restricted[network_.roads.to[road_]];
        return !listed || std::binary_search(hints_.reachable.begin(), hints_.reachable.end(), JunctionHints::Turning{road_, to});
    }
    bool leaves_ring(RoadId to) const { return network_.roads.roundabout[road_] && !network_.roads.roundabout[to]; }

    // Back along the same street: its other direction, or the carriageway beside it.
    bool leads_back(RoadId to, double angle) const {
        if (to == twins_[road_]) return true;
        if (-kerbward_ * angle < 150 * degree) return false;
        const auto ports = ports_.at(network_.roads.to[road_]);
        const auto mine = static_cast<std::size_t>(&end_ - ports.data());
        const std::size_t n = ports.size();
        const Port& neighbour = ports[kerbward_ < 0 ? (mine + n - 1) % n : (mine + 1) % n];
        return neighbour.road == to && !neighbour.inbound;
    }

    bool arrow_says_u_turn() const {
        if (hints_.arrows.empty()) return false;
        return std::any_of(main_.begin(), main_.end(), [&](LaneId l) { return hints_.arrows[l] & mask_of(Turn::u_turn); });
    }

    void find_turnings(LaneTurns& out) {
        std::vector<Turning> back;
        double straightest = std::numbers::pi;
        for (const Port& port : ports_.at(network_.roads.to[road_])) {
            if (port.inbound || banned(port.road)) continue;
            // A roundabout can be left at each of its legs, also where the mapped exit forks off an entry a few metres before.
            const bool off_the_mapped_way = !reachable(port.road);
            if (off_the_mapped_way && !leaves_ring(port.road)) continue;
            auto into = lanes_into(port.road);
            if (into.empty()) continue;
            out.ring_exits_off_the_mapped_way += off_the_mapped_way;
            const double angle = turned(end_.heading, port.heading);
            if (leads_back(port.road, angle)) {
                back.push_back({port.road, -kerbward_ * std::numbers::pi, Turn::u_turn, 1, std::move(into), {}});
            } else {
                turnings_.push_back({port.road, angle, Turn::straight, 0, std::move(into), {}});
                straightest = std::min(straightest, std::abs(angle));
            }
        }
        for (Turning& t : turnings_) classify(t, std::abs(t.angle) > straightest + 5 * degree);
        // Turning round: where there is no other way on, where arrows or inner roads show it, or between the
        // carriageways of a divided road. Never on an undivided street in passing: it would block the lane.
        const bool only_way = turnings_.empty() && network_.junctions.control[network_.roads.to[road_]] != Control::cordon;
        for (Turning& t : back) {
            if (!only_way && t.road == twins_[road_] && !arrow_says_u_turn()) continue;
            if (!only_way && t.road != twins_[road_] && main_.size() < 2 && is_signalised()) continue;
            if (only_way) ++out.u_turns_for_want_of_an_exit;
            turnings_.push_back(std::move(t));
        }
        std::sort(turnings_.begin(), turnings_.end(), [&](const Turning& a, const Turning& b) {
            return std::pair(-kerbward_ * a.angle, a.road) < std::pair(-kerbward_ * b.angle, b.road);
        });
    }

    // By angle; on a ring the way round is the way ahead, and what leaves it turns off to the kerb side.
    void classify(Turning& t, bool straighter) const {
        const Roads& roads = network_.roads;
        t.turn = turn_class(t.angle, straighter);
        t.side = t.turn == Turn::straight ? 0 : t.angle * kerbward_ > 0 ? -1 : 1;
        if (!roads.roundabout[road_]) return;
        const bool stays = roads.roundabout[t.road];
        if (stays) t.turn = Turn::straight;
        else if (t.turn == Turn::straight) t.turn = kerbward_ < 0 ? Turn::slight_right : Turn::slight_left;
        t.side = stays ? 0 : -1;
    }

    bool is_signalised() const { return !hints_.signalised.empty() && hints_.signalised[network_.roads.to[road_]]; }

    void follow_rules(LaneTurns& out) {
        if (network_.roads.roundabout[road_] && !ring_with_arrows_[road_]) {
            // The pieces of a ring are too short to change lanes on: who could not leave from the inner lane would lock it.
            for (Turning& t : turnings_) {
                t.from = main_;
                out.ring_exits_from_inner_lanes += main_.size() > 1 && leaves_ring(t.road);
            }
            return;
        }
        std::vector<int> side, room;
        std::vector<Turning*> sharing;
        for (Turning& t : turnings_) {
            if (t.turn == Turn::u_turn && turnings_.size() > 1) {
                t.from = {main_.back()};       // too rare for a lane of its own
            } else {
                sharing.push_back(&t);
                side.push_back(t.side);
                room.push_back(static_cast<int>(t.into.size()));
            }
        }
        const auto share = share_lanes(static_cast<int>(main_.size()), side, room);
        for (std::size_t t = 0; t < sharing.size(); ++t)
            sharing[t]->from.assign(main_.begin() + share[t].first, main_.begin() + share[t].last + 1);
    }

    static double nominal_angle(Turn arrow) {
        constexpr double angle[] = {0, -40, -90, 40, 90, 180};
        return angle[static_cast<std::size_t>(arrow)] * degree;
    }

    // The turning an arrow points at; null if none is within 70 degrees.
    Turning* pointed_at(Turn arrow) {
        Turning* best = nullptr;
        double least = 70 * degree;
        for (Turning& t : turnings_) {
            if ((arrow == Turn::u_turn) != (t.turn == Turn::u_turn)) continue;
            const double off = std::abs(turned(nominal_angle(arrow), t.angle));
            if (off < least) least = off, best = &t;
        }
        return best;
    }

    // Arrows, if there are any and each lane's lead somewhere. A turning to which no arrow points uses the outermost lane.
    bool follow_arrows(LaneTurns& out) {
        if (hints_.arrows.empty()) return false;
        if (std::none_of(main_.begin(), main_.end(), [&](LaneId l) { return hints_.arrows[l] != 0; })) return false;
        for (LaneId lane : main_) {
            bool leads_on = false;
            const TurnMask arrows = hints_.arrows[lane] ? hints_.arrows[lane] : mask_of(Turn::straight);
            for (int a = 0; a < 6; ++a) {
                if (!(arrows & mask_of(static_cast<Turn>(a)))) continue;
                Turning* t = pointed_at(static_cast<Turn>(a));
                if (t && (t->from.empty() || t->from.back() != lane)) t->from.push_back(lane);
                leads_on |= t != nullptr;
            }
            if (leads_on) continue;
            ++out.arrows_without_a_leg;
            for (Turning& t : turnings_) t.from.clear();
            return false;
        }
        for (Turning& t : turnings_)
            if (t.from.empty()) t.from = {t.side <= 0 ? main_.front() : main_.back()};
        return true;
    }

    void add(LaneId from, LaneId to, const Turning& t, std::vector<LaneTurn>& turns) const {
        if (allowed(from) & allowed(to)) turns.push_back({from, to, t.turn, t.angle});
    }

    // Lane to lane: near-side turns fill the new road from the kerb, far-side turns from the middle, and the way ahead
    // keeps its order; where it widens the outer lanes fork, where it narrows the kerb lanes merge.
    void connect(const Turning& t, std::vector<LaneTurn>& turns) const {
        const int k = static_cast<int>(t.from.size()), m = static_cast<int>(t.into.size());
        const auto from = [&](int i) { return t.from[static_cast<std::size_t>(i)]; };
        const auto into = [&](int i) { return t.into[static_cast<std::size_t>(i)]; };
        const std::size_t before = turns.size();
        if (k == 0) return;
        if (t.side < 0) {
            for (int i = 0; i < k; ++i) add(from(i), into(std::min(i, m - 1)), t, turns);
        } else if (t.side > 0 || k > m) {
            for (int i = 0; i < k; ++i) add(from(i), into(std::max(0, i - k + m)), t, turns);
        } else {
            const int kept_out = static_cast<int>(std::find(main_.begin(), main_.end(), from(0)) - main_.begin());
            const int shift = std::min(kept_out, m - k);
            // All lanes go on: they fork in even shares, so that none leads into a pocket only. Else the outer ones do.
            for (int o = 0; o < m; ++o) add(from(shift == 0 ? (o * k + k - 1) / m : std::clamp(o - shift, 0, k - 1)), into(o), t, turns);
            if (turnings_.size() == 1) lead_past_pockets(t, turns, before);
        }
    }

    TurnMask arrows(LaneId lane) const { return hints_.arrows.empty() ? TurnMask{0} : hints_.arrows[lane]; }

    // Where a street only goes on, and its lanes begin to have arrows: a lane that would lead into lanes for turning only leads
    // into the nearest for going on as well, unless it is such a lane itself.
    void lead_past_pockets(const Turning& t, std::vector<LaneTurn>& turns, std::size_t before) const {
        const auto goes_on = [&](LaneId lane) { return arrows(lane) == 0 || (arrows(lane) & mask_of(Turn::straight)); };
        const auto going_on = std::count_if(t.into.begin(), t.into.end(), goes_on);
        if (going_on == 0 || going_on == std::ssize(t.into)) return;
        for (LaneId lane : t.from) {
            LaneId nearest = none<LaneId>;
            int least = 99;
            bool served = !goes_on(lane);
            for (std::size_t i = before; i < turns.size(); ++i) served |= turns[i].from == lane && goes_on(turns[i].to);
            if (served) continue;
            const int place = number(lane) - number(t.from.front());
            for (LaneId to : t.into) {
                const int off = std::abs(number(to) - number(t.into.front()) - place);
                if (goes_on(to) && off < least) nearest = to, least = off;
            }
            if (is_some(nearest)) add(lane, nearest, t, turns);
        }
    }

    // A reserved lane goes on into a lane that takes its vehicles, a reserved one if there is one; it turns across the
    // oncoming traffic only if it can do nothing else.
    void connect_reserved_lanes(std::vector<LaneTurn>& turns) const {
        for (LaneId lane : reserved_) {
            const std::size_t before = turns.size();
            for (const bool last_resort : {false, true}) {
                if (turns.size() > before) break;
                for (const Turning& t : turnings_) {
                    if ((t.side > 0) != last_resort) continue;
                    LaneId best = none<LaneId>;
                    for (LaneId to : lanes_[t.road]) {
                        const bool reserved = !(allowed(to) & mask_of(VehicleClass::car));
                        if ((allowed(lane) & allowed(to)) && (!is_some(best) || reserved)) best = to;
                    }
                    if (is_some(best)) add(lane, best, t, turns);
                }
            }
        }
    }

    const RoadNetwork& network_;
    const JunctionHints& hints_;
    const Ports& ports_;
    const Column<RoadId, RoadId>& twins_;
    const Children<LaneId, RoadId>& lanes_;
    const Column<RoadId, std::uint8_t>& ring_with_arrows_;
    const RoadId road_;
    const Port& end_;
    const double kerbward_;                    // the sign of a turn towards the kerb
    std::vector<LaneId> main_, reserved_;
    std::vector<Turning> turnings_;
};

// A lane that nothing leads into, beside one that has an entry, is entered by a fork of the nearest movement: of those
// equally near, the straightest, and of one approach the lane on the same side.
void open_lanes_without_entry(const RoadNetwork& network, const Children<LaneId, RoadId>& lanes, std::vector<LaneTurn>& turns) {
    std::vector<LaneTurn> by_target = turns;
    std::sort(by_target.begin(), by_target.end(), [](const LaneTurn& a, const LaneTurn& b) { return std::pair(a.to, a.from) < std::pair(b.to, b.from); });
    Column<LaneId, std::uint8_t> entered(network.lanes.id.size(), 0);
    for (const LaneTurn& t : turns) entered[t.to] = 1;
    auto begin = by_target.begin();
    for (RoadId r : rows(network.roads.id)) {
        auto end = begin;
        while (end != by_target.end() && network.lanes.road[end->to] == r) ++end;
        for (LaneId lane : lanes[r]) {
            if (entered[lane] || begin == end) continue;
            const auto badness = [&](const LaneTurn& t) {
                const int off = number(t.to) - number(lane);
                const int outer = off < 0 ? -number(t.from) : number(t.from);
                return std::tuple(std::abs(off), std::abs(t.angle), outer);
            };
            const LaneTurn* best = nullptr;
            for (auto t = begin; t != end; ++t) {
                if (!(network.lanes.allowed[t->from] & network.lanes.allowed[lane])) continue;
                if (!best || badness(*t) < badness(*best)) best = &*t;
            }
            if (best) turns.push_back({best->from, lane, best->turn, best->angle});
        }
        begin = end;
    }
}

}  // namespace

Turn turn_class(double angle, bool straighter) {
    const double off = std::abs(angle);
    if (off < 44 * degree && !straighter) return Turn::straight;
    if (off < 44 * degree) return angle > 0 ? Turn::slight_left : Turn::slight_right;
    return angle > 0 ? Turn::left : Turn::right;
}

LaneTurns find_lane_turns(const City& city, const JunctionHints& hints, const Ports& ports, const Column<RoadId, RoadId>& twins) {
    const auto lanes = city.network.lanes_of();
    const auto ring_with_arrows = rings_with_arrows(city.network, hints.arrows);
    LaneTurns found;
    for (RoadId r : rows(city.network.roads.id)) Approach(city, hints, ports, twins, lanes, ring_with_arrows, r).add_turns(found);
    open_lanes_without_entry(city.network, lanes, found.turns);
    const double kerb_first = city.left_hand_traffic ? -1 : 1;
    std::sort(found.turns.begin(), found.turns.end(), [&](const LaneTurn& a, const LaneTurn& b) {
        return std::tuple(a.from, kerb_first * a.angle, a.to) < std::tuple(b.from, kerb_first * b.angle, b.to);
    });
    return found;
}

}  // namespace shahr
