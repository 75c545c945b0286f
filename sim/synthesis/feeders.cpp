#include "sim/synthesis/feeders.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/error.h"
#include "sim/synthesis/buildings.h"
#include "sim/synthesis/grid_tables.h"

namespace shahr {
namespace {

std::vector<GridCustomer> find_customers(const City& city, const StreetGraph& graph) {
    std::vector<GridCustomer> customers;
    const BuildingSystems& systems = city.services.systems;
    const Column<SystemId, ConnectedLoad> loads = connected_loads(city);
    for (const SystemId s : rows(systems.building)) {
        const BuildingId b = systems.building[s];
        GridCustomer customer{b, graph.nearest(city.buildings.position[b]), 0, loads[s], static_cast<double>(systems.power_factor[s]), city.buildings.use[b] == BuildingUse::house};
        if (design_load_w(customer.load) <= 0) continue;
        customer.service_m = distance(city.buildings.position[b], graph.position(customer.node));
        customer.too_far = customer.service_m > service_from_m && !service_line(design_flow_va(customer.load), customer.service_m, customer.private_sector);
        customers.push_back(customer);
    }
    return customers;
}

std::vector<MappedSubstation> mapped_substations(const City& city) {
    std::vector<MappedSubstation> found;
    for (const PlaceId place : rows(city.places.id))
        if (city.places.kind[place] == "substation") found.push_back({city.places.id[place], city.places.position[place]});
    return found;
}

// Counts that people who know grids look at, and between which bounds per 100,000 people they usually lie (CIS practice).
struct Sums {
    double people = 0, design_w = 0, low_m = 0, medium_m = 0, service_m = 0, transformer_va = 0;
    int transformers = 0, feeders = 0, overloaded_low = 0, overloaded_medium = 0, far_drops = 0, many_feeders = 0, large_sites = 0, rings = 0;
    double worst_drop_low = 0, worst_drop_medium = 0;
};

Sums sum_up(const City& city, const GridPlan& plan, const FeederRules& rules) {
    Sums sums;
    for (const float people : city.buildings.residents) sums.people += static_cast<double>(people);
    for (const GridCustomer& c : *plan.customers) sums.service_m += c.service_m;
    for (std::size_t s = 0; s < plan.sites.size(); ++s) {
        const LowVoltagePlan& low = plan.low_voltage[s];
        for (const LowVoltageSection& section : low.sections) sums.low_m += section.length_m;
        sums.feeders += low.feeders;
        sums.overloaded_low += low.overloaded;
        sums.far_drops += low.drop_percent > rules.low_voltage.drop_percent;
        sums.many_feeders += low.feeders > 16;
        sums.worst_drop_low = std::max(sums.worst_drop_low, low.drop_percent);
        sums.transformer_va += plan.transformers[s].rated_va();
        sums.transformers += plan.transformers[s].count;
        sums.large_sites += plan.transformers[s].count > 2;
    }
    for (const Ring& ring : plan.medium_voltage.rings) {
        for (const RingSection& section : ring.sections) sums.medium_m += section.length_m;
        sums.worst_drop_medium = std::max(sums.worst_drop_medium, ring.drop_percent);
    }
    for (const PrimaryStation& station : plan.medium_voltage.stations) sums.design_w += station.load_w;
    sums.overloaded_medium = plan.medium_voltage.overloaded;
    sums.rings = static_cast<int>(plan.medium_voltage.rings.size());
    return sums;
}

void flag(double value, double least, double most, std::string_view what, ImportReport& report) {
    if (value < least || value > most) report.note(fmt::format("unusual: {} is {:.3g}; usual is {:g} to {:g}", what, value, least, most));
}

void tell_stations(const GridPlan& plan, ImportReport& report) {
    double installed_va = 0;
    std::int64_t mapped = 0;
    for (const PrimaryStation& station : plan.medium_voltage.stations) {
        installed_va += 2 * station.transformer->rated_va;
        mapped += station.mapped;
    }
    const auto count = static_cast<std::int64_t>(plan.medium_voltage.stations.size());
    report.kept(mapped, "primary substations of the map", "110/10 kV, two transformers each");
    report.guessed(count - mapped, "primary substations where the load is", fmt::format("{:.0f} MVA installed in all {}", installed_va / 1e6, count));
}

void tell(const City& city, const GridPlan& plan, const FeederRules& rules, ImportReport& report) {
    const Sums s = sum_up(city, plan, rules);
    tell_stations(plan, report);
    report.guessed(static_cast<std::int64_t>(plan.sites.size()), "transformer stations", fmt::format("{} transformers 10/0.4 kV, {:.0f} MVA; design load {:.0f} MW at the stations' 10 kV bars", s.transformers, s.transformer_va / 1e6, s.design_w / 1e6));
    const auto far = std::count_if(plan.customers->begin(), plan.customers->end(), [](const GridCustomer& c) { return c.too_far; });
    if (far > 0) report.note(fmt::format("{} buildings stand too far from mapped streets for a low-voltage line: a transformer station beside each, its stub of 10 kV line not laid", far));
    report.guessed(s.rings, "open rings at 10 kV", fmt::format("{:.0f} km; greatest voltage drop {:.1f} %", s.medium_m / 1000, s.worst_drop_medium));
    report.guessed(s.feeders, "feeders at 0.4 kV", fmt::format("{:.0f} km along the streets, {:.0f} km from there to the buildings beside; greatest voltage drop {:.1f} %", s.low_m / 1000, s.service_m / 1000, s.worst_drop_low));
    const auto found = [&](int count, std::string_view what) {
        if (count > 0) report.note(fmt::format("{} {}", count, what));
    };
    found(s.overloaded_low, "low-voltage sections carry more than the largest line of the series");
    found(s.overloaded_medium, "ring sections would carry more than the largest line of the series with the ring fed from one end");
    found(s.far_drops, "transformer stations have a greater voltage drop behind them than the rule, though the largest lines are laid");
    found(plan.medium_voltage.far_drops, "rings have a greater voltage drop than the rule, though the largest lines are laid");
    found(s.many_feeders, "transformer stations have more than 16 feeders");
    found(s.large_sites, "large customers need more than two transformers");
    if (s.people < 1000) return;
    const double per = s.people / 100'000;
    flag(s.design_w / 1e6 / per, 35, 75, "design load, MW per 100,000 people", report);
    flag(static_cast<double>(plan.sites.size()) / per, 180, 350, "transformer stations per 100,000 people", report);
    flag(s.transformer_va / 1e6 / per, 110, 220, "transformer rating, MVA per 100,000 people", report);
    flag(s.medium_m / 1000 / per, 180, 350, "10 kV lines, km per 100,000 people", report);
    flag((s.low_m + s.service_m) / 1000 / per, 350, 700, "0.4 kV lines, km per 100,000 people", report);
    flag(s.design_w / (s.transformer_va * 0.93), 0.30, 0.55, "design load over transformer rating", report);
}

}  // namespace

void synthesise_feeders(City& city, const FeederRules& rules, ImportReport& report) {
    const StreetGraph graph(city, rules.longest_edge_m);
    if (graph.size() == 0) throw InputError("power.grid = \"synthetic\" (the city has no streets to lay it along) a city with roads, or \"given\"");
    const std::vector<GridCustomer> customers = find_customers(city, graph);
    if (customers.empty()) throw InputError("power.grid = \"synthetic\" (no building has an electric load) buildings.stock = \"archetypes\"");
    GridPlan plan;
    plan.graph = &graph;
    plan.customers = &customers;
    plan.sites = site_transformers(graph, customers, rules.sites);
    for (const TransformerSite& site : plan.sites) {
        plan.low_voltage.push_back(plan_low_voltage(graph, site, customers, rules.low_voltage));
        plan.transformers.push_back(choose_transformer(site, rules));
    }
    plan.medium_voltage = plan_medium_voltage(graph, plan.sites, mapped_substations(city), rules.medium_voltage);
    write_grid(city, plan, city.power);
    if (graph.left_out_m() > 0) report.note(fmt::format("{:.1f} km of streets are not connected with the others: no lines there", graph.left_out_m() / 1000));
    tell(city, plan, rules, report);
}

}  // namespace shahr
