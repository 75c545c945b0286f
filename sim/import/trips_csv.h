// The user's own trips from a CSV file.
#pragma once
#include <filesystem>

#include "sim/city/city.h"
#include "sim/import/report.h"

namespace shahr {

// The first line names the columns depart_s, from_lon, from_lat, to_lon, to_lat, class, in any order; each further line is a
// trip. depart_s: seconds since the scenario's first midnight; degrees of WGS 84; class: "car", "truck" ... as in VehicleClass.
//
// Each end is moved to the nearest road where trips of that class may end (roads_for_trip_ends), at the place nearest to it.
// Trips with an end farther than 1 km from such a road are dropped and counted, with the line of the first. The result is in
// order of departure; a trip's id is the number of its line.
// Throws InputError with file:line for a missing or unknown column, a value that is no such number or class, a position off
// the earth, a class for which the city has no vehicle type, and for a city that has no place on the earth.
Trips read_trips_csv(const std::filesystem::path& path, const City& city, ImportReport& report);

}  // namespace shahr
