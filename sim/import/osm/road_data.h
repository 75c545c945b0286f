// What an OSM file says about roads, untouched: ways with a highway tag, the nodes on them, turn restrictions.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/city/projection.h"
#include "sim/import/osm/tags.h"

namespace shahr::osm {

struct Box {
    LonLat south_west, north_east;
};

struct NodeData {
    std::int64_t id = 0;
    LonLat position;
    Tags tags;
};

struct WayData {
    std::int64_t id = 0;
    std::vector<std::int64_t> nodes;
    Tags tags;
};

struct RestrictionData {
    struct Member {
        char type;                             // 'n' node, 'w' way, 'r' relation
        std::int64_t id;
        std::string role;
    };
    std::int64_t id = 0;
    Tags tags;
    std::vector<Member> members;
};

// A city or town with its people.
struct PlaceData {
    LonLat position;
    double population = 0;
};

struct RoadData {
    std::string source;                        // the file, for messages
    std::optional<Box> box;                    // as the file's header says
    std::vector<NodeData> nodes;               // on roads; ascending id
    std::vector<WayData> ways;                 // ascending id
    std::vector<RestrictionData> restrictions; // ascending id
    std::vector<LonLat> buildings;             // one corner of each
    std::vector<PlaceData> places;             // whose population is tagged
    std::vector<std::string> countries;        // ISO codes that places and boundaries are tagged with
    std::int64_t left_driving = 0, right_driving = 0;  // boundaries with a driving_side
    std::int64_t elements = 0;                 // nodes, ways and relations in the file, roads or not
    std::int64_t missing_nodes = 0;            // references from roads to nodes that the file does not hold

    const NodeData* node(std::int64_t id) const;  // null: not in the file
};

// Throws InputError: a missing, truncated or corrupt file, an unknown extension, nothing in it, no roads, positions off
// the earth.
RoadData read_road_data(const std::filesystem::path& file);

// The same from memory; `format` is the extension: "osm", "osm.gz", "osm.bz2" or "osm.pbf".
RoadData read_road_data(std::span<const char> bytes, const std::string& format, const std::string& name);

}  // namespace shahr::osm
