#include "kernels/building/elements.h"

#include <algorithm>

namespace shahr::SHAHR_BACKEND::building {
namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double least_emissivity = 1e-6;      // inside, so that the node where radiation meets has a temperature

void append_layer(Chain& chain, double thickness, double conductivity, double density, double specific_heat) {
    const double per_m3 = density * specific_heat;
    const double reach = per_m3 > 0 ? sqrt(conductivity / per_m3 * 3600) : thickness;
    const int segments = per_m3 > 0 ? static_cast<int>(thickness / reach) + 1 : 1;
    for (int i = 0; i < segments; ++i) {
        const double half = per_m3 * thickness / segments / 2;
        if (chain.capacity.empty()) chain.capacity.push_back(0);
        chain.capacity.back() += half;
        chain.capacity.push_back(half);
        chain.conductance.push_back(conductivity * segments / thickness);
    }
}

double resistance_of(const Chain& chain) {
    double sum = 0;
    for (const double g : chain.conductance) sum += 1 / g;
    return sum;
}

// ISO 13370:2017, 7.1 (slab on ground) and annex B (periodic), with soil of 2 W/(m K) and 2 MJ/(m3 K) (table 7, category 2 to 3),
// walls of 0.3 m; and ISO 52016-1 6.5.8.2: half a metre of soil, then a massless layer to a virtual temperature.
void put_on_ground(Element& element, double perimeter_m) {
    constexpr double soil = 2.0, soil_capacity = 2.0e6, wall = 0.3, inside = 0.17, outside = 0.04, soil_depth = 0.5;
    const double area = element.area_m2, perimeter = perimeter_m > 0 ? perimeter_m : 4 * sqrt(area);
    const double floor = resistance_of(element.chain), b = 2 * area / perimeter, d = wall + soil * (inside + floor + outside);
    const double u = d < b ? 2 * soil / (pi * b + d) * log(pi * b / d + 1) : soil / (0.457 * b + d);
    const double rest = 1 / u - inside - floor - soil_depth / soil;
    const double depth = sqrt(3.15e7 * soil / (pi * soil_capacity));
    const double periodic = 0.37 * perimeter * soil * log(depth / d + 1);
    Chain chain;
    append_layer(chain, soil_depth, soil, soil_capacity, 1);
    chain.capacity.back() += element.chain.capacity.front();
    chain.capacity.insert(chain.capacity.end(), element.chain.capacity.begin() + 1, element.chain.capacity.end());
    chain.conductance.insert(chain.conductance.end(), element.chain.conductance.begin(), element.chain.conductance.end());
    element.chain = chain;
    element.ground_film = 1 / std::max(rest, 0.01);
    element.ground_swing = std::min(periodic / (area * u), 1.0);
}

// Heat rises from a warm floor and to a cold ceiling, and sinks to a cold floor and from a warm ceiling. Annex B takes what holds
// in winter.
void set_inside_convection(Element& e, const Films& films, double prescribed) {
    const bool ceiling = e.tilt_deg < 60, floor = e.tilt_deg > 120;
    e.convection_warm = ceiling ? films.inside_down : floor ? films.inside_up : films.inside_wall;
    e.convection_cold = ceiling ? films.inside_up : floor ? films.inside_down : films.inside_wall;
    if (films.annex_b) e.convection_warm = e.convection_cold;
    else if (prescribed > 0) e.convection_warm = e.convection_cold = prescribed;
}

// Behind a wall between two zones: the mean of both directions, since the other zone's own side of it has the right one.
double behind_convection(const Films& films, double tilt_deg, double prescribed) {
    if (prescribed > 0 && !films.annex_b) return prescribed;
    return tilt_deg < 60 || tilt_deg > 120 ? (films.inside_up + films.inside_down) / 2 : films.inside_wall;
}

void open_to_sky(Element& element, const Films& films, double emissivity, double prescribed) {
    if (films.annex_b) {
        element.outside_film = annex_b_outside + annex_b_outside_radiation;
        element.sees_sky = annex_b_outside_radiation * annex_b_sky_k * (1 + cos(element.tilt_deg * pi / 180)) / 2;   // of a deficit of 1
        return;
    }
    element.outside_film = prescribed > 0 ? prescribed : films.outside_still;
    element.outside_film_wind = prescribed > 0 ? 0 : films.outside_wind * films.wind_share;
    element.emits = emissivity;
    element.sees_sky = emissivity * (1 + cos(element.tilt_deg * pi / 180)) / 2;
}

Element surface_element(const Envelopes& envelopes, const Films& films, SurfaceId at, std::int32_t plane) {
    const Surfaces& s = envelopes.surfaces;
    const Constructions& c = envelopes.constructions;
    const ConstructionId made_of = s.construction[at];
    Element e;
    e.chain = chain_of(c, made_of, false);
    if (films.annex_b) e.chain = annex_b_chain(e.chain);
    e.area_m2 = s.area_m2[at];
    e.tilt_deg = s.tilt_deg[at];
    e.surface = number(at);
    e.absorbs_inside = c.absorptance_inside[made_of];
    const double prescribed_inside = c.convection_inside_w_m2k[made_of], prescribed_outside = c.convection_outside_w_m2k[made_of];
    set_inside_convection(e, films, prescribed_inside);
    e.inside_radiation = films.inside_black * std::max(c.emissivity_inside[made_of], least_emissivity);
    switch (s.boundary[at]) {
        case Boundary::outdoor:
            open_to_sky(e, films, c.emissivity_outside[made_of], prescribed_outside);
            e.sun_factor = c.absorptance_outside[made_of];
            e.sun_row = plane;
            break;
        case Boundary::sheltered:
            e.outside_film = prescribed_outside > 0 ? prescribed_outside : films.outside_still;
            e.emits = c.emissivity_outside[made_of];
            break;
        case Boundary::ground: put_on_ground(e, s.perimeter_m[at]); break;
        case Boundary::zone:
            e.neighbour = number(s.adjacent[at]);
            e.behind_convection = behind_convection(films, e.tilt_deg, prescribed_outside);
            e.behind_radiation = films.inside_black * c.emissivity_outside[made_of];
            break;
        case Boundary::adiabatic: break;
    }
    return e;
}

// The same wall as the zone behind it sees it.
Element other_side(const Envelopes& envelopes, const Films& films, const Element& e) {
    const Surfaces& s = envelopes.surfaces;
    const auto at = as_id<SurfaceId>(e.surface);
    Element o = e;
    std::reverse(o.chain.capacity.begin(), o.chain.capacity.end());
    std::reverse(o.chain.conductance.begin(), o.chain.conductance.end());
    o.tilt_deg = 180 - e.tilt_deg;
    o.neighbour = number(s.zone[at]);
    const Constructions& c = envelopes.constructions;
    const ConstructionId made_of = s.construction[at];
    o.absorbs_inside = c.absorptance_outside[made_of];
    set_inside_convection(o, films, c.convection_outside_w_m2k[made_of]);
    o.behind_convection = behind_convection(films, o.tilt_deg, c.convection_inside_w_m2k[made_of]);
    std::swap(o.inside_radiation, o.behind_radiation);
    return o;
}

Element window_element(const Windows& w, const Films& films, WindowId at, const Glazings& glazings, const Optics& optics, std::int32_t row) {
    Element e;
    e.is_window = true;
    e.chain = {{0, 0}, {1 / optics.resistance}};
    e.area_m2 = static_cast<double>(w.width_m[at]) * w.height_m[at] * w.count[at];
    e.tilt_deg = w.tilt_deg[at];
    const GlazingId glass = w.glazing[at];
    set_inside_convection(e, films, glazings.convection_inside_w_m2k[glass]);
    e.inside_radiation = films.inside_black * std::max(glazings.emissivity_inside[glass], least_emissivity);
    open_to_sky(e, films, glazings.emissivity_outside[glass], glazings.convection_outside_w_m2k[glass]);
    e.sun_factor = 1 - w.frame_share[at];
    e.sun_row = row;
    e.transmits_m2 = e.area_m2 * e.sun_factor;
    e.absorbs_inside = optics.inside_lost;
    return e;
}

}  // namespace

