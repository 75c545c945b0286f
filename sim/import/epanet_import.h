// A city that is a water network, from an EPANET input file (.inp): versions 2.0 to 2.3, any of their units.
#pragma once
#include <filesystem>
#include <string>

#include "sim/city/city.h"
#include "sim/import/report.h"

namespace shahr {

// All that hydraulics needs, in SI, in the order of the file, with its ids; the format is in the EPANET 2.2 User Manual
// (Rossman et al. 2020), appendix C. Code pages: text_encoding.h. Water quality is left out and counted. Throws InputError
// `file:line: [SECTION] ...`.
City import_epanet(const std::filesystem::path& file, ImportReport& report);
City import_epanet_text(std::string text, const std::string& source, ImportReport& report);

}  // namespace shahr
