#include "sim/results/road_mesh.h"

#include <vector>

#include "sim/city/projection.h"

namespace shahr {
namespace {

using hdf5::Array;
using hdf5::Group;

void write_coordinate(const Group& group, const Array& node, const std::string& name, const std::vector<double>& values,
                      const char* standard_name, const char* units) {
    const Array array = group.write<double>(name, values);
    array.attach(0, node);
    array.set("standard_name", standard_name);
    array.set("long_name", "junction");
    array.set("units", units);
    array.set("mesh", "road_network");
    array.set("location", "node");
}

void write_nodes(const Group& group, const City& city) {
    const std::span<const Point> position = city.network.junctions.position.span();
    const Array node = group.make_dimension("node", position.size());
    std::vector<double> x, y, lon, lat;
    for (const Point& p : position) x.push_back(p.x_m), y.push_back(p.y_m);
    write_coordinate(group, node, "node_x", x, "projection_x_coordinate", "m");
    write_coordinate(group, node, "node_y", y, "projection_y_coordinate", "m");
    if (city.projection.proj.empty()) return;
    const LocalPlane plane(city.projection);
    for (const Point& p : position) {
        const LonLat earth = plane.to_earth(p);
        lon.push_back(earth.lon_deg);
        lat.push_back(earth.lat_deg);
    }
    write_coordinate(group, node, "node_lon", lon, "longitude", "degrees_east");
    write_coordinate(group, node, "node_lat", lat, "latitude", "degrees_north");
}

void write_edges(const Group& group, const Roads& roads) {
    const Array edge = group.make_dimension("edge", roads.id.size()), two = group.make_dimension("two", 2);
    std::vector<std::int32_t> ends;
    for (const RoadId road : rows(roads.id)) {
        ends.push_back(number(roads.from[road]));
        ends.push_back(number(roads.to[road]));
    }
    const Array array = group.write("edge_nodes", hdf5::Type::int32, ends.data(), {roads.id.size(), 2});
    array.attach(0, edge);
    array.attach(1, two);
    array.set("cf_role", "edge_node_connectivity");
    array.set("long_name", "junctions where each road begins and ends");
    array.set("start_index", std::int32_t{0});
}

}  // namespace

void write_road_mesh(const Group& group, const City& city) {
    if (city.network.roads.id.empty()) return;
    const std::int32_t nothing = 0;
    const Array mesh = group.make_scalar("road_network", hdf5::Type::int32, &nothing);
    mesh.set("cf_role", "mesh_topology");
    mesh.set("long_name", "road network");
    mesh.set("topology_dimension", std::int32_t{1});
    mesh.set("node_coordinates", city.projection.proj.empty() ? "node_x node_y" : "node_x node_y node_lon node_lat");
    mesh.set("edge_node_connectivity", "edge_nodes");
    if (!city.projection.proj.empty()) {
        const Array crs = group.make_scalar("crs", hdf5::Type::int32, &nothing);
        crs.set("long_name", "plane of the city: that of `proj`, plus the offset");
        crs.set("proj", city.projection.proj);
        crs.set("offset_x_m", city.projection.offset_x_m);
        crs.set("offset_y_m", city.projection.offset_y_m);
    }
    write_nodes(group, city);
    write_edges(group, city.network.roads);
}

}  // namespace shahr
