// How the water network is simulated.
#pragma once
#include <optional>
#include <string>

namespace shahr {

struct WaterOptions {
    std::string network = "given";             // "given": the one that came with the city; "synthetic": along its streets; "none"
    // Instead of what the network's own file says; without them, that.
    std::string demand = "given";              // "given", "fixed": what is asked for is drawn; "pressure": what the pressure gives
    std::optional<double> accuracy;            // sum of |changes of flow| over sum of |flows| at which it is solved
    std::optional<double> required_pressure_m, min_pressure_m;
};

}  // namespace shahr
