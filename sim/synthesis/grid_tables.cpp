#include "sim/synthesis/grid_tables.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace shahr {
namespace {

constexpr double high_v = 110e3, medium_v = 10e3, low_v = 400;
constexpr double base_va = 1e6;
// On-load tap changers of the primary transformers: +-9 x 1.78 % (GOST 12965), about 105 % of the nominal voltage at the
// 10 kV bars, as PUE 1.2.23 asks for at the peak; the band is the usual 1.4 steps wide.
constexpr int primary_steps = 9;
constexpr double primary_step = 0.0178, primary_target_pu = 1.05, primary_band_pu = 0.025;
constexpr int primary_position = -3;           // where they begin: 5 % more at 10 kV without load
constexpr double zero_sequence_r = 4, zero_sequence_x = 3.75;  // of four-core low-voltage cables, over the positive one's
constexpr double low_voltage_band = 0.10;      // GOST 32144, EN 50160
constexpr Point nowhere{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};  // the 110 kV lines are not laid

class Writer {
public:
    Writer(const City& city, const GridPlan& plan, PowerGrid& to) : city_(city), plan_(plan), to_(to) { to_.base_power_va = base_va; }

    void write() {
        write_stations();
        for (std::size_t s = 0; s < plan_.sites.size(); ++s) write_site_buses(s);
        for (std::size_t r = 0; r < plan_.medium_voltage.rings.size(); ++r) write_ring(r);
        for (std::size_t s = 0; s < plan_.sites.size(); ++s) write_site(s);
        write_shapes();
    }

private:
    BusId bus(std::string id, std::string name, double voltage_v, Point position, double band) {
        const BusId at = add_bus(to_.buses, std::move(id), voltage_v);
        to_.buses.name[at] = std::move(name);
        to_.buses.position[at] = position;
        to_.buses.min_voltage_pu[at] = 1 - band;
        to_.buses.max_voltage_pu[at] = 1 + band;
        return at;
    }

    static double base_ohm(double voltage_v) { return voltage_v * voltage_v / base_va; }

    void write_stations() {
        const auto& stations = plan_.medium_voltage.stations;
        if (stations.empty()) return;
        const BusId grid = bus("grid", "110 kV network", high_v, nowhere, 0.1);
        const GeneratorId slack = add_generator(to_.generators, "grid", grid, GeneratorKind::slack);
        to_.generators.voltage_pu[slack] = 1;
        for (const PrimaryStation& station : stations) {
            const BusId high = bus(station.id + "/110", station.id, high_v, station.position, 0.1), medium = bus(station.id + "/10", station.id, medium_v, station.position, 0.1);
            add_branch(to_.branches, station.id + "/bar", BranchKind::bus_switch, grid, high);
            const TransformerId t = write_transformer(station.id + "/t", fmt::format("2 x {}", station.transformer->name), high, medium, {station.transformer, 2}, high_v);
            to_.transformers.vector_group[t] = "YNd11";
            to_.transformers.tap_neutral[t] = 0;
            to_.transformers.tap_position[t] = primary_position;
            to_.branches.tap_ratio[to_.transformers.branch[t]] = 1 + primary_step * primary_position;
            to_.transformers.tap_min[t] = -primary_steps, to_.transformers.tap_max[t] = primary_steps;
            to_.transformers.tap_step[t] = primary_step;
            to_.transformers.tap_at_to[t] = 0;
            to_.transformers.regulated_bus[t] = medium;
            to_.transformers.target_voltage_pu[t] = primary_target_pu;
            to_.transformers.deadband_pu[t] = primary_band_pu;
            station_bus_.push_back(medium);
        }
    }

