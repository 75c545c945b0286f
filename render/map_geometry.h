// What the map is drawn from: triangles for areas, straight pieces with round ends for roads and rivers. Made once per
// city; what changes with time is one colour per road, main, branch or building, and colours of areas are the paper's.
#pragma once
#include <cstdint>
#include <vector>

#include "render/camera.h"
#include "render/palette.h"
#include "sim/city/city.h"

namespace shahr {

struct FillVertex {
    float x_m = 0, y_m = 0;
    std::uint32_t paint = 0;                   // of Paper::paints
    std::int32_t building = -1;                // whose it is
};

// A straight piece of a road's or river's line.
struct LinePiece {
    float from_x_m = 0, from_y_m = 0, to_x_m = 0, to_y_m = 0;
    float width_m = 0;
    float side = 0;                            // +1: lies to the right of the line, -1: to the left, 0: on it
    std::int32_t road = -1;                    // place of its colour: roads first, then mains or branches; -1: a river
};

// Pieces that are drawn together, minor classes first.
struct LineStratum {
    std::size_t first = 0, count = 0;
    float least_width_px = 1;                  // however far away
    bool detail = false;                       // left out where a pixel covers many metres
};

struct MapGeometry {
    Box box;                                   // of the road network, else of the cells, else of the water network and the power grid
    Box core;                                  // of its dense part: what to look at first
    std::vector<FillVertex> areas, buildings;  // three vertices per triangle
    std::size_t road_count = 0;                // their colours come first
    std::vector<LinePiece> pieces;
    std::vector<LineStratum> rivers, roads;
    std::vector<LineStratum> mains, branches;  // of the water network, of the power grid
};

MapGeometry make_geometry(const City& city);

// Metres from a point to the piece as it is drawn: beside its line where it has a side. `least_width_m`: of its stratum at
// the camera's distance.
double distance_to(const LinePiece& piece, Point p, double least_width_m);

}  // namespace shahr
