#include "sim/synthesis/signal_stages.h"

#include <algorithm>
#include <numbers>

#include "sim/synthesis/right_of_way.h"
#include "sim/synthesis/trim.h"

namespace shahr {
namespace {

// When far-side turns need a stage: hourly flows of the turn and of what it crosses (Highway Capacity Manual practice:
// their product above 50,000 with one lane to cross, 100,000 with more), or three lanes to cross. Saturation flow 1800
// vehicles an hour; a lane of its own carries 0.4 of a lane's flow.
constexpr double saturation_per_h = 1800, own_lane_share = 0.4;
constexpr double fast_mps = 19.6;              // 70 km/h: above it no turn across oncoming traffic without protection

constexpr double least_green_s = 8, least_green_across_s = 6, most_walking_s = 30;

struct Approach {
    RoadId road;
    bool inner;
    double flow_ratio;
    std::vector<std::size_t> links;
};

class StageBuilder {
public:
    StageBuilder(const City& city, const NetworkIndex& index, const Ports& ports, const Controller& controller)
        : city_(city), network_(city.network), index_(index), ports_(ports), controller_(controller), n_(controller.movements.size()), meets_(n_ * n_, Meets::never) {
        find_meetings();
        find_approaches();
    }

    std::vector<Stage> build() {
        group_approaches();
        std::vector<Stage> stages;
        for (const auto& group : groups_) add_stages(group, stages);
        add_inner_approaches(stages);
        return stages;
    }

private:
    enum class Meets : std::uint8_t { never, permitted, apart };  // permitted: may be green together, one gives way

    RoadId road_of(std::size_t link) const { return network_.lanes.road[network_.movements.from_lane[controller_.movements[link]]]; }
    Turn turn_of(std::size_t link) const { return network_.movements.turn[controller_.movements[link]]; }
    bool across(std::size_t link) const { return turn_rank(turn_of(link), city_.left_hand_traffic) >= 2; }
    Meets meets(std::size_t a, std::size_t b) const { return meets_[a * n_ + b]; }

    void find_meetings() {
        const auto link_of = [&](MovementId m) {
            const auto at = std::lower_bound(controller_.movements.begin(), controller_.movements.end(), m);
            return static_cast<std::size_t>(at - controller_.movements.begin());
        };
        yields_.assign(n_ * n_, 0);
        for (std::size_t a = 0; a < n_; ++a) {
            for (ConflictId c : index_.conflicts_of[controller_.movements[a]]) {
                const std::size_t b = link_of(network_.conflicts.foe[c]);
                meets_[a * n_ + b] = may_go_together(a, b) ? Meets::permitted : Meets::apart;
                yields_[a * n_ + b] = network_.conflicts.yields[c];
            }
        }
    }

    bool may_go_together(std::size_t a, std::size_t b) const {
        if (road_of(a) == road_of(b)) return true;
        const bool both_ahead = turn_of(a) == Turn::straight && turn_of(b) == Turn::straight;
        return !both_ahead && face_each_other(ports_.end_of(road_of(a)), ports_.end_of(road_of(b)));
    }

    void find_approaches() {
        const auto inside = [&](RoadId r) { return std::binary_search(controller_.junctions.begin(), controller_.junctions.end(), network_.roads.from[r]); };
        for (std::size_t link = 0; link < n_; ++link) {
            const RoadId road = road_of(link);
            auto at = std::find_if(approaches_.begin(), approaches_.end(), [&](const Approach& a) { return a.road == road; });
            if (at == approaches_.end())
                at = approaches_.insert(at, {road, inside(road), flow_ratio_of(network_.roads.road_class[road]), {}});
            at->links.push_back(link);
        }
    }

    bool apart(const Approach& a, const Approach& b) const {
        return std::any_of(a.links.begin(), a.links.end(), [&](std::size_t i) {
            return std::any_of(b.links.begin(), b.links.end(), [&](std::size_t k) { return meets(i, k) == Meets::apart; });
        });
    }

