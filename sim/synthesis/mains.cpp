#include "sim/synthesis/mains.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "sim/base/error.h"
#include "sim/synthesis/street_graph.h"
#include "sim/synthesis/water_tables.h"

namespace shahr {
namespace {

constexpr double pi = 3.14159265358979323846, seconds_a_day = 86400;
constexpr std::array diameters_m = {0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.4};
// % of the day in each hour, homes of a town of 100,000 (field note, synthesis.md 2.1).
constexpr std::array hourly = {1.9, 1.7, 1.6, 1.6, 1.8, 2.2, 4.0, 5.5, 5.6, 5.0, 4.6, 4.4, 4.5, 4.6, 4.5, 4.6, 4.9, 5.0, 5.6, 5.8, 5.7, 5.0, 4.0, 3.0};

// l/s of one fire by the town's people (123-FZ, buildings of three storeys and more), and how many at once.
struct Fire {
    double m3ps;
    int at_once;
};
Fire fire_of(double people) {
    if (people <= 5e3) return {0.010, 1};
    if (people <= 1e4) return {0.015, 1};
    if (people <= 2.5e4) return {0.015, 2};
    if (people <= 5e4) return {0.025, 2};
    if (people <= 1e5) return {0.035, 2};
    if (people <= 2e5) return {0.040, 3};
    if (people <= 3e5) return {0.055, 3};
    if (people <= 5e5) return {0.080, 3};
    return {0.100, 3};
}

double area(double diameter_m) {
    return 0.25 * pi * diameter_m * diameter_m;
}

// The velocity that is economical at the peak hour.
double velocity_bound(double diameter_m) {
    return diameter_m <= 0.3 ? 0.9 : diameter_m <= 0.8 ? 1.3 : 1.6;
}

// Hazen and Williams, head per metre.
double loss_per_m(double m3ps, double diameter_m, double c) {
    return 10.67 * std::pow(m3ps / c, 1.852) / std::pow(diameter_m, 4.871);
}

class Mains {
public:
    Mains(City& city, const MainsRules& rules, ImportReport& report) : city_(city), rules_(rules), report_(report), graph_(city, rules.longest_edge_m) {}

    void make() {
        if (graph_.size() == 0) throw InputError("water.network = \"synthetic\" (the city has no streets) \"none\"");
        draw();
        if (!(mean_m3ps_ > 0)) throw InputError("water.network = \"synthetic\" (nobody lives or works in the city) \"none\"");
        divide_into_zones();
        add_patterns();
        for (int zone = 0; zone < zones_; ++zone) lay_zone(zone);
        join_zones();
        place_isolation_valves();
        settings();
        say();
    }

private:
    std::size_t nodes() const { return static_cast<std::size_t>(graph_.size()); }

    // Mean day of each street node, from the buildings nearest to it.
    void draw() {
        demand_m3ps_.assign(nodes(), 0);
        const Buildings& b = city_.buildings;
        for (const BuildingId at : rows(b.id)) {
            const double litres = rules_.litres_per_person * static_cast<double>(b.residents[at]) + rules_.litres_per_job * static_cast<double>(b.jobs[at]) + rules_.litres_per_pupil * static_cast<double>(b.school_places[at]);
            people_ += static_cast<double>(b.residents[at]);
            if (!(litres > 0)) continue;
            const double m3ps = litres / 1000 / seconds_a_day;
            demand_m3ps_[static_cast<std::size_t>(graph_.nearest(b.position[at]))] += m3ps;
            mean_m3ps_ += m3ps;
        }
    }

    // Bands of height from the lowest street on; small zones that hang loose join the band they lie in all the same.
    void divide_into_zones() {
        height_m_.assign(nodes(), 0);
        for (std::size_t v = 0; v < nodes(); ++v) {
            const CellId cell = city_.has_elevation ? city_.cells.at(graph_.position(static_cast<std::int32_t>(v))) : none<CellId>;
            if (is_some(cell) && !city_.cells.elevation_m.empty()) height_m_[v] = static_cast<double>(city_.cells.elevation_m[cell]);
        }
        const double lowest = *std::min_element(height_m_.begin(), height_m_.end());
        zone_.assign(nodes(), 0);
        for (std::size_t v = 0; v < nodes(); ++v) zone_[v] = static_cast<int>((height_m_[v] - lowest) / rules_.zone_band_m);
        for (int round = 0; round < 3; ++round) settle_islands();
        zones_ = 1 + *std::max_element(zone_.begin(), zone_.end());
    }

