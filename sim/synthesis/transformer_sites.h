// Where the transformer stations of a city stand, and whom each supplies.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/synthesis/peak_load.h"
#include "sim/synthesis/street_graph.h"

namespace shahr {

// One building's connection.
struct GridCustomer {
    BuildingId building;
    std::int32_t node = -1;                    // of the street graph, the nearest
    double service_m = 0;                      // from there to the building
    ConnectedLoad load;
    double power_factor = 1;
    bool private_sector = false;               // houses: overhead lines, small single transformers
    bool too_far = false;                      // from the street for a low-voltage line: a station of its own beside it
};

// Whether it has a station of its own.
bool has_own_station(const GridCustomer& customer, double own_from_w);


struct TransformerSite {
    std::int32_t node = -1;
    bool private_sector = false;
    bool own = false;                          // of one large customer
    ConnectedLoad load;
    std::vector<std::int32_t> customers;       // of the list
    // The streets it supplies: a tree with the site as its root; previous[i] is the place of node i's parent in `nodes`, -1 at the
    // root, which is first. Parents stand before their children.
    std::vector<std::int32_t> nodes, previous;
};

struct SiteRules {
    double block_va = 0.7 * 2 * 630e3;         // what a station among blocks may carry: two transformers at 60-70 %
    double private_va = 0.85 * 400e3;          // among houses: one at 80-95 %
    double block_radius_m = 300, private_radius_m = 450;  // along the street: 150-300 and 350-500 m usual
    double own_from_w = 200e3;                 // from here on a customer has a station of its own: 150-250 kW
    int rounds = 4;
};

// Capacitated clustering on street distance: all stations grow at once along the streets and take what they reach until they are full
// or too far; what nobody could take becomes the place of a new station, the heaviest first; then each moves to the middle of its
// customers (the tree's node with the least load times distance) and all grow again, some rounds. A street belongs to one
// station: low-voltage lines never cross another's area. The same input gives the same sites.
std::vector<TransformerSite> site_transformers(const StreetGraph& graph, const std::vector<GridCustomer>& customers, const SiteRules& rules);

}  // namespace shahr
