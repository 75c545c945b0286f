// The steps that turn a .net.xml into the tables of a road network, in the order in which they are called.
#pragma once
#include <vector>

#include "sim/city/city.h"
#include "sim/import/report.h"
#include "sim/import/sumo/id_index.h"
#include "sim/import/sumo/unread.h"
#include "sim/import/sumo/xml_file.h"

namespace shahr::sumo {

// What the steps share beyond the tables themselves.
struct Reading {
    City& city;
    ImportReport& report;
    Unread& unread;
    IdIndex<JunctionId> junctions{};
    IdIndex<RoadId> roads{};
    IdIndex<LaneId> lanes{};
    IdIndex<SignalId> signals{};
    Column<LaneId, std::vector<Point>> lane_shapes{};
    struct InternalLane {
        Element lane;
        bool crossing;                         // for pedestrians
    };
    ByText<InternalLane> internal_lanes{};     // lanes inside junctions, crossings and walking areas among them
    // Per lane id, in the order of the file: the movements that leave it. `none` stands for the step onto a
    // pedestrian crossing, which has a place in SUMO's right-of-way matrices too.
    ByText<std::vector<MovementId>> links{};
};

void read_projection(const Element& net, Reading& reading);
void read_junctions(const Element& net, Reading& reading);
void read_roads(const Element& net, Reading& reading);
void read_movements(const Element& net, Reading& reading);
void read_right_of_way(const Element& net, Reading& reading);

}  // namespace shahr::sumo
