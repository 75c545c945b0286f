// How much crosses the map's edge at each gate on an average weekday, and for what.
#pragma once
#include <vector>

#include "sim/city/city.h"
#include "sim/import/report.h"
#include "sim/scenario/scenario.h"
#include "sim/synthesis/demand_zones.h"

namespace shahr {

// Vehicles a day, of gate.
struct GateTraffic {
    std::vector<double> through_in, through_out;  // pass the map without stopping: where they come in and where they leave
    std::vector<double> inbound;               // come in for something in the city, and leave again
    std::vector<double> outbound;              // of residents: leave, and come back
};

// The gates' daily counts are guesses by road class. Of each, a share passes through (through_share of
// demand_parameters.h). The rest comes in or goes out, but no more than those who can plausibly cross:
//
//   inbound cars  <= jobs in the city x share of them held from beyond the edge x car drivers among these / the same
//   outbound cars <= residents' cars used for work x share of them driven beyond the edge / those of crossing cars that do so for work
//
// Both shares are exp(-d / L), d the way from the job or the home to the edge, over all gates by their counts, and L the
// length scale of ways to work, unless `options` gives them. The report says what was assumed and what came of it.
// `cars_in_use`: of residents, on a day.
GateTraffic gate_traffic(const City& city, const Zones& zones, double population, double cars_in_use, const DemandOptions& options,
                         ImportReport& report);

}  // namespace shahr
