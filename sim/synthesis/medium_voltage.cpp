#include "sim/synthesis/medium_voltage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <numeric>

namespace shahr {
namespace {

constexpr double cosine = 0.93, sine = 0.37;   // of a 10 kV bar: 0.92-0.94
constexpr double usual_station_va = 40e6;
constexpr int middle_rounds = 20;

class Planner {
public:
    Planner(const StreetGraph& graph, const std::vector<TransformerSite>& sites, const std::vector<MappedSubstation>& mapped, const MediumVoltageRules& rules)
        : graph_(graph), sites_(sites), rules_(rules), ways_(graph) {
        for (const MappedSubstation& m : mapped) plan_.stations.push_back({m.id, m.position, graph.nearest(m.position), true, 0, nullptr});
    }

    MediumVoltagePlan plan() {
        place_stations();
        for (std::size_t s = 0; s < plan_.stations.size(); ++s) make_rings(static_cast<std::int32_t>(s));
        for (std::size_t r = 0; r < plan_.rings.size(); ++r) finish_ring(r);
        for (const Ring& ring : plan_.rings)
            for (const RingSection& s : ring.sections) plan_.overloaded += s.worst_w / cosine / (rules_.nominal_v * std::numbers::sqrt3) > s.type->rated_a;
        for (const Ring& ring : plan_.rings) plan_.far_drops += ring.drop_percent > rules_.drop_percent;
        choose_transformers();
        return std::move(plan_);
    }

private:
    Point at(std::int32_t site) const { return graph_.position(sites_[static_cast<std::size_t>(site)].node); }
    double load_w(std::int32_t site) const { return site_load_w(sites_[static_cast<std::size_t>(site)]); }

    std::size_t nearest_station(Point p) const {
        std::size_t best = 0;
        for (std::size_t s = 1; s < plan_.stations.size(); ++s)
            if (distance(p, plan_.stations[s].position) < distance(p, plan_.stations[best].position)) best = s;
        return best;
    }

    void place_stations() {
        double all_w = 0;
        for (std::size_t i = 0; i < sites_.size(); ++i) all_w += load_w(static_cast<std::int32_t>(i));
        all_w *= coincidence_of_stations(static_cast<int>(sites_.size()));
        const double carries_w = rules_.station_loading * 2 * usual_station_va * 0.95;
        const auto wanted = std::max<std::size_t>(all_w > 25e6 ? 2 : 1, static_cast<std::size_t>(std::ceil(all_w / carries_w)));
        while (plan_.stations.size() > wanted) drop_least_station();
        while (plan_.stations.size() < wanted) {
            const Point place = farthest_load();
            plan_.stations.push_back({fmt::format("primary/{}", plan_.stations.size() + 1), place, graph_.nearest(place), false, 0, nullptr});
        }
        for (int round = 0; round < middle_rounds; ++round) move_to_middles();
        while (add_station_for_the_far()) {}
        station_of_.clear();
        for (std::size_t i = 0; i < sites_.size(); ++i) station_of_.push_back(static_cast<std::int32_t>(nearest_station(at(static_cast<std::int32_t>(i)))));
        drop_idle_stations();
    }

    // More on the map than the load asks for: some are of other voltages, or a factory's own.
    void drop_least_station() {
        std::vector<double> weight(plan_.stations.size(), 0);
        for (std::size_t i = 0; i < sites_.size(); ++i) weight[nearest_station(at(static_cast<std::int32_t>(i)))] += load_w(static_cast<std::int32_t>(i));
        plan_.stations.erase(plan_.stations.begin() + (std::min_element(weight.begin(), weight.end()) - weight.begin()));
    }

