// Heat and water networks of pandapipes, from a file that its to_json has written, or from a folder with one CSV file per table
// (junction.csv, pipe.csv ...), as DataFrame.to_csv writes them. Ids are the names of the table and the row: "junction/12".
#pragma once
#include <filesystem>

#include "sim/city/city.h"
#include "sim/import/report.h"

namespace shahr {

// Read: junction, junction_geodata, pipe, valve, pump, ext_grid, source, sink, circ_pump_pressure, circ_pump_mass,
// heat_consumer, heat_exchanger, flow_control; tables named res_* are results and left alone. Rows out of service are
// dropped and counted. The friction model and the pumps' curves are not in the tables, and CSV names no fluid: water with the properties
// at each junction's tfluid_k, Colebrook's friction at any Reynolds number, and the curve of the standard type of that name.
// Throws InputError for tables that it does not know how to simulate, junctions that are not there, and wrong values.
City import_pandapipes(const std::filesystem::path& path, ImportReport& report);

// Whether the folder, or the file, looks like one.
bool is_pandapipes(const std::filesystem::path& path);

}  // namespace shahr
