// How district heat is simulated.
#pragma once
#include <chrono>
#include <string>

#include "sim/base/time.h"

namespace shahr {

struct HeatOptions {
    std::string network = "given";             // "given": the one that came with the city; "synthetic": boiler houses, pipes along the streets; "none"
    Duration step = std::chrono::minutes{15};
    double outdoor_c = 0;                      // where no weather is given
};

}  // namespace shahr
