// How the power grid is simulated.
#pragma once
#include <string>

#include "sim/base/time.h"

namespace shahr {

struct PowerOptions {
    std::string grid = "given";                // "given": the one that came with the city; "synthetic": along its streets; "none"
    Duration step = std::chrono::hours{1};
    int phases = 0;                            // 1, 3; 0: three where a load or generator is connected to less than all of them
    std::string solver = "auto";               // "sweep", "newton"; "auto": the sweep where no generator holds a voltage
    // Generators keep their reactive limits and let their voltage go where it takes more; else only the violations are counted.
    bool enforce_reactive_limits = false;
    std::string series_file;                   // CSV of loads over time: time_s, then a column for each load's id; "": constant
    // Protection: a branch that carries more than this share of its rating for so long is switched off. 0: none is.
    double trip_loading = 0;
    std::string trip_curve = "definite";       // "inverse": the sooner the more it carries; trip_delay at twice trip_loading
    Duration trip_delay = std::chrono::minutes{15};
    // After a trip a crew arrives, closes open ties to feed what is dead, and in the end repairs the branch.
    bool restoration = false;
    Duration crew_time = std::chrono::hours{1};
    Duration repair_time = std::chrono::hours{4};  // after the crew's arrival; a branch that the scenario trips, when the scenario ends it
    double restoration_loading = 1;            // a tie is closed if no branch is then loaded beyond this share
};

}  // namespace shahr
