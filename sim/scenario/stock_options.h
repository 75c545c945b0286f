// The building stock of a scenario: who has which system, and what its carriers emit.
#pragma once
#include <array>
#include <optional>
#include <string>

#include "sim/base/enum_names.h"
#include "sim/city/building_systems.h"

namespace shahr {

// Shares that a scenario sets, 0 to 1; what is not set stays as the stock has it. Where sources of heat are named, they get these
// shares, and the others keep their proportions within the rest.
struct ShareChange {
    std::array<std::optional<double>, enum_names<HeatSource>.size()> heating = {};
    std::optional<double> electric_cooking = {}, cooling = {}, pv = {}, battery = {}, ev = {};
};

// kg of carbon dioxide per J of what is taken. Gas and coal: IPCC 2006 guidelines, volume 2, table 1.4 (natural gas 56.1, other
// bituminous coal 94.6 t/TJ); electricity: Kazakhstan 2022, 0.82 kg/kWh (Ember); district heat: 0.30 kg/kWh, half gas half coal
// at 80 % with losses (a handbook value).
struct CarbonFactors {
    double electricity_kg_j = 0.82 / 3.6e6, gas_kg_j = 56.1e-9, coal_kg_j = 94.6e-9, district_heat_kg_j = 0.30 / 3.6e6;
};

struct StockOptions {
    std::string archetypes = "central_asia";   // name of a stock of the program, or the path of one
    ShareChange shares;                        // for all buildings
    CarbonFactors carbon;
};

}  // namespace shahr
