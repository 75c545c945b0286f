// The buildings of a city as a stock makes them: zones, systems and ways of use; and what a scenario changes about them.
#pragma once
#include "sim/city/city.h"
#include "sim/import/report.h"
#include "sim/scenario/scenario.h"

namespace shahr {

// Fills city.envelopes and city.services, which must be empty, with the stock as it is: by the scenario's [buildings], before its
// [[retrofit]] and [[system_share]]. Throws InputError where the city has no buildings.
void synthesise_stock(City& city, const Scenario& scenario, ImportReport& report);

// Makes them anew after [[retrofit]] and [[system_share]], in the order of the file; nothing if there are none. Networks stay as they are
// laid; keep_connections() (sim/synthesis/connections.h) says what becomes of houses that change their source of heat. Throws InputError where
// the stock has no such archetype or package, or where the buildings are not made of a stock.
void change_stock(City& city, const Scenario& scenario, ImportReport& report);

}  // namespace shahr
