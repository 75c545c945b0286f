// Which road leads into which, for checking and completing routes.
#pragma once
#include <vector>

#include "sim/city/roads.h"

namespace shahr::sumo {

class Turnings {
public:
    explicit Turnings(const RoadNetwork& network);

    // True if some movement leads from one road to the other that the class may use.
    bool joined(RoadId from, RoadId to, VehicleClass vehicle_class) const;

    // The quickest way on empty roads (Dijkstra 1959), both ends included; empty if there is none.
    std::vector<RoadId> quickest(RoadId from, RoadId to, VehicleClass vehicle_class) const;

private:
    struct Turning {
        RoadId to;
        ClassMask allowed;
    };
    const RoadNetwork& network_;
    Lists<RoadId, Turning> onward_;            // by the road's number
};

}  // namespace shahr::sumo