    // 1 for approaches that face each other exactly, 0 at right angles, 1 again side by side.
    double alignment(const Approach& a, const Approach& b) const {
        return std::abs(std::cos(ports_.end_of(a.road).heading - ports_.end_of(b.road).heading));
    }

    // From the busiest approach on: it takes with it whatever can go beside it, best aligned first. Over several
    // junctions only approaches of the same axis: others would fill the roads between.
    void group_approaches() {
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < approaches_.size(); ++i)
            if (!approaches_[i].inner) open.push_back(i);
        std::stable_sort(open.begin(), open.end(), [&](std::size_t a, std::size_t b) { return approaches_[a].flow_ratio > approaches_[b].flow_ratio; });
        while (!open.empty()) {
            std::vector<std::size_t> group{open.front()};
            open.erase(open.begin());
            const Approach& leader = approaches_[group.front()];
            auto rest = open;
            std::stable_sort(rest.begin(), rest.end(),
                             [&](std::size_t a, std::size_t b) { return alignment(leader, approaches_[a]) > alignment(leader, approaches_[b]); });
            for (const std::size_t candidate : rest) {
                if (controller_.junctions.size() > 1 && alignment(leader, approaches_[candidate]) < std::numbers::sqrt2 / 2) continue;
                if (std::any_of(group.begin(), group.end(), [&](std::size_t g) { return apart(approaches_[g], approaches_[candidate]); })) continue;
                group.push_back(candidate);
                open.erase(std::find(open.begin(), open.end(), candidate));
            }
            groups_.push_back(std::move(group));
        }
    }

    // The far-side movements of an approach from lanes that serve nothing else.
    std::vector<std::size_t> own_lane_across(const Approach& a) const {
        std::vector<std::size_t> links;
        for (const std::size_t link : a.links) {
            const LaneId lane = network_.movements.from_lane[controller_.movements[link]];
            const bool own = std::all_of(a.links.begin(), a.links.end(), [&](std::size_t other) {
                return network_.movements.from_lane[controller_.movements[other]] != lane || across(other);
            });
            if (own && across(link)) links.push_back(link);
        }
        return links;
    }

    std::size_t lanes_to_cross(const std::vector<std::size_t>& turns, const std::vector<std::size_t>& group) const {
        std::vector<LaneId> lanes;
        for (const std::size_t g : group)
            for (const std::size_t foe : approaches_[g].links)
                if (!across(foe) && std::any_of(turns.begin(), turns.end(), [&](std::size_t t) { return meets(t, foe) == Meets::permitted && road_of(t) != road_of(foe); }))
                    lanes.push_back(network_.movements.from_lane[controller_.movements[foe]]);
        std::sort(lanes.begin(), lanes.end());
        return static_cast<std::size_t>(std::unique(lanes.begin(), lanes.end()) - lanes.begin());
    }

    bool needs_protection(const Approach& a, const std::vector<std::size_t>& turns, const std::vector<std::size_t>& group) const {
        const std::size_t lanes = lanes_to_cross(turns, group);
        if (turns.empty() || lanes == 0) return false;
        if (lanes >= 3 || network_.roads.speed_limit_mps[a.road] > fast_mps) return true;
        double oncoming = 0;
        for (const std::size_t g : group)
            if (approaches_[g].road != a.road) oncoming = std::max(oncoming, approaches_[g].flow_ratio);
        const double turn_flow = own_lane_share * a.flow_ratio * saturation_per_h, foe_flow = oncoming * saturation_per_h * static_cast<double>(lanes);
        return turn_flow * foe_flow > (lanes == 1 ? 50'000 : 100'000);
    }

    Stage empty_stage() const { return {std::vector<Aspect>(n_, Aspect::red), 0, least_green_s}; }

    // What is green must give way where it yields to something else that is green.
    void settle_aspects(Stage& stage) const {
        for (std::size_t a = 0; a < n_; ++a) {
            if (stage.aspects[a] == Aspect::red) continue;
            stage.aspects[a] = Aspect::green;
            for (std::size_t b = 0; b < n_; ++b)
                if (stage.aspects[b] != Aspect::red && yields_[a * n_ + b]) stage.aspects[a] = Aspect::green_minor;
        }
    }

