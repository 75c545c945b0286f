#include "sim/synthesis/signal_offsets.h"

#include <algorithm>
#include <tuple>

#include "sim/synthesis/signal_stages.h"

namespace shahr {
namespace {

constexpr double farthest_m = 700, progression = 0.9;

// From one green to the next along a road.
struct Link {
    SignalId from, to;
    double weight;                             // expected flow
    Duration lag;                              // from programme start to programme start: drive, less the greens' places
};

class Waves {
public:
    Waves(RoadNetwork& network, const Column<MovementId, Duration>& green_begins)
        : network_(network), green_begins_(green_begins), lanes_of_(network.lanes_of()), movements_from_(network.movements_from()) {}

    std::int64_t set() {
        find_links();
        const std::size_t n = network_.signals.id.size();
        for (std::size_t s = 0; s < n; ++s) root_.push_back(as_id<SignalId>(s));
        shift_.assign(n, Duration{0});
        size_.assign(n, 1);
        std::vector<std::uint8_t> linked(n, 0);
        for (std::size_t i = 0; i < links_.size();) {
            std::size_t end = i;               // the links of one pair, both directions, stand together
            while (end < links_.size() && pair_of(links_[end]) == pair_of(links_[i]) && links_[end].weight <= links_[i].weight) ++end;
            if (join({links_.data() + i, end - i})) linked[row(links_[i].from)] = linked[row(links_[i].to)] = 1;
            i = end;
        }
        for (SignalId s : rows(network_.signals.id)) {
            const auto [root, shift] = find(s);
            network_.signals.offset[s] = modulo(shift, network_.signals.cycle[s]);
        }
        return std::count(linked.begin(), linked.end(), 1);
    }

private:
    static Duration modulo(Duration d, Duration cycle) { return ((d % cycle) + cycle) % cycle; }
    static std::pair<SignalId, SignalId> pair_of(const Link& l) { return std::minmax(l.from, l.to); }

    // The movement straight on out of a road, of several the widest's first; none: the road ends here for a wave.
    MovementId straight_on(RoadId road) const {
        for (LaneId lane : lanes_of_[road])
            for (MovementId m : movements_from_[lane])
                if (network_.movements.turn[m] == Turn::straight) return m;
        return none<MovementId>;
    }

    // Follows the movement out of a signal to the next one.
    void follow(MovementId start) {
        const SignalId from = network_.movements.signal[start];
        double length_m = 0, drive_s = 0;
        for (MovementId m = start; is_some(m) && length_m < farthest_m;) {
            const RoadId road = network_.lanes.road[network_.movements.to_lane[m]];
            const double run = network_.roads.length_m[road] + network_.movements.length_m[m];
            length_m += run;
            drive_s += run / (progression * network_.roads.speed_limit_mps[road]);
            m = straight_on(road);
            if (!is_some(m) || !is_some(network_.movements.signal[m])) continue;
            const SignalId to = network_.movements.signal[m];
            if (to == from || length_m > farthest_m || green_begins_[m] < Duration{0}) return;
            const auto drive = Duration{static_cast<Duration::rep>(1000 * drive_s)};
            const double weight = flow_ratio_of(network_.roads.road_class[road]) * lanes_of_[road].size();
            links_.push_back({from, to, weight, green_begins_[start] + drive - green_begins_[m]});
            return;
        }
    }

    void find_links() {
        for (RoadId road : rows(network_.roads.id)) {
            const MovementId m = straight_on(road);
            if (is_some(m) && is_some(network_.movements.signal[m]) && green_begins_[m] >= Duration{0}) follow(m);
        }
        // Heaviest pairs first; a pair weighs as much as its heavier direction.
        std::sort(links_.begin(), links_.end(), [](const Link& a, const Link& b) {
            return std::tuple(pair_of(a), -a.weight, a.from) < std::tuple(pair_of(b), -b.weight, b.from);
        });
        std::vector<std::tuple<double, std::size_t, std::size_t>> groups;
        for (std::size_t i = 0; i < links_.size();) {
            std::size_t end = i;
            while (end < links_.size() && pair_of(links_[end]) == pair_of(links_[i])) ++end;
            groups.emplace_back(-links_[i].weight, i, end);
            i = end;
        }
        std::stable_sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return std::get<0>(a) < std::get<0>(b); });
        std::vector<Link> ordered;
        for (const auto& [weight, begin, end] : groups) ordered.insert(ordered.end(), links_.begin() + static_cast<std::ptrdiff_t>(begin), links_.begin() + static_cast<std::ptrdiff_t>(end));
        links_ = std::move(ordered);
    }

    // The signal that leads this one's wave, and how much later this one starts.
    std::pair<SignalId, Duration> find(SignalId s) {
        Duration shift{0};
        while (root_[row(s)] != s) {
            shift += shift_[row(s)];
            s = root_[row(s)];
        }
        return {s, shift};
    }

    // How much later `to` should start than `from`: of the wishes of both directions the best by the sum of squares.
    Duration best_lag(std::span<const Link> links, SignalId from, Duration cycle) const {
        Duration best{0};
        double least = 1e30;
        for (Duration lag{0}; lag < cycle; lag += Duration{1000}) {
            double off = 0;
            for (const Link& l : links) {
                const Duration wish = l.from == from ? l.lag : -l.lag;
                const double miss = std::min(seconds(modulo(lag - wish, cycle)), seconds(modulo(wish - lag, cycle)));
                off += l.weight * miss * miss;
            }
            if (off < least) least = off, best = lag;
        }
        return best;
    }

    bool join(std::span<const Link> links) {
        const SignalId a = links.front().from, b = links.front().to;
        const Duration cycle_a = network_.signals.cycle[a], cycle_b = network_.signals.cycle[b], longer = std::max(cycle_a, cycle_b);
        if (longer % std::min(cycle_a, cycle_b) != Duration{0}) return false;
        const auto [root_a, shift_a] = find(a);
        const auto [root_b, shift_b] = find(b);
        if (root_a == root_b) return false;
        const Duration lag = shift_a + best_lag(links, a, std::min(cycle_a, cycle_b)) - shift_b;
        const bool b_leads = size_[row(root_a)] < size_[row(root_b)];
        const SignalId leader = b_leads ? root_b : root_a, follower = b_leads ? root_a : root_b;
        root_[row(follower)] = leader;
        shift_[row(follower)] = b_leads ? -lag : lag;
        size_[row(leader)] += size_[row(follower)];
        return true;
    }

    RoadNetwork& network_;
    const Column<MovementId, Duration>& green_begins_;
    const Children<LaneId, RoadId> lanes_of_;
    const Children<MovementId, LaneId> movements_from_;
    std::vector<Link> links_;
    std::vector<SignalId> root_;
    std::vector<Duration> shift_;              // against root_, if that is another
    std::vector<std::size_t> size_;            // signals under a root
};

}  // namespace

std::int64_t set_offsets(RoadNetwork& network, const Column<MovementId, Duration>& green_begins) {
    return Waves(network, green_begins).set();
}

}  // namespace shahr
