#include "kernels/water/observe.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "kernels/base/math.h"

namespace shahr::SHAHR_BACKEND::water {
namespace {

constexpr const char* state_meaning =
    "0 pump that cannot deliver the head, 1 held shut by a full or empty tank, 2 closed, 3 open, 4 holds its setting, 6 flow setting not reached, 7 pressure setting not reached";

template <class T>
void add(Frame& frame, const char* name, const char* long_name, const char* unit, RowKind rows, std::vector<T> values) {
    frame.fields.push_back({"water", name, long_name, unit, rows, CellMethod::point, std::move(values)});
}

struct Balance {
    double supplied = 0, delivered = 0, leaked = 0, asked = 0, stored = 0, spilled = 0, rounded = 0;
    double error() const { return supplied - delivered - leaked - stored - spilled - rounded; }
    double relative() const { return error() / std::max(1e-9, std::max(supplied, delivered + leaked)); }
};

Balance balance_of(const Network& network, const State& state, Index member, double first_volume_m3) {
    const StateView& v = state.view();
    const auto one = [&](View<double> values) { return state.value(values, 1, 0, member); };
    Balance b{one(v.supplied), one(v.delivered), one(v.leaked), one(v.asked_for), stored_volume(state, network, member) - first_volume_m3, 0};
    for (const double spilled : state.rows_of(v.spilled, network.view().tank_count, member)) b.spilled += spilled;
    for (const double rounded : state.rows_of(v.rounded, network.view().tank_count, member)) b.rounded += rounded;
    return b;
}

// Powers of the pumps in the order of the table's links.
std::vector<double> pump_powers(const WaterNetwork& net, const Network& network, const Method& method, const State& state, Index member, const std::vector<double>& flow, const std::vector<double>& head, const std::vector<std::uint8_t>& shut) {
    std::vector<double> watts(net.links.id.size(), 0);
    const std::vector<double> setting = state.rows_of(state.view().setting, network.view().links, member);
    for (const WaterPumpId pump : rows(net.pumps.link)) {
        const WaterLinkId link = net.pumps.link[pump];
        const auto k = static_cast<std::size_t>(network.link_at(link));
        if (shut[k]) continue;
        const double lift = std::abs(head[row(net.links.from[link])] - head[row(net.links.to[link])]), q = std::abs(flow[k]);
        double efficiency = method.default_efficiency;
        if (const WaterCurveId curve = net.pumps.efficiency_curve[pump]; is_some(curve) && setting[k] > 0)
            efficiency = 1 - (1 - interpolate(net.curves.x[curve], net.curves.y[curve], q / setting[k])) * pow(1 / setting[k], 0.1);
        watts[row(link)] = lift * q * method.specific_gravity / head_flow_per_watt / std::min(1.0, std::max(0.01, efficiency));
    }
    return watts;
}

}  // namespace

double stored_volume(const State& state, const Network& network, Index member) {
    double sum = 0;
    for (const double volume : state.rows_of(state.view().volume, network.view().tank_count, member)) sum += volume;
    return sum;
}

void observe_nodes(Frame& frame, const WaterNetwork& net, const Network& network, const State& state, Index member) {
    const NetworkView& n = network.view();
    const StateView& v = state.view();
    std::vector<double> head = state.rows_of(v.head, n.nodes, member), demand = state.rows_of(v.demand, n.nodes, member), asked = state.rows_of(v.asked, n.nodes, member), pressure = head, leakage(head.size(), 0);
    const std::vector<double> served = state.rows_of(v.served, n.nodes, member);
    const bool may_be_dry = state.value(v.shut_from_outside, 1, 0, member) > 0;
    const std::vector<double> inflow = state.rows_of(v.inflow, n.fixed.size, member), outlet_k = state.rows_of(v.outlet_k, n.outlet_count, member), outlet_flow = state.rows_of(v.outlet_flow, n.outlet_count, member);
    std::size_t fixed = 0;
    for (const WaterNodeId node : rows(net.nodes.id)) {
        // The head that a solution leaves where no water leads to means nothing (reach.h): such a main stands empty.
        if (may_be_dry && served[row(node)] == 0 && net.nodes.kind[node] == WaterNodeKind::junction) head[row(node)] = net.nodes.elevation_m[node];
        pressure[row(node)] = net.nodes.kind[node] == WaterNodeKind::reservoir ? 0 : head[row(node)] - net.nodes.elevation_m[node];
        if (net.nodes.kind[node] != WaterNodeKind::junction) demand[row(node)] = inflow[fixed++];
    }
    for (std::size_t o = 0; o < network.outlets().size(); ++o)
        if (outlet_k[o] > 0) leakage[row(network.outlets()[o].node)] += outlet_flow[o];
    add(frame, "head", "hydraulic head", "m", RowKind::water_node, std::move(head));
    add(frame, "pressure", "pressure as a height of water above the node; of a tank, its level; 0 where a scenario has cut the junction off", "m", RowKind::water_node, std::move(pressure));
    add(frame, "demand", "water delivered to those who asked for it; at reservoirs and tanks, net inflow from the network", "m3 s-1", RowKind::water_node, std::move(demand));
    add(frame, "demand_asked", "water asked for", "m3 s-1", RowKind::water_node, std::move(asked));
    add(frame, "leakage", "water lost through emitters, leaks and bursts", "m3 s-1", RowKind::water_node, std::move(leakage));
}

void observe_links(Frame& frame, const WaterNetwork& net, const Network& network, const Method& method, const State& state, Index member) {
    const NetworkView& n = network.view();
    const StateView& v = state.view();
    const std::vector<double> own_flow = state.rows_of(v.flow, n.link_rows, member), setting = state.rows_of(v.setting, n.links, member), head = state.rows_of(v.head, n.nodes, member);
    const std::vector<Index> states = state.rows_of(v.state, n.links, member), forced = state.rows_of(v.forced, n.links, member);
    std::vector<double> flow(net.links.id.size()), velocity(flow.size()), settings(flow.size());
    std::vector<std::int32_t> status(flow.size()), now(flow.size());
    std::vector<std::uint8_t> shut(flow.size());
    for (std::size_t k = 0; k < flow.size(); ++k) {
        const auto link = as_id<WaterLinkId>(network.rows()[k]);
        shut[k] = states[k] <= static_cast<Index>(LinkState::closed) || forced[k] > 0;
        flow[row(link)] = shut[k] ? 0 : own_flow[k];
        const double d = net.links.diameter_m[link];
        velocity[row(link)] = d > 0 ? std::abs(flow[row(link)]) / (std::numbers::pi / 4 * d * d) : 0;
        settings[row(link)] = setting[k];
        status[row(link)] = shut[k] ? 0 : 1;
        now[row(link)] = forced[k] > 0 ? static_cast<std::int32_t>(LinkState::closed) : states[k];
    }
    add(frame, "flow", "flow, positive from the link's beginning to its end", "m3 s-1", RowKind::water_link, std::move(flow));
    add(frame, "velocity", "speed of the water; 0 in pumps", "m s-1", RowKind::water_link, std::move(velocity));
    add(frame, "status", "1 open or regulating, 0 closed", "1", RowKind::water_link, std::move(status));
    add(frame, "state", state_meaning, "1", RowKind::water_link, std::move(now));
    add(frame, "setting", "of a pump its relative speed; of a valve m, m3 s-1 or a coefficient; none where it is fixed", "1", RowKind::water_link, std::move(settings));
    add(frame, "power", "electric power of pumps", "W", RowKind::water_link, pump_powers(net, network, method, state, member, own_flow, head, shut));
}

void observe_whole(Frame& frame, const Network& network, const State& state, Index member, double first_volume_m3) {
    const StateView& v = state.view();
    const Balance b = balance_of(network, state, member, first_volume_m3);
    const auto whole = [&](const char* name, const char* long_name, const char* unit, double value) { add(frame, name, long_name, unit, RowKind::whole, std::vector<double>{value}); };
    add(frame, "iterations", "iterations of the solution", "1", RowKind::whole, std::vector<std::int32_t>{state.value(v.iterations, 1, 0, member)});
    whole("residual", "sum of the last changes of flow over the sum of flows", "1", state.value(v.error, 1, 0, member));
    whole("supplied", "water from reservoirs and wells since the start", "m3", b.supplied);
    whole("delivered", "water delivered since the start", "m3", b.delivered);
    whole("leaked", "water lost since the start through emitters, leaks and bursts", "m3", b.leaked);
    whole("unserved", "water asked for and not delivered since the start", "m3", b.asked - b.delivered);
    whole("poorly_served", "junctions that ask for water and are cut off or have less than the required pressure", "1", state.value(v.poorly_served, 1, 0, member));
    whole("spilled", "water spilled from full tanks since the start", "m3", b.spilled);
    whole("stored", "water in tanks more than at the start", "m3", b.stored);
}

void water_indicators(std::vector<Kpi>& kpis, const Network& network, const State& state, Index member, double first_volume_m3) {
    const StateView& v = state.view();
    const Balance b = balance_of(network, state, member, first_volume_m3);
    const auto add_kpi = [&](const char* name, const char* long_name, const char* unit, bool lower, double value) { kpis.push_back({name, long_name, unit, lower, value}); };
    double energy = 0, cost = 0;
    for (const double e : state.rows_of(v.energy_j, network.view().pump_count, member)) energy += e;
    for (const double c : state.rows_of(v.cost, network.view().pump_count, member)) cost += c;
    const auto one = [&](View<double> values) { return state.value(values, 1, 0, member); };
    add_kpi("water_supplied", "water from reservoirs and wells", "m3", true, b.supplied);
    add_kpi("water_delivered", "water delivered", "m3", false, b.delivered);
    add_kpi("water_leaked", "water lost through emitters, leaks and bursts", "m3", true, b.leaked);
    add_kpi("water_spilled", "water spilled from full tanks", "m3", true, b.spilled);
    add_kpi("water_rounded", "water that vanished (below zero: was made) because tanks run full and empty at whole seconds", "m3", true, b.rounded);
    add_kpi("water_stored", "water in tanks more than at the start", "m3", false, b.stored);
    add_kpi("water_balance_error", "supplied less delivered, leaked, spilled, rounded and stored, over what was supplied", "1", true, b.supplied > 0 || b.delivered > 0 ? b.relative() : std::numeric_limits<double>::quiet_NaN());
    add_kpi("water_service", "water delivered over water asked for", "1", false, b.asked > 0 ? std::min(b.delivered / b.asked, 1.0) : std::numeric_limits<double>::quiet_NaN());
    add_kpi("water_unserved", "water asked for and not delivered", "m3", true, std::max(0.0, b.asked - b.delivered));
    add_kpi("water_poor_service", "junction-hours in which water is asked for and the junction is cut off or has less than the required pressure", "h", true, one(v.poor_service_s) / 3600);
    add_kpi("pump_energy", "energy of pumps", "J", true, energy);
    add_kpi("pump_cost", "cost of that energy, in the currency of its price", "1", true, cost);
    add_kpi("water_solutions", "hydraulic solutions", "1", true, one(v.solutions));
    add_kpi("water_iterations", "iterations of all solutions", "1", true, one(v.all_iterations));
    add_kpi("water_unbalanced", "solutions not found within the trials", "1", true, one(v.unbalanced));
}

}  // namespace shahr::SHAHR_BACKEND::water