    // z = uk U2 / S, r = Pk U2 / S2; iron losses and no-load current at the primary side.
    TransformerId write_transformer(const std::string& id, const std::string& name, BusId from, BusId to, const ChosenTransformer& chosen, double primary_v) {
        const BranchId b = add_branch(to_.branches, id, BranchKind::transformer, from, to);
        const TransformerType& type = *chosen.type;
        const double per_unit = base_va / type.rated_va / chosen.count;
        const double r = type.load_w / type.rated_va * per_unit, z = type.impedance_percent / 100 * per_unit;
        to_.branches.name[b] = name;
        to_.branches.resistance_pu[b] = r;
        to_.branches.reactance_pu[b] = std::sqrt(z * z - r * r);
        const double conductance = chosen.count * type.no_load_w / base_va;
        const double admittance = chosen.count * type.no_load_current_percent / 100 * type.rated_va / base_va;
        to_.branches.conductance_from_pu[b] = conductance;
        to_.branches.susceptance_from_pu[b] = -std::sqrt(std::max(0.0, admittance * admittance - conductance * conductance));
        to_.branches.rated_power_va[b] = chosen.rated_va();
        to_.branches.rated_current_from_a[b] = chosen.rated_va() / (std::numbers::sqrt3 * primary_v);
        const TransformerId t = add_transformer(to_.transformers, id, b);
        to_.transformers.rated_power_va[t] = chosen.rated_va();
        return t;
    }

    void write_site_buses(std::size_t s) {
        const TransformerSite& site = plan_.sites[s];
        const Point at = plan_.graph->position(site.node);
        site_bus_.push_back(bus(fmt::format("ts/{}", s), fmt::format("transformer station {}", s), medium_v, at, 0.1));
    }

    void write_line(std::string id, BusId from, BusId to, const LineType& type, double length_m, double voltage_v, std::span<const std::int32_t> way, bool open) {
        const BranchId b = add_branch(to_.branches, std::move(id), type.overhead ? BranchKind::line : BranchKind::cable, from, to);
        const double km = length_m / 1000, ohm = base_ohm(voltage_v);
        to_.branches.name[b] = type.name;
        to_.branches.resistance_pu[b] = type.resistance_ohm_km * km / ohm;
        to_.branches.reactance_pu[b] = type.reactance_ohm_km * km / ohm;
        const double half = std::numbers::pi * to_.frequency_hz * type.capacitance_nf_km * 1e-9 * km * ohm;
        to_.branches.susceptance_from_pu[b] = to_.branches.susceptance_to_pu[b] = half;
        if (voltage_v == low_v) {
            to_.branches.zero_resistance_pu[b] = zero_sequence_r * to_.branches.resistance_pu[b];
            to_.branches.zero_reactance_pu[b] = zero_sequence_x * to_.branches.reactance_pu[b];
        }
        to_.branches.rated_current_from_a[b] = to_.branches.rated_current_to_a[b] = type.rated_a;
        to_.branches.length_m[b] = length_m;
        if (open) to_.branches.to_closed[b] = 0;
        std::vector<Point> shape;
        for (const std::int32_t node : way) shape.push_back(plan_.graph->position(node));
        shapes_.push_back(std::move(shape));
        shape_of_.push_back(b);
    }

    void write_ring(std::size_t r) {
        const Ring& ring = plan_.medium_voltage.rings[r];
        const BusId station = station_bus_[static_cast<std::size_t>(ring.station)];
        const auto at = [&](std::int32_t site) { return site < 0 ? station : site_bus_[static_cast<std::size_t>(site)]; };
        for (std::size_t k = 0; k < ring.sections.size(); ++k) {
            const RingSection& section = ring.sections[k];
            // A station beside its neighbour still has a few metres of cable.
            write_line(fmt::format("ring/{}/{}", r, k), at(section.from), at(section.to), *section.type, std::max(5.0, section.length_m), medium_v, section.way, section.open);
        }
    }

