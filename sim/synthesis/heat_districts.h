// District heat for a city that has none: boiler-house districts of the Soviet kind, pipes in pairs along the streets.
#pragma once
#include "sim/city/city.h"
#include "sim/import/report.h"

namespace shahr {

// Defaults: SNiP 2.04.07 and Minenergo practice, the middle of the usual range (field figures for old stock).
struct HeatDistrictRules {
    double longest_edge_m = 120;
    double least_levels = 3;                   // blocks of flats with as many storeys are connected, and schools and hospitals
    double outdoor_c = -20;                    // design day
    double flats_3_w_m2 = 104, flats_5_w_m2 = 79, public_w_m2 = 95;       // of gross floor area on the design day
    double plant_w = 25e6;                     // a boiler house feeds about so much; above 40 MW it works at 130/70, below at 95/70
    double loss_pa_m = 80;                     // on the mains, which sizes them
    double roughness_m = 5e-4, fittings = 0.25;               // local resistances over those of the pipes
    double least_dp_pa = 1.5e5;                // at the last consumer: an elevator needs as much
    double ground_c = 5;
};

// Fills city.heat, which must be empty. Consumers stand at the street nodes nearest to their buildings, one for each node. Plants
// are put one after the other where the heat is farthest from those that there are (Gonzalez 1985), and moved to the middle of what
// they feed; each feeds the tree of shortest ways to its consumers. Heat losses are those of channels laid in 1990-97.
// The report tells numbers, lengths and powers, and flags what lies outside of the usual range. Same city, same network.
// Throws InputError where there are no streets; a city without such buildings gets no network, and the report says so.
void synthesise_heat_networks(City& city, const HeatDistrictRules& rules, ImportReport& report);

}  // namespace shahr
