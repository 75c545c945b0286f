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
};
inline constexpr std::array carbon_carriers = {
    CarbonCarrier{"electricity", "Kazakhstan 2022 (Ember)"},
    CarbonCarrier{"gas", "natural gas (IPCC 2006, volume 2, table 1.4)"},
    CarbonCarrier{"coal", "other bituminous coal (IPCC 2006, volume 2, table 1.4)"},
    CarbonCarrier{"district_heat", "half gas, half coal at 80 % with losses (handbook value)"},
};
using ByCarrier = std::array<double, carbon_carriers.size()>;  // in that order

inline ByCarrier by_carrier(const CarbonFactors& f) {
    return {f.electricity_kg_j, f.gas_kg_j, f.coal_kg_j, f.district_heat_kg_j};
}

// Of each carrier its factor, so that the records of buildings give their own, and what all buildings together have caused; and the sum.
inline void add_carbon(std::vector<Kpi>& kpis, const CarbonFactors& factors, const ByCarrier& taken_j) {
    const ByCarrier kg_j = by_carrier(factors), unset = by_carrier({});
    double sum = 0;
    for (std::size_t i = 0; i < carbon_carriers.size(); ++i) {
        const std::string name = carbon_carriers[i].name;
        const double kg = kg_j[i] * taken_j[i];
        kpis.push_back({name + "_co2_factor", "carbon dioxide of " + name + ": " + (kg_j[i] == unset[i] ? carbon_carriers[i].source : "as the scenario says"), "kg GJ-1", true, 1e9 * kg_j[i]});
        kpis.push_back({name + "_co2", "carbon dioxide of the " + name + " that the buildings take", "kg", true, kg});
        sum += kg;
    }
    kpis.push_back({"buildings_co2", "carbon dioxide from what the buildings use, by the factors of the carriers", "kg", true, sum});
}

}  // namespace shahr::SHAHR_BACKEND::building
