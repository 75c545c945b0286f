#include "kernels/heat/network.h"

#include <algorithm>
#include <cmath>

#include "kernels/heat/water_properties.h"
#include "sim/base/joined_parts.h"

namespace shahr::SHAHR_BACKEND::heat {
namespace {

constexpr double gravity = 9.80665, air_kgpm3 = 1.2;   // gauge pressures: the air weighs on the water outside

// The temperature at which energy and mass are counted: that of the links' own properties where they have one, else half
// way between the plants' supply and return on the design day.
double reference_temperature(const HeatNetwork& heat) {
    for (const double c : heat.links.fluid_c)
        if (!std::isnan(c)) return c;
    double sum = 0;
    for (const HeatPlantId p : rows(heat.plants.id)) sum += 0.5 * (heat.plants.supply_c[p] + (std::isnan(heat.plants.return_c[p]) ? 0.6 * heat.plants.supply_c[p] : heat.plants.return_c[p]));
    return heat.plants.id.empty() ? 20 : sum / static_cast<double>(heat.plants.id.size());
}

// Pressures are reckoned from the first that is held: near zero they keep their digits.
struct Base {
    double height_m = 0, pressure_pa = 0;
};

Base base_of(const HeatNodes& nodes) {
    for (const HeatNodeId v : rows(nodes.id))
        if (!std::isnan(nodes.pressure_pa[v])) return {nodes.height_m[v], nodes.pressure_pa[v]};
    return {};
}

Flow flow_of(const HeatNetwork& heat, HeatLinkId link, Index consumer, Index plant) {
    switch (heat.links.kind[link]) {
        case HeatLinkKind::pump: return Flow::pump;
        case HeatLinkKind::plant: return std::isnan(heat.plants.flow_kgps[as_id<HeatPlantId>(plant)]) ? Flow::lift : Flow::given;
        case HeatLinkKind::consumer: {
            const auto kind = heat.consumers.kind[as_id<HeatConsumerId>(consumer)];
            return kind == HeatConsumerKind::radiator ? Flow::resistance : kind == HeatConsumerKind::exchanger ? Flow::pipe : Flow::given;
        }
        default: return Flow::pipe;
    }
}

// A consumer that takes more than twice its design flow has an undersupplied network to thank; its valve lets no more through.
double most_flow(const HeatConsumers& c, HeatConsumerId at, double capacity) {
    const double cooling = c.supply_c[at] - c.return_c[at];
    return cooling > 0 ? 2 * c.heat_w[at] / (capacity * cooling) : std::nan("");
}

// [node] the part of the network that it belongs to, counted from 0 in the order of the nodes.
std::vector<Index> parts_of(const HeatNetwork& heat) {
    JoinedParts parts(heat.nodes.id.size());
    for (const HeatLinkId k : rows(heat.links.id)) parts.join(row(heat.links.from[k]), row(heat.links.to[k]));
    std::vector<Index> number_of(heat.nodes.id.size());
    Index count = 0;
    for (std::size_t v = 0; v < number_of.size(); ++v) number_of[v] = parts.first_of(v) == v ? count++ : number_of[parts.first_of(v)];
    return number_of;
}

template <class T>
std::vector<T> copy_of(std::size_t n, const auto& value) {
    std::vector<T> list;
    list.reserve(n);
    for (std::size_t i = 0; i < n; ++i) list.push_back(value(i));
    return list;
}

struct Split {
    std::vector<Index> hydraulic, from, to;
};

std::vector<Flow> flows_of(const HeatNetwork& heat, const std::vector<Index>& consumer, const std::vector<Index>& plant) {
    return copy_of<Flow>(consumer.size(), [&](std::size_t k) { return flow_of(heat, as_id<HeatLinkId>(k), consumer[k], plant[k]); });
}

std::vector<Index> row_on_link(std::size_t links, const auto& link_column) {
    std::vector<Index> on(links, -1);
    Index at = 0;
    for (const HeatLinkId link : link_column) on[row(link)] = at++;
    return on;
}

Split split(const HeatNetwork& heat) {
    const std::size_t n = heat.links.id.size();
    const auto flows = flows_of(heat, row_on_link(n, heat.consumers.link), row_on_link(n, heat.plants.link));
    Split s;
    for (const HeatLinkId k : rows(heat.links.id)) {
        if (flows[row(k)] == Flow::given) continue;
        s.hydraulic.push_back(number(k));
        s.from.push_back(number(heat.links.from[k]));
        s.to.push_back(number(heat.links.to[k]));
    }
    return s;
}

PipeTopology topology_of(const HeatNetwork& heat) {
    const Split s = split(heat);
    const auto held = copy_of<std::uint8_t>(heat.nodes.id.size(), [&](std::size_t v) -> std::uint8_t { return !std::isnan(heat.nodes.pressure_pa[as_id<HeatNodeId>(v)]); });
    return PipeTopology(static_cast<Index>(heat.nodes.id.size()), s.from, s.to, held);
}

}  // namespace

Network::Network(const HeatNetwork& heat, std::span<const std::uint8_t> simulated)
    : nodes_(static_cast<Index>(heat.nodes.id.size())), reference_c_(reference_temperature(heat)), heat_capacity_jpkgk_(water_heat_capacity_jpkgk(reference_c_)),
      density_kgpm3_(water_density_kgpm3(reference_c_)), topology_(topology_of(heat)) {
    const HeatLinks& l = heat.links;
    const std::size_t n = l.id.size();
    const auto consumer = row_on_link(n, heat.consumers.link), plant = row_on_link(n, heat.plants.link);
    const auto flows = flows_of(heat, consumer, plant);
    hydraulic_ = Array<Index>(split(heat).hydraulic);
    consumer_of_ = Array<Index>(consumer);
    plant_of_ = Array<Index>(plant);
    flow_ = Array<Flow>(flows);

    std::vector<Index> from(n), to(n), pipe(n, -1), first(static_cast<std::size_t>(nodes_) + 1, 0);
    std::vector<PipeShape> shape(n);
    std::vector<double> loss(n), ground(n), capacity(n), pump(3 * n);
    for (const HeatLinkId at : rows(l.id)) {
        const std::size_t k = row(at);
        from[k] = number(l.from[at]);
        to[k] = number(l.to[at]);
        ++first[static_cast<std::size_t>(from[k]) + 1];
        ++first[static_cast<std::size_t>(to[k]) + 1];
        const bool is_pipe = l.kind[at] == HeatLinkKind::pipe;
        const double d = l.diameter_m[at];
        shape[k] = {is_pipe ? l.length_m[at] : 0.0, d > 0 ? d : 0.1, Roughness(l.roughness_m[at] / (d > 0 ? d : 0.1)), l.loss_coefficient[at], l.friction[at] == HeatFriction::colebrook_only};
        loss[k] = is_pipe ? l.heat_loss_wpmk[at] * l.length_m[at] : 0;
        ground[k] = l.ground_c[at];
        capacity[k] = is_pipe ? l.length_m[at] * (0.25 * pi * d * d * density_kgpm3_ * heat_capacity_jpkgk_ + l.wall_jpmk[at]) : 0;
        if (is_pipe && capacity[k] > 0) pipe[k] = pipes_++;
        pump[3 * k] = l.pump_pa[at], pump[3 * k + 1] = l.pump_pa_per_m3ps[at], pump[3 * k + 2] = l.pump_pa_per_m3ps2[at];
    }
    for (std::size_t v = 1; v < first.size(); ++v) first[v] += first[v - 1];
    std::vector<Index> meets(2 * n), next(first.begin(), first.end() - 1);
    for (std::size_t k = 0; k < n; ++k) {
        meets[static_cast<std::size_t>(next[static_cast<std::size_t>(from[k])]++)] = static_cast<Index>(k);
        meets[static_cast<std::size_t>(next[static_cast<std::size_t>(to[k])]++)] = static_cast<Index>(k);
    }
    from_ = Array<Index>(from);
    to_ = Array<Index>(to);
    pipe_ = Array<Index>(pipe);
    first_ = Array<Index>(first);
    meets_ = Array<Index>(meets);
    shape_ = Array<PipeShape>(shape);
    fluid_c_ = Array<double>(l.fluid_c.vector());
    loss_wpk_ = Array<double>(loss);
    ground_c_ = Array<double>(ground);
    capacity_jpk_ = Array<double>(capacity);
    pump_ = Array<double>(pump);

    const HeatNodes& v = heat.nodes;
    const Base base = base_of(v);
    inflow_kgps_ = Array<double>(v.inflow_kgps.vector());
    entering_c_ = Array<double>(v.temperature_c.vector());
    static_pa_ = Array<double>(copy_of<double>(v.id.size(), [&](std::size_t i) { return (density_kgpm3_ - air_kgpm3) * gravity * (v.height_m[as_id<HeatNodeId>(i)] - base.height_m) - base.pressure_pa; }));
    held_ = Array<std::uint8_t>(copy_of<std::uint8_t>(v.id.size(), [&](std::size_t i) -> std::uint8_t { return !std::isnan(v.pressure_pa[as_id<HeatNodeId>(i)]); }));

    const HeatConsumers& c = heat.consumers;
    const std::size_t m = c.id.size();
    const auto links_of = [](const auto& column) { return copy_of<Index>(column.size(), [&](std::size_t i) { return number(column.vector()[i]); }); };
    consumer_link_ = Array<Index>(links_of(c.link));
    kind_ = Array<HeatConsumerKind>(c.kind.vector());
    substation_ = Array<Substation>(copy_of<Substation>(m, [&](std::size_t i) {
        const auto at = as_id<HeatConsumerId>(i);
        return Substation{c.heat_w[at], c.return_c[at], c.delta_k[at], c.flow_kgps[at], c.bypass_kgps[at], most_flow(c, at, heat_capacity_jpkgk_)};
    }));
    const auto radiators = copy_of<Radiators>(m, [&](std::size_t i) {
        const auto at = as_id<HeatConsumerId>(i);
        return Radiators{c.heat_w[at], c.supply_c[at], c.design_return_c[at], c.mixing_ratio[at], c.indoor_c[at], c.outdoor_c[at], c.exponent[at]};
    });
    radiators_ = Array<Radiators>(radiators);
    resistance_ = Array<double>(copy_of<double>(m, [&](std::size_t i) {
        const double flow = radiators[i].design_flow(heat_capacity_jpkgk_);
        return c.dp_pa[as_id<HeatConsumerId>(i)] / (flow * flow);
    }));
    time_constant_s_ = Array<double>(copy_of<double>(m, [&](std::size_t i) { return 3600 * c.time_constant_h[as_id<HeatConsumerId>(i)]; }));

    simulated_ = simulated.empty() ? Array<std::uint8_t>(static_cast<Index>(m)) : Array<std::uint8_t>(simulated);

    const std::vector<Index> part = parts_of(heat);
    for (const Index at : part) parts_ = std::max(parts_, at + 1);
    const auto part_on = [&](const auto& link_column) { return copy_of<Index>(link_column.size(), [&](std::size_t i) { return part[row(l.from[link_column.vector()[i]])]; }); };
    part_of_consumer_ = Array<Index>(part_on(c.link));
    part_of_plant_ = Array<Index>(part_on(heat.plants.link));

    const HeatPlants& p = heat.plants;
    plant_link_ = Array<Index>(links_of(p.link));
    curve_ = Array<HeatingCurve>(copy_of<HeatingCurve>(p.id.size(), [&](std::size_t i) {
        const auto at = as_id<HeatPlantId>(i);
        return HeatingCurve{p.supply_c[at], p.return_c[at], p.outdoor_c[at], p.lowest_supply_c[at], p.highest_supply_c[at]};
    }));
    plant_capacity_w_ = Array<double>(p.capacity_w.vector());
    least_dp_pa_ = Array<double>(p.least_dp_pa.vector());
    plant_flow_kgps_ = Array<double>(p.flow_kgps.vector());
    efficiency_ = Array<double>(p.pump_efficiency.vector());
}

LinkView Network::links() const {
    return {nodes_, from_.size(), from_, to_, flow_, shape_, fluid_c_, loss_wpk_, ground_c_, capacity_jpk_, pump_, pipe_, consumer_of_, plant_of_, first_, meets_, inflow_kgps_, entering_c_, static_pa_, held_};
}

ConsumerView Network::consumers() const {
    return {consumer_link_.size(), consumer_link_, kind_, substation_, radiators_, resistance_, time_constant_s_, part_of_consumer_, simulated_};
}

PlantView Network::plants() const {
    return {plant_link_.size(), plant_link_, curve_, plant_capacity_w_, least_dp_pa_, plant_flow_kgps_, efficiency_, part_of_plant_};
}

}  // namespace shahr::SHAHR_BACKEND::heat
