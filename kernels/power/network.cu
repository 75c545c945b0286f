#include "kernels/power/network.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace shahr::SHAHR_BACKEND::power {
namespace {

constexpr double rad_per_degree = std::numbers::pi / 180;

template <class Id>
std::size_t count(const Column<Id, std::string>& ids) {
    return ids.size();
}

class UnionFind {
public:
    explicit UnionFind(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0); }
    Index root(Index i) {
        while (parent_[at(i)] != i) i = parent_[at(i)] = parent_[at(parent_[at(i)])];
        return i;
    }
    // The lower number becomes the root, so that the result does not depend on the order of the calls.
    void join(Index a, Index b) {
        a = root(a), b = root(b);
        parent_[at(std::max(a, b))] = std::min(a, b);
    }

private:
    static std::size_t at(Index i) { return static_cast<std::size_t>(i); }
    std::vector<Index> parent_;
};

bool bus_in_service(const PowerGrid& grid, BusId bus) {
    return grid.buses.in_service[bus] != 0;
}

// An end that stands at a bus out of service is open.
struct Ends {
    bool from, to;
};
Ends closed_ends(const PowerGrid& grid, const SwitchState& state, BranchId b) {
    const bool on = grid.branches.in_service[b] != 0;
    return {on && state.from_closed[row(b)] && bus_in_service(grid, grid.branches.from[b]), on && state.to_closed[row(b)] && bus_in_service(grid, grid.branches.to[b])};
}

std::vector<Index> join_buses(const PowerGrid& grid, const SwitchState& state) {
    UnionFind sets(count(grid.buses.id));
    for (BranchId b : rows(grid.branches.id)) {
        const Ends closed = closed_ends(grid, state, b);
        if (grid.branches.kind[b] == BranchKind::bus_switch && closed.from && closed.to) sets.join(number(grid.branches.from[b]), number(grid.branches.to[b]));
    }
    std::vector<Index> node(count(grid.buses.id), -1);
    for (BusId bus : rows(grid.buses.id))
        if (bus_in_service(grid, bus)) node[row(bus)] = sets.root(number(bus));
    return node;                               // named by one of their buses
}

std::vector<std::uint8_t> find_energised(const PowerGrid& grid, const SwitchState& state, const std::vector<Index>& node, UnionFind& islands) {
    for (BranchId b : rows(grid.branches.id)) {
        const Ends closed = closed_ends(grid, state, b);
        if (closed.from && closed.to) islands.join(node[row(grid.branches.from[b])], node[row(grid.branches.to[b])]);
    }
    std::vector<std::uint8_t> has_source(node.size(), 0), energised(node.size(), 0);
    for (GeneratorId g : rows(grid.generators.id)) {
        const BusId bus = grid.generators.bus[g];
        if (grid.generators.kind[g] == GeneratorKind::slack && grid.generators.in_service[g] && bus_in_service(grid, bus)) has_source[static_cast<std::size_t>(islands.root(node[row(bus)]))] = 1;
    }
    for (std::size_t bus = 0; bus < node.size(); ++bus) energised[bus] = node[bus] >= 0 && has_source[static_cast<std::size_t>(islands.root(node[bus]))];
    return energised;
}

void set_sources(const PowerGrid& grid, Network& n) {
    const auto size = static_cast<std::size_t>(n.size());
    n.is_slack.assign(size, 0);
    n.is_voltage.assign(size, 0);
    n.voltage_pu.assign(size, 1);
    n.angle_rad.assign(size, 0);
    n.min_reactive_pu.assign(size, 0);
    n.max_reactive_pu.assign(size, 0);
    for (GeneratorId g : rows(grid.generators.id)) {
        const Index rank = n.rank_of_bus[row(grid.generators.bus[g])];
        const GeneratorKind kind = grid.generators.kind[g];
        if (rank < 0 || !grid.generators.in_service[g] || kind == GeneratorKind::power) continue;
        const auto at = static_cast<std::size_t>(rank);
        n.min_reactive_pu[at] += grid.generators.min_reactive_power_var[g] / grid.base_power_va;
        n.max_reactive_pu[at] += grid.generators.max_reactive_power_var[g] / grid.base_power_va;
        if (n.is_slack[at]) continue;          // the first slack of a node decides; validation asks that they agree
        n.voltage_pu[at] = grid.generators.voltage_pu[g];
        n.is_slack[at] = kind == GeneratorKind::slack;
        n.is_voltage[at] = kind == GeneratorKind::voltage;
        if (kind == GeneratorKind::slack) n.angle_rad[at] = grid.generators.angle_degree[g] * rad_per_degree;
    }
}

