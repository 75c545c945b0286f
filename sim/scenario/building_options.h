// How buildings are simulated, and which of them there are.
#pragma once
#include <string>

namespace shahr {

struct BuildingOptions {
    std::string stock = "given";               // "given": those that the city describes; "none"
};

}  // namespace shahr
