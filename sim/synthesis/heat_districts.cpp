#include "sim/synthesis/heat_districts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "sim/base/error.h"
#include "sim/synthesis/heat_tables.h"
#include "sim/synthesis/service_areas.h"

namespace shahr {
namespace {

constexpr double pi = 3.14159265358979323846, heat_capacity = 4190, density = 965;
// Steel pipes by nominal width: inner diameter, heat loss of one pipe in W/mK. From Minenergo order 325, pipes laid up to 1989, supply
// and return together at 90 and 50 degC in ground of 5 degC (76 W/m at DN50, 102 at 100, 151 at 200, 195 at 300, 283 at 500, 356 at 700;
// linear between), over the 130 K of both, times 1.15 for fittings and supports.
struct Width {
    double diameter_m, loss_wpmk;
};
constexpr std::array widths = {Width{0.033, 0.58}, Width{0.050, 0.67}, Width{0.070, 0.76}, Width{0.082, 0.81}, Width{0.100, 0.90}, Width{0.125, 1.01}, Width{0.150, 1.12}, Width{0.207, 1.34}, Width{0.259, 1.53},
                               Width{0.309, 1.72}, Width{0.406, 2.11}, Width{0.512, 2.50}, Width{0.612, 2.82}, Width{0.702, 3.15}, Width{0.802, 3.47}, Width{1.0, 4.1}};
constexpr double radiators_supply_c = 95, radiators_return_c = 70;
// Hot water behind an exchanger: the supply may not fall below what it needs, and is cooled so far.
constexpr double hot_water_supply_c = 70, hot_water_return_c = 40;

std::size_t at(std::int32_t street_node) {
    return static_cast<std::size_t>(street_node);
}

// Fully rough flow (Nikuradse), which large pipes of old steel come near to.
double loss_pa_per_m(double kgps, double diameter_m, double roughness_m) {
    const double f = std::pow(1.14 + 2 * std::log10(diameter_m / roughness_m), -2), v = kgps / (density * 0.25 * pi * diameter_m * diameter_m);
    return f / diameter_m * 0.5 * density * v * v;
}

// A building that is connected, at the street node nearest to it.
struct House {
    BuildingId building;
    std::int32_t street = 0;
    double rooms_w = 0;                        // on the design day; 0: no radiators on the network
    double hot_water_w = 0, most_hot_water_w = 0;             // mean, and in the greatest hour
};

class Districts {
public:
    Districts(City& city, const HeatDistrictRules& rules, ImportReport& report) : city_(city), rules_(rules), report_(report), graph_(city, rules.longest_edge_m) {}

    void make() {
        if (graph_.size() == 0) throw InputError("heat.network = \"synthetic\" (the city has no streets) \"none\"");
        collect();
        if (houses_.empty()) return report_.note("no district heat made up: no building of the kinds that are connected");
        std::vector<double> heat_w = heat_of_streets();
        const auto plants = std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(std::accumulate(heat_w.begin(), heat_w.end(), 0.0) / rules_.plant_w)));
        areas_ = divide_streets(graph_, spread_places(graph_, heat_w, plants));
        leave_out_thin_branches(heat_w);
        if (houses_.empty()) return report_.note(fmt::format("no district heat made up: {} buildings lie too far apart for it", too_far_apart_));
        heat_w = heat_of_streets();
        const double total_w = std::accumulate(heat_w.begin(), heat_w.end(), 0.0);
        const std::vector<double> passes_w = sum_of_branches(areas_, heat_w);
        for (const std::int32_t place : areas_.places) hot_.push_back(passes_w[at(place)] > rules_.hot_above_w);
        lay_streets();
        for (const House& house : houses_) connect(house);
        for (std::size_t p = 0; p < areas_.places.size(); ++p) add_plant_at(p, passes_w[at(areas_.places[p])]);
        say(total_w);
    }

private:
    bool is_connected_kind(BuildingId at) const {
        const Buildings& b = city_.buildings;
        switch (b.use[at]) {
            case BuildingUse::school: case BuildingUse::kindergarten: case BuildingUse::university: case BuildingUse::hospital: return true;
            case BuildingUse::apartments: case BuildingUse::public_: case BuildingUse::office: case BuildingUse::hotel: return static_cast<double>(b.levels[at]) >= rules_.least_levels;
            default: return false;
        }
    }

