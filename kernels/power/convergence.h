// How an iteration ended, lane by lane.
#pragma once
#include <cstdint>

#include "kernels/base/lanes.h"

namespace shahr::SHAHR_BACKEND::power {

struct Convergence {
    double residual = 0;                       // largest mismatch (Newton) or change of voltage (sweep), per unit; NaN: diverged
    Index iterations = 0;
    std::int32_t converged = 0;
};

// A NaN stays, so that what has diverged never counts as converged.
template <class P>
SHAHR_HD P larger_or_nan(P a, P b) {
    return select(a > b, a, select(a == a, b, a));
}

}  // namespace shahr::SHAHR_BACKEND::power
