// What a glazing lets through, by the angle at which the sun meets it, from its panes' values at normal incidence.
//
// Uncoated panes: Fresnel's reflection at two faces of a slab, index and optical depth from T and R, the mean of both polarisations for each pane, as WINDOW has it
// (Arasteh, Hartmann, Rubin, "Experimental verification of a model of heat transfer through windows", ASHRAE Trans.
// 93, 1987). Panes whose two sides differ are coated: their angular change follows the regressions of Finlayson et al., WINDOW
// 4.0, LBL-33943, 1993, those of clear glass for T > 0.645 and of bronze glass below. Panes reflect among each other.
#pragma once
#include <span>

#include "kernels/base/math.h"
#include "sim/city/envelopes.h"

namespace shahr::SHAHR_BACKEND::building {

inline constexpr int angle_steps = 32;         // equal steps of the cosine, from grazing (0) to normal (angle_steps)

struct Pane {
    double transmittance, reflectance_outside, reflectance_inside;
    double resistance;                         // m2 K/W, of the glass
};

struct ShareOfSun {
    double transmitted = 0;
    double outer = 0, inner = 0;               // absorbed, as if on the outermost and the innermost face
};

struct Optics {
    ShareOfSun by_angle[angle_steps + 1];
    ShareOfSun hemispherical;                  // for light that comes alike from everywhere
    double inside_lost = 0;                    // of diffuse light from inside, what is not reflected back
    double resistance = 0;                     // m2 K/W between the outermost and the innermost face
};

// `gaps`: resistances between the panes, one fewer than panes, radiation included.
Optics optics_of_panes(std::span<const Pane> panes, std::span<const double> gaps);

// From a data sheet: U (EN 673, with surface resistances of 0.13 and 0.04 m2 K/W) and g (EN 410) at normal incidence. The
// change with the angle is that of two clear panes, of one where U is above 4 W/m2K.
Optics optics_of_data_sheet(double u_value, double g_value);

// Linear between the angles.
SHAHR_HD inline ShareOfSun at_angle(const Optics& optics, double cos_incidence) {
    const double x = cos_incidence * angle_steps;
    int i = static_cast<int>(x);
    i = i < 0 ? 0 : i >= angle_steps ? angle_steps - 1 : i;
    const double t = x - i;
    const ShareOfSun &a = optics.by_angle[i], &b = optics.by_angle[i + 1];
    return {a.transmitted + t * (b.transmitted - a.transmitted), a.outer + t * (b.outer - a.outer), a.inner + t * (b.inner - a.inner)};
}

}  // namespace shahr::SHAHR_BACKEND::building
