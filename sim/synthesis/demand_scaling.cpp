#include "sim/synthesis/demand_scaling.h"

namespace shahr {

bool is_active(const Intervention& intervention, Duration time) {
    if (!intervention.daily) return time >= intervention.begin && time < intervention.end;
    constexpr Duration day = std::chrono::hours{24};
    const Duration since = ((time - intervention.begin) % day + day) % day;
    return since < intervention.end - intervention.begin;
}

bool is_inside(std::span<const Point> ring, Point point) {
    if (ring.size() < 3) return true;
    bool inside = false;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const Point a = ring[i], b = ring[j];
        if ((a.y_m > point.y_m) == (b.y_m > point.y_m)) continue;
        const double x_m = a.x_m + (point.y_m - a.y_m) / (b.y_m - a.y_m) * (b.x_m - a.x_m);
        if (point.x_m < x_m) inside = !inside;
    }
    return inside;
}

double demand_factor(const Scenario& scenario, Point from, Duration depart) {
    double factor = 1;
    for (const Intervention& intervention : scenario.interventions) {
        const auto* scale = std::get_if<ScaleDemand>(&intervention.change);
        if (scale != nullptr && is_active(intervention, depart) && is_inside(scale->area, from)) factor *= scale->factor;
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
