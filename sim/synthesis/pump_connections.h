// Where the pumps of the water network and of district heat hang on the power grid.
#pragma once
#include "sim/city/city.h"
#include "sim/import/report.h"

namespace shahr {

// Adds a load (sim/city/pump_loads.h) for each pump and each plant of district heat that has none yet: at the nearest bus of 6 to 35 kV,
// where a station of its own has its transformer (the losses of that are left out), or where there is none at the nearest bus.
// Rated power: of pumps the greatest of their curve, of plants that of the design day.
// The report counts them, and those that have no bus, since they or the buses have no place on the map.
void connect_pumps(City& city, ImportReport& report);

}  // namespace shahr
