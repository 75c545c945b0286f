// Fixed-time programmes for signalised junctions: stages, splits after Webster, clearance times, offsets along arterials.
#pragma once
#include "sim/city/city.h"
#include "sim/import/report.h"
#include "sim/synthesis/junctions.h"
#include "sim/synthesis/ports.h"

namespace shahr {

// Fills network.signals and .signal_phases, and the movements' signal and signal_link. Needs movements and conflicts.
// `signalised[j]`: 1 where a programme is wanted; junctions with one controller in the hints share theirs.
void synthesise_signals(City& city, const JunctionHints& hints, const Ports& ports, const Column<JunctionId, std::uint8_t>& signalised, ImportReport& report);

}  // namespace shahr