    // A part of a band that hangs on no more of it, and that draws little, belongs to its neighbours.
    void settle_islands() {
        std::vector<int> part(nodes(), -1);
        std::vector<std::vector<std::int32_t>> parts;
        for (std::int32_t s = 0; s < graph_.size(); ++s) {
            if (part[static_cast<std::size_t>(s)] >= 0) continue;
            parts.push_back({s});
            part[static_cast<std::size_t>(s)] = static_cast<int>(parts.size()) - 1;
            for (std::size_t i = 0; i < parts.back().size(); ++i)
                for (const auto& edge : graph_.edges(parts.back()[i])) {
                    const auto to = static_cast<std::size_t>(edge.to);
                    if (part[to] >= 0 || zone_[to] != zone_[static_cast<std::size_t>(s)]) continue;
                    part[to] = part[static_cast<std::size_t>(s)];
                    parts.back().push_back(edge.to);
                }
        }
        std::map<int, std::size_t> largest;
        for (std::size_t p = 0; p < parts.size(); ++p) {
            const auto [at, is_new] = largest.emplace(zone_[static_cast<std::size_t>(parts[p].front())], p);
            if (!is_new && parts[p].size() > parts[at->second].size()) at->second = p;
        }
        for (std::size_t p = 0; p < parts.size(); ++p) {
            const int zone = zone_[static_cast<std::size_t>(parts[p].front())];
            if (largest[zone] == p) continue;
            std::map<int, int> beside;
            for (const std::int32_t v : parts[p])
                for (const auto& edge : graph_.edges(v))
                    if (zone_[static_cast<std::size_t>(edge.to)] != zone) ++beside[zone_[static_cast<std::size_t>(edge.to)]];
            if (beside.empty()) continue;
            const int into = std::max_element(beside.begin(), beside.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
            for (const std::int32_t v : parts[p]) zone_[static_cast<std::size_t>(v)] = into;
        }
    }

    void add_patterns() {
        std::vector<double> factors;
        for (const double percent : hourly) factors.push_back(percent * 24 / 100 * rules_.day_factor);
        day_ = city_.water.patterns.id.push_back("homes");
        city_.water.patterns.factor.push_back(factors);
        always_ = city_.water.patterns.id.push_back("leakage");
        city_.water.patterns.factor.push_back({1.0});
    }

    // Shortest ways inside a zone, and what flows on them when every node draws its share.
    struct Tree {
        std::vector<float> distance_m;
        std::vector<std::int32_t> previous, order;            // order: nearest first
        std::vector<double> flow_m3ps;                        // into each node from the one before it
    };
    Tree tree_from(const std::vector<std::int32_t>& sources, int zone, double factor) const {
        Tree t{std::vector<float>(nodes(), std::numeric_limits<float>::infinity()), std::vector<std::int32_t>(nodes(), -1), {}, std::vector<double>(nodes(), 0)};
        std::vector<std::pair<float, std::int32_t>> heap;
        const auto later = [](const auto& a, const auto& b) { return a > b; };
        for (const std::int32_t source : sources) {
            t.distance_m[static_cast<std::size_t>(source)] = 0;
            heap.emplace_back(0.0f, source);
        }
        while (!heap.empty()) {
            std::pop_heap(heap.begin(), heap.end(), later);
            const auto [at_m, v] = heap.back();
            heap.pop_back();
            if (at_m > t.distance_m[static_cast<std::size_t>(v)]) continue;
            t.order.push_back(v);
            for (const auto& edge : graph_.edges(v)) {
                const auto to = static_cast<std::size_t>(edge.to);
                if (zone_[to] != zone || at_m + edge.length_m >= t.distance_m[to]) continue;
                t.distance_m[to] = at_m + edge.length_m;
                t.previous[to] = v;
                heap.emplace_back(t.distance_m[to], edge.to);
                std::push_heap(heap.begin(), heap.end(), later);
            }
        }
        for (auto v = t.order.rbegin(); v != t.order.rend(); ++v) {
            const auto at = static_cast<std::size_t>(*v);
            t.flow_m3ps[at] += factor * demand_m3ps_[at];
            if (t.previous[at] >= 0) t.flow_m3ps[static_cast<std::size_t>(t.previous[at])] += t.flow_m3ps[at];
        }
        return t;
    }

    double diameter(double peak_m3ps, double fire_m3ps) const {
        for (const double d : diameters_m)
            if (d >= rules_.least_diameter_m && peak_m3ps <= velocity_bound(d) * area(d) && loss_per_m(peak_m3ps, d, rules_.hazen_williams) <= rules_.most_loss_per_m && peak_m3ps + fire_m3ps <= rules_.fire_velocity_mps * area(d)) return d;
        ++too_wide_;
        return diameters_m.back();
    }

    void lay_zone(int zone) {
        double mean = 0, people_share = 0;
        std::int32_t low = -1, high = -1;
        for (std::size_t v = 0; v < nodes(); ++v) {
            if (zone_[v] != zone) continue;
            mean += demand_m3ps_[v];
            if (low < 0 || height_m_[v] < height_m_[static_cast<std::size_t>(low)]) low = static_cast<std::int32_t>(v);
            if (high < 0 || height_m_[v] > height_m_[static_cast<std::size_t>(high)]) high = static_cast<std::int32_t>(v);
        }
        if (low < 0 || !(mean > 0)) return;
        if (low == high) high = farthest_from(low, zone);
        people_share = mean / mean_m3ps_ * people_;
        const double put_in = mean / (1 - rules_.leakage), peak = rules_.day_factor * rules_.hour_factor + rules_.leakage / (1 - rules_.leakage);
        const Fire fire = fire_of(people_share);
        const auto works = static_cast<int>(std::ceil(put_in * rules_.day_factor * seconds_a_day / rules_.works_m3_a_day));
        const std::vector<std::int32_t> sources = far_apart(low, works, zone), tanks = far_apart(high, works, zone);
        const Tree from_sources = tree_from(sources, zone, peak), from_tanks = tree_from(tanks, zone, 0.7 * peak);
        add_junctions(from_sources);
        // A looped main is fed from both ends; wider ones carry more of a fire than their own hydrants take.
        add_pipes(zone, from_sources, from_tanks, 0.5 * std::min(fire.m3ps, rules_.hydrants_m3ps));
        for (int k = 0; k < static_cast<int>(sources.size()); ++k)
            add_source_and_tank(fmt::format("{}.{}", zone, k), sources[static_cast<std::size_t>(k)], tanks[std::min(static_cast<std::size_t>(k), tanks.size() - 1)], put_in / works, {fire.m3ps, k == 0 ? fire.at_once : 0});
        ++laid_;
    }

    std::int32_t farthest_from(std::int32_t source, int zone) const { return tree_from({source}, zone, 1).order.back(); }

    // `first`, and others each as far as can be from those before (Gonzalez 1985).
    std::vector<std::int32_t> far_apart(std::int32_t first, int count, int zone) const {
        std::vector<std::int32_t> chosen = {first};
        while (static_cast<int>(chosen.size()) < count) {
            const std::int32_t next = tree_from(chosen, zone, 1).order.back();
            if (std::find(chosen.begin(), chosen.end(), next) != chosen.end()) break;
            chosen.push_back(next);
        }
        return chosen;
    }

    // The street nodes on the way to somebody who draws water.
    void add_junctions(const Tree& tree) {
        junction_.resize(nodes(), none<WaterNodeId>);
        for (const std::int32_t v : tree.order) {
            const auto at = static_cast<std::size_t>(v);
            if (!(tree.flow_m3ps[at] > 0) && tree.previous[at] >= 0) continue;
            junction_[at] = add_water_junction(city_.water, fmt::format("street/{}", v), graph_.position(v), height_m_[at]);
            if (!(demand_m3ps_[at] > 0)) continue;
            add_water_demand(city_.water, junction_[at], demand_m3ps_[at], day_, "homes and work");
            add_water_demand(city_.water, junction_[at], demand_m3ps_[at] * rules_.leakage / (1 - rules_.leakage), always_, "leakage");
        }
        for (const std::int32_t v : tree.order) not_served_ += !is_some(junction_[static_cast<std::size_t>(v)]) && demand_m3ps_[static_cast<std::size_t>(v)] > 0;
    }

    void add_pipes(int zone, const Tree& a, const Tree& b, double fire_m3ps) {
        for (std::int32_t v = 0; v < graph_.size(); ++v) {
            if (zone_[static_cast<std::size_t>(v)] != zone || !is_some(junction_[static_cast<std::size_t>(v)])) continue;
            for (const auto& edge : graph_.edges(v)) {
                if (edge.to <= v || !pairs_.insert({v, edge.to}).second || zone_[static_cast<std::size_t>(edge.to)] != zone || !is_some(junction_[static_cast<std::size_t>(edge.to)])) continue;
                const double d = diameter(std::max(flow_on(a, v, edge.to), flow_on(b, v, edge.to)), fire_m3ps);
                add_water_pipe(city_.water, fmt::format("main/{}-{}", v, edge.to), junction_[static_cast<std::size_t>(v)], junction_[static_cast<std::size_t>(edge.to)], static_cast<double>(edge.length_m), d, rules_.hazen_williams);
                laid_m_[d] += static_cast<double>(edge.length_m);
            }
        }
    }
    static double flow_on(const Tree& t, std::int32_t v, std::int32_t w) {
        if (t.previous[static_cast<std::size_t>(w)] == v) return t.flow_m3ps[static_cast<std::size_t>(w)];
        return t.previous[static_cast<std::size_t>(v)] == w ? t.flow_m3ps[static_cast<std::size_t>(v)] : 0;
    }

    void add_source_and_tank(const std::string& name, std::int32_t low, std::int32_t high, double put_in_m3ps, const Fire& fire) {
        WaterNetwork& water = city_.water;
        if (!is_some(junction_[static_cast<std::size_t>(low)])) low = nearest_laid(low);
        if (!is_some(junction_[static_cast<std::size_t>(high)])) high = nearest_laid(high);
        const double day_m3ps = rules_.day_factor * put_in_m3ps, z_low = height_m_[static_cast<std::size_t>(low)];
        const double volume = rules_.tank_share * day_m3ps * seconds_a_day + 3 * 3600 * fire.m3ps * fire.at_once, depth = 5;
        const double bottom = highest_of(zone_[static_cast<std::size_t>(high)]) + rules_.service_head_m, trunk = diameter(rules_.hour_factor * day_m3ps, fire.m3ps);
        const WaterNodeId source = add_water_reservoir(water, fmt::format("source/{}", name), graph_.position(low), z_low);
        const WaterNodeId tank = add_water_tank(water, fmt::format("tank/{}", name), graph_.position(high), bottom, depth, 0.6 * depth, std::sqrt(4 * volume / (pi * depth)));
        add_water_pipe(water, fmt::format("tank main/{}", name), tank, junction_[static_cast<std::size_t>(high)], 50, trunk, rules_.hazen_williams);
        const double head = bottom + depth - z_low + 12;      // with 10 to 20 m of losses on the way
        const WaterLinkId pump = add_water_pump(water, fmt::format("pump/{}", name), source, junction_[static_cast<std::size_t>(low)], 1.3 * day_m3ps, head);
        add_water_pump_control(water, pump, tank, 0.35 * depth, WaterTrigger::below, true);
        add_water_pump_control(water, pump, tank, 0.95 * depth, WaterTrigger::above, false);
        tanks_m3_ += volume;
        pumps_w_ += 1000 * 9.81 * 1.3 * day_m3ps * head / 0.75;
        put_in_m3ps_ += put_in_m3ps;
    }

    // The street node with a main that is nearest as the crow flies, in the same zone.
    std::int32_t nearest_laid(std::int32_t v) const {
        std::int32_t best = v;
        double least = std::numeric_limits<double>::infinity();
        for (std::int32_t w = 0; w < graph_.size(); ++w) {
            const double far = distance(graph_.position(v), graph_.position(w));
            if (laid(w) && zone_[static_cast<std::size_t>(w)] == zone_[static_cast<std::size_t>(v)] && far < least) least = far, best = w;
        }
        return best;
    }
    double highest_of(int zone) const {
        double highest = -std::numeric_limits<double>::infinity();
        for (std::size_t v = 0; v < nodes(); ++v)
            if (zone_[v] == zone) highest = std::max(highest, height_m_[v]);
        return highest;
    }

    // Two valves down from each zone to the one below, where the streets between them are widest apart; the rest is shut.
    void join_zones() {
        for (int upper = 1; upper < zones_; ++upper) {
            std::vector<std::pair<std::int32_t, std::int32_t>> crossings;
            for (std::int32_t v = 0; v < graph_.size(); ++v)
                for (const auto& edge : graph_.edges(v))
                    if (zone_[static_cast<std::size_t>(v)] == upper && zone_[static_cast<std::size_t>(edge.to)] == upper - 1 && laid(v) && laid(edge.to)) crossings.emplace_back(v, edge.to);
            if (crossings.empty()) continue;
            const auto apart = [&](const auto& c) { return distance(graph_.position(c.first), graph_.position(crossings.front().first)); };
            const auto second = *std::max_element(crossings.begin(), crossings.end(), [&](const auto& a, const auto& b) { return apart(a) < apart(b); });
            for (const auto& [from, to] : {crossings.front(), second}) {
                const std::string id = fmt::format("prv/{}-{}", from, to);
                if (!valves_.insert(id).second) continue;
                // It opens only when the lower zone has lost its own head there.
                add_water_prv(city_.water, id, junction_[static_cast<std::size_t>(from)], junction_[static_cast<std::size_t>(to)], 0.15, 0.6 * rules_.service_head_m);
            }
            shut_ += static_cast<std::int64_t>(crossings.size()) - 2;
        }
    }
    bool laid(std::int32_t v) const { return is_some(junction_[static_cast<std::size_t>(v)]); }

    // At a crossing of n mains n - 1 ends have a valve: a burst is shut off with few others.
    void place_isolation_valves() {
        WaterLinks& l = city_.water.links;
        std::vector<std::uint8_t> left_open(city_.water.nodes.id.size(), 0);
        for (const WaterLinkId k : rows(l.id)) {
            if (l.kind[k] != WaterLinkKind::pipe) continue;
            l.valve_from[k] = std::exchange(left_open[row(l.from[k])], std::uint8_t{1});
            l.valve_to[k] = std::exchange(left_open[row(l.to[k])], std::uint8_t{1});
        }
    }

    void settings() {
        WaterSettings& s = city_.water.settings;
        s.given = true;
        s.units = WaterUnits::lps;
        s.viscosity_m2s = 1.3e-6;              // of water at 10 degC
        s.demand_model = WaterDemandModel::pressure;
        s.required_pressure_m = 10;            // below, taps on the upper floors run less
        s.duration = std::chrono::hours{24};
        s.title = "made along the streets";
    }

    void say() {
        double total_m = 0;
        std::array<double, 3> share{};
        for (const auto& [d, m] : laid_m_) {
            total_m += m;
            share[d < 0.175 ? 0 : d < 0.35 ? 1 : 2] += m;
        }
        report_.note(fmt::format("water mains made up along the streets: {:.0f} km ({:.0f} / {:.0f} / {:.0f} % up to DN150 / to DN300 / wider), {} zones, {:.0f} m3 a day put in, tanks of {:.0f} m3, pumps of {:.2f} MW", total_m / 1000,
                                 100 * share[0] / total_m, 100 * share[1] / total_m, 100 * share[2] / total_m, laid_, put_in_m3ps_ * seconds_a_day, tanks_m3_, pumps_w_ / 1e6));
        report_.guessed(static_cast<std::int64_t>(city_.water.links.id.size()), "mains, pumps and valves", "city practice of the CIS, shortest ways along the streets");
        report_.dropped(shut_, "streets between pressure zones", "shut: two valves join each pair of zones");
        report_.dropped(too_wide_, "mains", "none is wide enough; the widest, DN1400, was laid");
        const double per = people_ / 1e5, m_each = people_ > 0 ? total_m / people_ : 0;
        if (people_ > 0 && (m_each < 1.2 || m_each > 6)) report_.note(fmt::format("flag: {:.1f} m of main a person (usual: 1.4 to 6)", m_each));
        const double litres = people_ > 0 ? 1000 * put_in_m3ps_ * seconds_a_day / people_ : 0;
        if (people_ > 0 && (litres < 150 || litres > 450)) report_.note(fmt::format("flag: {:.0f} litres a person and day put in (usual: 150 to 400)", litres));
        if (per > 0 && (tanks_m3_ / per < 6000 || tanks_m3_ / per > 25000)) report_.note(fmt::format("flag: {:.0f} m3 of tanks per 100,000 people (usual: 6,000 to 20,000)", tanks_m3_ / per));
        if (not_served_ > 0) report_.dropped(not_served_, "street nodes with buildings", "no main leads there");
    }

    City& city_;
    const MainsRules& rules_;
    ImportReport& report_;
    StreetGraph graph_;
    std::vector<double> demand_m3ps_, height_m_;
    std::vector<int> zone_;
    std::vector<WaterNodeId> junction_;
    std::set<std::pair<std::int32_t, std::int32_t>> pairs_;   // that have a main
    std::set<std::string> valves_;
    std::map<double, double> laid_m_;          // by diameter
    WaterPatternId day_{}, always_{};
    int zones_ = 1, laid_ = 0;
    double mean_m3ps_ = 0, people_ = 0, tanks_m3_ = 0, pumps_w_ = 0, put_in_m3ps_ = 0;
    std::int64_t shut_ = 0, not_served_ = 0;
    mutable std::int64_t too_wide_ = 0;
};

}  // namespace

void synthesise_mains(City& city, const MainsRules& rules, ImportReport& report) {
    Mains(city, rules, report).make();
}

}  // namespace shahr
