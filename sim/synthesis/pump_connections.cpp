#include "sim/synthesis/pump_connections.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/city/pump_loads.h"

namespace shahr {
namespace {

constexpr double motor_tangent = 0.62;         // reactive over active power: induction motors at a power factor of 0.85
constexpr double weight_of_water_n_m3 = 9810, heat_capacity_j_kgk = 4190, density_kg_m3 = 970;

// The nearest of those buses that have a place.
BusId nearest_bus(const Buses& buses, Point place, double least_v, double most_v) {
    BusId nearest = none<BusId>;
    double least = 1e300;
    for (const BusId bus : rows(buses.id)) {
        const double away = distance(buses.position[bus], place);
        if (!buses.in_service[bus] || buses.base_voltage_v[bus] < least_v || buses.base_voltage_v[bus] > most_v || !(away < least)) continue;
        nearest = bus;
        least = away;
    }
    return nearest;
}

double rated_w(const WaterNetwork& water, WaterPumpId pump) {
    const double efficiency = water.settings.efficiency;
    if (!is_some(water.pumps.head_curve[pump])) return water.pumps.power_w[pump] / efficiency;
    const auto flow = water.curves.x[water.pumps.head_curve[pump]], head = water.curves.y[water.pumps.head_curve[pump]];
    double most = 0;
    for (std::size_t k = 0; k < flow.size(); ++k) most = std::max(most, flow[k] * head[k]);
    return weight_of_water_n_m3 * most / efficiency;
}

double rated_w(const HeatNetwork& heat, HeatPlantId plant) {
    const HeatPlants& p = heat.plants;
    double flow = p.flow_kgps[plant];
    const double cooling = p.supply_c[plant] - p.return_c[plant];
    if (std::isnan(flow)) flow = p.capacity_w[plant] / (heat_capacity_j_kgk * (cooling > 0 ? cooling : 30));
    const double w = p.lift_pa[plant] * flow / (density_kg_m3 * p.pump_efficiency[plant]);
    return std::isnan(w) ? 0 : w;
}

class Connector {
public:
    explicit Connector(City& city) : city_(city) {}

    template <class Network, class Pump>
    void connect(const Network& network, Point place, Pump pump) {
        PowerGrid& grid = city_.power;
        BusId bus = nearest_bus(grid.buses, place, 6e3, 35e3);
        if (!is_some(bus)) bus = nearest_bus(grid.buses, place, 0, 1e9);
        if (!is_some(bus)) return void(++without_bus_);
        const double w = rated_w(network, pump);
        grid.loads.customers[add_load(grid.loads, load_of(network, pump), bus, w, motor_tangent * w)] = 0;
        ++connected_;
        rated_w_ += w;
    }

    void report(ImportReport& report) const {
        if (connected_ > 0) report.guessed(connected_, "pumps on the power grid", fmt::format("each at the nearest bus of 6 to 35 kV; {:.2f} MW in all", rated_w_ / 1e6));
        report.dropped(without_bus_, "pumps' electric power", "they or the buses of the grid have no place on the map: only their own network counts it");
    }

private:
    City& city_;
    std::int64_t connected_ = 0, without_bus_ = 0;
    double rated_w_ = 0;
};

}  // namespace

void connect_pumps(City& city, ImportReport& report) {
    if (city.power.buses.id.empty()) return;
    Connector connector(city);
    const WaterNetwork& water = city.water;
    const auto load_of_pump = loads_of_water_pumps(city), load_of_plant = loads_of_heat_plants(city);
    for (const WaterPumpId pump : rows(water.pumps.link))
        if (load_of_pump[row(pump)] < 0) connector.connect(water, water.nodes.position[water.links.from[water.pumps.link[pump]]], pump);
    const HeatNetwork& heat = city.heat;
    for (const HeatPlantId plant : rows(heat.plants.id))
        if (load_of_plant[row(plant)] < 0) connector.connect(heat, heat.nodes.position[heat.links.from[heat.plants.link[plant]]], plant);
    connector.report(report);
}

}  // namespace shahr
