// Where trips begin and end, and the zones between which the gravity model distributes them.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/city/city.h"
#include "sim/city/road_finder.h"
#include "sim/import/report.h"

namespace shahr {

// What draws a car to a place. The activities stand in the order of enum Activity.
enum class Draw : std::uint8_t { work, education, shopping, leisure, business, home, freight };
inline constexpr std::size_t draw_count = 7;

// Places where cars stand: buildings or, where the city has no people in buildings, cells. Struct of arrays.
struct Stops {
    std::vector<Point> position;
    std::vector<RoadId> road, other;           // the road at the door and, if the street has one, its other direction
    std::array<std::vector<double>, draw_count> weight;

    std::size_t size() const { return position.size(); }
    std::vector<double>& of(Draw d) { return weight[static_cast<std::size_t>(d)]; }
    const std::vector<double>& of(Draw d) const { return weight[static_cast<std::size_t>(d)]; }
};

// `population` scales the city's people to that many; 0: as they are. Places without a road within 1 km are left out, and
// reported with their people.
Stops find_stops(const City& city, const RoadFinder& finder, double population, ImportReport& report);

// Rectangular blocks of cells with about equally many people and jobs. The stops are sorted by zone.
struct Zones {
    std::vector<std::int32_t> first{0};        // zone z holds the stops [first[z], first[z + 1])
    std::vector<Point> centre;                 // mean of its stops by people and jobs
    std::array<std::vector<double>, draw_count> below;  // sum of the weights of all stops before this one; size stops + 1

    std::size_t size() const { return centre.size(); }
    double total(Draw d, std::size_t zone) const;
    // The stop at share u in [0, 1) of the zone's weight. The zone's total must not be 0.
    std::int32_t pick(Draw d, std::size_t zone, double u) const;
};

// At most `most` zones; sorts `stops`.
Zones make_zones(const Cells& cells, Stops& stops, int most);

}  // namespace shahr