// The pi circuit behind its ideal transformer (MATPOWER's manual, equation 3.2, with shunts of its own at each end, and a series
// admittance for each way).
struct Pi {
    Complex forth, back, shunt_from, shunt_to;
};
TwoPort behind_transformer(const Pi& pi, Complex ratio) {
    return {(pi.forth + pi.shunt_from) / std::norm(ratio), -pi.forth / std::conj(ratio), -pi.back / ratio, pi.back + pi.shunt_to};
}

TwoPort with_open_ends(TwoPort y, Ends closed) {
    if (closed.from && closed.to) return y;
    const auto seen = [](Complex own, Complex out, Complex back, Complex far) { return far == Complex{} ? own : own - out * back / far; };
    TwoPort left{};
    if (closed.from) left.ff = seen(y.ff, y.ft, y.tf, y.tt);
    if (closed.to) left.tt = seen(y.tt, y.tf, y.ft, y.ff);
    return left;
}

TwoPort of_branch(const Branches& b, BranchId at, double ratio, Sequence sequence) {
    const auto admittance = [](double r, double x) { return std::isfinite(r) && (r != 0 || x != 0) ? 1.0 / Complex(r, x) : Complex{}; };
    if (sequence == zero_sequence) {
        const Complex series = admittance(b.zero_resistance_pu[at], b.zero_reactance_pu[at]);
        return behind_transformer({series, series, {b.zero_conductance_from_pu[at], b.zero_susceptance_from_pu[at]}, {b.zero_conductance_to_pu[at], b.zero_susceptance_to_pu[at]}}, ratio);
    }
    const Complex forth = admittance(b.resistance_pu[at], b.reactance_pu[at]);
    const Complex back = std::isnan(b.back_resistance_pu[at]) ? forth : admittance(b.back_resistance_pu[at], b.back_reactance_pu[at]);
    const double shift = b.shift_degree[at] * rad_per_degree * (sequence == negative_sequence ? -1 : 1);
    return behind_transformer({forth, back, {b.conductance_from_pu[at], b.susceptance_from_pu[at]}, {b.conductance_to_pu[at], b.susceptance_to_pu[at]}}, std::polar(ratio, shift));
}

}  // namespace

bool Network::has_voltage_nodes() const {
    return std::any_of(is_voltage.begin(), is_voltage.end(), [](std::uint8_t is) { return is != 0; });
}

SwitchState as_built(const PowerGrid& grid) {
    return {grid.branches.from_closed.vector(), grid.branches.to_closed.vector(), grid.transformers.tap_position.vector()};
}

std::vector<double> tap_ratios(const PowerGrid& grid, const SwitchState& state) {
    std::vector<double> ratio = grid.branches.tap_ratio.vector();
    const Transformers& t = grid.transformers;
    for (TransformerId at : rows(t.id)) {
        const std::int32_t now = state.tap_position[row(at)], built = t.tap_position[at];
        if (now == built) continue;
        ratio[row(t.branch[at])] *= ratio_change(t.tap_step[at], t.tap_neutral[at], t.tap_at_to[at] != 0, built, now);
    }
    return ratio;
}