Chain chain_of(const Constructions& constructions, ConstructionId construction, bool reversed) {
    const auto thickness = constructions.thickness_m[construction], conductivity = constructions.conductivity_w_mk[construction];
    const auto density = constructions.density_kg_m3[construction], specific_heat = constructions.specific_heat_j_kgk[construction];
    Chain chain;
    for (std::size_t i = 0; i < thickness.size(); ++i) {
        const std::size_t layer = reversed ? i : thickness.size() - 1 - i;   // the table begins inside
        append_layer(chain, thickness[layer], conductivity[layer], density[layer], specific_heat[layer]);
    }
    return chain;
}

Chain annex_b_chain(const Chain& by_layers) {
    const double resistance = resistance_of(by_layers);
    double inner = 0, whole = 0, passed = 0;
    for (std::size_t n = 0; n < by_layers.capacity.size(); ++n) {
        whole += by_layers.capacity[n];
        if (passed > resistance / 2) inner += by_layers.capacity[n];
        if (n < by_layers.conductance.size()) passed += 1 / by_layers.conductance[n];
    }
    Chain chain{{whole / 8, whole / 4, whole / 4, whole / 4, whole / 8}, {6 / resistance, 3 / resistance, 3 / resistance, 6 / resistance}};
    if (inner > 0.75 * whole) chain.capacity = {0, 0, 0, 0, whole};
    if (inner < 0.25 * whole) chain.capacity = {whole, 0, 0, 0, 0};
    return chain;
}

