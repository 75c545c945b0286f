#include "kernels/power/sweep.h"

#include <algorithm>
#include <cmath>

#include "kernels/power/sweep_elements.h"

namespace shahr::SHAHR_BACKEND::power {
namespace {

std::size_t at(Index i) {
    return static_cast<std::size_t>(i);
}

std::vector<double> pairs(const std::vector<Complex>& values) {
    std::vector<double> list;
    for (const Complex& value : values) {
        list.push_back(value.real());
        list.push_back(value.imag());
    }
    return list;
}

// The equation of a node whose voltage is given is that alone.
void hold(const Elimination& filled, Admittance& y, Index k) {
    y.diagonal[at(k)] = 1;
    for (Index e = filled.first_link[at(k)]; e < filled.first_link[at(k) + 1]; ++e) y.upper[at(e)] = 0;
    for (Index i = filled.first_below[at(k)]; i < filled.first_below[at(k) + 1]; ++i) y.lower[at(filled.below[at(i)])] = 0;
}

// In place: L (unit diagonal) in `lower`, the inverse of the diagonal in `diagonal`, U's rows times that in `upper`.
void factorise_shared(const FactorPattern& pattern, Admittance& y) {
    const Elimination& filled = pattern.filled;
    std::size_t next = 0;
    for (Index k = 0; k < pattern.size(); ++k) {
        const Complex inverse = 1.0 / y.diagonal[at(k)];
        y.diagonal[at(k)] = inverse;
        const Index begin = filled.first_link[at(k)], end = filled.first_link[at(k) + 1];
        for (Index a = begin; a < end; ++a) {
            const Complex low = y.lower[at(a)] * inverse, up = y.upper[at(a)];
            y.diagonal[at(filled.high[at(a)])] -= low * up;
            for (Index b = a + 1; b < end; ++b, ++next) {
                const auto target = at(pattern.target[next]);
                y.lower[target] -= y.lower[at(b)] * inverse * up;
                y.upper[target] -= low * y.upper[at(b)];
            }
        }
        for (Index a = begin; a < end; ++a) {
            y.lower[at(a)] *= inverse;
            y.upper[at(a)] *= inverse;
        }
    }
}

std::vector<Complex> solve_once(const Elimination& filled, const Admittance& y, std::vector<Complex> x) {
    const auto n = static_cast<Index>(x.size());
    for (Index k = 0; k < n; ++k)
        for (Index e = filled.first_link[at(k)]; e < filled.first_link[at(k) + 1]; ++e) x[at(filled.high[at(e)])] -= y.lower[at(e)] * x[at(k)];
    for (Index k = n; k-- > 0;) {
        x[at(k)] *= y.diagonal[at(k)];
        for (Index e = filled.first_link[at(k)]; e < filled.first_link[at(k) + 1]; ++e) x[at(k)] -= y.upper[at(e)] * x[at(filled.high[at(e)])];
    }
    return x;
}

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

template <class Make>
void run_lanes(Index lanes, Index rows, Array<double>& work, const Make& make) {
    const auto run = [&]<class L>(L) {
        if (work.size() < rows * padded<L>(lanes)) work = Array<double>(rows * padded<L>(lanes));
        parallel_for(calls<L>(lanes), make(L{}), 1);
    };
    if (lanes == 1) run(Single{});
    else run(Batch{});
}

}  // namespace

SweepFactor::SweepFactor(const Network& network, const Admittance& admittance, const std::vector<Complex>& held, const std::vector<std::uint8_t>& is_held) {
    Admittance y = admittance;
    std::vector<Complex> source(held.size());
    std::vector<std::uint8_t> takes_load(held.size(), 1);
    for (std::size_t k = 0; k < held.size(); ++k) {
        if (!is_held[k]) continue;
        hold(network.pattern.filled, y, static_cast<Index>(k));
        source[k] = held[k];
        takes_load[k] = 0;
    }
    factorise_shared(network.pattern, y);
    without_load_ = solve_once(network.pattern.filled, y, source);
    lower_ = Array<double>(pairs(y.lower));
    upper_ = Array<double>(pairs(y.upper));
    inverse_ = Array<double>(pairs(y.diagonal));
    source_ = Array<double>(pairs(source));
    takes_load_ = Array<std::uint8_t>(takes_load);
}

Sweep::Sweep(const Network& network, const Admittance& positive) : factor_(network.pattern), sequence_(network, positive, slack_voltages(network), network.is_slack) {}

void Sweep::solve(Index lanes, View<const double> load, bool zip, View<double> voltage, View<Convergence> result, SweepLimits limits) {
    run_lanes(lanes, 2 * factor_.view().size, work_, [&]<class L>(L) { return SolveSweep<L>{factor_.view(), sequence_.view(), load, zip, voltage, work_, result, limits, lanes}; });
}

PhaseSweep::PhaseSweep(const PowerGrid& grid, const SwitchState& state, const Network& network) : factor_(network.pattern) {
    const std::vector<Complex> none(network.is_slack.size());
    for (const Sequence sequence : {zero_sequence, positive_sequence, negative_sequence}) {
        const std::vector<TwoPort> branches = two_ports(grid, state, network, sequence);
        if (sequence == positive_sequence) {
            sequences_.emplace_back(network, assemble(grid, network, branches, sequence), slack_voltages(network), network.is_slack);
        } else {
            const Held h = without_source_voltage(grid, network, branches, sequence);
            sequences_.emplace_back(network, h.y, none, h.is_held);
        }
    }
}

void PhaseSweep::solve(Index lanes, View<const double> load, PhaseLoads shape, View<double> voltage, View<Convergence> result, SweepLimits limits) {
    const FactorView factor = factor_.view();
    run_lanes(lanes, sequence_rows * factor.size, work_, [&]<class L>(L) {
        return SolvePhaseSweep<L>{factor, {sequences_[0].view(), sequences_[1].view(), sequences_[2].view()}, load, shape, voltage, work_, result, limits, lanes};
    });
}

}  // namespace shahr::SHAHR_BACKEND::power
