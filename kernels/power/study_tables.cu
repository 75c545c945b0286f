// What a study brings to the device: branches, loads, limits, sources.
#include <cmath>
#include <numbers>

#include "kernels/power/study.h"

namespace shahr::SHAHR_BACKEND::power {
namespace {

Index connection_of(Phase phase) {
    switch (phase) {
        case Phase::b: return 1;
        case Phase::c: return 2;
        case Phase::ab: return 3;
        case Phase::bc: return 4;
        case Phase::ca: return 5;
        default: return 0;
    }
}

struct ItemList {
    const Network& network;
    double base;
    bool three_phase;
    std::vector<std::vector<NodeItem>> of_node;  // [rank, then the dead]

    void add(BusId bus, Phase phase, NodeItem item, double p_w, double q_var) {
        const Index rank = network.rank_of_bus[row(bus)];
        auto& list = of_node[rank < 0 ? of_node.size() - 1 : at(rank)];
        const bool all = phase == Phase::abc;
        const double per_watt = (three_phase && !all ? 3 : 1) / base;
        item.p = p_w * per_watt;
        item.q = q_var * per_watt;
        item.weight = per_watt;
        for (Index connection = 0; connection < (three_phase && all ? 3 : 1); ++connection) {
            item.connection = three_phase ? (all ? connection : connection_of(phase)) : 0;
            list.push_back(item);
        }
    }
};

std::vector<double> one_over(const std::vector<double>& values) {
    std::vector<double> inverse;
    for (double value : values) inverse.push_back(value > 0 && std::isfinite(value) ? 1 / value : 0);
    return inverse;
}

}  // namespace

int phases_of(const PowerGrid& grid) {
    for (LoadId l : rows(grid.loads.id))
        if (grid.loads.phase[l] != Phase::abc) return 3;
    for (GeneratorId g : rows(grid.generators.id))
        if (grid.generators.phase[g] != Phase::abc) return 3;
    return 1;
}

void Study::make_branch_table(const PowerGrid& grid) {
    const Branches& b = grid.branches;
    std::vector<Index> from, to;
    std::vector<double> ports, current_from, current_to, power;
    const auto per_unit = [&](double rated_a, BusId bus) { return rated_a * std::numbers::sqrt3 * grid.buses.base_voltage_v[bus] / grid.base_power_va; };
    for (BranchId i : rows(b.id)) {
        const bool live = network_->branch_is_live[row(i)] && b.kind[i] != BranchKind::bus_switch;
        from.push_back(live ? network_->rank_of_bus[row(b.from[i])] : -1);
        to.push_back(live ? network_->rank_of_bus[row(b.to[i])] : -1);
        current_from.push_back(per_unit(b.rated_current_from_a[i], b.from[i]));
        current_to.push_back(per_unit(b.rated_current_to_a[i], b.to[i]));
        power.push_back(b.rated_power_va[i] / grid.base_power_va);
    }
    const auto add = [&](Sequence sequence) {
        for (const TwoPort& port : two_ports(grid, state_, *network_, sequence))
            for (const Complex& y : {port.ff, port.ft, port.tf, port.tt}) ports.insert(ports.end(), {y.real(), y.imag()});
    };
    if (options_.phases == 3)
        for (const Sequence sequence : {zero_sequence, positive_sequence, negative_sequence}) add(sequence);
    else add(positive_sequence);
    from_ = Array<Index>(from);
    to_ = Array<Index>(to);
    ports_ = Array<double>(ports);
    per_current_from_ = Array<double>(one_over(current_from));
    per_current_to_ = Array<double>(one_over(current_to));
    per_power_ = Array<double>(one_over(power));
}

void Study::make_load_table(const PowerGrid& grid) {
    ItemList list{*network_, grid.base_power_va, options_.phases == 3, std::vector<std::vector<NodeItem>>(at(network_->size()) + 1)};
    const PowerLoads& l = grid.loads;
    for (LoadId i : rows(l.id)) {
        if (!l.in_service[i] || !grid.buses.in_service[l.bus[i]]) continue;
        const bool of_building = is_some(l.building[i]);
        const double factor = l.power_factor[i], p = l.active_power_w[i];
        const double tangent = of_building ? std::copysign(std::sqrt(1 - factor * factor) / std::abs(factor), factor) : p != 0 ? l.reactive_power_var[i] / p : 0;
        NodeItem item{0, 0, {l.current_share_p[i], l.current_share_q[i], l.impedance_share_p[i], l.impedance_share_q[i]}, 0, tangent, number(i), number(l.building[i]), 0};
        list.add(l.bus[i], l.phase[i], item, p, l.reactive_power_var[i]);
        shape_.delta = shape_.delta || connection_of(l.phase[i]) > 2;
        for (double share : item.share) shape_.zip = shape_.zip || share != 0;
    }
    const Generators& g = grid.generators;
    for (GeneratorId i : rows(g.id)) {
        const bool live = network_->rank_of_bus[row(g.bus[i])] >= 0;
        if (!g.in_service[i] || g.kind[i] == GeneratorKind::slack || !live) continue;
        const double q = g.kind[i] == GeneratorKind::voltage ? 0 : -g.reactive_power_var[i];
        list.add(g.bus[i], g.phase[i], {0, 0, {}, 0, 0, -1, -1, 0}, -g.active_power_w[i], q);
        generation_pu_ += g.active_power_w[i] / grid.base_power_va;
        shape_.delta = shape_.delta || connection_of(g.phase[i]) > 2;
    }
    if (options_.phases == 1) shape_.delta = false;
    std::vector<Index> first{0};
    std::vector<NodeItem> items;
    for (const auto& node : list.of_node) {
        items.insert(items.end(), node.begin(), node.end());
        first.push_back(static_cast<Index>(items.size()));
    }
    first_item_ = Array<Index>(first);
    items_ = Array<NodeItem>(items);
}

void Study::make_grid_table(const PowerGrid& grid) {
    std::vector<double> g(at(network_->size()), 0), b(g);
    for (ShuntId i : rows(grid.shunts.id)) {
        const Index k = network_->rank_of_bus[row(grid.shunts.bus[i])];
        if (k < 0 || !grid.shunts.in_service[i]) continue;
        g[at(k)] += grid.shunts.active_power_w[i] / grid.base_power_va;
        b[at(k)] -= grid.shunts.reactive_power_var[i] / grid.base_power_va;
    }
    rank_of_bus_ = Array<Index>(network_->rank_of_bus);
    min_pu_ = Array<double>(grid.buses.min_voltage_pu.vector());
    max_pu_ = Array<double>(grid.buses.max_voltage_pu.vector());
    shunt_g_ = Array<double>(g);
    shunt_b_ = Array<double>(b);
}

void Study::make_source_table(const PowerGrid& grid) {
    const Network& n = *network_;
    std::vector<Index> source_of(at(n.size()), -1);
    std::vector<std::uint8_t> is_slack;
    std::vector<double> min_q, max_q;
    for (Index k = 0; k < n.size(); ++k) {
        if (!n.is_slack[at(k)] && !n.is_voltage[at(k)]) continue;
        source_of[at(k)] = static_cast<Index>(sources_.size());
        sources_.push_back(k);
        is_slack.push_back(n.is_slack[at(k)]);
        min_q.push_back(n.min_reactive_pu[at(k)]);
        max_q.push_back(n.max_reactive_pu[at(k)]);
    }
    std::vector<std::vector<Index>> ends(sources_.size());
    const auto add = [&](BusId bus, Index end) {
        const Index k = n.rank_of_bus[row(bus)];
        if (k >= 0 && source_of[at(k)] >= 0) ends[at(source_of[at(k)])].push_back(end);
    };
    for (BranchId i : rows(grid.branches.id)) {
        if (!n.branch_is_live[row(i)] || grid.branches.kind[i] == BranchKind::bus_switch) continue;
        add(grid.branches.from[i], 2 * number(i));
        add(grid.branches.to[i], 2 * number(i) + 1);
    }
    std::vector<Index> first{0}, list;
    for (const auto& of_source : ends) {
        list.insert(list.end(), of_source.begin(), of_source.end());
        first.push_back(static_cast<Index>(list.size()));
    }
    source_rank_ = Array<Index>(sources_);
    source_is_slack_ = Array<std::uint8_t>(is_slack);
    source_min_q_ = Array<double>(min_q);
    source_max_q_ = Array<double>(max_q);
    first_source_end_ = Array<Index>(first);
    source_end_ = Array<Index>(list);
}

}  // namespace shahr::SHAHR_BACKEND::power
