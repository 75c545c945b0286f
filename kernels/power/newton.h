// Newton-Raphson power flow in polar coordinates (Tinney and Hart, IEEE Trans. PAS 86, 1967) for many variants of the loads of
// one network at once. The state is kept as complex voltages and turned by each step's angle through a Cayley transform,
// which agrees with the exponential to the third order, so that no angle is ever needed and convergence stays quadratic.
#pragma once
#include "kernels/base/array.h"
#include "kernels/base/sparse_factor.h"
#include "kernels/power/convergence.h"
#include "kernels/power/network.h"

namespace shahr::SHAHR_BACKEND::power {

struct NewtonLimits {
    double tolerance_pu = 1e-9;                // largest mismatch of active or reactive power
    Index iterations = 30;                     // the more for each time that generators reach their limits
};

class Newton {
public:
    // `reactive_limits`: generators whose reactive power would pass a limit keep that instead of their voltage, all that are found
    // so at once, and do not come back to it, as MATPOWER does with pf.enforce_q_lims = 1; a slack keeps its voltage.
    Newton(const Network& network, const Admittance& admittance, bool reactive_limits = false);

    // `load`: [rank][part] as NodeLoads, minus what voltage-controlled generators feed in; `voltage`: [rank][re, im], in: the
    // start, out: the solution (the last iterate where there is none). All of them in tiles of `lanes` lanes.
    void solve(Index lanes, View<const double> load, bool zip, View<double> voltage, View<Convergence> result, NewtonLimits limits = {});

private:
    Factor factor_;
    Array<Index> kind_;                        // [rank]  NodeKind
    Array<Index> first_, column_, position_;   // the matrix row by row; position: the entry if lower, ~entry if upper
    Array<double> g_, b_, diagonal_g_, diagonal_b_;
    Array<double> min_q_, max_q_;              // [rank]  empty: no limits
    double noise_ = 0;                         // of a mismatch, from the rounding of large admittances
    Array<double> work_;
};

}  // namespace shahr::SHAHR_BACKEND::power