    double design_w_of_norms(BuildingId at) const {
        const bool flats = city_.buildings.use[at] == BuildingUse::apartments;
        return static_cast<double>(city_.buildings.floor_area_m2[at]) * (!flats ? rules_.public_w_m2 : city_.buildings.levels[at] < 5 ? rules_.flats_3_w_m2 : rules_.flats_5_w_m2);
    }

    void collect() {
        const BuildingSystems& systems = city_.services.systems;
        Column<BuildingId, SystemId> system_of(city_.buildings.id.size(), none<SystemId>);
        for (const SystemId s : rows(systems.building)) system_of[systems.building[s]] = s;
        const Column<BuildingId, double> rooms_w = design_heat_w(city_, rules_.outdoor_c);
        for (const BuildingId b : rows(city_.buildings.id)) {
            House house{b};
            if (systems.building.empty()) house.rooms_w = design_w_of_norms(b);
            else if (is_some(system_of[b])) look_at_systems(system_of[b], rooms_w[b], house);
            if (!(house.rooms_w + house.hot_water_w > 0)) continue;
            if (!is_connected_kind(b)) ++left_alone_;
            else houses_.push_back(house), houses_.back().street = graph_.nearest(city_.buildings.position[b]);
        }
        if (systems.building.empty()) left_alone_ = 0;        // nobody has said that they are on district heat
    }

    void look_at_systems(SystemId at, double rooms_w, House& house) const {
        const BuildingSystems& s = city_.services.systems;
        if (s.heating[at] == HeatSource::district_heat) house.rooms_w = rooms_w;
        if (s.hot_water[at] != HeatSource::district_heat) return;
        const auto w_m2 = city_.services.usages.hot_water_w_m2[s.usage[at]];
        const auto area_m2 = static_cast<double>(s.floor_area_m2[at]);
        house.hot_water_w = area_m2 * std::accumulate(w_m2.begin(), w_m2.end(), 0.0) / static_cast<double>(w_m2.size());
        house.most_hot_water_w = area_m2 * static_cast<double>(*std::max_element(w_m2.begin(), w_m2.end()));
    }

    std::vector<double> heat_of_streets() const {
        std::vector<double> heat_w(at(graph_.size()), 0);
        for (const House& house : houses_) heat_w[at(house.street)] += house.rooms_w + house.hot_water_w;
        return heat_w;
    }

    // A branch is worth its trench, or it and what hangs on it is not laid: from the ends of the tree towards the plants.
    void leave_out_thin_branches(const std::vector<double>& heat_w) {
        std::vector<double> worth_w = heat_w;
        std::vector<std::uint8_t> is_cut(heat_w.size(), 0);
        for (auto v = areas_.nearest_first.rbegin(); v != areas_.nearest_first.rend(); ++v) {
            const std::int32_t before = areas_.ways.previous[at(*v)];
            if (before < 0) {
                is_cut[at(*v)] = !(worth_w[at(*v)] > rules_.least_plant_w);
                continue;
            }
            const double left = worth_w[at(*v)] - rules_.least_w_per_m * static_cast<double>(areas_.ways.distance_m[at(*v)] - areas_.ways.distance_m[at(before)]);
            is_cut[at(*v)] = !(left > 0);
            if (left > 0) worth_w[at(before)] += left;
        }
        for (const std::int32_t v : areas_.nearest_first)
            if (const std::int32_t before = areas_.ways.previous[at(v)]; before >= 0) is_cut[at(v)] |= is_cut[at(before)];
        too_far_apart_ = static_cast<std::int64_t>(std::erase_if(houses_, [&](const House& house) { return is_cut[at(house.street)] != 0; }));
    }

    // 130/70 with elevators, or 95/70 straight into the radiators.
    bool is_hot(std::int32_t street) const { return hot_[static_cast<std::size_t>(areas_.place_of[at(street)])]; }
    double supply_c(std::int32_t street) const { return is_hot(street) ? 130 : radiators_supply_c; }
    double design_kgps(const House& house) const {
        return house.rooms_w / (heat_capacity * (supply_c(house.street) - radiators_return_c)) + house.hot_water_w / (heat_capacity * (hot_water_supply_c - hot_water_return_c));
    }

