// Built-up areas, as far as the map shows them: for limits and lanes that nobody tagged.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/city/projection.h"
#include "sim/import/osm/road_data.h"

namespace shahr::osm {

// Squares of 200 m that hold at least 8 buildings, or 100 m of residential streets or living streets. A road is in a
// built-up area if most of its nodes are.
class BuiltUp {
public:
    BuiltUp(const RoadData& data, const LocalPlane& plane);
    bool holds(const WayData& way) const;

private:
    std::uint64_t square(Point p) const;
    const RoadData& data_;
    const LocalPlane& plane_;
    std::vector<std::uint64_t> squares_;       // ascending
};

}  // namespace shahr::osm
