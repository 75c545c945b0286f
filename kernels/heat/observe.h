// What the heat network shows of itself.
#pragma once
#include <vector>

#include "kernels/heat/solver.h"
#include "sim/run/engine.h"

namespace shahr::SHAHR_BACKEND::heat {

template <class L>
void observe_heat(Frame& frame, const Solver<L>& solver, Index lane);

template <class L>
void append_indicators(std::vector<Kpi>& list, const Solver<L>& solver, Index lane, double unsolved);

}  // namespace shahr::SHAHR_BACKEND::heat
