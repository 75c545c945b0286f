// What the water network shows of itself: the fields of a frame and the indicators of a run. SI, in the order of the tables.
#pragma once
#include "kernels/water/state.h"
#include "sim/run/engine.h"

namespace shahr::SHAHR_BACKEND::water {

void observe_nodes(Frame& frame, const WaterNetwork& net, const Network& network, const State& state, Index member);
void observe_links(Frame& frame, const WaterNetwork& net, const Network& network, const Method& method, const State& state, Index member);
// How it was solved, and the balance since the start.
void observe_whole(Frame& frame, const Network& network, const State& state, Index member, double first_volume_m3);
void water_indicators(std::vector<Kpi>& kpis, const Network& network, const State& state, Index member, double first_volume_m3);

// In all tanks, m3.
double stored_volume(const State& state, const Network& network, Index member);

}  // namespace shahr::SHAHR_BACKEND::water
