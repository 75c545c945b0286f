#include "kernels/building/sunlit.h"

#include <array>
#include <map>

namespace shahr::SHAHR_BACKEND::building {
namespace {

constexpr double degree = 3.14159265358979323846 / 180;

Optics optics_of(const Glazings& g, GlazingId at) {
    if (g.pane_thickness_m[at].empty()) return optics_of_data_sheet(g.u_value_w_m2k[at], g.g_value[at]);
    std::vector<Pane> panes;
    for (std::size_t i = 0; i < g.pane_thickness_m[at].size(); ++i)
        panes.push_back({g.transmittance[at][i], g.reflectance_outside[at][i], g.reflectance_inside[at][i], g.pane_thickness_m[at][i] / g.pane_conductivity_w_mk[at][i]});
    return optics_of_panes(panes, g.gap_resistance_m2k_w[at]);
}

Shades shades_of(const Windows& w, WindowId at) {
    return {w.width_m[at],         w.height_m[at],        w.overhang_depth_m[at], w.overhang_above_m[at], w.overhang_left_m[at], w.overhang_right_m[at],
            w.left_fin_depth_m[at], w.right_fin_depth_m[at], w.left_fin_gap_m[at],  w.right_fin_gap_m[at],  w.fin_above_m[at],     w.fin_below_m[at]};
}

}  // namespace

Glass glass_of(const Envelopes& envelopes, std::span<const std::int32_t> plane_of_window) {
    Glass glass;
    for (const GlazingId at : rows(envelopes.glazings.id)) glass.optics.push_back(optics_of(envelopes.glazings, at));
    const Windows& w = envelopes.windows;
    std::map<std::array<double, 14>, std::int32_t> known;
    for (const WindowId at : rows(w.id)) {
        WindowKind kind;
        kind.plane = plane_of_window[row(at)];
        kind.glazing = number(w.glazing[at]);
        kind.shades = shades_of(w, at);
        const Shades& s = kind.shades;
        std::array<double, 14> key{static_cast<double>(kind.plane), static_cast<double>(kind.glazing)};
        if (s.any())
            key = {key[0], key[1], s.width, s.height, s.overhang_depth, s.overhang_above, s.overhang_left, s.overhang_right,
                   s.left_fin_depth, s.right_fin_depth, s.left_fin_gap, s.right_fin_gap, s.fin_above, s.fin_below};
        const auto [found, is_new] = known.try_emplace(key, static_cast<std::int32_t>(glass.kinds.size()));
        if (is_new) {
            kind.azimuth_rad = w.azimuth_deg[at] * degree;
            kind.tilt_rad = w.tilt_deg[at] * degree;
            if (s.any()) kind.diffuse = diffuse_share(s, kind.sight(0, 0, 1));
            glass.kinds.push_back(kind);
        }
        glass.kind_of_window.push_back(found->second);
    }
    return glass;
}

}  // namespace shahr::SHAHR_BACKEND::building