    Width width(double kgps, double pa_per_m) const {
        for (const Width& w : widths)
            if (loss_pa_per_m(kgps, w.diameter_m, rules_.roughness_m) <= pa_per_m) return w;
        ++too_wide_;
        return widths.back();
    }
    // Of both lines.
    double lost_pa(double kgps, const Width& w, double length_m) const { return 2 * (1 + rules_.fittings) * length_m * loss_pa_per_m(kgps, w.diameter_m, rules_.roughness_m); }

    // Pairs of pipes on the ways from the plants to the houses; and what is lost on the way to each node and house.
    void lay_streets() {
        std::vector<double> kgps(at(graph_.size()), 0);
        for (const House& house : houses_) kgps[at(house.street)] += design_kgps(house);
        const std::vector<double> passes = sum_of_branches(areas_, kgps);
        lost_pa_.assign(passes.size(), 0);
        supply_.assign(passes.size(), none<HeatNodeId>);
        return_ = supply_;
        for (const std::int32_t v : areas_.nearest_first) {
            if (!(passes[at(v)] > 0)) continue;
            add_place(fmt::format("street/{}", v), graph_.position(v), supply_[at(v)], return_[at(v)]);
            const std::int32_t before = areas_.ways.previous[at(v)];
            if (before < 0) continue;
            const Width w = width(passes[at(v)], rules_.loss_pa_m);
            const double length = std::max(1.0, static_cast<double>(areas_.ways.distance_m[at(v)] - areas_.ways.distance_m[at(before)]));
            add_pair(fmt::format("heat/{}-{}", before, v), {supply_[at(before)], return_[at(before)]}, {supply_[at(v)], return_[at(v)]}, length, w);
            lost_pa_[at(v)] = lost_pa_[at(before)] + lost_pa(passes[at(v)], w, length);
        }
        most_pa_.assign(areas_.places.size(), 0);
        for (const House& house : houses_) {
            double& most = most_pa_[static_cast<std::size_t>(areas_.place_of[at(house.street)])];
            most = std::max(most, lost_pa_[at(house.street)] + lead_of(house).lost_pa);
        }
    }

    // From the street to the house.
    struct Lead {
        double length_m;
        Width width;
        double lost_pa;
    };
    Lead lead_of(const House& house) const {
        const double kgps = design_kgps(house), length = std::max(rules_.shortest_lead_m, distance(graph_.position(house.street), city_.buildings.position[house.building]));
        const Width w = width(kgps, rules_.lead_loss_pa_m);
        return {length, w, lost_pa(kgps, w, length)};
    }

    // Washers take from each house's radiators what the last one does not need, as at a network's commissioning.
    void connect(const House& house) {
        const std::string& id = city_.buildings.id[house.building];
        const Lead lead = lead_of(house);
        HeatNodeId supply{}, back{};
        add_place("house/" + id, city_.buildings.position[house.building], supply, back);
        add_pair("lead/" + id, {supply_[at(house.street)], return_[at(house.street)]}, {supply, back}, lead.length_m, lead.width);
        ConsumerFacts c{.from = supply, .to = back, .building = house.building, .outdoor_c = rules_.outdoor_c};
        if (house.rooms_w > 0) {
            ConsumerFacts rooms = c;
            rooms.id = "rooms/" + id;
            rooms.use = HeatUse::rooms;
            rooms.kind = HeatConsumerKind::radiator;
            rooms.heat_w = house.rooms_w;
            rooms.supply_c = radiators_supply_c;
            rooms.design_return_c = radiators_return_c;
            rooms.mixing_ratio = is_hot(house.street) ? (supply_c(house.street) - radiators_supply_c) / (radiators_supply_c - radiators_return_c) : 0;
            rooms.dp_pa = rules_.least_dp_pa + most_pa_[static_cast<std::size_t>(areas_.place_of[at(house.street)])] - lost_pa_[at(house.street)] - lead.lost_pa;
            rooms.season_below_c = rules_.season_below_c;
            add_consumer(city_.heat, rooms);
        }
        if (!(house.most_hot_water_w > 0)) return;
        c.id = "hot water/" + id;
        c.use = HeatUse::hot_water;
        c.heat_w = house.most_hot_water_w;
        c.supply_c = hot_water_supply_c;
        c.return_c = hot_water_return_c;
        c.bypass_kgps = rules_.circulation * c.heat_w / (heat_capacity * (hot_water_supply_c - hot_water_return_c));
        add_consumer(city_.heat, c);
    }

