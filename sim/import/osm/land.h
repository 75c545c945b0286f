// What stands between the roads of an OpenStreetMap extract: buildings, land use, places, people and jobs.
#pragma once
#include <filesystem>

#include "sim/city/city.h"
#include "sim/import/report.h"

namespace shahr {

struct LandOptions {
    double population = 0;                     // people of the whole extract; 0: as tagged on its cities, towns and villages
    std::filesystem::path elevation;           // see sim/import/elevation.h; empty: the city is flat
    double cell_m = 100;                       // side of a cell; doubled until there are at most four million
};

// Reads the file in its own passes and fills city.cells, .buildings and .places, and .vehicle_types where there are none.
// The network (with roads.connected) and the projection are complete before; of the network only the junctions' elevation
// is written. Every extract is good enough: without buildings, land use or population, what was guessed is reported.
//
// The cells cover the network's bounding box and 500 m around; row 0 is the south. Buildings beyond are dropped.
// Throws InputError if the file or the elevation cannot be read.
void import_land(const std::filesystem::path& file, const LandOptions& options, City& city, ImportReport& report);

}  // namespace shahr
