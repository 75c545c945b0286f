// How long the computing took: for the log and the screen, never for a result file.
#pragma once
#include <string>
#include <vector>

namespace shahr {

struct WallTime {
    std::string what;                          // "traffic", "recording"
    double wall_s = 0;
    std::vector<WallTime> parts;               // the phases of an engine's steps, in their order
};

}  // namespace shahr
