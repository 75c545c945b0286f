// Who may use a way, by its class and its access tags.
#pragma once
#include "sim/city/roads.h"
#include "sim/import/osm/tags.h"

namespace shahr::osm {

struct Access {
    ClassMask allowed = 0;                     // 0: closed to all motor vehicles
    bool destination_only = false;             // cars only if their trip begins or ends there
};

// The hierarchy is motorcar > motor_vehicle > vehicle > access; bus, psv, taxi, hgv, goods and motorcycle change their own
// class. Open: yes, permissive, designated. Trip ends only: private, destination, customers, delivery, residents, permit.
// Closed: no, agricultural, forestry, emergency, military.
Access access_of(const Tags& tags, RoadClass road_class);

// Whether a node on the road stops cars: bollards, blocks, and gates that are closed by their access tags.
bool blocks_cars(const Tags& node_tags);

}  // namespace shahr::osm
