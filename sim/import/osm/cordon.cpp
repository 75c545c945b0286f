#include "sim/import/osm/cordon.h"

#include <algorithm>

namespace shahr::osm {
namespace {

constexpr double edge_m = 50;

bool outside_or_near_edge(Point p, Point south_west, Point north_east) {
    return p.x_m < south_west.x_m + edge_m || p.y_m < south_west.y_m + edge_m || p.x_m > north_east.x_m - edge_m ||
           p.y_m > north_east.y_m - edge_m;
}

float daily_vehicles_per_lane(RoadClass c) {
    switch (c) {
        case RoadClass::motorway:
        case RoadClass::motorway_link:
            return 10000;
        case RoadClass::trunk:
        case RoadClass::trunk_link:
            return 7500;
        case RoadClass::primary:
        case RoadClass::primary_link:
            return 4500;
        case RoadClass::secondary:
        case RoadClass::secondary_link:
            return 1800;
        case RoadClass::tertiary:
        case RoadClass::tertiary_link:
            return 900;
        case RoadClass::service:
            return 20;
        default:
            return 200;
    }
}

}  // namespace

void mark_cordon(Graph& graph, const RoadData& data, const LocalPlane& plane) {
    Point south_west, north_east;
    if (data.box) south_west = plane.to_plane(data.box->south_west), north_east = plane.to_plane(data.box->north_east);
    for (NodeRow n = 0; n < static_cast<NodeRow>(graph.nodes.size()); ++n) {
        if (graph.neighbours(n).size() != 1) continue;
        const bool edge = data.box && outside_or_near_edge(graph.node(n).position, south_west, north_east);
        const LinkRow l = graph.ins(n).empty() ? graph.outs(n).front() : graph.ins(n).front();
        const bool main_road = !data.box && graph.rules(graph.link(l)).road_class <= RoadClass::tertiary;
        if (edge || main_road) graph.node(n).cordon = true;
    }
}

void make_gates(City& city, ImportReport& report) {
    const auto& network = city.network;
    const auto lanes_of = network.lanes_of();
    std::vector<std::vector<RoadId>> in(network.junctions.id.size()), out(network.junctions.id.size());
    for (RoadId road : rows(network.roads.id)) {
        if ((network.roads.allowed[road] & mask_of(VehicleClass::car)) == 0) continue;
        out[row(network.roads.from[road])].push_back(road);
        in[row(network.roads.to[road])].push_back(road);
    }
    for (JunctionId j : rows(network.junctions.id)) {
        if (network.junctions.control[j] != Control::cordon) continue;
        // Traffic leaves the map where a road ends, and enters it where one begins.
        const std::size_t gates = std::max(in[row(j)].size(), out[row(j)].size());
        for (std::size_t i = 0; i < gates; ++i) {
            const RoadId outbound = i < in[row(j)].size() ? in[row(j)][i] : none<RoadId>;
            const RoadId inbound = i < out[row(j)].size() ? out[row(j)][i] : none<RoadId>;
            float vehicles = 0;
            for (const RoadId road : {outbound, inbound})
                if (is_some(road))
                    vehicles += daily_vehicles_per_lane(network.roads.road_class[road]) *
                                static_cast<float>(lanes_of[road].size());
            city.gates.junction.push_back(j);
            city.gates.inbound.push_back(inbound);
            city.gates.outbound.push_back(outbound);
            city.gates.daily_vehicles.push_back(vehicles);
        }
    }
    report.kept(static_cast<std::int64_t>(city.gates.junction.size()), "gates",
                "roads that leave the extract: external zones");
}

}  // namespace shahr::osm
