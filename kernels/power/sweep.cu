#include "kernels/power/sweep.h"

#include <algorithm>
#include <cmath>

#include "kernels/power/sweep_elements.h"

namespace shahr::SHAHR_BACKEND::power {
namespace {

std::vector<Complex> slack_voltages(const Network& network) {
    std::vector<Complex> held(network.is_slack.size());
    for (std::size_t k = 0; k < held.size(); ++k)
        if (network.is_slack[k]) held[k] = std::polar(network.voltage_pu[k], network.angle_rad[k]);
    return held;
}

// Nodes whose voltage the sequence's network does not determine: in each part of it without a way to earth, one is held at
// earth's potential.
void hold_unearthed(const Network& network, const Admittance& y, const std::vector<std::uint8_t>& earthed, std::vector<std::uint8_t>& is_held) {
    const Elimination& filled = network.pattern.filled;
    std::vector<std::vector<Index>> neighbours(is_held.size());
    for (Index e = 0; e < network.entries(); ++e) {
        if (y.lower[at(e)] == Complex{} && y.upper[at(e)] == Complex{}) continue;
        neighbours[at(filled.low[at(e)])].push_back(filled.high[at(e)]);
        neighbours[at(filled.high[at(e)])].push_back(filled.low[at(e)]);
    }
    std::vector<std::uint8_t> seen(is_held.size(), 0);
    for (std::size_t first = 0; first < is_held.size(); ++first) {
        if (seen[first]) continue;
        bool has_earth = false;
        std::vector<Index> part{static_cast<Index>(first)};
        seen[first] = 1;
        for (std::size_t i = 0; i < part.size(); ++i) {
            const std::size_t k = at(part[i]);
            has_earth = has_earth || earthed[k] || is_held[k];
            for (Index next : neighbours[k])
                if (!seen[at(next)]) seen[at(next)] = 1, part.push_back(next);
        }
        if (!has_earth) is_held[first] = 1;
    }
}

struct Held {
    Admittance y;
    std::vector<std::uint8_t> is_held;
};

// Negative and zero sequence: sources hold no voltage behind their impedance.
Held without_source_voltage(const PowerGrid& grid, const Network& network, const std::vector<TwoPort>& branches, Sequence sequence) {
    const bool is_zero = sequence == zero_sequence;
    Held h{assemble(grid, network, branches, sequence), std::vector<std::uint8_t>(network.is_slack.size(), 0)};
    std::vector<std::uint8_t> earthed(h.is_held.size(), is_zero ? 0 : 1);
    const Generators& g = grid.generators;
    for (GeneratorId s : rows(g.id)) {
        const Index rank = network.rank_of_bus[row(g.bus[s])];
        if (rank < 0 || !g.in_service[s] || g.kind[s] != GeneratorKind::slack) continue;
        const Complex z = is_zero ? Complex(g.zero_source_resistance_pu[s], g.zero_source_reactance_pu[s]) : Complex(g.source_resistance_pu[s], g.source_reactance_pu[s]);
        if (z == Complex{}) h.is_held[at(rank)] = 1;
        else h.y.diagonal[at(rank)] += 1.0 / z;
        earthed[at(rank)] = 1;
    }
    const Branches& b = grid.branches;
    for (BranchId i : rows(b.id)) {
        const Index f = network.rank_of_bus[row(b.from[i])], t = network.rank_of_bus[row(b.to[i])];
        if (!network.branch_is_live[row(i)]) continue;
        if (f >= 0 && (b.zero_conductance_from_pu[i] != 0 || b.zero_susceptance_from_pu[i] != 0)) earthed[at(f)] = 1;
        if (t >= 0 && (b.zero_conductance_to_pu[i] != 0 || b.zero_susceptance_to_pu[i] != 0)) earthed[at(t)] = 1;
    }
    hold_unearthed(network, h.y, earthed, h.is_held);
    return h;
}

std::vector<TappedBranch> tapped_branches(const std::vector<TapChanger>& changers, const std::vector<TwoPort>& branches) {
    std::vector<TappedBranch> list;
    for (const TapChanger& c : changers) list.push_back({c.from, c.to, branches[at(c.branch)]});
    return list;
}

template <class Make>
void run_lanes(Index lanes, Index rows, Array<double>& work, const Make& make) {
    const auto run = [&]<class L>(L) {
        if (work.size() < rows * padded<L>(lanes)) work = Array<double>(rows * padded<L>(lanes));
        parallel_for(calls<L>(lanes), make(L{}), 1);
    };
    if (lanes == 1) run(Single{});
    else run(Batch{});
}

// The factor of the positive sequence, in which alone voltages are held.
SweepFactor positive_factor(const Network& network, const Admittance& y, const std::vector<TappedBranch>& tapped, const std::vector<Index>& holders) {
    return {network.pattern, y, slack_voltages(network), network.is_slack, tapped, holders};
}

}  // namespace

Sweep::Sweep(const Network& network, const Admittance& positive, const std::vector<TapChanger>& changers, const std::vector<TwoPort>& branches, const std::vector<Index>& holders, bool keep_limits)
    : factor_(network.pattern), changers_(changers), sequence_(positive_factor(network, positive, tapped_branches(changers, branches), holders)), holders_(network, holders, keep_limits, sequence_.without_load(), sequence_.response()) {}

void Sweep::solve(Index lanes, View<const double> load, bool zip, View<double> voltage, View<Index> taps, View<Convergence> result, SweepLimits limits) {
    const FactorView pattern = factor_.view();
    const SweepFactorView sequence = sequence_.view();
    const VoltageHoldersView holders = holders_.view();
    run_lanes(lanes, SolveSweep<Single>::rows(pattern.size, sequence, holders), work_,
              [&]<class L>(L) { return SolveSweep<L>{pattern, sequence, holders, {changers_, taps}, load, zip, voltage, work_, result, limits, lanes}; });
}

PhaseSweep::PhaseSweep(const PowerGrid& grid, const SwitchState& state, const Network& network, const std::vector<TapChanger>& changers, bool keep_limits) : factor_(network.pattern), changers_(changers) {
    const std::vector<Complex> none(network.is_slack.size());
    for (const Sequence sequence : {zero_sequence, positive_sequence, negative_sequence}) {
        const std::vector<TwoPort> branches = two_ports(grid, state, network, sequence);
        const std::vector<TappedBranch> tapped = tapped_branches(changers, branches);
        if (sequence == positive_sequence) {
            const std::vector<Index> holders = voltage_ranks(network);
            const SweepFactor& positive = sequences_.emplace_back(positive_factor(network, assemble(grid, network, branches, sequence), tapped, holders));
            holders_ = VoltageHolders(network, holders, keep_limits, positive.without_load(), positive.response());
        } else {
            const Held h = without_source_voltage(grid, network, branches, sequence);
            sequences_.emplace_back(network.pattern, h.y, none, h.is_held, tapped);
        }
    }
}

void PhaseSweep::solve(Index lanes, View<const double> load, PhaseLoads shape, View<double> voltage, View<Index> taps, View<Convergence> result, SweepLimits limits) {
    const FactorView pattern = factor_.view();
    const SweepFactorView sequences[3] = {sequences_[0].view(), sequences_[1].view(), sequences_[2].view()};
    const VoltageHoldersView holders = holders_.view();
    run_lanes(lanes, SolvePhaseSweep<Single>::rows(pattern.size, sequences[0], holders), work_, [&]<class L>(L) {
        return SolvePhaseSweep<L>{pattern, {sequences[0], sequences[1], sequences[2]}, holders, {changers_, taps}, load, shape, voltage, work_, result, limits, lanes};
    });
}

}  // namespace shahr::SHAHR_BACKEND::power
