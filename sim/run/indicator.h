// What a run comes to, in one number.
#pragma once
#include <string>

namespace shahr {

struct Kpi {
    std::string name;                          // "mean_travel_time"
    std::string long_name;                     // the definition in words
    std::string unit;                          // udunits
    bool lower_is_better = true;
    double value = 0;                          // NaN: not defined, as a mean over nothing
};

}  // namespace shahr
