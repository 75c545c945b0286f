// People, jobs and school places: put into buildings by floor area and use, and summed into cells.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sim/city/city.h"
#include "sim/import/report.h"

namespace shahr {

// Land that the source maps, but on which it maps no buildings; m2 per cell.
struct EmptyLand {
    Column<CellId, float> residential, commercial, retail, industrial;
};

struct PopulationSource {
    double given = 0;                          // by the user: met exactly; 0: not given
    double tagged = 0;                         // on the places of the source; 0: none
    std::string tagged_where;                  // "Almaty (1800200)"
    std::optional<Point> centre;               // of the largest place
    std::vector<float> jobs_inside;            // per building: of shops and offices within, before scaling; may be empty
};

// Adds synthetic buildings on empty land; sets every building's access, residents, jobs and school places, and the cells'
// population, jobs and floor area to the sums over their buildings.
//
// - Homes hold floor area x 0.78 / 30 m2 people. Empty residential land takes the rest, within 15 to 250 people per hectare,
//   denser towards the centre as exp(-distance / mean distance) (Clark, "Urban population densities", 1951). Then all are
//   scaled to the total. Without a total, empty land holds 60 people per hectare.
// - A tagged total is not believed if homes would have to hold more than twice or less than a quarter of these people:
//   the place then reaches beyond the extract, and the total is made as if there were no tag.
// - Jobs are 0.45 per person. What the floor area of workplaces (scaled by 2 at most) does not explain is put into
//   homes: ground-floor shops and small offices, by floor area, more on main streets and towards the centre.
// - School and kindergarten places are scaled to 250 per 1000 people, by 2 at most.
void settle(City& city, const EmptyLand& land, const PopulationSource& source, ImportReport& report);

}  // namespace shahr
