// A SUMO network with its signals and vehicles as a city.
//
// After SUMO 1.15's file formats (sumo.dlr.de/docs: Networks, Traffic Lights, Definition of Vehicles), plain or gzipped.
// Every id is kept. Vehicles are driven by our own models with SUMO's parameters. What is not understood is listed in
// the report by name and count.
#pragma once
#include <filesystem>
#include <vector>

#include "sim/city/city.h"
#include "sim/import/report.h"

namespace shahr {

struct SumoFiles {
    std::filesystem::path net;
    std::vector<std::filesystem::path> routes;      // .rou.xml: vehicle types, routes, vehicles, trips, flows
    std::vector<std::filesystem::path> additional;  // .add.xml: signal programmes, vehicle types, routes
};

// Throws InputError, naming file and line, for unreadable or contradictory files: an unknown edge in a route, edges of a
// route that do not meet, a signal programme with too few links ...
City import_sumo(const SumoFiles& files, ImportReport& report);

}  // namespace shahr
