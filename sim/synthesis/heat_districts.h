// District heat for a city that has none: boiler-house districts of the Soviet kind, pipes in pairs along the streets.
#pragma once
#include "sim/city/city.h"
#include "sim/import/report.h"
#include "sim/synthesis/design_heat.h"

namespace shahr {

// Defaults: SNiP 2.04.07 and Minenergo practice, the middle of the usual range (field figures for old stock).
struct HeatDistrictRules {
    double longest_edge_m = 120;
    double least_levels = 3;                   // blocks of flats and offices with as many storeys are connected; schools and hospitals always
    double outdoor_c = design_outdoor_c;       // design day
    double flats_3_w_m2 = 104, flats_5_w_m2 = 79, public_w_m2 = 95;       // of gross floor area on the design day, where the city has no envelopes
    double plant_w = 25e6;                     // a boiler house feeds about so much
    double least_w_per_m = 500, least_plant_w = 500e3;        // of trench, below which it is not laid (about 1 MWh a year and metre); of a plant
    double hot_above_w = 40e6;                 // above it works at 130/70 with elevators, below at 95/70
    double season_below_c = 8;                 // radiators are open while the running mean of the outdoor temperature is below
    double loss_pa_m = 80, lead_loss_pa_m = 300;              // which size mains, and the leads to the houses
    double shortest_lead_m = 20;
    double roughness_m = 5e-4, fittings = 0.25;               // local resistances over those of the pipes
    double least_dp_pa = 1.5e5;                // at the last consumer: an elevator needs as much
    double circulation = 0.05;                 // of the greatest flow for hot water, always
    double ground_c = 5;
};

// Fills city.heat, which must be empty. A building of those kinds is connected if its systems say that district heat warms it or its
// hot water; where the city has no systems, all are, by norms per floor area. Its radiators are laid out for its envelope's loss on
// the design day (sim/synthesis/design_heat.h), hot water comes from an exchanger. Plants are spread among them
// (sim/synthesis/service_areas.h); each feeds the tree of shortest ways along the streets as far as that is worth its trench, and a lead to each house. Heat losses are those
// of channels laid up to 1989 in good repair; wet ones lose half as much again to twice as much.
// The report tells numbers, lengths and powers, and flags what lies outside of the usual range. Same city, same network.
// Throws InputError where there are no streets; a city without such buildings gets no network, and the report says so.
void synthesise_heat_networks(City& city, const HeatDistrictRules& rules, ImportReport& report);

}  // namespace shahr
