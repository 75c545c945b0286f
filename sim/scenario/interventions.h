// What a scenario changes while it runs: each with a beginning, an end, and the rows it addresses.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "sim/base/point.h"
#include "sim/base/time.h"
#include "sim/city/roads.h"

namespace shahr {

// No vehicle may enter; those on the road leave it at its end.
struct CloseRoad {
    std::vector<RoadId> roads;
};

struct SetSpeedLimit {
    std::vector<RoadId> roads;
    double speed_limit_mps = 0;
};

// Multiplies the trips that depart in the span within the area (a ring; empty: everywhere). Applied when trips are made.
struct ScaleDemand {
    double factor = 1;
    std::vector<Point> area;
};

struct Intervention {
    std::string label;                         // "" or the user's name for it: an overlay may remove it by that name
    std::string where;                         // "morning.toml:12": for messages
    int order = 0;                             // place in the file, the base's first
    Duration begin{}, end{};                   // [begin, end)
    bool daily = false;                        // repeats at the same clock time each day
    std::variant<CloseRoad, SetSpeedLimit, ScaleDemand> change;
};

}  // namespace shahr
