// How the power grid is simulated.
#pragma once
#include <string>

namespace shahr {

struct PowerOptions {
    std::string grid = "given";                // "given": the one that came with the city; "none"
};

}  // namespace shahr
