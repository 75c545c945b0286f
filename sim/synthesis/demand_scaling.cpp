#include "sim/synthesis/demand_scaling.h"

#include "sim/base/polygon.h"

namespace shahr {

bool is_active(const Intervention& intervention, Duration time) {
    if (!intervention.daily) return time >= intervention.begin && time < intervention.end;
    constexpr Duration day = std::chrono::hours{24};
    const Duration since = ((time - intervention.begin) % day + day) % day;
    return since < intervention.end - intervention.begin;
}

// A ring of fewer than three points is no area: the intervention holds everywhere.
static bool is_in_area(std::span<const Point> ring, Point point) {
    return ring.size() < 3 || is_inside(ring, point);
}

double demand_factor(const Scenario& scenario, Point from, Duration depart) {
    double factor = 1;
    for (const Intervention& intervention : scenario.interventions) {
        const auto* scale = std::get_if<ScaleDemand>(&intervention.change);
        if (scale != nullptr && is_active(intervention, depart) && is_in_area(scale->area, from)) factor *= scale->factor;
    }
    return factor;
}

double demand_factor(const Scenario& scenario, const VehicleDay& day, const DemandModel& model) {
    for (const Leg& leg : day.legs) {
        const Point from = leg.from.stop >= 0 ? model.stops.position[static_cast<std::size_t>(leg.from.stop)]
                                              : model.city->network.junctions.position[model.city->gates.junction[leg.from.gate]];
        if (const double factor = demand_factor(scenario, from, leg.depart); factor != 1) return factor;
    }
    return 1;
}

}  // namespace shahr
