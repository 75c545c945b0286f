// How an iteration ended, lane by lane; and how calls are laid over rows and lanes.
#pragma once
#include <cstdint>

#include "kernels/base/lanes.h"

namespace shahr::SHAHR_BACKEND::power {

// By so much, per unit, may a reactive power lie beyond its limit before that counts.
inline constexpr double limit_noise = 1e-7;

// What became of tap changers that regulate: left as they stood; every one inside its band or at its end; still moving.
enum TapState : std::int16_t { taps_left, taps_at_rest, taps_hunting };

struct Convergence {
    double residual = 0;                       // largest mismatch (Newton) or estimated error of a voltage (sweep), per unit; NaN: diverged
    Index iterations = 0;
    std::int16_t converged = 0;
    TapState taps = taps_left;
    Index worst = -1;                          // rank of the node with that mismatch, where Newton's iteration has found no solution
};

// Call i of a functor over all rows and all lanes: tile after tile on the CPU, which keeps a tile in its cache; lane after lane
// on the GPU, where neighbouring threads then read side by side.
struct RowAndCall {
    Index row, call;
};
template <class L>
SHAHR_HD RowAndCall row_and_call(Index i, Index rows, Index calls) {
    if constexpr (L::width > 1) return {i % rows, i / rows};
    else return {i / calls, i % calls};
}

// A NaN stays, so that what has diverged never counts as converged.
template <class P>
SHAHR_HD P larger_or_nan(P a, P b) {
    return select(a > b, a, select(a == a, b, a));
}

}  // namespace shahr::SHAHR_BACKEND::power
