// Backward/forward sweep for many variants of the loads of one network at once, in one phase or three.
//
// The current-summation sweep (Shirmohammadi et al., IEEE Trans. Power Syst. 3, 1988) takes the loads' currents at the last
// voltages, sums them from the ends of the feeder to its source, and lets the voltages fall from the source to the ends. On a
// tree these two passes are the forward and backward substitution of the factored nodal admittance matrix, eliminated from
// the leaves; a loop adds a little fill where their method opens it at a break point and compensates. So one factor, shared
// by all variants, serves radial and weakly meshed grids, line charging, shunts, off-nominal taps and phase shifts alike;
// meshed too, as the implicit Z-bus Gauss method (Chen et al., IEEE Trans. Power Delivery 6, 1991). It converges linearly,
// by about the voltage drop's share a round, and not at all beyond the load that the grid can carry. No voltage-controlled nodes.
//
// Three phases: lines are taken as transposed, so that the sequences couple only through the loads; each sequence has a factor
// of its own on the same pattern, and the loads see phase voltages.
#pragma once
#include <array>

#include "kernels/base/array.h"
#include "kernels/base/sparse_factor.h"
#include "kernels/power/convergence.h"
#include "kernels/power/network.h"

namespace shahr::SHAHR_BACKEND::power {

struct SweepLimits {
    double tolerance_pu = 1e-11;               // largest change of a voltage in the last round
    Index iterations = 200;
};

// L and U of one sequence's matrix, the same for all lanes: complex numbers as pairs.
struct SweepFactorView {
    View<const double> lower, upper;           // [entry]  U's rows are scaled by the inverse of its diagonal
    View<const double> inverse;                // [rank]
    View<const double> source;                 // [rank]  right-hand side without loads: what a slack holds
    View<const std::uint8_t> takes_load;       // [rank]  0: the voltage is given
};

class SweepFactor {
public:
    SweepFactor(const Network& network, const Admittance& admittance, const std::vector<Complex>& held, const std::vector<std::uint8_t>& is_held);
    SweepFactorView view() const { return {lower_, upper_, inverse_, source_, takes_load_}; }
    const std::vector<Complex>& without_load() const { return without_load_; }  // [rank]

private:
    std::vector<Complex> without_load_;
    Array<double> lower_, upper_, inverse_, source_;
    Array<std::uint8_t> takes_load_;
};

// One phase for all.
class Sweep {
public:
    Sweep(const Network& network, const Admittance& positive);
    // Shapes as of Newton::solve.
    void solve(Index lanes, View<const double> load, bool zip, View<double> voltage, View<Convergence> result, SweepLimits limits = {});
    const std::vector<Complex>& without_load() const { return sequence_.without_load(); }

private:
    Factor factor_;
    SweepFactor sequence_;
    Array<double> work_;
};

// Where a node's loads of three phases stand: phase to neutral a, b, c, then line to line ab, bc, ca if there are any.
struct PhaseLoads {
    bool delta = false, zip = false;
    SHAHR_HD Index connections() const { return delta ? 6 : 3; }
    SHAHR_HD Index parts() const { return zip ? 6 : 2; }
    SHAHR_HD Index rows() const { return connections() * parts(); }
};

// Rows of a node's voltages: sequences 0, 1, 2, each real and imaginary.
inline constexpr Index sequence_rows = 6;

class PhaseSweep {
public:
    PhaseSweep(const PowerGrid& grid, const SwitchState& state, const Network& network);
    // `load`: [rank][connection][part], per unit of a third of the base power; `voltage`: [rank][sequence][re, im].
    void solve(Index lanes, View<const double> load, PhaseLoads shape, View<double> voltage, View<Convergence> result, SweepLimits limits = {});
    const std::vector<Complex>& without_load(Sequence sequence) const { return sequences_[static_cast<std::size_t>(sequence)].without_load(); }

private:
    Factor factor_;
    std::vector<SweepFactor> sequences_;       // by Sequence
    Array<double> work_;
};

}  // namespace shahr::SHAHR_BACKEND::power
