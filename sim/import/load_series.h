// Loads over time from a CSV file: time_s since the first midnight, then a column of watts for each load, named by its id.
#pragma once
#include <filesystem>

#include "sim/city/power_grid.h"

namespace shahr {

// Loads without a column, and blank values, stay as built. Throws InputError for columns that are no load and times that do
// not ascend.
LoadSeries read_load_series(const std::filesystem::path& path, const PowerLoads& loads);

}  // namespace shahr
