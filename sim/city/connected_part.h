// Which roads a car can reach from every other one: trips begin and end only there.
#pragma once
#include <cstddef>

#include "sim/city/roads.h"

namespace shahr {

struct ConnectedPart {
    std::size_t roads = 0;                     // in the largest strongly connected part
    std::size_t car_roads = 0;                 // open to cars at all
    std::size_t parts = 0;                     // strongly connected parts of the car network
};

// Sets roads.connected from the movements and lanes that cars may use. Strongly connected parts after Tarjan (1972),
// without recursion; of two parts with equally many roads the one that holds the lower row wins.
ConnectedPart mark_connected_part(RoadNetwork& network);

}  // namespace shahr
