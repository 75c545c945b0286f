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
#include "sim/synthesis/service_areas.h"
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

std::size_t at(std::int32_t street_node) {
    return static_cast<std::size_t>(street_node);
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
        work_m3ps_.assign(nodes(), 0);
        junction_.assign(nodes(), none<WaterNodeId>);
        const Buildings& b = city_.buildings;
        for (const BuildingId building : rows(b.id)) {
            const double at_work = rules_.litres_per_job * static_cast<double>(b.jobs[building]) + rules_.litres_per_pupil * static_cast<double>(b.school_places[building]);
            const double litres = rules_.litres_per_person * static_cast<double>(b.residents[building]) + at_work;
            people_ += static_cast<double>(b.residents[building]);
            if (!(litres > 0)) continue;
            const std::size_t street = at(graph_.nearest(b.position[building]));
            demand_m3ps_[street] += litres / 1000 / seconds_a_day;
            work_m3ps_[street] += at_work / 1000 / seconds_a_day;
            mean_m3ps_ += litres / 1000 / seconds_a_day;
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
                    const auto to = at(edge.to);
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
                    if (zone_[at(edge.to)] != zone) ++beside[zone_[at(edge.to)]];
            if (beside.empty()) continue;
            const int into = std::max_element(beside.begin(), beside.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
            for (const std::int32_t v : parts[p]) zone_[at(v)] = into;
        }
    }

    void add_patterns() {
        const auto add = [&](const char* id, const std::vector<double>& factors) {
            const WaterPatternId pattern = city_.water.patterns.id.push_back(id);
            city_.water.patterns.factor.push_back(factors);
            return pattern;
        };
        std::vector<double> homes, work(24, 0);
        for (const double percent : hourly) homes.push_back(percent * 24 / 100 * rules_.day_factor);
        for (std::size_t hour = 8; hour < 18; ++hour) work[hour] = 2.4 * rules_.day_factor;
        homes_ = add("homes", homes);
        work_ = add("work and school", work);
        always_ = add("leakage", {1.0});
    }

    double diameter(double peak_m3ps, double fire_m3ps, double most_loss_per_m) const {
        for (const double d : diameters_m)
            if (d >= rules_.least_diameter_m && peak_m3ps <= velocity_bound(d) * area(d) && loss_per_m(peak_m3ps, d, rules_.hazen_williams) <= most_loss_per_m && peak_m3ps + fire_m3ps <= rules_.fire_velocity_mps * area(d)) return d;
        ++too_wide_;
        return diameters_m.back();
    }

    // Works, as many as the zone takes, and in what each serves a tank where it is highest, or farthest away where it is flat.
    void lay_zone(int zone) {
        std::vector<std::uint8_t> inside(nodes(), 0);
        double mean = 0;
        std::int32_t low = -1;
        for (std::size_t v = 0; v < nodes(); ++v) {
            if (zone_[v] != zone) continue;
            inside[v] = 1;
            mean += demand_m3ps_[v];
            if (low < 0 || height_m_[v] < height_m_[at(low)]) low = static_cast<std::int32_t>(v);
        }
        if (low < 0 || !(mean > 0)) return;
        const double put_in = mean / (1 - rules_.leakage), peak = rules_.day_factor * rules_.hour_factor + rules_.leakage / (1 - rules_.leakage);
        const auto works = static_cast<std::size_t>(std::ceil(put_in * rules_.day_factor * seconds_a_day / rules_.works_m3_a_day));
        const ServiceAreas served = divide_streets(graph_, works == 1 ? std::vector{low} : spread_places(graph_, demand_m3ps_, works, inside), inside);
        const ServiceAreas by_tanks = divide_streets(graph_, tank_places(served), inside);
        const Flows from_works = flows_on(served, peak), from_tanks = flows_on(by_tanks, peak);
        add_junctions(from_works, from_tanks);
        // A looped main is fed from both ends; wider ones carry more of a fire than their own hydrants take.
        const Fire fire = fire_of(mean / mean_m3ps_ * people_);
        const double farthest_m = std::max(farthest_on(served), farthest_on(by_tanks));
        add_pipes(from_works, from_tanks, 0.5 * std::min(fire.m3ps, rules_.hydrants_m3ps), std::min(rules_.most_loss_per_m, rules_.most_loss_m / farthest_m));
        const std::vector<double> mean_of = sum_of_branches(served, demand_m3ps_), lost_m = losses_on(from_tanks);
        double bottom = 0;                     // of all its tanks: one that stood lower would only be filled
        for (const std::int32_t v : served.nearest_first)
            if (is_laid(v)) bottom = std::max(bottom, height_m_[at(v)] + rules_.service_head_m + lost_m[at(v)]);
        for (std::size_t k = 0; k < served.places.size(); ++k)
            add_works(fmt::format("{}.{}", zone, k), served, k, by_tanks.places[k], mean_of[at(served.places[k])] / (1 - rules_.leakage), {fire.m3ps, k == 0 ? fire.at_once : 0}, bottom, lost_m[at(served.places[k])]);
        ++zones_laid_;
    }

    std::vector<std::int32_t> tank_places(const ServiceAreas& served) const {
        std::vector<std::int32_t> tanks = served.places;
        for (const std::int32_t v : served.nearest_first) {          // the farthest comes last
            std::int32_t& tank = tanks[static_cast<std::size_t>(served.place_of[at(v)])];
            if (height_m_[at(v)] >= height_m_[at(tank)] && demand_m3ps_[at(v)] > 0) tank = v;
        }
        return tanks;
    }

    // What flows on the trees when every node draws its mean times `factor`: into each node from the one before it.
    struct Flows {
        const ServiceAreas& areas;
        std::vector<double> m3ps;
        double on(std::int32_t v, std::int32_t w) const {
            if (areas.ways.previous[at(w)] == v) return m3ps[at(w)];
            return areas.ways.previous[at(v)] == w ? m3ps[at(v)] : 0;
        }
    };
    Flows flows_on(const ServiceAreas& areas, double factor) const {
        Flows flows{areas, sum_of_branches(areas, demand_m3ps_)};
        for (double& q : flows.m3ps) q *= factor;
        return flows;
    }

    double farthest_on(const ServiceAreas& areas) const { return static_cast<double>(areas.ways.distance_m[at(areas.nearest_first.back())]); }

    // Head lost from the tree's root to each node with those flows. Loops lose less.
    std::vector<double> losses_on(const Flows& flows) const {
        std::vector<double> lost(nodes(), 0);
        for (const std::int32_t v : flows.areas.nearest_first) {
            const std::int32_t before = flows.areas.ways.previous[at(v)];
            if (before < 0) continue;
            const auto laid = laid_.find(std::minmax(v, before));
            const double length = static_cast<double>(flows.areas.ways.distance_m[at(v)] - flows.areas.ways.distance_m[at(before)]);
            lost[at(v)] = lost[at(before)] + (laid == laid_.end() ? 0 : length * loss_per_m(flows.m3ps[at(v)], laid->second, rules_.hazen_williams));
        }
        return lost;
    }

    // The street nodes on the way to somebody who draws water, from the works or from a tank.
    void add_junctions(const Flows& from_works, const Flows& from_tanks) {
        for (const std::int32_t v : from_works.areas.nearest_first) {
            if (!(from_works.m3ps[at(v)] > 0) && !(from_tanks.m3ps[at(v)] > 0) && from_works.areas.ways.previous[at(v)] >= 0) continue;
            junction_[at(v)] = add_water_junction(city_.water, fmt::format("street/{}", v), graph_.position(v), height_m_[at(v)]);
            if (!(demand_m3ps_[at(v)] > 0)) continue;
            const double at_work = work_m3ps_[at(v)], at_home = demand_m3ps_[at(v)] - at_work;
            if (at_home > 0) add_water_demand(city_.water, junction_[at(v)], at_home, homes_, "homes");
            if (at_work > 0) add_water_demand(city_.water, junction_[at(v)], at_work, work_, "work and school");
            add_water_demand(city_.water, junction_[at(v)], demand_m3ps_[at(v)] * rules_.leakage / (1 - rules_.leakage), always_, "leakage");
        }
    }

    void add_pipes(const Flows& a, const Flows& b, double fire_m3ps, double most_loss_per_m) {
        for (const std::int32_t v : a.areas.nearest_first)
            for (const auto& edge : graph_.edges(v)) {
                if (edge.to <= v || zone_[at(edge.to)] != zone_[at(v)] || !is_laid(v) || !is_laid(edge.to)) continue;
                const double d = diameter(std::max(a.on(v, edge.to), b.on(v, edge.to)), fire_m3ps, most_loss_per_m);
                if (!laid_.emplace(std::pair{v, edge.to}, d).second) continue;
                add_water_pipe(city_.water, fmt::format("main/{}-{}", v, edge.to), junction_[at(v)], junction_[at(edge.to)], static_cast<double>(edge.length_m), d, rules_.hazen_williams);
                laid_m_[d] += static_cast<double>(edge.length_m);
            }
    }

    // A reservoir with a pump, and a tank high enough that the taps have their pressure when it supplies the peak hour alone.
    void add_works(const std::string& name, const ServiceAreas& served, std::size_t place, std::int32_t high, double put_in_m3ps, const Fire& fire, double bottom, double lost_m) {
        WaterNetwork& water = city_.water;
        const std::int32_t low = served.places[place];
        if (!is_laid(low) || !is_laid(high)) return;                  // nobody draws there
        const double day_m3ps = rules_.day_factor * put_in_m3ps, z_low = height_m_[at(low)], depth = 5;
        const double volume = rules_.tank_share * day_m3ps * seconds_a_day + 3 * 3600 * fire.m3ps * fire.at_once;
        const double trunk = diameter(rules_.hour_factor * day_m3ps, fire.m3ps, rules_.most_loss_per_m);
        const WaterNodeId source = add_water_reservoir(water, fmt::format("source/{}", name), graph_.position(low), z_low);
        const WaterNodeId tank = add_water_tank(water, fmt::format("tank/{}", name), graph_.position(high), bottom, depth, 0.8 * depth, std::sqrt(4 * volume / (pi * depth)));
        add_water_pipe(water, fmt::format("tank main/{}", name), tank, junction_[at(high)], 50, trunk, rules_.hazen_williams);
        const double head = bottom + depth - z_low + lost_m;
        const WaterLinkId pump = add_water_pump(water, fmt::format("pump/{}", name), source, junction_[at(low)], 1.3 * day_m3ps, head);
        add_water_pump_control(water, pump, tank, rules_.pump_starts * depth, WaterTrigger::below, true);
        add_water_pump_control(water, pump, tank, rules_.pump_stops * depth, WaterTrigger::above, false);
        tanks_m3_ += volume;
        pumps_w_ += 1000 * 9.81 * 1.3 * day_m3ps * head / 0.75;
        put_in_m3ps_ += put_in_m3ps;
    }

    // Two valves down from each zone to the one below, where the streets between them are widest apart; the rest is shut.
    void join_zones() {
        for (int upper = 1; upper < zones_; ++upper) {
            std::vector<std::pair<std::int32_t, std::int32_t>> crossings;
            for (std::int32_t v = 0; v < graph_.size(); ++v)
                for (const auto& edge : graph_.edges(v))
                    if (zone_[at(v)] == upper && zone_[at(edge.to)] == upper - 1 && is_laid(v) && is_laid(edge.to)) crossings.emplace_back(v, edge.to);
            if (crossings.empty()) continue;
            const auto apart = [&](const auto& c) { return distance(graph_.position(c.first), graph_.position(crossings.front().first)); };
            const auto second = *std::max_element(crossings.begin(), crossings.end(), [&](const auto& a, const auto& b) { return apart(a) < apart(b); });
            for (const auto& [from, to] : {crossings.front(), second}) {
                const std::string id = fmt::format("prv/{}-{}", from, to);
                if (!valves_.insert(id).second) continue;
                // It opens only when the lower zone has lost its own head there.
                add_water_prv(city_.water, id, junction_[at(from)], junction_[at(to)], 0.15, 0.6 * rules_.service_head_m);
            }
            shut_ += static_cast<std::int64_t>(crossings.size()) - 2;
        }
    }
    bool is_laid(std::int32_t v) const { return is_some(junction_[at(v)]); }

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
                                 100 * share[0] / total_m, 100 * share[1] / total_m, 100 * share[2] / total_m, zones_laid_, put_in_m3ps_ * seconds_a_day, tanks_m3_, pumps_w_ / 1e6));
        report_.guessed(static_cast<std::int64_t>(city_.water.links.id.size()), "mains, pumps and valves", "city practice of the CIS, shortest ways along the streets");
        report_.dropped(shut_, "streets between pressure zones", "shut: two valves join each pair of zones");
        report_.dropped(too_wide_, "mains", "none is wide enough; the widest, DN1400, was laid");
        const double per = people_ / 1e5, m_each = people_ > 0 ? total_m / people_ : 0;
        if (people_ > 0 && (m_each < 1.2 || m_each > 6)) report_.note(fmt::format("flag: {:.1f} m of main a person (usual: 1.4 to 6)", m_each));
        const double litres = people_ > 0 ? 1000 * put_in_m3ps_ * seconds_a_day / people_ : 0;
        if (people_ > 0 && (litres < 150 || litres > 450)) report_.note(fmt::format("flag: {:.0f} litres a person and day put in (usual: 150 to 400)", litres));
        if (per > 0 && (tanks_m3_ / per < 6000 || tanks_m3_ / per > 25000)) report_.note(fmt::format("flag: {:.0f} m3 of tanks per 100,000 people (usual: 6,000 to 20,000)", tanks_m3_ / per));
        std::int64_t not_served = 0;
        for (std::size_t v = 0; v < nodes(); ++v) not_served += demand_m3ps_[v] > 0 && !is_some(junction_[v]);
        report_.dropped(not_served, "street nodes with buildings", "no main leads there: their pressure zone falls apart");
    }

    City& city_;
    const MainsRules& rules_;
    ImportReport& report_;
    StreetGraph graph_;
    std::vector<double> demand_m3ps_, work_m3ps_, height_m_;         // [street node]  work: of the demand, that of jobs and schools
    std::vector<int> zone_;
    std::vector<WaterNodeId> junction_;
    std::map<std::pair<std::int32_t, std::int32_t>, double> laid_;   // diameter of the main between two street nodes, the lower first
    std::set<std::string> valves_;
    std::map<double, double> laid_m_;          // by diameter
    WaterPatternId homes_{}, work_{}, always_{};
    int zones_ = 1, zones_laid_ = 0;
    double mean_m3ps_ = 0, people_ = 0, tanks_m3_ = 0, pumps_w_ = 0, put_in_m3ps_ = 0;
    std::int64_t shut_ = 0;
    mutable std::int64_t too_wide_ = 0;
};

}  // namespace

void synthesise_mains(City& city, const MainsRules& rules, ImportReport& report) {
    Mains(city, rules, report).make();
}

}  // namespace shahr
