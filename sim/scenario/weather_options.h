// Where the weather of a run comes from.
#pragma once
#include <string>

namespace shahr {

struct WeatherOptions {
    std::string file;                          // EPW; "": the climate's
    std::string climate;                       // a bundled one or a .toml; both "": no weather, so that nothing that needs it runs
    double albedo = 0.2;                       // of the ground
};

}  // namespace shahr
