// The grid as its equations see it at one state of its switches and taps: nodes, which of them are energised, and the
// admittances between them. On the host; made anew when a switch or tap moves.
#pragma once
#include <complex>
#include <vector>

#include "kernels/base/backend.h"
#include "sim/base/factor_pattern.h"
#include "sim/city/power_grid.h"

namespace shahr::SHAHR_BACKEND::power {

using Complex = std::complex<double>;

inline std::size_t at(Index i) {
    return static_cast<std::size_t>(i);
}

// What can change in operation; as built: the grid's own columns.
struct SwitchState {
    std::vector<std::uint8_t> from_closed, to_closed;  // [branch]  of a branch in service
    std::vector<std::int32_t> tap_position;            // [transformer]
    bool operator==(const SwitchState&) const = default;
};
SwitchState as_built(const PowerGrid& grid);

// I_from = ff V_from + ft V_to, I_to = tf V_from + tt V_to: currents into the branch, per unit.
struct TwoPort {
    Complex ff, ft, tf, tt;
};

// Positive, negative and zero sequence: Fortescue, Trans. AIEE 37, 1918.
enum Sequence { zero_sequence = 0, positive_sequence = 1, negative_sequence = 2 };

// Buses joined by closed switches are one node. An energised node is one from which branches lead to a slack; only these
// have equations, and a rank in their order of elimination.
struct Network {
    std::vector<Index> rank_of_bus;            // [bus]  -1: dead or out of service
    std::vector<Index> node_of_bus;            // [bus]  -1: out of service
    FactorPattern pattern;                     // over the energised nodes
    std::vector<std::uint8_t> is_slack, is_voltage;  // [rank]
    std::vector<double> voltage_pu;            // [rank]  held by a slack or a generator of kind `voltage`
    std::vector<double> angle_rad;             // [rank]  held by a slack
    std::vector<double> min_reactive_pu, max_reactive_pu;  // [rank]  of the generators that hold a voltage there, together
    std::vector<std::uint8_t> branch_is_live;  // [branch]  closed at one end at least, and energised there
    std::vector<std::int32_t> island;          // [rank]  numbered from 0
    Index islands = 0;

    Index size() const { return pattern.size(); }
    Index entries() const { return pattern.entries(); }
    bool has_voltage_nodes() const;
};

Network make_network(const PowerGrid& grid, const SwitchState& state);

// One per branch; zeros where it is dead. Open ends are eliminated.
std::vector<TwoPort> two_ports(const PowerGrid& grid, const SwitchState& state, const Network& network, Sequence sequence);

// The nodal admittance matrix on the pattern: entry e holds the rows filled.high[e] (lower) and filled.low[e] (upper).
struct Admittance {
    std::vector<Complex> diagonal;             // [rank]
    std::vector<Complex> lower, upper;         // [entry]
};
Admittance assemble(const PowerGrid& grid, const Network& network, const std::vector<TwoPort>& branches, Sequence sequence);

// By how much a turns ratio is larger with the tap at `position` than at `built`. More turns at `from`, or fewer at `to`, raise it.
SHAHR_HD inline double ratio_change(double step, Index neutral, bool at_to, Index built, Index position) {
    const double change = (1 + step * (position - neutral)) / (1 + step * (built - neutral));
    return at_to ? 1 / change : change;
}

// The turns ratio of each branch at the tap positions of `state`.
std::vector<double> tap_ratios(const PowerGrid& grid, const SwitchState& state);

}  // namespace shahr::SHAHR_BACKEND::power
