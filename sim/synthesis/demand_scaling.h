// ScaleDemand: more or fewer vehicles by area and hour.
#pragma once
#include "sim/base/point.h"
#include "sim/base/time.h"
#include "sim/scenario/scenario.h"
#include "sim/synthesis/demand_tours.h"

namespace shahr {

// Whether a moment lies in an intervention's span; a daily one repeats at the same clock times.
bool is_active(const Intervention& intervention, Duration time);

// The product of the factors of all ScaleDemand interventions that hold for a departure there and then.
double demand_factor(const Scenario& scenario, Point from, Duration depart);

// A vehicle that is taken away is taken away for its whole day, and one that is added has a whole day: else what leaves home
// would not return. The factor of a day is that of its first leg for which it is not 1.
double demand_factor(const Scenario& scenario, const VehicleDay& day, const DemandModel& model);

}  // namespace shahr
