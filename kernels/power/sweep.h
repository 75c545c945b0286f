// Backward/forward sweep for many variants of the loads of one network at once, in one phase or three.
//
// The current-summation sweep (Shirmohammadi et al., IEEE Trans. Power Syst. 3, 1988) takes the loads' currents at the last
// voltages, sums them from the ends of the feeder to its source, and lets the voltages fall from the source to the ends. On a
// tree these two passes are the forward and backward substitution of the factored nodal admittance matrix, eliminated from
// the leaves; a loop adds a little fill where their method opens it at a break point and compensates. So one factor, shared
// by all variants, serves radial and weakly meshed grids, line charging, shunts, off-nominal taps and phase shifts alike;
// meshed too, as the implicit Z-bus Gauss method (Chen et al., IEEE Trans. Power Delivery 6, 1991). It converges linearly,
// by about the voltage drop's share a round, and not at all beyond the load that the grid can carry.
//
// Three phases: lines are taken as transposed, so that the sequences couple only through the loads; each sequence has a factor
// of its own on the same pattern, and the loads see phase voltages.
#pragma once
#include "kernels/power/convergence.h"
#include "kernels/power/sweep_factor.h"
#include "kernels/power/voltage_holders.h"

namespace shahr::SHAHR_BACKEND::power {

struct SweepLimits {
    double tolerance_pu = 1e-11;               // error of a voltage, by the pace at which the changes shrink
    double settled_pu = 1e-4;                  // the same when tap changers first look at their voltages
    Index iterations = 300;
    Index tap_moves = 30;                      // visits to the changers that move one of them; then they hunt
};

// One phase for all.
class Sweep {
public:
    // `positive` is made of `branches`. Taps that regulate move in each lane by themselves. `holders`: ranks
    // where generators hold the voltage; `keep_limits`: of their reactive power.
    Sweep(const Network& network, const Admittance& positive, const std::vector<TapChanger>& changers, const std::vector<TwoPort>& branches, const std::vector<Index>& holders, bool keep_limits);
    // `taps` [changer], in tiles too, takes the positions. Other shapes as of Newton::solve.
    void solve(Index lanes, View<const double> load, bool zip, View<double> voltage, View<Index> taps, View<Convergence> result, SweepLimits limits = {});
    const std::vector<Complex>& without_load() const { return sequence_.without_load(); }

private:
    Factor factor_;
    Array<TapChanger> changers_;
    SweepFactor sequence_;
    VoltageHolders holders_;
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
    PhaseSweep(const PowerGrid& grid, const SwitchState& state, const Network& network, const std::vector<TapChanger>& changers, bool keep_limits);
    // `load`: [rank][connection][part], per unit of a third of the base power; `voltage`: [rank][sequence][re, im].
    void solve(Index lanes, View<const double> load, PhaseLoads shape, View<double> voltage, View<Index> taps, View<Convergence> result, SweepLimits limits = {});
    const std::vector<Complex>& without_load(Sequence sequence) const { return sequences_[static_cast<std::size_t>(sequence)].without_load(); }

private:
    Factor factor_;
    Array<TapChanger> changers_;
    std::vector<SweepFactor> sequences_;       // by Sequence
    VoltageHolders holders_;
    Array<double> work_;
};

}  // namespace shahr::SHAHR_BACKEND::power
