// Cities made of a few numbers: a grid of blocks with arterials, signals, a river with bridges, gates at the edges, and
// people whose density falls from the centre. For demonstrations, tests and measurements of any size.
//
// Ids: junction "c3r4" (street column from the west, row from the south), road "c3r4-c4r4", lane "c3r4-c4r4/0",
// building "c3r4/1" (its block's south-west junction), gate junction "north3", "east4" ...
// Names: "Street 4" runs north, "Avenue 5" east, and "River Bridge 2" is the second bridge from the west.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "sim/city/city.h"

namespace shahr {

struct GridCity {
    std::string name = "Grid City";
    std::uint64_t seed = 1;
    std::int32_t rows = 4, columns = 4;        // blocks
    double block_m = 120;                      // from street to street
    double cell_m = 100;
    bool left_hand_traffic = false;

    std::int32_t lanes = 1;                    // of ordinary streets, each way
    double speed_limit_mps = 50 / 3.6;
    std::int32_t arterial_every = 4;           // every so many streets is an arterial, counted from the middle; 0: none is
    std::int32_t arterial_lanes = 2;
    double arterial_speed_limit_mps = 60 / 3.6;
    bool ring = false;                         // the outermost streets are arterials too
    double signals = 0.2;                      // share of the crossings, the greater roads' first

    bool gates = true;                         // arterials lead out of the map
    double gate_vehicles = 6000;               // a day through each, both directions

    std::int32_t bridges = 0;                  // 0: no river
    double river_m = 150;                      // width
    double river_at = 0.4;                     // share of the rows south of it

    double people = 0;                         // 0: none, and no buildings
    double jobs = 0;
    double school_places = 0;
    std::int32_t buildings_per_block = 8;
    // Density falls as exp(-decline r), r being the distance from the centre over that of a corner (Clark, "Urban
    // population densities", 1951). 0: even.
    double people_decline = 1.5, jobs_decline = 3;
};

// Roads with movements and signals, land, buildings, gates.
City make_grid_city(const GridCity& description);

// Reads the description from TOML: scenarios/river_town.toml shows every key. Throws InputError.
GridCity read_grid_description(const std::filesystem::path& path);
GridCity read_grid_description(std::string_view text, const std::string& name);

City read_grid_city(const std::filesystem::path& path);

}  // namespace shahr
