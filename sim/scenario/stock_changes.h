// What a scenario changes about the stock of buildings before it runs: renewals, and who has which system.
#pragma once
#include <string>
#include <vector>

#include "sim/base/point.h"
#include "sim/scenario/stock_options.h"

namespace shahr {

// Which buildings are meant: those of an archetype and in an area, where these are given.
struct WhichBuildings {
    std::string archetype = {};                // its name in the stock; "": any
    std::vector<Point> area = {};              // a ring; empty: everywhere
    bool area_in_degrees = false;              // until fit_to_city(): the ring is of longitudes and latitudes
    std::string place = {};                    // the area is the outline of this place
};

// A package of the stock, at a share of those buildings (drawn by the seed; a greater share only adds).
struct Retrofit {
    WhichBuildings buildings = {};
    std::string package = {};
    double share = 1;
};

struct ChangeShares {
    WhichBuildings buildings = {};
    ShareChange shares = {};
};

}  // namespace shahr
