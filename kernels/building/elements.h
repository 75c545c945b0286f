// From constructions and glazings to chains of nodes, and from a zone's surfaces to where its sunlight goes.
#pragma once
#include <vector>

#include "kernels/building/films.h"
#include "kernels/building/glazing.h"
#include "sim/city/envelopes.h"

namespace shahr::SHAHR_BACKEND::building {

// From the outside to the inside: capacities of the nodes (J/m2K) and conductances between them (W/m2K), one fewer.
struct Chain {
    std::vector<double> capacity, conductance;
};

// One surface or window of one zone, as its columns hold it (kernels/building/layout.h).
struct Element {
    Chain chain;
    double area_m2 = 0;
    double outside_film = 0, outside_film_wind = 0, emits = 0, sees_sky = 0, ground_film = 0, ground_swing = 0;
    double convection_warm = 0, convection_cold = 0, inside_radiation = 0, behind_convection = 0, behind_radiation = 0;
    double sun_factor = 0, sun_inside = 0, sun_behind = 0, transmits_m2 = 0;
    Index sun_row = 0;
    std::int32_t neighbour = -1;               // row of the zone behind it
    double absorbs_inside = 0;                 // of sunlight that meets its inner face; of a window, what it lets out
    double tilt_deg = 90;
    bool is_window = false;
    std::int32_t surface = -1;                 // row of the surface, -1 for windows
};

// Layers become segments no thicker than the depth that heat reaches in an hour, sqrt(a 3600 s), with nodes at their ends that
// take half of each segment's capacity (ISO 52016-1 6.5.7 has five nodes whatever the layers). Against segments of a tenth of it,
// the loads of ASHRAE 140's cases 600, 640, 900 and 980 move by 0.4 % of a year's and 0.5 % of a peak. `reversed`: seen from the
// other side.
Chain chain_of(const Constructions& constructions, ConstructionId construction, bool reversed);

// The five nodes of ISO 52016-1 annex B (B.7.2): resistances of 1/6, 1/3, 1/3, 1/6 of the whole, and all capacity at the
// innermost node (class I) if most of it lies in the inner half, at the outermost (E) if in the outer, else over all five (D).
Chain annex_b_chain(const Chain& by_layers);

// Every element of every zone, windows after surfaces; a wall between two zones appears in both. Sunlit rows: orientations
// first (`plane_of_surface`), then windows (`row_of_window`).
std::vector<std::vector<Element>> elements_of(const Envelopes& envelopes, const Films& films, std::span<const Optics> optics,
                                              std::span<const std::int32_t> plane_of_surface, std::span<const std::int32_t> row_of_window);

// Glass as annex B has it: the same share at every angle, nothing absorbed.
Optics annex_b_optics(const Optics& optics);

// Where the sunlight that windows let in goes, per W: sets sun_inside. All of it strikes the floors first, what they send back
// spreads over the other surfaces by area, and what those send back over all by area and absorptance. Windows lose theirs.
// Without a floor the light spreads by area and absorptance at once.
void distribute_sun(std::vector<Element>& elements);

}  // namespace shahr::SHAHR_BACKEND::building
