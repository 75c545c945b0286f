#include "sim/synthesis/archetypes.h"

#include <algorithm>

namespace shahr {

double resistance_m2k_w(const LayeredConstruction& construction, const BuildingStock& stock) {
    double sum = 0;
    for (const Layer& layer : construction.layers) sum += layer.thickness_m / stock.materials[layer.material].conductivity_w_mk;
    return sum;
}

HeatRange range_at(const Archetype& archetype, double degree_days) {
    const auto& known = archetype.heat_range;
    if (known.empty()) return {degree_days, 0, 0};
    const auto scaled = [&](const HeatRange& r) { return HeatRange{degree_days, r.least_kwh_m2 * degree_days / r.degree_days, r.greatest_kwh_m2 * degree_days / r.degree_days}; };
    if (degree_days <= known.front().degree_days) return scaled(known.front());
    if (degree_days >= known.back().degree_days) return scaled(known.back());
    const auto above = std::find_if(known.begin(), known.end(), [&](const HeatRange& r) { return r.degree_days >= degree_days; });
    const HeatRange &a = *std::prev(above), &b = *above;
    const double w = (degree_days - a.degree_days) / (b.degree_days - a.degree_days);
    return {degree_days, a.least_kwh_m2 + w * (b.least_kwh_m2 - a.least_kwh_m2), a.greatest_kwh_m2 + w * (b.greatest_kwh_m2 - a.greatest_kwh_m2)};
}

}  // namespace shahr
