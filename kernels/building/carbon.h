// Carbon dioxide by carrier, from what the buildings take of each.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "kernels/base/backend.h"
#include "sim/run/engine.h"
#include "sim/scenario/scenario.h"

namespace shahr::SHAHR_BACKEND::building {

struct CarbonCarrier {
    const char *name, *source;                 // of the factor where the scenario does not set it (sim/scenario/stock_options.h)
    double CarbonFactors::*factor;
};
inline constexpr std::array carbon_carriers = {
    CarbonCarrier{"electricity", "Kazakhstan 2022 (Ember)", &CarbonFactors::electricity_kg_j},
    CarbonCarrier{"gas", "natural gas (IPCC 2006, volume 2, table 1.4)", &CarbonFactors::gas_kg_j},
    CarbonCarrier{"coal", "other bituminous coal (IPCC 2006, volume 2, table 1.4)", &CarbonFactors::coal_kg_j},
    CarbonCarrier{"district_heat", "half gas, half coal at 80 % with losses (handbook value)", &CarbonFactors::district_heat_kg_j},
};
using CarrierEnergies = std::array<double, carbon_carriers.size()>;  // J, in that order

// Of each carrier its factor, so that the records of buildings give their own, and what all buildings together have caused; and the sum.
inline void add_carbon(std::vector<Kpi>& kpis, const CarbonFactors& factors, const CarrierEnergies& taken_j) {
    const CarbonFactors unset;
    double sum = 0;
    for (std::size_t i = 0; i < carbon_carriers.size(); ++i) {
        const auto& [word, source, factor] = carbon_carriers[i];
        const std::string name = word;
        const double kg = factors.*factor * taken_j[i];
        kpis.push_back({name + "_co2_factor", "carbon dioxide of " + name + ": " + (factors.*factor == unset.*factor ? source : "as the scenario says"), "kg GJ-1", true, 1e9 * factors.*factor});
        kpis.push_back({name + "_co2", "carbon dioxide of the " + name + " that the buildings take", "kg", true, kg});
        sum += kg;
    }
    kpis.push_back({"buildings_co2", "carbon dioxide from what the buildings use, by the factors of the carriers", "kg", true, sum});
}

}  // namespace shahr::SHAHR_BACKEND::building
