// How buildings are simulated, and which of them there are.
#pragma once
#include <chrono>
#include <string>

#include "sim/base/time.h"

namespace shahr {

struct BuildingOptions {
    std::string stock = "given";               // "given": those that the city describes; "archetypes": made of its buildings; "none"
    // "detailed": ISO 52016-1 with nodes by layers; "annex_b": the same with the fixed values of its annex B; "5r1c": ISO 13790.
    std::string model = "detailed";
    Duration warm_up = std::chrono::days{30};  // simulated before the start, from 20 degC everywhere
    bool record_surfaces = false;              // sunlight on every surface and through every window
};

}  // namespace shahr
