// The city as it is built: tables that never change during a run.
#pragma once
#include <string>

#include "sim/city/building_systems.h"
#include "sim/city/envelopes.h"
#include "sim/city/heat_network.h"
#include "sim/city/land.h"
#include "sim/city/power_grid.h"
#include "sim/city/roads.h"
#include "sim/city/trips.h"
#include "sim/city/water_network.h"

namespace shahr {

// From longitude and latitude (WGS 84) to the local plane: `proj` is a PROJ definition, and the plane's origin is
// its result for the centre, moved by the offset. An empty `proj`: the city has no place on the earth.
struct Projection {
    std::string proj;
    double offset_x_m = 0, offset_y_m = 0;     // added to PROJ's easting and northing
    bool operator==(const Projection&) const = default;
};

struct City {
    std::string name;
    std::string source;                        // what it was made from: "almaty.osm.pbf", "grid city"
    std::string attribution;                   // shown wherever the map is: "(c) OpenStreetMap contributors"
    std::string timezone;                      // for the record only: times are local
    bool left_hand_traffic = false;
    bool has_elevation = false;
    Projection projection;
    RoadNetwork network;
    Cells cells;
    Buildings buildings;
    Places places;
    Gates gates;
    VehicleTypes vehicle_types;
    Trips trips;                               // that came with the source; empty: none did
    Envelopes envelopes;
    BuildingServices services;
    PowerGrid power;
    WaterNetwork water;
    HeatNetwork heat;
};

}  // namespace shahr
