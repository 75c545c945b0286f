#include "sim/synthesis/heat_districts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "sim/base/error.h"
#include "sim/synthesis/heat_tables.h"
#include "sim/synthesis/street_graph.h"

namespace shahr {
namespace {

constexpr double pi = 3.14159265358979323846, heat_capacity = 4190, density = 965;
// Steel pipes by nominal width: inner diameter, heat loss of one pipe in W/mK (Minenergo order 325, channels of 1990-97, over
// the 85 K between 90 degC water and the ground, between the widths that the table has).
struct Width {
    double diameter_m, loss_wpmk;
};
constexpr std::array widths = {Width{0.050, 0.33}, Width{0.070, 0.37}, Width{0.082, 0.41}, Width{0.100, 0.48}, Width{0.125, 0.54}, Width{0.150, 0.58}, Width{0.207, 0.64}, Width{0.259, 0.73},
                               Width{0.309, 0.82}, Width{0.406, 1.00}, Width{0.512, 1.15}, Width{0.612, 1.30}, Width{0.702, 1.48}, Width{0.802, 1.65}, Width{1.0, 2.0}};

// Fully rough flow (Nikuradse), which large pipes of old steel come near to.
double loss_pa_per_m(double kgps, double diameter_m, double roughness_m) {
    const double f = std::pow(1.14 + 2 * std::log10(diameter_m / roughness_m), -2), v = kgps / (density * 0.25 * pi * diameter_m * diameter_m);
    return f / diameter_m * 0.5 * density * v * v;
}

class Districts {
public:
    Districts(City& city, const HeatDistrictRules& rules, ImportReport& report) : city_(city), rules_(rules), report_(report), graph_(city, rules.longest_edge_m) {}

    void make() {
        if (graph_.size() == 0) throw InputError("heat.network = \"synthetic\" (the city has no streets) \"none\"");
        collect();
        if (!(total_w_ > 0)) return report_.note("no district heat made up: no building of the kinds that are connected");
        place_plants();
        for (std::size_t p = 0; p < plants_.size(); ++p) lay(p);
        say();
    }

private:
    double design_w(BuildingId at) const {
        const Buildings& b = city_.buildings;
        const auto area = static_cast<double>(b.floor_area_m2[at]), levels = static_cast<double>(b.levels[at]);
        switch (b.use[at]) {
            case BuildingUse::apartments: return levels < rules_.least_levels ? 0 : area * (levels < 5 ? rules_.flats_3_w_m2 : rules_.flats_5_w_m2);
            case BuildingUse::school: case BuildingUse::kindergarten: case BuildingUse::university: case BuildingUse::hospital: return area * rules_.public_w_m2;
            case BuildingUse::public_: case BuildingUse::office: case BuildingUse::hotel: return levels < rules_.least_levels ? 0 : area * rules_.public_w_m2;
            default: return 0;
        }
    }

    void collect() {
        heat_w_.assign(static_cast<std::size_t>(graph_.size()), 0);
        for (const BuildingId at : rows(city_.buildings.id)) {
            const double w = design_w(at);
            if (!(w > 0)) continue;
            heat_w_[static_cast<std::size_t>(graph_.nearest(city_.buildings.position[at]))] += w;
            total_w_ += w;
            ++connected_;
        }
        for (std::int32_t v = 0; v < graph_.size(); ++v)
            if (heat_w_[static_cast<std::size_t>(v)] > 0) consumers_.push_back(v);
    }

    // Farthest first, by the way along the streets; then each into the middle of its own consumers.
    void place_plants() {
        const auto wanted = std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(total_w_ / rules_.plant_w)));
        plants_ = {*std::max_element(consumers_.begin(), consumers_.end(), [&](auto a, auto b) { return heat_w_[static_cast<std::size_t>(a)] < heat_w_[static_cast<std::size_t>(b)]; })};
        while (plants_.size() < std::min(wanted, consumers_.size())) {
            const ShortestWays ways = shortest_ways(graph_, plants_);
            plants_.push_back(*std::max_element(consumers_.begin(), consumers_.end(), [&](auto a, auto b) { return ways.distance_m[static_cast<std::size_t>(a)] < ways.distance_m[static_cast<std::size_t>(b)]; }));
        }
        for (int round = 0; round < 5; ++round) {
            divide();
            for (std::size_t p = 0; p < plants_.size(); ++p) plants_[p] = middle_of(p);
        }
        divide();
    }

