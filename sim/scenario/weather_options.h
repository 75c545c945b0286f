// Where the weather of a run comes from.
#pragma once
#include <string>

namespace shahr {

struct WeatherOptions {
    std::string file;                          // EPW; "": none, so that nothing that needs weather runs
    double albedo = 0.2;                       // of the ground
};

}  // namespace shahr