Network make_network(const PowerGrid& grid, const SwitchState& state) {
    Network n;
    n.node_of_bus = join_buses(grid, state);
    UnionFind islands(count(grid.buses.id));
    const std::vector<std::uint8_t> energised = find_energised(grid, state, n.node_of_bus, islands);
    std::vector<Index> place(n.node_of_bus.size(), -1), bus_of_place;  // energised nodes, numbered
    for (std::size_t bus = 0; bus < place.size(); ++bus) {
        if (energised[bus] && n.node_of_bus[bus] == static_cast<Index>(bus)) {
            place[bus] = static_cast<Index>(bus_of_place.size());
            bus_of_place.push_back(static_cast<Index>(bus));
        }
    }
    std::vector<Index> a, b;
    n.branch_is_live.assign(count(grid.branches.id), 0);
    for (BranchId at : rows(grid.branches.id)) {
        const Ends closed = closed_ends(grid, state, at);
        const std::size_t from = row(grid.branches.from[at]), to = row(grid.branches.to[at]);
        n.branch_is_live[row(at)] = (closed.from && energised[from]) || (closed.to && energised[to]);
        if (grid.branches.kind[at] == BranchKind::bus_switch || !closed.from || !closed.to || !energised[from]) continue;
        a.push_back(place[static_cast<std::size_t>(n.node_of_bus[from])]);
        b.push_back(place[static_cast<std::size_t>(n.node_of_bus[to])]);
    }
    n.pattern = analyse_pattern(static_cast<Index>(bus_of_place.size()), a, b);
    n.rank_of_bus.assign(place.size(), -1);
    for (std::size_t bus = 0; bus < place.size(); ++bus)
        if (energised[bus]) n.rank_of_bus[bus] = n.pattern.filled.rank[static_cast<std::size_t>(place[static_cast<std::size_t>(n.node_of_bus[bus])])];
    set_sources(grid, n);
    n.island.assign(bus_of_place.size(), -1);
    std::vector<Index> number_of_root(place.size(), -1);
    for (Index bus : bus_of_place) {
        Index& island = number_of_root[static_cast<std::size_t>(islands.root(bus))];
        if (island < 0) island = n.islands++;
        n.island[static_cast<std::size_t>(n.rank_of_bus[static_cast<std::size_t>(bus)])] = island;
    }
    return n;
}

std::vector<TwoPort> two_ports(const PowerGrid& grid, const SwitchState& state, const Network& network, Sequence sequence) {
    std::vector<TwoPort> list(count(grid.branches.id));
    const std::vector<double> ratio = tap_ratios(grid, state);
    for (BranchId b : rows(grid.branches.id))
        if (network.branch_is_live[row(b)] && grid.branches.kind[b] != BranchKind::bus_switch)
            list[row(b)] = with_open_ends(of_branch(grid.branches, b, ratio[row(b)], sequence), closed_ends(grid, state, b));
    return list;
}

Admittance assemble(const PowerGrid& grid, const Network& n, const std::vector<TwoPort>& branches, Sequence sequence) {
    Admittance y{std::vector<Complex>(static_cast<std::size_t>(n.size())), std::vector<Complex>(static_cast<std::size_t>(n.entries())), std::vector<Complex>(static_cast<std::size_t>(n.entries()))};
    for (BranchId b : rows(grid.branches.id)) {
        const Index f = n.rank_of_bus[row(grid.branches.from[b])], t = n.rank_of_bus[row(grid.branches.to[b])];
        const TwoPort& port = branches[row(b)];
        if (f >= 0) y.diagonal[static_cast<std::size_t>(f)] += port.ff;
        if (t >= 0) y.diagonal[static_cast<std::size_t>(t)] += port.tt;
        if (f < 0 || t < 0 || (port.ft == Complex{} && port.tf == Complex{})) continue;
        if (f == t) {
            y.diagonal[static_cast<std::size_t>(f)] += port.ft + port.tf;
            continue;
        }
        const auto e = static_cast<std::size_t>(n.pattern.filled.find_link(std::min(f, t), std::max(f, t)));
        (f > t ? y.lower : y.upper)[e] += port.ft;
        (f > t ? y.upper : y.lower)[e] += port.tf;
    }
    if (sequence == zero_sequence) return y;   // shunts are taken as not earthed
    for (ShuntId s : rows(grid.shunts.id)) {
        const Index rank = n.rank_of_bus[row(grid.shunts.bus[s])];
        if (rank >= 0 && grid.shunts.in_service[s]) y.diagonal[static_cast<std::size_t>(rank)] += Complex(grid.shunts.active_power_w[s], -grid.shunts.reactive_power_var[s]) / grid.base_power_va;
    }
    return y;
}

}  // namespace shahr::SHAHR_BACKEND::power
