// Primary substations and the open rings by which they supply the transformer stations.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/synthesis/grid_equipment.h"
#include "sim/synthesis/transformer_sites.h"

namespace shahr {

struct PrimaryStation {
    std::string id;                            // the map's own, or "primary/3" of one put there
    Point position;
    std::int32_t node = -1;                    // of the street graph, the nearest
    bool mapped = false;
    double load_w = 0;                         // design load with the coincidence of its transformer stations
    const TransformerType* transformer = nullptr;  // of which it has two
};

struct RingSection {
    std::int32_t from = -1, to = -1;           // sites; -1: the primary station
    std::vector<std::int32_t> way;             // nodes of the street graph
    double length_m = 0;
    bool open = false;                         // the ring's open point: closed only for restoration
    double worst_w = 0;                        // what it carries when the ring is fed from one end
    const LineType* type = nullptr;
};

struct Ring {
    std::int32_t station = 0;
    std::vector<std::int32_t> sites;           // in order, from one bar section to the other
    std::vector<RingSection> sections;         // one more than sites
    bool overhead = false;
    double drop_percent = 0;                   // greatest with the open point where it is
};

struct MediumVoltagePlan {
    std::vector<PrimaryStation> stations;
    std::vector<Ring> rings;
    int far_drops = 0;                         // rings whose voltage drop is beyond the rule though the largest lines are laid
    int overloaded = 0;                        // sections beyond their rating with the ring fed from one end
};

struct MediumVoltageRules {
    double nominal_v = 10e3;
    double ring_w = 3e6;                       // 2-4 MW
    int ring_sites = 8;                        // 4-8 among blocks
    int ring_sites_private = 12;
    double farthest_m = 8000;                  // from a station, as the crow flies: a kilovolt for each kilometre of half a ring
    double drop_percent = 5;                   // in normal operation
    double station_loading = 0.65;             // of both transformers together: one carries the peak at 1.4 times its rating
};

struct MappedSubstation {
    std::string id;
    Point position;
};

// The load of a site on its line, before coincidence.
double site_load_w(const TransformerSite& site);

// Stations: as many as the load asks for at two of 40 MVA each; those on the map first (those with the most load around, if
// they are more), others where the load that is farthest from
// one has its middle (weighted k-means with the mapped ones held, 20 rounds). Where a site is farther than the rule from
// all of them there is one more. Rings of 2 to 4 MW from the outside in, each of the farthest site left and those
// nearest to it, ordered by nearest neighbour and 2-opt. Sections follow the shortest
// way along the streets. The open point is where the loads of both sides are most alike; every section is sized for the whole
// ring fed from one end. The first of the series is used that carries it, thicker ones
// where the voltage drops too far, and two rings where that is not enough.
MediumVoltagePlan plan_medium_voltage(const StreetGraph& graph, const std::vector<TransformerSite>& sites, const std::vector<MappedSubstation>& mapped, const MediumVoltageRules& rules);

}  // namespace shahr
