// The rules of constructions, glazings, schedules and thermal zones.
#include <cmath>

#include "sim/city/city.h"
#include "sim/city/findings.h"

namespace shahr {
namespace {

template <class Table, class Id, class T>
void check_range(const Table& table, const Column<Id, T>& column, std::string_view name, double least, double most, Findings& findings) {
    for (const Id at : rows(column))
        if (!(column[at] >= least && column[at] <= most)) findings.add(table, at, fmt::format("{} = {} (out of range)", name, column[at]), fmt::format("from {} to {}", least, most));
}

template <class Table>
void check_convection(const Table& table, Findings& findings) {
    const auto check = [&](const auto& column, std::string_view name) {
        for (const auto at : rows(table.id))
            if (column[at] <= 0) findings.add(table, at, fmt::format("{} = {} (not above 0)", name, column[at]), "W/(m2 K), or NaN: as the model has it");
    };
    check(table.convection_inside_w_m2k, "convection_inside_w_m2k");
    check(table.convection_outside_w_m2k, "convection_outside_w_m2k");
}

void check_constructions(const Constructions& c, Findings& findings) {
    for (const ConstructionId at : rows(c.id)) {
        const std::size_t layers = c.thickness_m[at].size();
        if (layers == 0) findings.add(c, at, "no layers", "one or more, from inside to outside");
        if (c.conductivity_w_mk[at].size() != layers || c.density_kg_m3[at].size() != layers || c.specific_heat_j_kgk[at].size() != layers) {
            findings.add(c, at, fmt::format("{} thicknesses, but other numbers of the rest", layers), "one value a layer");
            continue;
        }
        for (std::size_t i = 0; i < layers; ++i) {
            if (!(c.thickness_m[at][i] > 0)) findings.add(c, at, fmt::format("thickness_m of layer {} = {} (not above 0)", i + 1, c.thickness_m[at][i]), "metres");
            if (!(c.conductivity_w_mk[at][i] > 0)) findings.add(c, at, fmt::format("conductivity_w_mk of layer {} = {} (not above 0)", i + 1, c.conductivity_w_mk[at][i]), "W/(m K)");
            if (!(c.density_kg_m3[at][i] >= 0 && c.specific_heat_j_kgk[at][i] >= 0)) findings.add(c, at, fmt::format("density or specific heat of layer {} (negative)", i + 1), "0 or more");
        }
    }
    check_range(c, c.absorptance_inside, "absorptance_inside", 0, 1, findings);
    check_range(c, c.absorptance_outside, "absorptance_outside", 0, 1, findings);
    check_range(c, c.emissivity_inside, "emissivity_inside", 0, 1, findings);
    check_range(c, c.emissivity_outside, "emissivity_outside", 0, 1, findings);
    check_convection(c, findings);
}

void check_panes(const Glazings& g, GlazingId at, Findings& findings) {
    const std::size_t panes = g.pane_thickness_m[at].size();
    if (panes > most_panes) findings.add(g, at, fmt::format("{} panes (too many)", panes), fmt::format("1 to {}", most_panes));
    const bool even = g.pane_conductivity_w_mk[at].size() == panes && g.transmittance[at].size() == panes && g.reflectance_outside[at].size() == panes && g.reflectance_inside[at].size() == panes;
    if (!even || g.gap_resistance_m2k_w[at].size() + 1 != panes) return findings.add(g, at, fmt::format("{} panes, but other numbers of their values", panes), "one value a pane, and one gap fewer");
    for (std::size_t i = 0; i < panes; ++i) {
        const double t = g.transmittance[at][i], out = g.reflectance_outside[at][i], in = g.reflectance_inside[at][i];
        if (!(g.pane_thickness_m[at][i] > 0 && g.pane_conductivity_w_mk[at][i] > 0)) findings.add(g, at, fmt::format("thickness or conductivity of pane {} (not above 0)", i + 1), "metres, W/(m K)");
        // A slab's faces reflect at least R / (1 + T^2 ...); below that no refractive index fits.
        if (!(t > 0 && out > 0 && in > 0 && t + out < 1 && t + in < 1)) findings.add(g, at, fmt::format("pane {} transmits {} and reflects {} and {} (no such glass)", i + 1, t, out, in), "shares above 0 that leave some to be absorbed");
    }
    for (const double gap : g.gap_resistance_m2k_w[at])
        if (!(gap > 0)) findings.add(g, at, fmt::format("gap_resistance_m2k_w = {} (not above 0)", gap), "m2 K/W");
}

void check_glazings(const Glazings& g, Findings& findings) {
    for (const GlazingId at : rows(g.id)) {
        if (!g.pane_thickness_m[at].empty()) {
            check_panes(g, at, findings);
        } else {
            if (!(g.u_value_w_m2k[at] >= 0.2 && g.u_value_w_m2k[at] <= 5.8)) findings.add(g, at, fmt::format("u_value_w_m2k = {} (out of range)", g.u_value_w_m2k[at]), "from 0.2 to 5.8 W/(m2 K), or panes");
            if (!(g.g_value[at] > 0 && g.g_value[at] <= 0.9)) findings.add(g, at, fmt::format("g_value = {} (out of range)", g.g_value[at]), "above 0, to 0.9");
        }
    }
    check_range(g, g.emissivity_inside, "emissivity_inside", 0, 1, findings);
    check_range(g, g.emissivity_outside, "emissivity_outside", 0, 1, findings);
    check_convection(g, findings);
}

void check_zones(const Envelopes& e, Findings& findings) {
    const ThermalZones& z = e.zones;
    constexpr double any = 1e12;
    std::vector<std::uint8_t> enclosed(z.id.size(), 0);
    for (const SurfaceId at : rows(e.surfaces.zone)) {
        enclosed[row(e.surfaces.zone[at])] = 1;
        if (is_some(e.surfaces.adjacent[at])) enclosed[row(e.surfaces.adjacent[at])] = 1;
    }
    for (const WindowId at : rows(e.windows.zone)) enclosed[row(e.windows.zone[at])] = 1;
    for (const ThermalZoneId at : rows(z.id))
        if (!enclosed[row(at)]) findings.add(z, at, "no surfaces (a zone without an envelope)", "walls, a roof, a floor");
    check_range(z, z.floor_area_m2, "floor_area_m2", 0, any, findings);
    check_range(z, z.furniture_j_k, "furniture_j_k", 0, any, findings);
    check_range(z, z.infiltration_per_h, "infiltration_per_h", 0, 100, findings);
    check_range(z, z.ventilation_m3_s, "ventilation_m3_s", 0, any, findings);
    check_range(z, z.heat_recovery, "heat_recovery", 0, 1, findings);
    check_range(z, z.purge_m3_s, "purge_m3_s", 0, any, findings);
    check_range(z, z.heating_power_w, "heating_power_w", 0, INFINITY, findings);
    check_range(z, z.cooling_power_w, "cooling_power_w", 0, INFINITY, findings);
    check_range(z, z.heating_convective, "heating_convective", 0, 1, findings);
    check_range(z, z.cooling_convective, "cooling_convective", 0, 1, findings);
    for (const ThermalZoneId at : rows(z.id)) {
        if (!(z.volume_m3[at] > 0)) findings.add(z, at, fmt::format("volume_m3 = {} (not above 0)", z.volume_m3[at]), "cubic metres of air");
        if (!(z.multiplier[at] > 0)) findings.add(z, at, fmt::format("multiplier = {} (not above 0)", z.multiplier[at]), "1, or how many such zones there are");
        const bool both_constant = !is_some(z.heating_schedule[at]) && !is_some(z.cooling_schedule[at]);
        if (both_constant && z.heating_set_point_c[at] > z.cooling_set_point_c[at])
            findings.add(z, at, fmt::format("heating_set_point_c = {} (above that of cooling, {})", z.heating_set_point_c[at], z.cooling_set_point_c[at]), "heating at or below cooling");
    }
}

// Rows that belong to zones stand in the zones' order.
template <class Table>
void check_grouped(const Table& table, Findings& findings) {
    for (std::size_t i = 1; i < table.zone.size(); ++i)
        if (table.zone.vector()[i] < table.zone.vector()[i - 1]) return findings.add_table(Table::table, fmt::format("row {} is of an earlier zone than the row before", i), "rows in the order of their zones");
}

void check_surfaces(const Envelopes& e, Findings& findings) {
    const Surfaces& s = e.surfaces;
    for (const SurfaceId at : rows(s.id)) {
        if (!(s.area_m2[at] > 0)) findings.add(s, at, fmt::format("area_m2 = {} (not above 0)", s.area_m2[at]), "square metres, without the windows");
        const bool between = s.boundary[at] == Boundary::zone;
        if (between != is_some(s.adjacent[at])) findings.add(s, at, fmt::format("boundary = {}, adjacent = {}", name_of(s.boundary[at]), number(s.adjacent[at])), "a zone behind it if, and only if, boundary is zone");
        if (between && s.adjacent[at] == s.zone[at]) findings.add(s, at, "adjacent = its own zone", "another zone, or boundary = adiabatic");
    }
    check_range(s, s.tilt_deg, "tilt_deg", 0, 180, findings);
    check_range(s, s.azimuth_deg, "azimuth_deg", -360, 360, findings);
    check_range(s, s.perimeter_m, "perimeter_m", 0, 1e9, findings);
}

void check_windows(const Envelopes& e, Findings& findings) {
    const Windows& w = e.windows;
    for (const WindowId at : rows(w.id)) {
        if (!(w.width_m[at] > 0 && w.height_m[at] > 0)) findings.add(w, at, fmt::format("width_m, height_m = {}, {} (not above 0)", w.width_m[at], w.height_m[at]), "metres");
        if (!(w.count[at] > 0)) findings.add(w, at, fmt::format("count = {} (not above 0)", w.count[at]), "how many such windows there are");
    }
    check_range(w, w.frame_share, "frame_share", 0, 1, findings);
    check_range(w, w.tilt_deg, "tilt_deg", 0, 180, findings);
    check_range(w, w.azimuth_deg, "azimuth_deg", -360, 360, findings);
    for (const auto* depth : {&w.overhang_depth_m, &w.left_fin_depth_m, &w.right_fin_depth_m, &w.overhang_above_m, &w.left_fin_gap_m, &w.right_fin_gap_m}) check_range(w, *depth, "depth or gap of a shade", 0, 1000, findings);
    for (const auto* beyond : {&w.overhang_left_m, &w.overhang_right_m, &w.fin_above_m, &w.fin_below_m}) check_range(w, *beyond, "length of a shade", -1000, 1000, findings);
}

}  // namespace

void check_envelopes(const City& city, Findings& findings) {
    const Envelopes& e = city.envelopes;
    check_constructions(e.constructions, findings);
    check_glazings(e.glazings, findings);
    for (const ScheduleId at : rows(e.schedules.id)) {
        const std::size_t n = e.schedules.values[at].size();
        if (n != 24 && n != 168 && n != 8760) findings.add(e.schedules, at, fmt::format("{} values", n), "24 (a day), 168 (a week from Monday on) or 8760 (a year)");
    }
    check_grouped(e.gains, findings);
    check_grouped(e.surfaces, findings);
    check_grouped(e.windows, findings);
    check_zones(e, findings);
    check_range(e.gains, e.gains.radiant, "radiant", 0, 1, findings);
    check_surfaces(e, findings);
    check_windows(e, findings);
}

}  // namespace shahr
