#include "sim/synthesis/design_heat.h"

#include <cmath>

namespace shahr {
namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double films_m2k_w = 0.17;           // both surfaces of walls: EN ISO 6946
constexpr double air_j_m3k = 1.2 * 1006;
constexpr double soil_w_mk = 2, wall_m = 0.3, ground_share = 0.5;

double resistance(const Constructions& c, ConstructionId at) {
    double sum = 0;
    for (std::size_t k = 0; k < c.thickness_m[at].size(); ++k) sum += c.thickness_m[at][k] / c.conductivity_w_mk[at][k];
    return sum;
}

// ISO 13370:2017, 7.1, a slab on the ground.
double ground_u(double resistance_m2k_w, double area_m2, double perimeter_m) {
    const double b = area_m2 / (0.5 * perimeter_m), d = wall_m + soil_w_mk * (resistance_m2k_w + films_m2k_w);
    return d < b ? 2 * soil_w_mk / (pi * b + d) * std::log(pi * b / d + 1) : soil_w_mk / (0.457 * b + d);
}

// Of a glazing by its panes: films, panes and gaps in a row.
double glazing_u(const Glazings& g, GlazingId at) {
    if (g.pane_thickness_m[at].empty()) return g.u_value_w_m2k[at];
    double sum = films_m2k_w;
    for (std::size_t k = 0; k < g.pane_thickness_m[at].size(); ++k) sum += g.pane_thickness_m[at][k] / g.pane_conductivity_w_mk[at][k];
    for (const double gap : g.gap_resistance_m2k_w[at]) sum += gap;
    return 1 / sum;
}

}  // namespace

Column<ThermalZoneId, double> design_loss_wpk(const Envelopes& envelopes) {
    const ThermalZones& z = envelopes.zones;
    Column<ThermalZoneId, double> loss(z.id.size(), 0);
    for (const ThermalZoneId at : rows(z.id)) {
        const double air_m3_s = static_cast<double>(z.infiltration_per_h[at] * z.volume_m3[at]) / 3600 + static_cast<double>(z.ventilation_m3_s[at] * (1 - z.heat_recovery[at]));
        loss[at] += air_j_m3k * air_m3_s;
    }
    const Surfaces& s = envelopes.surfaces;
    for (const SurfaceId at : rows(s.id)) {
        const double r = resistance(envelopes.constructions, s.construction[at]), area = static_cast<double>(s.area_m2[at]), perimeter = static_cast<double>(s.perimeter_m[at]);
        if (s.boundary[at] == Boundary::outdoor || s.boundary[at] == Boundary::sheltered) loss[s.zone[at]] += area / (r + films_m2k_w);
        if (s.boundary[at] == Boundary::ground) loss[s.zone[at]] += ground_share * area * (perimeter > 0 ? ground_u(r, area, perimeter) : 1 / (r + films_m2k_w));
    }
    const Windows& w = envelopes.windows;
    for (const WindowId at : rows(w.id)) loss[w.zone[at]] += static_cast<double>(w.width_m[at] * w.height_m[at] * w.count[at]) * glazing_u(envelopes.glazings, w.glazing[at]);
    for (const ThermalZoneId at : rows(z.id)) loss[at] *= static_cast<double>(z.multiplier[at]);
    return loss;
}

Column<BuildingId, double> design_heat_w(const City& city, double outdoor_c) {
    Column<BuildingId, double> heat_w(city.buildings.id.size(), 0);
    const Column<ThermalZoneId, double> loss_wpk = design_loss_wpk(city.envelopes);
    for (const ThermalZoneId z : rows(loss_wpk))
        if (is_some(city.envelopes.zones.building[z])) heat_w[city.envelopes.zones.building[z]] += loss_wpk[z] * (design_indoor_c - outdoor_c);
    return heat_w;
}

}  // namespace shahr
