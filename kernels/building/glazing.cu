#include "kernels/building/glazing.h"

#include <cassert>
#include <vector>

namespace shahr::SHAHR_BACKEND::building {
namespace {

struct Slab {
    double index, depth;                       // refractive index; optical depth at normal incidence
};

Slab slab_of(double t, double r) {
    const double b = t * t - r * r + 2 * r + 1;
    const double face = (b - sqrt(b * b - 4 * (2 - r) * r)) / (2 * (2 - r));  // reflectance of one face
    const double root = sqrt(face);
    return {(1 + root) / (1 - root), -log((r - face) / (face * t))};
}

enum class Polarisation { across, along };

Pane uncoated_at(const Pane& pane, double c, Polarisation polarisation) {
    const Slab slab = slab_of(pane.transmittance, pane.reflectance_outside);
    const double inner = sqrt(1 - (1 - c * c) / (slab.index * slab.index)), n = slab.index;
    const double root = polarisation == Polarisation::across ? (c - n * inner) / (c + n * inner) : (n * c - inner) / (n * c + inner);
    const double face = root * root, through = exp(-slab.depth / inner);
    const double t = through * (1 - face) * (1 - face) / (1 - face * face * through * through);
    const double r = face * (1 + through * t);
    return {t, r, r, pane.resistance};
}

Pane coated_at(const Pane& pane, double c) {
    static constexpr double clear_t[] = {-0.0015, 3.355, -3.840, 1.460, 0.0288}, clear_r[] = {0.999, -0.563, 2.043, -2.532, 1.054};
    static constexpr double bronze_t[] = {-0.002, 2.813, -2.341, -0.05725, 0.599}, bronze_r[] = {0.997, -1.868, 6.513, -7.862, 3.225};
    const bool clear = pane.transmittance > 0.645;
    const auto polynomial = [c](const double* a) { return a[0] + c * (a[1] + c * (a[2] + c * (a[3] + c * a[4]))); };
    const double t = polynomial(clear ? clear_t : bronze_t), r = polynomial(clear ? clear_r : bronze_r) - t;
    const double through = pane.transmittance * (t > 0 ? t : 0);
    return {through, pane.reflectance_outside * (1 - r) + r, pane.reflectance_inside * (1 - r) + r, pane.resistance};
}

Pane at_cosine(const Pane& pane, double c) {
    if (pane.reflectance_outside != pane.reflectance_inside) return coated_at(pane, c);
    const Pane s = uncoated_at(pane, c, Polarisation::across), p = uncoated_at(pane, c, Polarisation::along);
    const double t = (s.transmittance + p.transmittance) / 2, r = (s.reflectance_outside + p.reflectance_outside) / 2;
    return {t, r, r, pane.resistance};
}

// Light runs to and fro between the panes: R[k] is what panes k and further in send back, and what pane k meets follows from
// the outermost inwards (Edwards, "Solar absorption by each element in an absorber-coverglass array", Solar Energy 19, 1977).
ShareOfSun share(std::span<const Pane> panes, std::span<const double> depth) {
    double back[most_panes + 1] = {};
    for (std::size_t k = panes.size(); k-- > 0;) {
        const Pane& p = panes[k];
        back[k] = p.reflectance_outside + p.transmittance * p.transmittance * back[k + 1] / (1 - p.reflectance_inside * back[k + 1]);
    }
    ShareOfSun out;
    double inward = 1;
    for (std::size_t k = 0; k < panes.size(); ++k) {
        const Pane& p = panes[k];
        const double next = inward * p.transmittance / (1 - p.reflectance_inside * back[k + 1]);
        const double absorbed = inward * (1 - p.transmittance - p.reflectance_outside) + next * back[k + 1] * (1 - p.transmittance - p.reflectance_inside);
        out.outer += absorbed * (1 - depth[k]);
        out.inner += absorbed * depth[k];
        inward = next;
    }
    out.transmitted = inward;
    return out;
}

// Of light that comes alike from all directions: 2 c dc, by the rule of Simpson.
double hemispherical(const Optics& optics, double ShareOfSun::* value) {
    double sum = 0;
    for (int i = 0; i <= angle_steps; ++i) {
        const double c = static_cast<double>(i) / angle_steps, weight = i == 0 || i == angle_steps ? 1 : i % 2 == 1 ? 4 : 2;
        sum += weight * 2 * c * (optics.by_angle[i].*value);
    }
    return sum / (3 * angle_steps);
}

void average(Optics& optics) {
    optics.hemispherical = {hemispherical(optics, &ShareOfSun::transmitted), hemispherical(optics, &ShareOfSun::outer), hemispherical(optics, &ShareOfSun::inner)};
}

// What does not come back of diffuse light from inside: 1 - R of the panes in reverse.
double lost_from_inside(std::span<const Pane> panes) {
    double sum = 0;
    for (int i = 1; i <= angle_steps; ++i) {
        const double c = static_cast<double>(i) / angle_steps, weight = i == angle_steps ? 1 : i % 2 == 1 ? 4 : 2;
        double back = 0;
        for (const Pane& pane : panes) {
            const Pane p = at_cosine(pane, c);
            back = p.reflectance_inside + p.transmittance * p.transmittance * back / (1 - p.reflectance_outside * back);
        }
        sum += weight * 2 * c * (1 - back);
    }
    return sum / (3 * angle_steps);
}

}  // namespace

Optics optics_of_panes(std::span<const Pane> panes, std::span<const double> gaps) {
    assert(!panes.empty() && panes.size() <= most_panes && gaps.size() + 1 == panes.size());
    Optics optics;
    for (const Pane& pane : panes) optics.resistance += pane.resistance;
    for (const double gap : gaps) optics.resistance += gap;
    // How deep the middle of each pane lies: heat from there divides between the faces as the resistances do.
    std::vector<double> depth;
    double above = 0;
    for (std::size_t k = 0; k < panes.size(); ++k) {
        depth.push_back((above + panes[k].resistance / 2) / optics.resistance);
        above += panes[k].resistance + (k < gaps.size() ? gaps[k] : 0);
    }
    // At grazing incidence (i = 0) all is reflected.
    for (int i = 1; i <= angle_steps; ++i) {
        std::vector<Pane> here;
        for (const Pane& pane : panes) here.push_back(at_cosine(pane, static_cast<double>(i) / angle_steps));
        optics.by_angle[i] = share(here, depth);
    }
    average(optics);
    optics.inside_lost = lost_from_inside(panes);
    return optics;
}

Optics optics_of_data_sheet(double u_value, double g_value) {
    constexpr double outside = 0.04, inside = 0.13, thinnest = 0.003;
    const Pane clear{0.834, 0.075, 0.075, 0.003};
    const bool single = u_value > 4;
    const Pane panes[] = {clear, clear};
    const double gap[] = {0.17};
    Optics optics = single ? optics_of_panes({panes, 1}, {}) : optics_of_panes(panes, gap);
    const double resistance = 1 / u_value - outside - inside;
    optics.resistance = resistance > thinnest ? resistance : thinnest;
    const double u = 1 / (optics.resistance + outside + inside);
    const ShareOfSun& normal = optics.by_angle[angle_steps];
    const double g = normal.transmitted + normal.outer * outside * u + normal.inner * (outside + optics.resistance) * u;
    for (ShareOfSun& s : optics.by_angle) {
        s.transmitted *= g_value / g;
        s.outer *= g_value / g;
        s.inner *= g_value / g;
    }
    average(optics);
    return optics;
}

}  // namespace shahr::SHAHR_BACKEND::building
