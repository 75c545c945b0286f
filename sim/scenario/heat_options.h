// How district heat is simulated.
#pragma once
#include <string>

namespace shahr {

struct HeatOptions {
    std::string network = "given";             // "given": the one that came with the city; "none"
};

}  // namespace shahr
