// The buildings of a city as a stock makes them: zones, systems and ways of use, after what the scenario changes about them.
#pragma once
#include "sim/city/city.h"
#include "sim/import/report.h"
#include "sim/scenario/scenario.h"

namespace shahr {

// Fills city.envelopes and city.services, which must be empty. [[retrofit]] and [[system_share]] act in the order of the file. Throws
// InputError where the stock has no such archetype or package, or the city no buildings.
void synthesise_stock(City& city, const Scenario& scenario, ImportReport& report);

}  // namespace shahr
