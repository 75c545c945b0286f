// The water network of a city as an EPANET input file, in the units it came in; EPANET 2.2 and 2.3 read it to the same
// results.
#pragma once
#include <string>

#include "sim/city/city.h"
#include "sim/import/report.h"

namespace shahr {

// Ids that EPANET cannot read (longer than 31 bytes, or with blanks, commas, quotes or semicolons) are replaced by numbers
// and counted; so are isolation valves, for which it has no word. Throws InputError if the city has no water network.
std::string export_epanet(const City& city, ImportReport& report);

}  // namespace shahr