    void write_site(std::size_t s) {
        const LowVoltagePlan& low = plan_.low_voltage[s];
        const ChosenTransformer& chosen = plan_.transformers[s];
        std::vector<BusId> buses;
        for (std::size_t k = 0; k < low.buses.size(); ++k)
            buses.push_back(bus(k == 0 ? fmt::format("ts/{}/0.4", s) : fmt::format("ts/{}/{}", s, k), "", low_v, plan_.graph->position(low.buses[k].node), low_voltage_band));
        const TransformerId t = write_transformer(fmt::format("ts/{}/t", s), chosen.count > 1 ? fmt::format("{} x {}", chosen.count, chosen.type->name) : std::string(chosen.type->name), site_bus_[s], buses[0], chosen, medium_v);
        to_.transformers.vector_group[t] = "Dyn11";
        for (std::size_t k = 0; k < low.sections.size(); ++k) {
            const LowVoltageSection& section = low.sections[k];
            write_line(fmt::format("ts/{}/feeder/{}/{}", s, section.feeder, k), buses[static_cast<std::size_t>(section.from)], buses[static_cast<std::size_t>(section.to)], *section.type,
                       std::max(1.0, section.length_m), low_v, section.way, false);
        }
        for (std::size_t k = 0; k < low.buses.size(); ++k)
            for (const std::int32_t c : low.buses[k].customers) write_customer((*plan_.customers)[static_cast<std::size_t>(c)], buses[k]);
    }

    void write_customer(const GridCustomer& customer, BusId at) {
        const LineType* type = service_line(design_flow_va(customer.load), customer.service_m, customer.private_sector);
        if (customer.service_m > service_from_m && type) {
            const Point place = city_.buildings.position[customer.building];
            const BusId end = bus("service/" + city_.buildings.id[customer.building], "", low_v, place, low_voltage_band);
            write_line("service/" + city_.buildings.id[customer.building], at, end, *type, customer.service_m, low_v, std::span(&customer.node, 1), false);
            shapes_.back().push_back(place);
            at = end;
        }
        write_load(customer, at);
    }

    void write_load(const GridCustomer& customer, BusId at) {
        const LoadId load = add_load(to_.loads, city_.buildings.id[customer.building], at, 0, 0);
        to_.loads.building[load] = customer.building;
        to_.loads.power_factor[load] = customer.power_factor;
        to_.loads.customers[load] = static_cast<std::int32_t>(std::max(1.0, customer.load.gas_dwellings + customer.load.electric_dwellings));
    }

    // Lists are filled row by row: the shapes of all branches at the end, in their order.
    void write_shapes() {
        std::vector<const std::vector<Point>*> of_branch(to_.branches.id.size(), nullptr);
        for (std::size_t i = 0; i < shape_of_.size(); ++i) of_branch[row(shape_of_[i])] = &shapes_[i];
        Lists<BranchId, Point> all;
        for (const std::vector<Point>* shape : of_branch) all.push_back(shape ? *shape : std::vector<Point>{});
        to_.branches.shape = std::move(all);
    }

    const City& city_;
    const GridPlan& plan_;
    PowerGrid& to_;
    std::vector<BusId> station_bus_, site_bus_;
    std::vector<std::vector<Point>> shapes_;
    std::vector<BranchId> shape_of_;
};

}  // namespace

ChosenTransformer choose_transformer(const TransformerSite& site, const FeederRules& rules) {
    const double needed_va = design_flow_va(site.load);
    const int count = site.private_sector ? 1 : 2;
    const double loading = count == 1 ? rules.single_loading : rules.pair_loading;
    for (const TransformerType& type : distribution_transformers())
        if (count * type.rated_va * loading >= needed_va && (count == 1 || type.rated_va >= 160e3)) return {&type, count};
    const TransformerType& largest = distribution_transformers().back();
    return {&largest, std::max(count, static_cast<int>(std::ceil(needed_va / (rules.pair_loading * largest.rated_va))))};
}

void write_grid(const City& city, const GridPlan& plan, PowerGrid& to) {
    Writer(city, plan, to).write();
}

}  // namespace shahr