    // Walkers cross the streets that wait: 5 s and their width at 1.2 m/s.
    double walking_s(const Stage& stage) const {
        double widest = 0;
        for (const Approach& a : approaches_)
            if (std::all_of(a.links.begin(), a.links.end(), [&](std::size_t l) { return stage.aspects[l] == Aspect::red; }))
                widest = std::max(widest, 2 * width_of(network_, index_.lanes_of[a.road]));
        return std::min(most_walking_s, 5 + widest / 1.2);
    }

    void add_stages(const std::vector<std::size_t>& group, std::vector<Stage>& stages) const {
        Stage common = empty_stage(), turning = empty_stage();
        std::vector<const Approach*> protected_approaches;
        for (const std::size_t g : group) {
            const Approach& a = approaches_[g];
            common.flow_ratio = std::max(common.flow_ratio, a.flow_ratio);
            for (const std::size_t link : a.links) common.aspects[link] = Aspect::green;
            const auto turns = own_lane_across(a);
            if (!needs_protection(a, turns, group)) continue;
            protected_approaches.push_back(&a);
            for (const std::size_t link : turns) turning.aspects[link] = Aspect::green;
            turning.flow_ratio = std::max(turning.flow_ratio, own_lane_share * a.flow_ratio);
            const bool only_protected = lanes_to_cross(turns, group) >= 3 || network_.roads.speed_limit_mps[a.road] > fast_mps;
            for (const std::size_t link : turns)
                if (only_protected) common.aspects[link] = Aspect::red;
        }
        settle_aspects(common);
        common.least_green_s = std::max(common.least_green_s, walking_s(common));
        stages.push_back(std::move(common));
        if (protected_approaches.empty()) return;
        if (protected_approaches.size() == 1)  // nobody turns on the other side: the whole approach goes on
            for (const std::size_t link : protected_approaches.front()->links) turning.aspects[link] = Aspect::green;
        settle_aspects(turning);
        turning.least_green_s = least_green_across_s;
        stages.push_back(std::move(turning));
    }

    bool fits(const Approach& a, const Stage& stage) const {
        return std::none_of(a.links.begin(), a.links.end(), [&](std::size_t i) {
            for (std::size_t k = 0; k < n_; ++k)
                if (stage.aspects[k] != Aspect::red && meets(i, k) == Meets::apart) return true;
            return false;
        });
    }

    void add_inner_approaches(std::vector<Stage>& stages) const {
        for (const Approach& a : approaches_) {
            if (!a.inner) continue;
            bool served = false;
            const auto serve = [&](Stage& stage) {
                for (const std::size_t link : a.links) stage.aspects[link] = Aspect::green;
                settle_aspects(stage);
                served = true;
            };
            for (Stage& stage : stages)
                if (fits(a, stage)) serve(stage);
            if (served) continue;
            stages.push_back(empty_stage());
            stages.back().flow_ratio = a.flow_ratio / 2;
            serve(stages.back());
        }
    }

    const City& city_;
    const RoadNetwork& network_;
    const NetworkIndex& index_;
    const Ports& ports_;
    const Controller& controller_;
    const std::size_t n_;
    std::vector<Meets> meets_;
    std::vector<std::uint8_t> yields_;
    std::vector<Approach> approaches_;
    std::vector<std::vector<std::size_t>> groups_;
};

}  // namespace

double flow_ratio_of(RoadClass road_class) {
    switch (road_class) {
        case RoadClass::motorway:
        case RoadClass::trunk: return 0.4;
        case RoadClass::primary:
        case RoadClass::motorway_link:
        case RoadClass::trunk_link: return 0.3;
        case RoadClass::secondary:
        case RoadClass::primary_link: return 0.2;
        case RoadClass::tertiary:
        case RoadClass::secondary_link:
        case RoadClass::tertiary_link: return 0.12;
        default: return 0.07;
    }
}

std::vector<Stage> find_stages(const City& city, const NetworkIndex& index, const Ports& ports, const Controller& controller) {
    return StageBuilder(city, index, ports, controller).build();
}

}  // namespace shahr
