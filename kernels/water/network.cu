#include "kernels/water/network.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "kernels/base/math.h"
#include "kernels/water/network_lists.h"

namespace shahr::SHAHR_BACKEND::water {
namespace {

double circle(double diameter_m) {
    return std::numbers::pi / 4 * diameter_m * diameter_m;
}

// r of h = r q^n, EPANET's constants: 4.727 in feet for Hazen-Williams, 1.49 for Manning.
double friction_resistance(HeadLossFormula formula, double length_m, double diameter_m, double roughness) {
    const double l = length_m / foot_m, d = diameter_m / foot_m, area = circle(d);
    switch (formula) {
        case HeadLossFormula::hazen_williams: return 4.727 * l / pow(roughness, 1.852) / pow(d, 4.871) * foot_m / pow(cubic_foot_m3, 1.852);
        case HeadLossFormula::darcy_weisbach: return length_m / (2 * gravity_mps2 * diameter_m * circle(diameter_m) * circle(diameter_m));
        case HeadLossFormula::chezy_manning: return pow(roughness / (1.49 * area), 2) * pow(d / 4, -1.333) * l * foot_m / (cubic_foot_m3 * cubic_foot_m3);
    }
    return 0;
}

double minor_resistance(double coefficient, double diameter_m) {
    return diameter_m > 0 ? minor_loss_unit * coefficient / pow(diameter_m, 4) : 0;
}

struct PowerCurve {
    bool fits = false;
    double h0 = 0, r = 0, n = 1;
};

// h = h0 - r q^n through shutoff and two points.
PowerCurve through(double h0, double h1, double h2, double q1, double q2) {
    if (!(h0 >= 1e-6 && h0 - h1 >= 1e-6 && h1 - h2 >= 1e-6 && q1 >= 1e-9 && q2 - q1 >= 1e-9)) return {};
    const double n = log((h0 - h2) / (h0 - h1)) / log(q2 / q1);
    if (!(n > 0 && n <= 20)) return {};
    return {true, h0, (h0 - h1) / pow(q1, n), n};
}

}  // namespace

LinkState state_of(WaterStatus status) {
    return status == WaterStatus::closed ? LinkState::closed : status == WaterStatus::open ? LinkState::open : LinkState::active;
}

double head_of(const WaterNetwork& net, WaterNodeId node, double above_m) {
    return net.nodes.elevation_m[node] + above_m;
}

double interpolate(std::span<const double> x, std::span<const double> y, double value) {
    if (value <= x.front()) return y.front();
    for (std::size_t i = 1; i < x.size(); ++i)
        if (x[i] >= value) return y[i] - (x[i] - value) * (y[i] - y[i - 1]) / (x[i] - x[i - 1]);
    return y.back();
}

Network::Network(const WaterNetwork& net, std::span<const WaterNodeId> bursts) {
    order_links(net);
    std::vector<std::uint8_t> given;
    for (const WaterNodeKind kind : net.nodes.kind) given.push_back(kind != WaterNodeKind::junction);
    view_.nodes = static_cast<Index>(given.size());
    topology_ = std::make_unique<PipeTopology>(view_.nodes, from_, to_, given);
    view_.pipes = topology_->view();
    view_.formula = net.settings.formula;
    view_.demand_model = net.settings.demand_model;
    put_links(net);
    put_pumps(net);
    put_nodes(net);
    put_tanks(net);
    put_outlets(net, bursts);
    put_controls(net);
    put_rules(net);
    put_watched(net);
    put_passages(net);
}

void Network::order_links(const WaterNetwork& net) {
    const WaterLinks& l = net.links;
    for (const WaterLinkId link : shahr::rows(l.id))
        if (l.kind[link] == WaterLinkKind::pipe) row_at_.push_back(number(link));
    view_.pipe_count = static_cast<Index>(row_at_.size());
    for (const WaterLinkId link : net.pumps.link) row_at_.push_back(number(link));
    view_.pump_count = static_cast<Index>(row_at_.size()) - view_.pipe_count;
    for (const WaterLinkId link : shahr::rows(l.id))
        if (l.kind[link] > WaterLinkKind::pump) row_at_.push_back(number(link));
    at_row_.assign(l.id.size(), -1);
    for (std::size_t k = 0; k < row_at_.size(); ++k) {
        const auto row = as_id<WaterLinkId>(row_at_[k]);
        at_row_[shahr::row(row)] = static_cast<Index>(k);
        from_.push_back(number(l.from[row]));
        to_.push_back(number(l.to[row]));
    }
    view_.links = static_cast<Index>(row_at_.size());
    view_.link_rows = (view_.links + 7) / 8 * 8;
}

void Network::put_links(const WaterNetwork& net) {
    const WaterLinks& l = net.links;
    std::vector<double> resistance(at(view_.link_rows), 1), minor(resistance.size(), 0), viscous(resistance.size(), 1), ratio(resistance.size(), 0), diameter;
    std::vector<std::uint8_t> kind, check;
    std::vector<Index> curve;
    for (Index k = 0; k < view_.links; ++k) {
        const auto row = as_id<WaterLinkId>(row_at_[at(k)]);
        if (k < view_.pipe_count) resistance[at(k)] = friction_resistance(view_.formula, l.length_m[row], l.diameter_m[row], l.roughness[row]);
        minor[at(k)] = minor_resistance(l.minor_loss[row], l.diameter_m[row]);
        viscous[at(k)] = net.settings.viscosity_m2s * std::max(l.diameter_m[row], 1e-3);
        ratio[at(k)] = l.diameter_m[row] > 0 ? l.roughness[row] / l.diameter_m[row] : 0;
        diameter.push_back(l.diameter_m[row]);
        kind.push_back(static_cast<std::uint8_t>(l.kind[row]));
        check.push_back(l.check_valve[row]);
        curve.push_back(number(l.curve[row]));
        first_flows_.push_back(circle(l.diameter_m[row]) * foot_m);
    }
    view_.resistance = shelf_.put(resistance);
    view_.minor = shelf_.put(minor);
    view_.viscosity_diameter = shelf_.put(viscous);
    view_.roughness_ratio = shelf_.put(ratio);
    view_.diameter_m = shelf_.put(diameter);
    view_.kind = shelf_.put(kind);
    view_.check_valve = shelf_.put(check);
    view_.curve_of_link = shelf_.put(curve);
    view_.curve_first = shelf_.put(offsets(net.curves.x));
    view_.curve_x = shelf_.put(net.curves.x.items());
    view_.curve_y = shelf_.put(net.curves.y.items());
}

void Network::put_pumps(const WaterNetwork& net) {
    const WaterPumps& p = net.pumps;
    std::vector<std::uint8_t> kind;
    std::vector<double> h0, r, n, max_head, price;
    for (const WaterPumpId pump : shahr::rows(p.link)) {
        double& first = first_flows_[at(link_at(p.link[pump]))];
        PowerCurve power;
        PumpKind k = PumpKind::of_power;
        double highest = 1e10;
        if (is_some(p.head_curve[pump])) {
            const auto x = net.curves.x[p.head_curve[pump]], y = net.curves.y[p.head_curve[pump]];
            first = (x.front() + x.back()) / 2;
            if (x.size() == 1) power = through(4.0 / 3 * y[0], y[0], 0, x[0], 2 * x[0]), first = x[0];
            else if (x.size() == 3 && x[0] == 0) power = through(y[0], y[1], y[2], x[1], x[2]), first = x[1];
            k = power.fits ? PumpKind::by_powers : PumpKind::by_curve;
            highest = power.fits ? power.h0 : y[0];
        } else {
            power.r = p.power_w[pump] * head_flow_per_watt;
            first = cubic_foot_m3;
        }
        kind.push_back(static_cast<std::uint8_t>(k));
        h0.push_back(power.h0), r.push_back(power.r), n.push_back(power.n), max_head.push_back(highest);
        price.push_back((std::isnan(p.price_per_kwh[pump]) || p.price_per_kwh[pump] <= 0 ? net.settings.price_per_kwh : p.price_per_kwh[pump]) / 3.6e6);
    }
    const auto global = std::find(net.patterns.id.begin(), net.patterns.id.end(), net.settings.price_pattern);
    std::vector<Index> price_pattern = numbers(p.price_pattern.span());
    if (!net.settings.price_pattern.empty() && global != net.patterns.id.end())
        for (Index& pattern : price_pattern) pattern = pattern >= 0 ? pattern : static_cast<Index>(global - net.patterns.id.begin());
    view_.pump_kind = shelf_.put(kind);
    view_.pump_h0 = shelf_.put(h0);
    view_.pump_r = shelf_.put(r);
    view_.pump_n = shelf_.put(n);
    view_.pump_max_head = shelf_.put(max_head);
    view_.pump_price = shelf_.put(price);
    view_.pump_curve = shelf_.put(numbers(p.head_curve.span()));
    view_.pump_efficiency = shelf_.put(numbers(p.efficiency_curve.span()));
    view_.pump_pattern = shelf_.put(numbers(p.speed_pattern.span()));
    view_.pump_price_pattern = shelf_.put(price_pattern);
}

void Network::put_nodes(const WaterNetwork& net) {
    std::vector<Index> first(net.nodes.id.size() + 1, 0);
    for (const WaterNodeId node : net.demands.node) ++first[row(node) + 1];
    for (std::size_t v = 1; v < first.size(); ++v) first[v] += first[v - 1];
    view_.elevation_m = shelf_.put(net.nodes.elevation_m.span());
    view_.head_pattern = shelf_.put(numbers(net.nodes.head_pattern.span()));
    view_.demand_first = shelf_.put(first);
    view_.demand_pattern = shelf_.put(numbers(net.demands.pattern.span()));
    view_.demand_base = shelf_.put(net.demands.base_m3s.span());
    view_.pattern_first = shelf_.put(offsets(net.patterns.factor));
    view_.pattern_factor = shelf_.put(net.patterns.factor.items());
}

void Network::put_tanks(const WaterNetwork& net) {
    const WaterTanks& t = net.tanks;
    std::vector<double> area, low, high, low_volume, high_volume;
    std::vector<Index> of_node(net.nodes.id.size(), -1), fixed, fixed_first{0}, fixed_link, fixed_of_tank(t.node.size(), -1);
    for (const WaterTankId tank : shahr::rows(t.node)) {
        of_node[row(t.node[tank])] = number(tank);
        low.push_back(head_of(net, t.node[tank], t.min_level_m[tank]));
        high.push_back(head_of(net, t.node[tank], t.max_level_m[tank]));
        area.push_back(circle(t.diameter_m[tank]));
        low_volume.push_back(t.min_volume_m3[tank]);
        high_volume.push_back(t.min_volume_m3[tank] + area.back() * (t.max_level_m[tank] - t.min_level_m[tank]));
        if (!is_some(t.volume_curve[tank])) continue;
        const auto x = net.curves.x[t.volume_curve[tank]], y = net.curves.y[t.volume_curve[tank]];
        low_volume.back() = interpolate(x, y, t.min_level_m[tank]);
        high_volume.back() = interpolate(x, y, t.max_level_m[tank]);
    }
    for (std::size_t v = 0; v < net.nodes.id.size(); ++v) {
        if (net.nodes.kind.vector()[v] == WaterNodeKind::junction) continue;
        if (of_node[v] >= 0) fixed_of_tank[at(of_node[v])] = static_cast<Index>(fixed.size());
        fixed.push_back(static_cast<Index>(v));
        for (std::size_t k = 0; k < from_.size(); ++k)
            if (from_[k] == fixed.back() || to_[k] == fixed.back()) fixed_link.push_back(static_cast<Index>(k));
        fixed_first.push_back(static_cast<Index>(fixed_link.size()));
    }
    view_.tank_count = static_cast<Index>(area.size());
    for (std::size_t tank = 0; tank < area.size(); ++tank) tank_volumes_.push_back({low_volume[tank], high_volume[tank]});
    view_.tank_node = shelf_.put(numbers(t.node.span()));
    view_.tank_curve = shelf_.put(numbers(t.volume_curve.span()));
    view_.tank_area = shelf_.put(area);
    view_.tank_low = shelf_.put(low);
    view_.tank_high = shelf_.put(high);
    view_.tank_low_volume = shelf_.put(low_volume);
    view_.tank_high_volume = shelf_.put(high_volume);
    view_.tank_overflows = shelf_.put(t.overflow.span());
    view_.tank_of_node = shelf_.put(of_node);
    view_.fixed = shelf_.put(fixed);
    view_.fixed_first = shelf_.put(fixed_first);
    view_.fixed_link = shelf_.put(fixed_link);
    view_.fixed_of_tank = shelf_.put(fixed_of_tank);
}

// Leaks by the FAVAD equation (Cassa and van Zyl 2013; EPANET 2.3): at each end of a pipe half of it leaks through an area
// that is fixed, q = 0.6 sqrt(2 g) A sqrt(h), and one that grows with the pressure, q = 0.6 sqrt(2 g) m h^1.5.
void Network::put_outlets(const WaterNetwork& net, std::span<const WaterNodeId> bursts) {
    const WaterNodes& n = net.nodes;
    std::vector<double> fixed_leak(n.id.size(), 0), growing_leak(n.id.size(), 0);
    const double orifice = 0.6 * std::sqrt(2 * gravity_mps2);
    for (const WaterLinkId link : shahr::rows(net.links.id)) {
        if (net.links.leak_area_m[link] == 0 && net.links.leak_growth[link] == 0) continue;
        const WaterNodeId ends[] = {net.links.from[link], net.links.to[link]};
        const bool both = n.kind[ends[0]] == WaterNodeKind::junction && n.kind[ends[1]] == WaterNodeKind::junction;
        for (const WaterNodeId end : ends) {
            if (n.kind[end] != WaterNodeKind::junction) continue;
            fixed_leak[row(end)] += orifice * net.links.leak_area_m[link] * net.links.length_m[link] * (both ? 0.5 : 1);
            growing_leak[row(end)] += orifice * net.links.leak_growth[link] * net.links.length_m[link] * (both ? 0.5 : 1);
        }
    }
    const double exponent = 1 / net.settings.emitter_exponent;
    for (const WaterNodeId node : shahr::rows(n.id)) {
        if (n.emitter[node] > 0) outlets_.push_back({node, exponent, net.settings.emitter_backflow != 0, pow(1 / n.emitter[node], exponent), cubic_foot_m3});
        if (fixed_leak[row(node)] > 0) outlets_.push_back({node, 2, false, pow(fixed_leak[row(node)], -2), 0.001 * cubic_foot_m3});
        if (growing_leak[row(node)] > 0) outlets_.push_back({node, 2.0 / 3, false, pow(growing_leak[row(node)], -2.0 / 3), 0.001 * cubic_foot_m3});
    }
    for (const WaterNodeId node : bursts) outlets_.push_back({node, 2, false, 0, cubic_foot_m3});
    std::vector<Index> place;
    std::vector<double> power;
    std::vector<std::uint8_t> backflow;
    for (const OutletPlace& outlet : outlets_) place.push_back(number(outlet.node)), power.push_back(outlet.power), backflow.push_back(outlet.backflow);
    view_.outlet_count = static_cast<Index>(outlets_.size());
    view_.outlet_node = shelf_.put(place);
    view_.outlet_power = shelf_.put(power);
    view_.outlet_backflow = shelf_.put(backflow);
}

}  // namespace shahr::SHAHR_BACKEND::water
