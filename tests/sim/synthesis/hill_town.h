// A town on a grid of streets that rises to the north, for tests of what is laid along them.
#pragma once
#include "sim/city/grid_city.h"

namespace shahr {

inline City hill_town(double slope) {          // metres of height for each metre
    GridCity g;
    g.rows = 8, g.columns = 8, g.people = 6000, g.jobs = 2000, g.school_places = 900;
    City city = make_grid_city(g);
    city.has_elevation = true;
    for (const CellId cell : rows(city.cells.elevation_m)) city.cells.elevation_m[cell] = static_cast<float>(slope * city.cells.centre(cell).y_m);
    return city;
}

}  // namespace shahr
