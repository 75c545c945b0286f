// A few nodes and ways written as OSM XML, and the network that the import makes of them.
#pragma once
#include <fmt/format.h>

#include <numbers>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/import/osm/roads.h"

namespace shahr::osm {

using TagList = std::vector<std::pair<std::string, std::string>>;

// Positions are metres east and north of a place in the steppe west of Almaty.
class MapSnippet {
public:
    MapSnippet& node(std::int64_t id, double x_m, double y_m, const TagList& tags = {}) {
        constexpr double metres_per_degree = 6371000 * std::numbers::pi / 180;
        const double lat = 43.0 + y_m / metres_per_degree, lon = 76.0 + x_m / metres_per_degree / 0.7313537;
        nodes_ += fmt::format("<node id='{}' lat='{:.7f}' lon='{:.7f}'>{}</node>\n", id, lat, lon, text(tags));
        return *this;
    }
    MapSnippet& way(std::int64_t id, const std::vector<std::int64_t>& nodes, const TagList& tags) {
        std::string refs;
        for (const auto n : nodes) refs += fmt::format("<nd ref='{}'/>", n);
        ways_ += fmt::format("<way id='{}'>{}{}</way>\n", id, refs, text(tags));
        return *this;
    }
    MapSnippet& street(std::int64_t id, const std::vector<std::int64_t>& nodes, std::string highway = "residential") {
        return way(id, nodes, {{"highway", std::move(highway)}});
    }
    // Members as "from way 1", "via node 2", "to way 3".
    MapSnippet& restriction(std::int64_t id, const std::string& kind, const std::vector<std::string>& members, TagList tags = {}) {
        tags.emplace_back("type", "restriction");
        if (!kind.empty()) tags.emplace_back("restriction", kind);
        std::string list;
        for (const auto& m : members) {
            const auto parts = split(m, ' ');
            list += fmt::format("<member type='{}' ref='{}' role='{}'/>", parts[1], parts[2], parts[0]);
        }
        relations_ += fmt::format("<relation id='{}'>{}{}</relation>\n", id, list, text(tags));
        return *this;
    }
    MapSnippet& boundary(std::int64_t id, const TagList& tags) {
        relations_ += fmt::format("<relation id='{}'><tag k='type' v='boundary'/>{}</relation>\n", id, text(tags));
        return *this;
    }
    MapSnippet& bounds(double south, double west, double north, double east) {
        bounds_ = fmt::format("<bounds minlat='{}' minlon='{}' maxlat='{}' maxlon='{}'/>", south, west, north, east);
        return *this;
    }
    std::string xml() const {
        return fmt::format("<?xml version='1.0' encoding='UTF-8'?>\n<osm version='0.6'>{}{}{}{}</osm>\n", bounds_, nodes_, ways_, relations_);
    }

private:
    static std::string text(const TagList& tags) {
        std::string xml;
        for (const auto& [key, value] : tags) xml += fmt::format("<tag k='{}' v='{}'/>", key, value);
        return xml;
    }
    std::string bounds_, nodes_, ways_, relations_;
};

struct Imported {
    City city;
    JunctionHints hints;
    ImportReport report;

    explicit Imported(const MapSnippet& map, std::string_view country = "KZ") {
        const std::string xml = map.xml();
        hints = import_roads(read_road_data(xml, "osm", "snippet"), country, city, report);
    }
    const Roads& roads() const { return city.network.roads; }
    // The road from one OSM node to another, over whatever way.
    std::optional<RoadId> find(std::int64_t from, std::int64_t to) const {
        for (RoadId road : rows(roads().id))
            if (roads().id[road].ends_with(fmt::format(":{}-{}", from, to))) return road;
        return std::nullopt;
    }
    std::size_t lanes(std::int64_t from, std::int64_t to) const {
        const auto road = find(from, to);
        return road ? static_cast<std::size_t>(city.network.lanes_of()[*road].size()) : 0;
    }
    double limit_kmh(std::int64_t from, std::int64_t to) const { return roads().speed_limit_mps[find(from, to).value()] * 3.6; }
    std::optional<JunctionId> junction(const std::string& id) const {
        for (JunctionId j : rows(city.network.junctions.id))
            if (city.network.junctions.id[j] == id) return j;
        return std::nullopt;
    }
    bool banned(RoadId from, RoadId to) const {
        return std::find(hints.banned.begin(), hints.banned.end(), JunctionHints::Turning{from, to}) != hints.banned.end();
    }
    bool reachable(RoadId from, RoadId to) const {
        return std::find(hints.reachable.begin(), hints.reachable.end(), JunctionHints::Turning{from, to}) != hints.reachable.end();
    }
    // The count beside a line of the report; 0 where there is none.
    std::int64_t reported(std::string_view what) const {
        for (const auto& line : report.lines)
            if (line.what.find(what) != std::string::npos) return line.count;
        return 0;
    }
};

// A crossing of four residential streets at node 1: 2 west, 3 east, 4 south, 5 north, 100 m each; ways 10 (west to east)
// and 20 (south to north) are split at the crossing into 10, 11 and 20, 21.
inline MapSnippet crossing(const TagList& centre_tags = {}) {
    MapSnippet map;
    map.node(1, 0, 0, centre_tags).node(2, -100, 0).node(3, 100, 0).node(4, 0, -100).node(5, 0, 100);
    return map.street(10, {2, 1}).street(11, {1, 3}).street(20, {4, 1}).street(21, {1, 5});
}

}  // namespace shahr::osm
