// The low-voltage lines of one transformer station: radial, along the streets of its tree.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/synthesis/grid_equipment.h"
#include "sim/synthesis/transformer_sites.h"

namespace shahr {

struct LowVoltageBus {
    std::int32_t node = -1;                    // of the street graph
    std::vector<std::int32_t> customers;
    ConnectedLoad load;                        // of those
};

struct LowVoltageSection {
    std::int32_t from = 0, to = 0;             // places in `buses`; 0 is the station's own bar
    std::int32_t feeder = 0;
    double length_m = 0;
    std::vector<std::int32_t> way;             // nodes of the street graph, both ends included
    ConnectedLoad load;                        // of all behind it
    const LineType* type = nullptr;
};

struct LowVoltagePlan {
    std::vector<LowVoltageBus> buses;
    std::vector<LowVoltageSection> sections;   // parents before children
    std::int32_t feeders = 0;
    double drop_percent = 0;                   // greatest, by the design loads
    int overloaded = 0;                        // sections beyond their rating though the series' largest is laid
};

struct LowVoltageRules {
    double nominal_v = 400;
    double drop_percent = 5;                   // 5-7 % by rule
    double loading = 0.9;                      // of the rating, for cables that share a trench
};

// Customers of a tree's branch hang on one feeder as long as the largest line of the series carries them; where they
// are too many, the heaviest branch gets a feeder of its own that runs beside, from the station (Esau and Williams' bound on
// what a branch may carry, applied from the leaves up). Sections are sized for the design load behind them, then enlarged along the
// way to the worst bus until the voltage drop holds or the series ends. Nodes where nothing hangs or branches are no buses.
LowVoltagePlan plan_low_voltage(const StreetGraph& graph, const TransformerSite& site, const std::vector<GridCustomer>& customers, const LowVoltageRules& rules);

}  // namespace shahr
