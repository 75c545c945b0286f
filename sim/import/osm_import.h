// A city from an OpenStreetMap extract: .osm, .osm.gz, .osm.bz2 or .osm.pbf.
#pragma once
#include <filesystem>
#include <string>

#include "sim/city/city.h"
#include "sim/import/report.h"

namespace shahr {

struct OsmOptions {
    std::string country;                       // ISO 3166-1 alpha-2 ("KZ"): speed limits and side of the road; "": found out
    double population = 0;                     // people of the whole city; 0: as tagged, else from floor area
    std::filesystem::path elevation;           // SRTM tile, ASCII grid or a folder of them; empty: the city is flat
};

// Roads, junctions, land, buildings and people. The plane's origin is the south-west corner of the road network.
// Throws InputError if the file cannot be read, or has no road for cars.
City import_osm(const std::filesystem::path& file, const OsmOptions& options, ImportReport& report);

}  // namespace shahr
