// From what the tags say to the table of buildings, with stated rules where they say nothing.
#pragma once
#include <vector>

#include "sim/city/city.h"
#include "sim/import/osm/land_features.h"
#include "sim/import/osm/land_raster.h"
#include "sim/import/report.h"

namespace shahr {

// Fills city.buildings (without access, residents, jobs and places for pupils) and returns the jobs of activities mapped inside
// each building, by floor area, for PopulationSource::jobs_inside.
//
// Use: the tags'; else that of a school, hospital, hotel ... mapped inside; else that of the ground (school grounds, industry ...);
// else by footprint: use_of_size().
// Storeys: the tags'; else the median of the extract's tagged buildings of that use if there are at least 20; else usual_levels().
// Footprints that lie outside the cells, or below 1 m2, are dropped. An activity outside any footprint gets a synthetic building.
std::vector<float> make_buildings(LandFeatures& features, const LandRaster& raster, City& city, ImportReport& report);

}  // namespace shahr