    // Each node belongs to the plant from which the shortest way to it comes.
    void divide() {
        ways_ = shortest_ways(graph_, plants_);
        std::vector<std::int32_t> nearest_first(static_cast<std::size_t>(graph_.size()));
        for (std::size_t i = 0; i < nearest_first.size(); ++i) nearest_first[i] = static_cast<std::int32_t>(i);
        std::stable_sort(nearest_first.begin(), nearest_first.end(), [&](auto a, auto b) { return ways_.distance_m[static_cast<std::size_t>(a)] < ways_.distance_m[static_cast<std::size_t>(b)]; });
        plant_of_.assign(nearest_first.size(), -1);
        for (std::size_t p = 0; p < plants_.size(); ++p) plant_of_[static_cast<std::size_t>(plants_[p])] = static_cast<std::int32_t>(p);
        for (const std::int32_t v : nearest_first) {
            const std::int32_t before = ways_.previous[static_cast<std::size_t>(v)];
            if (before >= 0) plant_of_[static_cast<std::size_t>(v)] = plant_of_[static_cast<std::size_t>(before)];
        }
        order_ = std::move(nearest_first);
    }

    std::int32_t middle_of(std::size_t plant) const {
        Point sum;
        double weight = 0;
        for (const std::int32_t v : consumers_) {
            if (plant_of_[static_cast<std::size_t>(v)] != static_cast<std::int32_t>(plant)) continue;
            sum = sum + heat_w_[static_cast<std::size_t>(v)] * graph_.position(v);
            weight += heat_w_[static_cast<std::size_t>(v)];
        }
        return weight > 0 ? graph_.nearest((1 / weight) * sum) : plants_[plant];
    }

    Width width(double kgps) const {
        for (const Width& w : widths)
            if (loss_pa_per_m(kgps, w.diameter_m, rules_.roughness_m) <= rules_.loss_pa_m) return w;
        return widths.back();
    }

    void lay(std::size_t plant) {
        std::vector<double> below(static_cast<std::size_t>(graph_.size()), 0);         // W that passes into each node
        double sum = 0;
        const auto mine = [&](std::int32_t v) { return plant_of_[static_cast<std::size_t>(v)] == static_cast<std::int32_t>(plant); };
        for (auto v = order_.rbegin(); v != order_.rend(); ++v) {
            if (!mine(*v)) continue;
            below[static_cast<std::size_t>(*v)] += heat_w_[static_cast<std::size_t>(*v)];
            const std::int32_t before = ways_.previous[static_cast<std::size_t>(*v)];
            if (before >= 0) below[static_cast<std::size_t>(before)] += below[static_cast<std::size_t>(*v)];
        }
        sum = below[static_cast<std::size_t>(plants_[plant])];
        if (!(sum > 0)) return;
        const bool hot = sum > 40e6;           // 130/70 with elevators, or 95/70 straight into the radiators
        const double supply = hot ? 130 : 95, cooling = supply - 70;
        // Losses of both lines on the way from the plant; washers take from each consumer what the last one does not need, as at
        // a network's commissioning.
        std::vector<double> lost_pa(below.size(), 0);
        double most_pa = 0;
        for (const std::int32_t v : order_) {
            const std::int32_t before = ways_.previous[static_cast<std::size_t>(v)];
            if (!mine(v) || !(below[static_cast<std::size_t>(v)] > 0) || before < 0) continue;
            const double kgps = below[static_cast<std::size_t>(v)] / (heat_capacity * cooling), length = static_cast<double>(ways_.distance_m[static_cast<std::size_t>(v)] - ways_.distance_m[static_cast<std::size_t>(before)]);
            lost_pa[static_cast<std::size_t>(v)] = lost_pa[static_cast<std::size_t>(before)] + 2 * (1 + rules_.fittings) * length * loss_pa_per_m(kgps, width(kgps).diameter_m, rules_.roughness_m);
            if (heat_w_[static_cast<std::size_t>(v)] > 0) most_pa = std::max(most_pa, lost_pa[static_cast<std::size_t>(v)]);
        }
        for (const std::int32_t v : order_) {
            if (!mine(v) || !(below[static_cast<std::size_t>(v)] > 0)) continue;
            add_place(v);
            const std::int32_t before = ways_.previous[static_cast<std::size_t>(v)];
            if (before >= 0) add_pair(before, v, below[static_cast<std::size_t>(v)] / (heat_capacity * cooling));
            if (heat_w_[static_cast<std::size_t>(v)] > 0) add_consumer_at(v, hot, rules_.least_dp_pa + most_pa - lost_pa[static_cast<std::size_t>(v)]);
        }
        add_plant_at(plant, supply, sum, rules_.least_dp_pa + most_pa);
    }

