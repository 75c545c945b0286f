// Where the network goes on beyond the map: cordon nodes, and the gates through which traffic comes and goes.
#pragma once
#include "sim/import/osm/graph.h"

namespace shahr::osm {

// Marks more ends of roads as cordon, besides those where a way is cut. With a box in the file's header: ends outside it or
// within 50 m of its edge. Without: ends of motorways to tertiary roads, which do not end in nothing.
void mark_cordon(Graph& graph, const RoadData& data, const LocalPlane& plane);

// A gate for each road, or pair of directions, that ends on a cordon junction (city.network.junctions.control). Vehicles
// a day by class and lanes of both directions: the means of the German counts of 2010 (BASt: motorways 46,300 a day, federal
// roads 9,320) and, for lesser roads, of 1985 (FGSV: state roads 2,837, district roads 1,415) times the growth of the federal
// roads since then, over 4.6 lanes on motorways and two elsewhere. So 10,000 a lane on motorways, 4,500 on primary roads,
// 1,800 on secondary and 900 on tertiary ones; 7,500 on trunk roads, which lie between motorways and primary roads; 200 on others,
// 20 on service roads. At a tenth in the peak hour that is within what a lane can carry.
void make_gates(City& city, ImportReport& report);

}  // namespace shahr::osm
