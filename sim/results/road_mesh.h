// The road network as a UGRID mesh, in terms that GIS and notebooks know.
#pragma once
#include "sim/base/hdf5.h"
#include "sim/city/city.h"

namespace shahr {

// Into the group: `road_network` (mesh topology, http://ugrid-conventions.github.io, one-dimensional), `node_x`, `node_y`,
// `edge_nodes`, and `node_lon`, `node_lat` with `crs` where the city has a place on the earth. Nodes are the rows of the
// table junctions, edges those of roads. A city without roads gets nothing.
void write_road_mesh(const hdf5::Group& group, const City& city);

}  // namespace shahr