    void add_place(const std::string& id, Point position, HeatNodeId& supply, HeatNodeId& back) {
        const CellId cell = city_.has_elevation ? city_.cells.at(position) : none<CellId>;
        const double height = is_some(cell) ? static_cast<double>(city_.cells.elevation_m[cell]) : 0;
        supply = add_node(city_.heat, {id + ".supply", HeatLine::supply, position, height});
        back = add_node(city_.heat, {id + ".return", HeatLine::return_, position, height});
    }

    struct Ends {
        HeatNodeId supply, back;
    };
    void add_pair(const std::string& id, const Ends& from, const Ends& to, double length, const Width& w) {
        const double friction = std::pow(1.14 + 2 * std::log10(w.diameter_m / rules_.roughness_m), -2), wall_m = 0.02 * w.diameter_m + 0.002;
        LinkFacts pipe{.length_m = length, .diameter_m = w.diameter_m, .roughness_m = rules_.roughness_m, .loss_coefficient = rules_.fittings * friction * length / w.diameter_m, .heat_loss_wpmk = w.loss_wpmk,
                       .ground_c = rules_.ground_c, .wall_jpmk = pi * (w.diameter_m + wall_m) * wall_m * 7850 * 460};
        pipe.id = id + ".supply", pipe.from = from.supply, pipe.to = to.supply;
        add_link(city_.heat, pipe);
        pipe.id = id + ".return", pipe.from = from.back, pipe.to = to.back;
        add_link(city_.heat, pipe);
        laid_m_ += length;
    }

    void add_plant_at(std::size_t place, double heat_w) {
        const std::int32_t v = areas_.places[place];
        if (!is_some(supply_[at(v)])) return;          // it serves nobody
        const double supply = supply_c(v);
        PlantFacts p{.id = fmt::format("boiler house/{}", place), .from = return_[at(v)], .to = supply_[at(v)], .supply_c = supply, .return_c = radiators_return_c, .outdoor_c = rules_.outdoor_c};
        p.lowest_supply_c = hot_water_supply_c;
        p.highest_supply_c = supply;
        p.capacity_w = 1.25 * heat_w;          // losses, and the largest boiler's reserve is beyond it
        p.lift_pa = rules_.least_dp_pa + most_pa_[place];
        p.least_dp_pa = rules_.least_dp_pa;
        add_plant(city_.heat, p);
        city_.heat.nodes.pressure_pa[return_[at(v)]] = 3e5;
    }

    void say(double total_w) {
        report_.note(fmt::format("district heat made up: {} boiler houses for {:.0f} MW in all, {:.1f} km of trench, {} buildings", city_.heat.plants.id.size(), total_w / 1e6, laid_m_ / 1000, houses_.size()));
        report_.guessed(static_cast<std::int64_t>(city_.heat.links.id.size()), "pipes, plants and consumers of district heat", "Soviet practice, shortest ways along the streets");
        report_.dropped(left_alone_, "buildings on district heat", "low houses, shops and works: no network of boiler houses leads there, their heat comes without bound");
        report_.dropped(too_far_apart_, "buildings on district heat", "too little heat for the trench that leads there: they have boilers of their own, without bound");
        report_.dropped(too_wide_, "pipes of district heat", "none is wide enough; the widest, DN1000, was laid");
        const double mw_per_km = total_w / 1e6 / (laid_m_ / 1000);
        if (mw_per_km < 1 || mw_per_km > 6) report_.note(fmt::format("flag: {:.1f} MW per km of trench (usual: 1.5 to 3)", mw_per_km));
    }

    City& city_;
    const HeatDistrictRules& rules_;
    ImportReport& report_;
    StreetGraph graph_;
    std::vector<House> houses_;
    ServiceAreas areas_;
    std::vector<bool> hot_;                    // [plant]
    std::vector<double> most_pa_;              // [plant]  lost on the way to its last house and back
    std::vector<double> lost_pa_;              // [street node]
    std::vector<HeatNodeId> supply_, return_;  // [street node]
    double laid_m_ = 0;
    std::int64_t left_alone_ = 0, too_far_apart_ = 0;
    mutable std::int64_t too_wide_ = 0;
};

}  // namespace

void synthesise_heat_networks(City& city, const HeatDistrictRules& rules, ImportReport& report) {
    Districts(city, rules, report).make();
}

}  // namespace shahr
