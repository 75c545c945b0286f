// What an extract says about land, read but not yet judged: footprints, areas, points and lines with their tags.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/point.h"
#include "sim/city/land.h"
#include "sim/city/projection.h"
#include "sim/import/osm/land_tags.h"

namespace shahr {

using Ring = std::vector<Point>;               // closed: the last point is the first

struct FootprintFeature {
    std::string id;                            // "way/123", "relation/45", "relation/45:2" for its second outer ring
    BuildingTags tags;
    Ring outer;
    std::vector<Ring> inner;
};

struct GroundFeature {                         // land use, water, parks, school grounds ...
    std::string id, name, kind;
    Ground ground = Ground::none;
    std::vector<Ring> outer, inner;
};

struct PointFeature {                          // a shop, a school, an office, mapped as a point or as grounds without a building
    BuildingUse use;
    float floor_area_m2;                       // of a usual one
    Point position;
    std::string id;
};

struct LineFeature {                           // rivers, coast
    std::string id, name, kind;
    Ring course;
};

struct PlaceFeature {
    std::string id, name, kind, is_in;
    Point position;
    double population = 0;                     // 0: not tagged
    bool population_unreadable = false;
};

struct LandFeatures {
    std::vector<FootprintFeature> footprints;
    std::vector<GroundFeature> grounds;
    std::vector<PointFeature> points;
    std::vector<LineFeature> lines;
    std::vector<PlaceFeature> places;
    std::int64_t broken_areas = 0;             // rings that do not close or cross themselves, members that are missing
    std::int64_t not_buildings = 0;            // roofs, ruins, building sites
};

// In the order of the file, on the city's plane. Throws InputError if the file cannot be read.
LandFeatures read_land_features(const std::filesystem::path& file, const LocalPlane& plane);

}  // namespace shahr