    void add_place(std::int32_t v) {
        const CellId cell = city_.has_elevation ? city_.cells.at(graph_.position(v)) : none<CellId>;
        const double height = is_some(cell) ? static_cast<double>(city_.cells.elevation_m[cell]) : 0;
        supply_[v] = add_node(city_.heat, {fmt::format("street/{}.supply", v), HeatLine::supply, graph_.position(v), height});
        return_[v] = add_node(city_.heat, {fmt::format("street/{}.return", v), HeatLine::return_, graph_.position(v), height});
    }

    void add_pair(std::int32_t from, std::int32_t to, double kgps) {
        const Width w = width(kgps);
        const double length = std::max(1.0, static_cast<double>(ways_.distance_m[static_cast<std::size_t>(to)] - ways_.distance_m[static_cast<std::size_t>(from)]));
        const double friction = std::pow(1.14 + 2 * std::log10(w.diameter_m / rules_.roughness_m), -2), wall_m = 0.02 * w.diameter_m + 0.002;
        LinkFacts pipe{.length_m = length, .diameter_m = w.diameter_m, .roughness_m = rules_.roughness_m, .loss_coefficient = rules_.fittings * friction * length / w.diameter_m, .heat_loss_wpmk = w.loss_wpmk,
                       .ground_c = rules_.ground_c, .wall_jpmk = pi * (w.diameter_m + wall_m) * wall_m * 7850 * 460};
        pipe.id = fmt::format("heat/{}-{}.supply", from, to), pipe.from = supply_[from], pipe.to = supply_[to];
        add_link(city_.heat, pipe);
        pipe.id = fmt::format("heat/{}-{}.return", from, to), pipe.from = return_[from], pipe.to = return_[to];
        add_link(city_.heat, pipe);
        laid_m_ += length;
    }

    void add_consumer_at(std::int32_t v, bool hot, double dp_pa) {
        ConsumerFacts c{.id = fmt::format("consumer/{}", v), .from = supply_[v], .to = return_[v], .kind = HeatConsumerKind::radiator, .heat_w = heat_w_[static_cast<std::size_t>(v)]};
        c.supply_c = 95;
        c.design_return_c = 70;
        c.mixing_ratio = hot ? 1.4 : 0;
        c.dp_pa = dp_pa;
        c.outdoor_c = rules_.outdoor_c;
        add_consumer(city_.heat, c);
    }

    void add_plant_at(std::size_t plant, double supply, double heat_w, double lift_pa) {
        const std::int32_t v = plants_[plant];
        PlantFacts p{.id = fmt::format("boiler house/{}", plant), .from = return_[v], .to = supply_[v], .supply_c = supply, .return_c = 70, .outdoor_c = rules_.outdoor_c};
        p.lowest_supply_c = 60;
        p.highest_supply_c = supply;
        p.capacity_w = 1.25 * heat_w;          // losses, and the largest boiler's reserve is beyond it
        p.lift_pa = lift_pa;
        p.least_dp_pa = rules_.least_dp_pa;
        add_plant(city_.heat, p);
        city_.heat.nodes.pressure_pa[return_[v]] = 3e5;
    }

    void say() {
        const auto consumers = static_cast<double>(city_.heat.consumers.id.size());
        report_.note(fmt::format("district heat made up: {} boiler houses of {:.0f} MW in all, {:.1f} km of trench, {} consumers for {} buildings", city_.heat.plants.id.size(), total_w_ / 1e6, laid_m_ / 1000, consumers, connected_));
        report_.guessed(static_cast<std::int64_t>(city_.heat.links.id.size()), "pipes, plants and consumers of district heat", "Soviet practice, shortest ways along the streets");
        const double mw_per_km = laid_m_ > 0 ? total_w_ / 1e6 / (laid_m_ / 1000) : 0;
        if (mw_per_km < 1 || mw_per_km > 6) report_.note(fmt::format("flag: {:.1f} MW per km of trench (usual: 1.5 to 3)", mw_per_km));
    }

    City& city_;
    const HeatDistrictRules& rules_;
    ImportReport& report_;
    StreetGraph graph_;
    std::vector<double> heat_w_;               // [street node]
    std::vector<std::int32_t> consumers_, plants_, plant_of_, order_;
    ShortestWays ways_;
    std::map<std::int32_t, HeatNodeId> supply_, return_;
    double total_w_ = 0, laid_m_ = 0;
    std::int64_t connected_ = 0;
};

}  // namespace

void synthesise_heat_networks(City& city, const HeatDistrictRules& rules, ImportReport& report) {
    Districts(city, rules, report).make();
}

}  // namespace shahr