Optics annex_b_optics(const Optics& optics) {
    const ShareOfSun& normal = optics.by_angle[angle_steps];
    const double g = normal.transmitted + (normal.outer * 0.04 + normal.inner * (0.04 + optics.resistance)) / (0.17 + optics.resistance);
    Optics out = optics;
    for (ShareOfSun& share : out.by_angle) share = {annex_b_glass * g, 0, 0};
    out.hemispherical = {annex_b_glass * g, 0, 0};
    return out;
}

static void spread_sun_evenly(std::vector<Element>& elements) {
    double area = 0;
    for (const Element& e : elements) area += e.area_m2;
    for (Element& e : elements) e.sun_inside = 1 / area;
}

void distribute_sun(std::vector<Element>& elements) {
    const auto is_floor = [](const Element& e) { return !e.is_window && e.tilt_deg > 150; };
    double floor = 0, others = 0, absorbing = 0;
    for (const Element& e : elements) {
        (is_floor(e) ? floor : others) += e.area_m2;
        absorbing += e.area_m2 * e.absorbs_inside;
    }
    double left = 1;                           // what no surface has absorbed yet
    for (Element& e : elements) e.sun_inside = 0;
    if (floor > 0 && others > 0) {
        double sent_back = 0;
        for (Element& e : elements)
            if (is_floor(e)) e.sun_inside = e.absorbs_inside / floor, sent_back += (1 - e.absorbs_inside) * e.area_m2 / floor;
        left = 0;
        for (Element& e : elements)
            if (!is_floor(e)) e.sun_inside = sent_back * e.absorbs_inside / others, left += sent_back * (1 - e.absorbs_inside) * e.area_m2 / others;
    }
    for (Element& e : elements) {
        e.sun_inside += absorbing > 0 ? left * e.absorbs_inside / absorbing : 0;
        if (e.is_window) e.sun_inside = 0;
    }
}

std::vector<std::vector<Element>> elements_of(const Envelopes& envelopes, const Films& films, std::span<const Optics> optics,
                                              std::span<const std::int32_t> plane_of_surface, std::span<const std::int32_t> row_of_window) {
    std::vector<std::vector<Element>> of_zone(envelopes.zones.id.size());
    const Surfaces& s = envelopes.surfaces;
    for (const SurfaceId at : rows(s.id)) {
        const Element e = surface_element(envelopes, films, at, plane_of_surface[row(at)]);
        of_zone[row(s.zone[at])].push_back(e);
        if (e.neighbour >= 0) of_zone[static_cast<std::size_t>(e.neighbour)].push_back(other_side(envelopes, films, e));
    }
    const Windows& w = envelopes.windows;
    for (const WindowId at : rows(w.id))
        of_zone[row(w.zone[at])].push_back(window_element(w, films, at, envelopes.glazings, optics[row(w.glazing[at])], row_of_window[row(at)]));
    for (auto& elements : of_zone) films.annex_b ? spread_sun_evenly(elements) : distribute_sun(elements);
    // What the other side of a wall takes in of the neighbour's sun.
    for (auto& elements : of_zone)
        for (Element& e : elements) {
            if (e.neighbour < 0) continue;
            for (const Element& o : of_zone[static_cast<std::size_t>(e.neighbour)])
                if (o.surface == e.surface && !o.is_window) e.sun_behind = o.sun_inside;
        }
    return of_zone;
}

}  // namespace shahr::SHAHR_BACKEND::building
