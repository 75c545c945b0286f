// Where the weather of a run comes from.
#pragma once
#include <string>

namespace shahr {

struct WeatherOptions {
    std::string file;                          // EPW; "": none, so that nothing that needs weather runs
};

}  // namespace shahr
