#include "sim/import/osm/road_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <osmium/io/bzip2_compression.hpp>
#include <osmium/io/gzip_compression.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/osm.hpp>

#include "sim/base/error.h"
#include "sim/import/osm/land_tags.h"

namespace shahr::osm {
namespace {

Tags copy(const osmium::TagList& list) {
    Tags tags;
    for (const auto& tag : list) tags.add(tag.key(), tag.value());
    return tags;
}

void add_country(const osmium::TagList& tags, RoadData& data) {
    for (const char* key : {"ISO3166-1:alpha2", "ISO3166-1", "ISO3166-2", "addr:country", "is_in:country_code",
                            "is_in:iso_3166_2", "country_code_iso3166_1_alpha_2"}) {
        const char* value = tags.get_value_by_key(key);
        if (value != nullptr && std::char_traits<char>::length(value) >= 2)
            return data.countries.emplace_back(value, 2), void();
    }
}

void add_place(const osmium::Node& node, RoadData& data) {
    add_country(node.tags(), data);
    // States and districts are places too.
    const std::string_view place = node.tags().get_value_by_key("place");
    const char* people = node.tags().get_value_by_key("population");
    if (people == nullptr || !node.location().valid() || (place != "city" && place != "town")) return;
    if (const auto population = parse_population(people))
        data.places.push_back({{node.location().lon(), node.location().lat()}, *population});
}

void add_way(const osmium::Way& way, RoadData& data, std::vector<std::int64_t>& building_nodes) {
    if (way.tags().has_key("highway") || way.tags().has_key("junction")) {
        WayData& kept = data.ways.emplace_back(WayData{way.id(), {}, copy(way.tags())});
        for (const auto& node : way.nodes()) kept.nodes.push_back(node.ref());
    } else if (way.tags().has_key("building") && !way.nodes().empty()) {
        building_nodes.push_back(way.nodes().front().ref());
    }
}

void add_relation(const osmium::Relation& relation, RoadData& data) {
    add_country(relation.tags(), data);
    const std::string_view side = relation.tags().get_value_by_key("driving_side", "");
    data.left_driving += side == "left", data.right_driving += side == "right";
    const char* type = relation.tags().get_value_by_key("type", "");
    if (!std::string_view(type).starts_with("restriction")) return;
    auto& kept = data.restrictions.emplace_back(RestrictionData{relation.id(), copy(relation.tags()), {}});
    for (const auto& member : relation.members())
        kept.members.push_back({osmium::item_type_to_char(member.type()), member.ref(), member.role()});
}

void add_node(const osmium::Node& node, const std::vector<std::int64_t>& wanted, RoadData& data) {
    if (node.tags().has_key("place")) add_place(node, data);
    if (!std::binary_search(wanted.begin(), wanted.end(), node.id())) return;
    if (!node.location().valid())
        throw InputError(
            fmt::format("{}: node {} = {}, {} (off the earth) longitudes within 180 and latitudes within 90 degrees",
                        data.source, node.id(), node.location().x() / 1e7, node.location().y() / 1e7));
    data.nodes.push_back({node.id(), {node.location().lon(), node.location().lat()}, copy(node.tags())});
}

template <class T>
void sort_by_id(std::vector<T>& elements) {  // of several versions of an element the last one stays
    std::stable_sort(elements.begin(), elements.end(), [](const T& a, const T& b) { return a.id < b.id; });
    const auto newer = [](const T& a, const T& b) { return a.id == b.id; };
    elements.erase(elements.begin(), std::unique(elements.rbegin(), elements.rend(), newer).base());
}

void read_ways(const osmium::io::File& file, RoadData& data, std::vector<std::int64_t>& building_nodes) {
    osmium::io::Reader reader(file, osmium::osm_entity_bits::way | osmium::osm_entity_bits::relation);
    if (const osmium::Box box = reader.header().joined_boxes(); box.valid())
        data.box =
            Box{{box.bottom_left().lon(), box.bottom_left().lat()}, {box.top_right().lon(), box.top_right().lat()}};
    while (const osmium::memory::Buffer buffer = reader.read())
        for (const auto& object : buffer.select<osmium::OSMObject>()) {
            ++data.elements;
            if (!object.visible()) continue;
            if (object.type() == osmium::item_type::way)
                add_way(static_cast<const osmium::Way&>(object), data, building_nodes);
            if (object.type() == osmium::item_type::relation)
                add_relation(static_cast<const osmium::Relation&>(object), data);
        }
    reader.close();
}

void read_nodes(const osmium::io::File& file, const std::vector<std::int64_t>& wanted, RoadData& data) {
    osmium::io::Reader reader(file, osmium::osm_entity_bits::node);
    while (const osmium::memory::Buffer buffer = reader.read())
        for (const auto& node : buffer.select<osmium::Node>()) {
            ++data.elements;
            if (node.visible()) add_node(node, wanted, data);
        }
    reader.close();
}

void sort_unique(std::vector<std::int64_t>& ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

// Ways first: they say which of the file's nodes matter.
void read(const osmium::io::File& file, RoadData& data) {
    std::vector<std::int64_t> building_nodes;
    read_ways(file, data, building_nodes);
    sort_by_id(data.ways);
    sort_by_id(data.restrictions);
    sort_unique(building_nodes);

    std::vector<std::int64_t> road_nodes;
    for (const auto& way : data.ways) road_nodes.insert(road_nodes.end(), way.nodes.begin(), way.nodes.end());
    sort_unique(road_nodes);
    std::vector<std::int64_t> wanted;
    std::set_union(road_nodes.begin(), road_nodes.end(), building_nodes.begin(), building_nodes.end(),
                   std::back_inserter(wanted));
    read_nodes(file, wanted, data);
    sort_by_id(data.nodes);
    for (const std::int64_t id : building_nodes)
        if (const NodeData* node = data.node(id)) data.buildings.push_back(node->position);
    std::erase_if(data.nodes, [&](const NodeData& node) {
        return !std::binary_search(road_nodes.begin(), road_nodes.end(), node.id);
    });
    data.missing_nodes = static_cast<std::int64_t>(road_nodes.size() - data.nodes.size());
}

RoadData read_checked(const osmium::io::File& file, const std::string& name) {
    RoadData data;
    data.source = name;
    try {
        read(file, data);
    } catch (const InputError&) {
        throw;
    } catch (const osmium::invalid_location& e) {
        throw InputError(fmt::format(
            "{} ({}: a position off the earth) longitudes within 180 and latitudes within 90 degrees", name, e.what()));
    } catch (const std::exception& e) {
        throw InputError(
            fmt::format("{} (the file is damaged or is no OpenStreetMap file: {}) a complete extract", name, e.what()));
    }
    if (data.elements == 0) throw InputError(fmt::format("{} (the extract is empty) one with nodes and ways", name));
    if (data.ways.empty()) throw InputError(fmt::format("{} (no way has a highway tag) an extract with roads", name));
    return data;
}

std::string format_of(const std::filesystem::path& file) {
    const std::string name = file.filename().string();
    static constexpr std::pair<std::string_view, std::string_view> known[] = {
        {".osm.pbf", "pbf"},   {".pbf", "pbf"},         {".osm.gz", "osm.gz"}, {".osm.bz2", "osm.bz2"},
        {".xml.gz", "osm.gz"}, {".xml.bz2", "osm.bz2"}, {".osm", "osm"},       {".osm.xml", "osm"}};
    for (const auto& [ending, format] : known)
        if (name.ends_with(ending)) return std::string(format);
    throw InputError(
        fmt::format("{} (not a kind of map file that is known) .osm, .osm.gz, .osm.bz2 or .osm.pbf", file.string()));
}

}  // namespace

const NodeData* RoadData::node(std::int64_t id) const {
    const auto at =
        std::lower_bound(nodes.begin(), nodes.end(), id, [](const NodeData& n, std::int64_t i) { return n.id < i; });
    return at != nodes.end() && at->id == id ? &*at : nullptr;
}

RoadData read_road_data(const std::filesystem::path& file) {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status))
        throw InputError(fmt::format("{} (there is no such file) the path of an extract", file.string()));
    if (std::filesystem::is_directory(status))
        throw InputError(fmt::format("{} (a folder) a file: .osm, .osm.gz, .osm.bz2 or .osm.pbf", file.string()));
    const std::string format = format_of(file);
    if (std::filesystem::file_size(file, error) == 0 && !error)
        throw InputError(fmt::format("{} (the file is empty) a complete extract", file.string()));
    return read_checked(osmium::io::File(file.string(), format), file.string());
}

RoadData read_road_data(std::span<const char> bytes, const std::string& format, const std::string& name) {
    return read_checked(osmium::io::File(bytes.data(), bytes.size(), format), name);
}

}  // namespace shahr::osm
