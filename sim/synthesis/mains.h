// Water mains for a city that has none: looped along the streets, in pressure zones by height, sized for the peak hour and for fire.
#pragma once
#include <cstdint>

#include "sim/city/city.h"
#include "sim/import/report.h"

namespace shahr {

// The defaults are the middle of what city practice of the CIS has (SNiP 2.04.02 and its handbooks; field figures 40 years old).
struct MainsRules {
    double longest_edge_m = 120;               // between the street's nodes at which buildings draw water
    double litres_per_person = 200, litres_per_job = 16, litres_per_pupil = 15;   // a day, with the small trade around homes
    double leakage = 0.25;                     // of what is put in
    double day_factor = 1.2, hour_factor = 1.4;               // greatest day over mean, greatest hour over mean
    double zone_band_m = 30;                   // height of a pressure zone: 60 m at most at the taps
    double service_head_m = 26;                // at the highest street of a zone; above five storeys houses boost
    double hazen_williams = 105;               // steel and cast iron at mid-life
    double most_loss_per_m = 0.005, most_loss_m = 15;         // of head at the peak hour: in a main, and on the way to the farthest tap
    double least_diameter_m = 0.1;
    double fire_velocity_mps = 2.5;            // bound in the peak hour with a fire at the end
    double hydrants_m3ps = 0.030;              // that a distribution main must bring to a fire (DVGW W 405: 48 to 96 m3/h); both ends share it
    double works_m3_a_day = 50e3;              // a zone has as many sources, with a tank each, as it takes of this size
    double tank_share = 0.2;                   // of the greatest day, beside three hours of fire
    double pump_starts = 0.7, pump_stops = 0.95;   // by the tank's level, over its depth
};

// Fills city.water, which must be empty. Each zone takes water from a reservoir at its lowest street (wells, a clear-water
// tank) or, where one works is too small, from several in the midst of what they serve (sim/synthesis/service_areas.h). Each pumps it to
// a tank at the highest street that it serves, or the farthest where all are alike; zones may get some from the zone above through two
// pressure-reducing valves; all other streets between zones are shut. Every street along which somebody draws water has a main, so that
// the network is as looped as the streets are; diameters follow from the flows on the shortest ways from the works, and from the tanks
// as if they had it to bring alone. Isolation valves stand at all but one end of each crossing. Hot water that district
// heat warms in the house is drawn as cold water here.
// Without heights the city is one zone. The report tells lengths, volumes and powers, and flags what lies outside of the usual
// range per 100,000 people. Same city, same rules, same network. Throws InputError where there are no streets or nobody draws water.
void synthesise_mains(City& city, const MainsRules& rules, ImportReport& report);

}  // namespace shahr
