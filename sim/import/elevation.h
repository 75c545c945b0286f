// Heights of the ground: SRTM tiles (.hgt, 1 and 3 arc seconds, also zipped) and ESRI ASCII grids (.asc).
#pragma once
#include <filesystem>

#include "sim/city/city.h"
#include "sim/import/report.h"

namespace shahr {

// Sets the cells' and junctions' elevation and city.has_elevation from a file, or from all tiles and grids in a folder.
// Bilinear between samples; where some of the four are voids, the mean of the others by the same weights; cells and junctions
// with no sample at all take the nearest one's height that has, and are counted.
//
// An .hgt tile is placed by its name (N43E007: its south-west corner). An ASCII grid is in degrees if its corner and extent
// fit on the earth in degrees, else in metres of the city's own plane.
// Throws InputError if a file cannot be read, is no such grid, or if none covers any of the city.
void import_elevation(const std::filesystem::path& path, City& city, ImportReport& report);

}  // namespace shahr
