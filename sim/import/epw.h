// Weather from EPW files (EnergyPlus Weather; Auxiliary Programs, "EnergyPlus Weather File (EPW) Data Dictionary").
#pragma once
#include <filesystem>
#include <string_view>

#include "sim/city/weather.h"
#include "sim/import/report.h"

namespace shahr {

// A whole year, one row an hour, in the order of the calendar; the rows' own years may differ, as in typical years.
//
// What is missing (9999 and the like) is counted in the report and made up so: gaps of up to six hours linearly; pressure from
// the height of the place; dew point and humidity from each other; the sky's infrared from dew point and cloud cover (Clark and
// Allen 1978, Walton 1983, as EnergyPlus has it); rain and snow as none. Other gaps are errors, and so is a missing hour.
//
// Throws InputError `file:line: column = value (why) what would be right`.
Weather read_epw(const std::filesystem::path& path, ImportReport& report);

// The same from a text in memory, as if in a file of that name.
Weather read_epw_text(std::string_view text, const std::string& name, ImportReport& report);

}  // namespace shahr
