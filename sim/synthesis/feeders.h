// A power grid for a city that has none: primary substations, open medium-voltage rings, transformer stations, radial low-voltage
// feeders along the streets, all sized by standard series for the buildings' design loads.
#pragma once
#include <cstdint>

#include "sim/city/city.h"
#include "sim/import/report.h"
#include "sim/synthesis/low_voltage.h"
#include "sim/synthesis/medium_voltage.h"
#include "sim/synthesis/transformer_sites.h"

namespace shahr {

struct FeederRules {
    double longest_edge_m = 50;                // between the street's nodes to which buildings are connected
    SiteRules sites;
    LowVoltageRules low_voltage;
    MediumVoltageRules medium_voltage;
    double single_loading = 0.9, pair_loading = 0.7;  // of a station's one or two transformers, at the design load
};

// Fills city.power, which must be empty, from the streets, the buildings and city.services; every building with an electric load
// gets one row of power_loads at the street node nearest to it, or behind a service line where it stands farther than 30 m off. City
// practice of the CIS: 110/10/0.4 kV. Substations that the map has (places of the kind "substation") come first. What is taken as it stands: the
// 110 kV network is stiff (one slack; the stations' 110 kV bars are tied to it without impedance). Two transformers
// that work side by side are one branch of twice the rating. Open points of rings are branches
// with one open end; the primary transformers' tap changers hold about 1.05 pu at 10 kV.
// The report tells lengths, numbers, ratings, loadings and voltage drops, and flags what lies outside of the usual range per 100,000 people.
// Throws InputError where there are no streets.
void synthesise_feeders(City& city, const FeederRules& rules, ImportReport& report);

}  // namespace shahr
