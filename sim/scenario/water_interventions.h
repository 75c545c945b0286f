// What a scenario changes in the water network.
#pragma once
#include <string>
#include <vector>

#include "sim/base/time.h"
#include "sim/city/water_network.h"

namespace shahr {

// Shuts pipes, pumps or valves.
struct CloseWaterLink {
    std::string id = {};                       // of one link; fit_to_city() turns it into rows
    bool segment = false;                      // with it all that its isolation valves shut off
    std::vector<WaterLinkId> links = {};
};

// Water leaves through a hole, q = 0.6 A sqrt(2 g h), at the pipe's lower end as drawn.
struct BurstPipe {
    std::string id = {};
    double area_m2 = 0;
    Duration isolate_after{};                  // then its segment is shut until the end; 0: it is not
    WaterLinkId link{};
    WaterNodeId node{};
};

struct ScaleWaterDemand {
    double factor = 1;
};

}  // namespace shahr