    // Where the way would be too long for 10 kV, there is one more station.
    bool add_station_for_the_far() {
        std::int32_t farthest = -1;
        double most_m = rules_.farthest_m;
        for (std::size_t i = 0; i < sites_.size(); ++i) {
            const Point p = at(static_cast<std::int32_t>(i));
            if (const double d = distance(p, plan_.stations[nearest_station(p)].position); d > most_m) most_m = d, farthest = static_cast<std::int32_t>(i);
        }
        if (farthest < 0) return false;
        plan_.stations.push_back({fmt::format("primary/{}", plan_.stations.size() + 1), at(farthest), sites_[static_cast<std::size_t>(farthest)].node, false, 0, nullptr});
        // Into the middle of those for whom it is the nearest now, as long as the farthest stays in reach.
        Point sum;
        double weight = 0;
        for (std::size_t i = 0; i < sites_.size(); ++i) {
            const auto site = static_cast<std::int32_t>(i);
            if (nearest_station(at(site)) + 1 == plan_.stations.size()) sum = sum + load_w(site) * at(site), weight += load_w(site);
        }
        PrimaryStation& added = plan_.stations.back();
        const Point middle = (1 / weight) * sum;
        if (distance(middle, at(farthest)) < rules_.farthest_m) added.node = graph_.nearest(middle), added.position = graph_.position(added.node);
        return true;
    }

    Point farthest_load() const {
        Point best = sites_.empty() ? Point{} : at(0);
        double most = -1;
        for (std::size_t i = 0; i < sites_.size(); ++i) {
            const auto site = static_cast<std::int32_t>(i);
            const double d = plan_.stations.empty() ? 1 : distance(at(site), plan_.stations[nearest_station(at(site))].position);
            if (const double moment = load_w(site) * d * d; moment > most) most = moment, best = at(site);
        }
        return best;
    }

    void move_to_middles() {
        std::vector<Point> sum(plan_.stations.size());
        std::vector<double> weight(plan_.stations.size(), 0);
        for (std::size_t i = 0; i < sites_.size(); ++i) {
            const auto site = static_cast<std::int32_t>(i);
            const std::size_t s = nearest_station(at(site));
            sum[s] = sum[s] + load_w(site) * at(site);
            weight[s] += load_w(site);
        }
        for (std::size_t s = 0; s < plan_.stations.size(); ++s) {
            if (plan_.stations[s].mapped || weight[s] <= 0) continue;
            plan_.stations[s].node = graph_.nearest((1 / weight[s]) * sum[s]);
            plan_.stations[s].position = graph_.position(plan_.stations[s].node);
        }
    }

    // One to which nothing is nearest supplies nobody here.
    void drop_idle_stations() {
        std::vector<std::int32_t> now_at(plan_.stations.size(), -1);
        for (const std::int32_t s : station_of_) now_at[static_cast<std::size_t>(s)] = 0;
        std::vector<PrimaryStation> kept;
        for (std::size_t s = 0; s < now_at.size(); ++s)
            if (now_at[s] == 0) now_at[s] = static_cast<std::int32_t>(kept.size()), kept.push_back(plan_.stations[s]);
        for (std::int32_t& s : station_of_) s = now_at[static_cast<std::size_t>(s)];
        plan_.stations = std::move(kept);
    }

    // Rings from the outside in: each begins with the site farthest from the station and takes the nearest to any of its own
    // as long as it may carry more.
    void make_rings(std::int32_t station) {
        const Point centre = plan_.stations[static_cast<std::size_t>(station)].position;
        std::vector<std::int32_t> left;
        double sum_w = 0;
        for (std::size_t i = 0; i < sites_.size(); ++i) {
            if (station_of_[i] != station) continue;
            left.push_back(static_cast<std::int32_t>(i));
            sum_w += load_w(left.back());
        }
        plan_.stations[static_cast<std::size_t>(station)].load_w = sum_w * coincidence_of_stations(static_cast<int>(left.size()));
        std::sort(left.begin(), left.end(), [&](std::int32_t x, std::int32_t y) {
            const double dx = distance(at(x), centre), dy = distance(at(y), centre);
            return dx != dy ? dx > dy : x < y;
        });
        while (!left.empty()) add_ring(station, take_group(left));
    }

