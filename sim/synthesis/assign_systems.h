// What heats, cools and lights each building of a stock, by the shares of its archetype and of the scenario.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/city/city.h"
#include "sim/import/report.h"
#include "sim/scenario/stock_options.h"
#include "sim/synthesis/archetypes.h"
#include "sim/synthesis/stock_envelopes.h"

namespace shahr {

// The stock's shares with the changes, in order. Throws InputError, naming `where`, if sources of heat add up to more than 1.
SystemShares changed_shares(SystemShares shares, const ShareChange& change, const std::string& where);

// Usages and building_systems for every building. A building's draws depend on the seed and its place alone, and a share that
// grows only adds: a building that has a heat pump at 20 % has one at 30 %. (Each source has an exponential draw, and the
// least of draw over share wins.) Hot water comes from the source of heat where
// the stock has that source for it, as often as its shares allow; a change of the shares of heating changes nobody else's hot water.
//
// Panels: 200 W/m2 on a fifth of the roof, on houses at most 10 kW (HB). Batteries: 1 kWh for each kW of panels, 5 kWh without.
// Electric cars: 0.3 cars a person (Kazakhstan 0.2-0.3) times the share; four of five charge at home, one of ten at work by jobs, one of
// ten at public points by the floor area of shops and public buildings.
void assign_systems(City& city, const BuildingStock& stock, const Column<BuildingId, StockBuilding>& buildings, const Column<BuildingId, Facades>& facades,
                    const Column<BuildingId, SystemShares>& shares, std::uint64_t seed, ImportReport& report);

}  // namespace shahr
