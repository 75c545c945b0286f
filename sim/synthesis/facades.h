// The outer walls of buildings from their footprints: how long they are, and where they face.
#pragma once
#include <array>

#include "sim/city/city.h"

namespace shahr {

// Of one of `units` equal buildings that stand for the row: a cell's worth of houses is no one large house.
struct Facades {
    double units = 1;
    double azimuth_deg = 0;                    // of the first; the others follow at 90, 180 and 270 degrees, clockwise from north
    std::array<double, 4> length_m{};          // that faces outdoors
    double party_length_m = 0;                 // that leans on a neighbour: no heat passes
    double footprint_m2 = 0;
    double perimeter_m() const { return length_m[0] + length_m[1] + length_m[2] + length_m[3]; }
};

// The four sides are those of the building's main axis (the direction of most of its outline, modulo 90 degrees, rounded to 15); every piece
// of the outline counts for the side it faces nearest. A piece is a party wall if half a metre outside of its middle another
// footprint stands. Where there is no footprint: houses of 10 x 10 m, blocks 12.5 m deep and 60 m long facing south and north,
// as many as make up the area; other uses one rectangle, half as long again as deep.
Column<BuildingId, Facades> find_facades(const Buildings& buildings);

}  // namespace shahr
