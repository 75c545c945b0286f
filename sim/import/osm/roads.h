// The road network of an OSM extract, all but what happens inside junctions.
#pragma once
#include <string_view>

#include "sim/city/city.h"
#include "sim/import/osm/road_data.h"
#include "sim/import/report.h"
#include "sim/synthesis/junctions.h"

namespace shahr::osm {

// Fills city.network (junctions, roads, lanes), .projection, .left_hand_traffic and .attribution, and returns what the map
// knows about the junctions. The plane's origin is the south-west corner of the road nodes' extent. Throws InputError if no
// road is open to cars.
JunctionHints import_roads(const RoadData& data, std::string_view country, City& city, ImportReport& report);

}  // namespace shahr::osm
