// From the plans of the feeders to the rows of the power grid's tables.
#pragma once
#include "sim/city/power_grid.h"
#include "sim/synthesis/feeders.h"

namespace shahr {

inline constexpr double service_from_m = 30;   // shorter ways from the street to a building are no branches

struct ChosenTransformer {
    const TransformerType* type = nullptr;
    int count = 1;
    double rated_va() const { return count * type->rated_va; }
};

// One for houses, two for blocks; the smallest of the series that carries the site's design load at the rule's loading, two of the
// largest where none does.
ChosenTransformer choose_transformer(const TransformerSite& site, const FeederRules& rules);

struct GridPlan {
    const StreetGraph* graph = nullptr;
    const std::vector<GridCustomer>* customers = nullptr;
    std::vector<TransformerSite> sites;
    std::vector<LowVoltagePlan> low_voltage;   // of each site
    std::vector<ChosenTransformer> transformers;
    MediumVoltagePlan medium_voltage;
};

// Ids: "grid" (the slack), STATION/110, STATION/10, "ts/N" (10 kV side), "ts/N/0.4", "ts/N/K" (low-voltage bus K),
// "service/BUILDING" where the building stands more than 30 m from the street.
void write_grid(const City& city, const GridPlan& plan, PowerGrid& to);

}  // namespace shahr
