// What a scenario changes while it runs: each with a beginning, an end, and the rows it addresses.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "sim/base/point.h"
#include "sim/base/time.h"
#include "sim/city/heat_network.h"
#include "sim/city/power_grid.h"
#include "sim/city/roads.h"
#include "sim/scenario/stock_changes.h"
#include "sim/scenario/water_interventions.h"

namespace shahr {

// How a scenario names roads; one of the two. fit_to_city() turns it into rows.
struct RoadAddress {
    std::string name = {};                     // street name: all directed roads that bear it
    std::string id = {};                       // of one directed road, or "way/123" for all roads made from that way
};

// No vehicle may enter; those on the road leave it at its end.
struct CloseRoad {
    std::vector<RoadId> roads = {};
    RoadAddress address = {};
};

struct SetSpeedLimit {
    std::vector<RoadId> roads = {};
    double speed_limit_mps = 0;
    RoadAddress address = {};
};

// Multiplies the trips that depart in the span within the area (a ring; empty: everywhere). Applied when trips are made.
struct ScaleDemand {
    double factor = 1;
    std::vector<Point> area = {};
    bool area_in_degrees = false;              // until fit_to_city(): the ring is of longitudes and latitudes
    std::string place = {};                    // the area is the outline of this place
};

// A branch of the power grid is out of service: its switches are open.
struct TripBranch {
    BranchId branch = none<BranchId>;
    std::string id = {};                       // the branch's; fit_to_city() finds it
};

// Its switches are closed, as those of a tie that is open in normal operation.
struct CloseBranch {
    BranchId branch = none<BranchId>;
    std::string id = {};
};

// The weather of the file, changed: a heat wave, a cold spell, an overcast week.
struct ShiftWeather {
    double temperature_k = 0;                  // added to the temperature of the air; the sky warms with it
    double sun_factor = 1, wind_factor = 1;
};

// The hours of the span are those of another file, whichever engine looks at them. Applied when the weather is opened.
struct ReplaceWeather {
    std::string file = {};                     // EPW
};

// A plant of district heat gives water of another temperature, or only a share of its capacity (0: it has failed, and its
// pump circulates what comes back). NaN: as it is.
struct SetHeatPlant {
    HeatPlantId plant = none<HeatPlantId>;
    double supply_c = 0, available = 1;
    std::string id = {};                       // the plant's; fit_to_city() finds it
};

// A pipe, a valve, a pump, a plant or a consumer of district heat is shut off.
struct CloseHeatLink {
    std::vector<HeatLinkId> links = {};        // both lines where the id is that of a pair
    std::string id = {};
};

struct Intervention {
    std::string label;                         // "" or the user's name for it: an overlay may remove it by that name
    std::string where;                         // "morning.toml:12": for messages
    int order = 0;                             // place in the file, the base's first
    Duration begin{}, end{};                   // [begin, end)
    bool daily = false;                        // repeats at the same clock time each day
    std::variant<CloseRoad, SetSpeedLimit, ScaleDemand, Retrofit, ChangeShares, TripBranch, CloseBranch, ShiftWeather, ReplaceWeather, SetHeatPlant, CloseHeatLink, CloseWaterLink, BurstPipe, ScaleWaterDemand> change;
};

}  // namespace shahr
