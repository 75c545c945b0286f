#include "sim/city/orientations.h"

#include <cmath>
#include <map>
#include <utility>

namespace shahr {

Orientations orientations_of(const Envelopes& envelopes) {
    Orientations out;
    std::map<std::pair<int, int>, std::int32_t> known;
    const auto row_of = [&](double azimuth_deg, double tilt_deg) {
        const int tilt = static_cast<int>(std::lround(tilt_deg));
        const int azimuth = tilt == 0 || tilt == 180 ? 0 : (static_cast<int>(std::lround(azimuth_deg)) % 360 + 360) % 360;
        const auto [at, is_new] = known.try_emplace({azimuth, tilt}, static_cast<std::int32_t>(known.size()));
        if (is_new) {
            out.azimuth_deg.push_back(azimuth);
            out.tilt_deg.push_back(tilt);
        }
        return at->second;
    };
    const Surfaces& s = envelopes.surfaces;
    for (const SurfaceId at : rows(s.id)) out.of_surface.push_back(row_of(s.azimuth_deg[at], s.tilt_deg[at]));
    const Windows& w = envelopes.windows;
    for (const WindowId at : rows(w.id)) out.of_window.push_back(row_of(w.azimuth_deg[at], w.tilt_deg[at]));
    return out;
}

}  // namespace shahr
