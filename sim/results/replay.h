// The records of a result file as the frames that they were.
#pragma once
#include "sim/results/reading.h"
#include "sim/run/frame.h"

namespace shahr {

// Gives each record up to `last` to the sink, in order of time. Fields on cells are left out: the recorder lays them itself.
// Throws InputError.
void replay(const ResultFile& file, Duration last, FrameSink& sink);

}  // namespace shahr
