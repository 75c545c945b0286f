// The trips of a scenario, made from the city's people and jobs where nobody gives any.
//
// Home-based tours by purpose and hour (demand_tours.h) between zones by a doubly constrained gravity model
// (demand_model.h), freight rounds, and traffic at the gates (external.cpp), all with the parameters and sources of
// demand_parameters.h. Every day is an average weekday.
#pragma once
#include "sim/city/city.h"
#include "sim/import/report.h"
#include "sim/scenario/scenario.h"

namespace shahr {

// Trips that depart in [start, start + length), in order of departure. What leaves home returns, with `after` naming the
// trip before; a car whose earlier trip lies before the start has `after` = none. Positions are given, routes are not.
// ScaleDemand interventions multiply vehicles (see scale_demand in demand_scaling.h). The same city, scenario and seed
// give the same trips on any number of threads.
// The report gets what was assumed, and the trips by purpose. Throws InputError if the city has no vehicle type for cars.
Trips synthesise_trips(const City& city, const Scenario& scenario, ImportReport& report);

}  // namespace shahr