    std::vector<std::int32_t> take_group(std::vector<std::int32_t>& left) const {
        std::vector<std::int32_t> group{left.front()};
        left.erase(left.begin());
        double group_w = load_w(group.front());
        const auto most = static_cast<std::size_t>(sites_[static_cast<std::size_t>(group.front())].private_sector ? rules_.ring_sites_private : rules_.ring_sites);
        std::vector<double> gap(left.size(), std::numeric_limits<double>::infinity());  // to the nearest of the group
        while (group.size() < most) {
            std::size_t next = left.size();
            for (std::size_t i = 0; i < left.size(); ++i) {
                gap[i] = std::min(gap[i], distance(at(left[i]), at(group.back())));
                if (group_w + load_w(left[i]) <= rules_.ring_w && (next == left.size() || gap[i] < gap[next])) next = i;
            }
            if (next == left.size()) break;
            group.push_back(left[next]);
            group_w += load_w(left[next]);
            left.erase(left.begin() + static_cast<std::ptrdiff_t>(next));
            gap.erase(gap.begin() + static_cast<std::ptrdiff_t>(next));
        }
        return group;
    }

    void add_ring(std::int32_t station, std::vector<std::int32_t> group) { plan_.rings.push_back(make_ring(station, std::move(group))); }

    Ring make_ring(std::int32_t station, std::vector<std::int32_t> group) {
        Ring ring;
        ring.station = station;
        ring.sites = shortest_round(plan_.stations[static_cast<std::size_t>(station)].position, std::move(group));
        std::size_t houses = 0;
        for (const std::int32_t site : ring.sites) houses += sites_[static_cast<std::size_t>(site)].private_sector;
        ring.overhead = 2 * houses > ring.sites.size();
        for (std::size_t k = 0; k <= ring.sites.size(); ++k) {
            RingSection section;
            section.from = k == 0 ? -1 : ring.sites[k - 1];
            section.to = k == ring.sites.size() ? -1 : ring.sites[k];
            section.way = way(station, section.from, section.to);
            section.length_m = length_m(graph_, section.way);
            ring.sections.push_back(std::move(section));
        }
        return ring;
    }

    std::vector<std::int32_t> way(std::int32_t station, std::int32_t from, std::int32_t to) {
        const std::int32_t station_node = plan_.stations[static_cast<std::size_t>(station)].node;
        if (from >= 0 && to >= 0) return ways_.find(sites_[static_cast<std::size_t>(from)].node, sites_[static_cast<std::size_t>(to)].node);
        const auto [known, is_new] = from_station_.try_emplace(station);
        if (is_new) known->second = shortest_ways(graph_, std::span(&station_node, 1)).previous;
        std::vector<std::int32_t> steps{sites_[static_cast<std::size_t>(from >= 0 ? from : to)].node};
        while (steps.back() != station_node) steps.push_back(known->second[static_cast<std::size_t>(steps.back())]);
        if (from < 0) std::reverse(steps.begin(), steps.end());
        return steps;
    }

    // Nearest neighbour from the station, then 2-opt on the closed round, as the crow flies.
    std::vector<std::int32_t> shortest_round(Point station, std::vector<std::int32_t> sites) const {
        Point here = station;
        for (std::size_t k = 0; k < sites.size(); ++k) {
            const auto next = std::min_element(sites.begin() + static_cast<std::ptrdiff_t>(k), sites.end(), [&](std::int32_t a, std::int32_t b) { return distance(here, at(a)) < distance(here, at(b)); });
            std::iter_swap(sites.begin() + static_cast<std::ptrdiff_t>(k), next);
            here = at(sites[k]);
        }
        const auto place = [&](std::size_t k) { return k == 0 || k > sites.size() ? station : at(sites[k - 1]); };
        for (bool better = true; better;) {
            better = false;
            for (std::size_t i = 0; i + 1 <= sites.size(); ++i)
                for (std::size_t j = i + 2; j <= sites.size(); ++j) {
                    const double before = distance(place(i), place(i + 1)) + distance(place(j), place(j + 1)), after = distance(place(i), place(j)) + distance(place(i + 1), place(j + 1));
                    if (after >= before - 1e-6) continue;
                    std::reverse(sites.begin() + static_cast<std::ptrdiff_t>(i), sites.begin() + static_cast<std::ptrdiff_t>(j));
                    better = true;
                }
        }
        return sites;
    }

    // One whose voltage does not hold is made two, the second of which comes to its turn later.
    void finish_ring(std::size_t r) {
        for (;;) {
            open_in_the_middle(plan_.rings[r]);
            size_sections(plan_.rings[r]);
            const std::vector<std::int32_t> sites = plan_.rings[r].sites;
            if (plan_.rings[r].drop_percent <= rules_.drop_percent || sites.size() < 2) return;
            const auto middle = sites.begin() + static_cast<std::ptrdiff_t>(sites.size() / 2);
            const std::int32_t station = plan_.rings[r].station;
            add_ring(station, {middle, sites.end()});
            plan_.rings[r] = make_ring(station, {sites.begin(), middle});
        }
    }

