// A MATPOWER case file (.m, versions 1 and 2 of the format) as a city that is a power grid.
//
// After the MATPOWER User's Manual, appendix B, and caseformat.m. Bus numbers are kept as ids; a branch is "from-to", with
// "#2" for the second between the same buses; so are generators at one bus. Costs and other fields are not read.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "sim/city/city.h"
#include "sim/import/report.h"

namespace shahr {

// Throws InputError, naming file and line, for what cannot be read, evaluated or understood.
City import_matpower(const std::filesystem::path& path, ImportReport& report);
City import_matpower_text(std::string_view text, const std::string& source, ImportReport& report);

}  // namespace shahr
