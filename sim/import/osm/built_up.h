// Built-up areas, as far as the map shows them: for limits and lanes that nobody tagged.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/city/projection.h"
#include "sim/import/osm/road_data.h"
#include "sim/import/osm/way_rules.h"

namespace shahr::osm {

// Each square of 200 m counts 1 for 8 buildings or for 100 m of residential or living streets. A square is built up if it
// counts 1 itself, if it and its 8 neighbours count 5, or if it lies amid a town: 25 within 5 by 5 squares (2.5 km of such
// streets on a square kilometre), so that avenues between superblocks, parks and works are in town as well. A road is in
// a built-up area if most of its nodes are. It is in a large city if it is so within the circle that a place of 500,000 people
// or more takes up at 3,000 a square kilometre, about the density of large cities of Europe and of the former Soviet Union.
class BuiltUp {
public:
    BuiltUp(const RoadData& data, const LocalPlane& plane);
    Setting around(const WayData& way) const;

private:
    struct Circle {
        Point centre;
        double radius_m;
    };
    std::uint64_t square(Point p) const;
    bool in_large_city(Point p) const;
    const RoadData& data_;
    const LocalPlane& plane_;
    std::vector<std::uint64_t> squares_;       // ascending
    std::vector<Circle> large_cities_;
};

}  // namespace shahr::osm