    void open_in_the_middle(Ring& ring) const {
        double all = 0, before = 0, best = std::numeric_limits<double>::infinity();
        for (const std::int32_t site : ring.sites) all += load_w(site);
        std::size_t open = 0;
        for (std::size_t k = 0; k < ring.sections.size(); ++k) {
            if (const double difference = std::abs(all - 2 * before); difference < best) best = difference, open = k;
            if (k < ring.sites.size()) before += load_w(ring.sites[k]);
        }
        ring.sections[open].open = true;
    }

    void size_sections(Ring& ring) {
        std::vector<double> sum_w(ring.sites.size() + 1, 0);  // of the sites before section k
        for (std::size_t k = 0; k < ring.sites.size(); ++k) sum_w[k + 1] = sum_w[k] + load_w(ring.sites[k]);
        const auto series = ring.overhead ? medium_voltage_overhead() : medium_voltage_cables();
        const auto coincident = [&](double w, std::size_t sites) { return w * coincidence_of_stations(static_cast<int>(sites)); };
        for (std::size_t k = 0; k < ring.sections.size(); ++k) {
            RingSection& section = ring.sections[k];
            section.worst_w = std::max(coincident(sum_w[k], k), coincident(sum_w.back() - sum_w[k], ring.sites.size() - k));
            const double current_a = section.worst_w / cosine / (rules_.nominal_v * std::numbers::sqrt3);
            std::size_t size = ring.overhead ? 1 : 0;
            while (size + 1 < series.size() && series[size].rated_a < current_a) ++size;
            section.type = &series[size];
        }
        const auto drop = [&] { return ring.drop_percent = std::max(drop_percent(ring, false), drop_percent(ring, true)); };
        // The whole ring a size thicker until the voltage holds.
        for (std::size_t more = 0; more < series.size() && drop() > rules_.drop_percent; ++more)
            for (RingSection& section : ring.sections)
                if (section.type != &series.back()) ++section.type;
    }

    // From one end to the open point.
    double drop_percent(const Ring& ring, bool from_end) const {
        const std::size_t n = ring.sections.size();
        const auto section = [&](std::size_t k) -> const RingSection& { return ring.sections[from_end ? n - 1 - k : k]; };
        std::size_t last = 0;
        while (!section(last).open) ++last;
        double sum = 0, behind_w = 0;
        for (std::size_t k = last; k-- > 0;) {
            behind_w += load_w(from_end ? ring.sites[n - 2 - k] : ring.sites[k]);
            const RingSection& s = section(k);
            const double ohm = (s.type->resistance_ohm_km * cosine + s.type->reactance_ohm_km * sine) * s.length_m / 1000;
            sum += 100 * behind_w * coincidence_of_stations(static_cast<int>(last - k)) / cosine * ohm / (rules_.nominal_v * rules_.nominal_v);
        }
        return sum;
    }

    void choose_transformers() {
        for (PrimaryStation& station : plan_.stations) {
            const auto series = primary_transformers();
            std::size_t size = 0;
            while (size + 1 < series.size() && rules_.station_loading * 2 * series[size].rated_va * 0.95 < station.load_w) ++size;
            station.transformer = &series[size];
        }
    }

    const StreetGraph& graph_;
    const std::vector<TransformerSite>& sites_;
    const MediumVoltageRules& rules_;
    WayFinder ways_;
    MediumVoltagePlan plan_;
    std::vector<std::int32_t> station_of_;
    std::map<std::int32_t, std::vector<std::int32_t>> from_station_;
};

}  // namespace

double site_load_w(const TransformerSite& site) {
    return design_load_w(site.load);
}

MediumVoltagePlan plan_medium_voltage(const StreetGraph& graph, const std::vector<TransformerSite>& sites, const std::vector<MappedSubstation>& mapped, const MediumVoltageRules& rules) {
    return Planner(graph, sites, mapped, rules).plan();
}

}  // namespace shahr
