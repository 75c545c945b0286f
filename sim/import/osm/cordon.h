// Where the network goes on beyond the map: cordon nodes, and the gates through which traffic comes and goes.
#pragma once
#include "sim/import/osm/graph.h"

namespace shahr::osm {

// Marks more ends of roads as cordon, besides those where a way is cut. With a box in the file's header: ends outside it or
// within 50 m of its edge. Without: ends of motorways to tertiary roads, which do not end in nothing.
void mark_cordon(Graph& graph, const RoadData& data, const LocalPlane& plane);

// A gate for each road, or pair of directions, that ends on a cordon junction (city.network.junctions.control). Vehicles
// a day by class and lanes of both directions: motorway and trunk 9,000 a lane, primary 6,000, secondary 3,000, tertiary
// 1,000, others 200, service 20: orders of magnitude for cordon counts, not measurements.
void make_gates(City& city, ImportReport& report);

}  // namespace shahr::osm
