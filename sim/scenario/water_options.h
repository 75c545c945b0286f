// How the water network is simulated.
#pragma once
#include <string>

namespace shahr {

struct WaterOptions {
    std::string network = "given";             // "given": the one that came with the city; "synthetic": along its streets; "none"
};

}  // namespace shahr
