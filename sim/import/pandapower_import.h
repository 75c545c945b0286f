// A folder of pandapower's tables as CSV files (bus.csv, line.csv, trafo.csv, load.csv ...), with its column names, as a city
// that is a power grid. Its results (res_*.csv) are not read.
//
// After pandapower's documentation (pandapower.readthedocs.io, "Datastructure and Elements") and its conventions where those
// leave room: transformers by the T circuit, half of the leakage on either side; tap changers by tap_changer_type or, before
// version 3, tap_phase_shifter; a line with one open switch stays connected at the other end; external grids are ideal in
// the positive sequence, in the others behind 1.1 V^2 / s_sc. An element's id is the number of its row, buses by
// themselves, others as "line 3".
#pragma once
#include <filesystem>

#include "sim/city/city.h"
#include "sim/import/report.h"

namespace shahr {

// A folder with a bus.csv that has a column vn_kv.
bool is_pandapower_folder(const std::filesystem::path& path);

// Throws InputError, naming file, line and column.
City import_pandapower(const std::filesystem::path& folder, ImportReport& report);

}  // namespace shahr
