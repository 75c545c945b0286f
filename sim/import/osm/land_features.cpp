#include "sim/import/osm/land_features.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

// GCC 12 sees an item's own size (32 bytes) where its strings follow it in the buffer.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wstringop-overread"
#include <osmium/area/assembler.hpp>
#include <osmium/index/map/flex_mem.hpp>
#include <osmium/io/any_input.hpp>
#include <osmium/memory/buffer.hpp>
#include <osmium/osm.hpp>
#pragma GCC diagnostic pop

#include "sim/base/error.h"
#include "sim/base/polygon.h"

namespace shahr {
namespace {

using osmium::osm_entity_bits::type;
using NodeIndex = osmium::index::map::FlexMem<osmium::unsigned_object_id_type, osmium::Location>;

// Grounds on which something goes on: a mapped activity without a footprint inside gets a building there.
bool is_wanted(const osmium::TagList& tags) {
    return is_building(tags) != IsBuilding::no || ground_of(tags) != Ground::none || use_by_activity(tags).has_value();
}

bool is_place(const osmium::TagList& tags) {
    return tags.has_key("place") || is_substation(tags);
}

bool is_line_on_map(const osmium::TagList& tags) {
    const std::string_view waterway = tags.get_value_by_key("waterway", ""), natural = tags.get_value_by_key("natural", "");
    return waterway == "river" || waterway == "canal" || waterway == "stream" || natural == "coastline";
}

std::string name_of_feature(const osmium::TagList& tags) {
    return tags.get_value_by_key("name", "");
}

// Three passes, so that the order of the objects in the file does not matter: relations, nodes, ways.
class Reading {
public:
    Reading(const std::filesystem::path& file, const LocalPlane& plane) : file_(file.string()), plane_(plane) {}

    LandFeatures read() {
        for_each<osmium::Relation>(type::relation, [&](const osmium::Relation& relation) { keep(relation); });
        for_each<osmium::Node>(type::node, [&](const osmium::Node& node) { take(node); });
        nodes_.sort();
        negative_nodes_.sort();
        for_each<osmium::Way>(type::way, [&](const osmium::Way& way) { take(way); });
        assemble_relations();
        return std::move(features_);
    }

private:
    template <class Object, class Take>
    void for_each(type entities, Take&& take) {
        osmium::io::Reader reader(osmium::io::File(file_), entities);
        while (osmium::memory::Buffer buffer = reader.read())
            for (const auto& object : buffer.select<Object>()) take(object);
        reader.close();
    }

    void keep(const osmium::Relation& relation) {
        const std::string_view kind = relation.tags().get_value_by_key("type", "");
        if (kind != "multipolygon" && !(kind == "boundary" && is_place(relation.tags()))) return;
        if (!is_wanted(relation.tags()) && !is_place(relation.tags())) return;
        for (const osmium::RelationMember& member : relation.members()) {
            if (member.type() != osmium::item_type::way) continue;
            member_ways_.insert(member.ref());
            if (is_wanted(relation.tags()) && std::string_view(member.role()) != "inner") outer_ways_.insert(member.ref());
        }
        relations_.push_back(relations_buffer_.committed());
        relations_buffer_.add_item(relation);
        relations_buffer_.commit();
    }

    void take(const osmium::Node& node) {
        if (!node.location().valid()) return;  // the roads' pass reports it
        (node.id() < 0 ? negative_nodes_ : nodes_)
            .set(static_cast<osmium::unsigned_object_id_type>(std::abs(node.id())), node.location());
        if (node.tags().empty()) return;
        const std::string id = fmt::format("node/{}", node.id());
        if (is_place(node.tags())) take_place(id, node.tags(), to_plane(node.location()));
        if (const auto use = use_by_activity(node.tags()))
            features_.points.push_back({*use, usual_floor_area_m2(*use, node.tags()), to_plane(node.location()), id});
    }

    void take(const osmium::Way& way) {
        if (member_ways_.contains(way.id())) keep_member(way);
        if (way.tags().empty()) return;
        const std::string id = fmt::format("way/{}", way.id());
        if (is_line_on_map(way.tags())) take_line(id, way);
        const bool closed = way.nodes().size() > 3 && way.is_closed();
        const bool wanted = is_wanted(way.tags()) && !outer_ways_.contains(way.id());
        if (!closed || (!wanted && !is_place(way.tags()))) return;
        Ring ring;
        for (const osmium::NodeRef& node : way.nodes()) {
            const osmium::Location at = location(node.ref());
            if (!at.valid()) {
                ++features_.broken_areas;
                return;
            }
            ring.push_back(to_plane(at));
        }
        take_area(id, way.tags(), {std::move(ring)}, {}, wanted);
    }

    void keep_member(const osmium::Way& way) {
        const std::size_t at = ways_buffer_.committed();
        ways_buffer_.add_item(way);
        ways_buffer_.commit();
        for (osmium::NodeRef& node : ways_buffer_.get<osmium::Way>(at).nodes()) node.set_location(location(node.ref()));
        kept_ways_.emplace(way.id(), at);
    }

    void assemble_relations() {
        osmium::area::AssemblerConfig config;
        config.create_empty_areas = false;
        for (const std::size_t at : relations_) {
            const auto& relation = relations_buffer_.get<osmium::Relation>(at);
            std::vector<const osmium::Way*> members;  // the assembler asks for all of them, in order
            bool complete = true;
            for (const osmium::RelationMember& member : relation.members()) {
                if (member.type() != osmium::item_type::way) continue;
                const auto kept = kept_ways_.find(member.ref());
                complete &= kept != kept_ways_.end();
                if (complete) members.push_back(&ways_buffer_.get<osmium::Way>(kept->second));
            }
            osmium::memory::Buffer out(1024, osmium::memory::Buffer::auto_grow::yes);
            if (!complete || members.empty() || !osmium::area::Assembler(config)(relation, members, out)) {
                if (is_wanted(relation.tags())) ++features_.broken_areas;
                continue;
            }
            for (const osmium::Area& area : out.select<osmium::Area>()) take_multipolygon(relation, area);
        }
    }

    void take_multipolygon(const osmium::Relation& relation, const osmium::Area& area) {
        std::vector<Ring> outer, inner;
        for (const osmium::OuterRing& ring : area.outer_rings()) {
            outer.push_back(to_plane(ring));
            for (const osmium::InnerRing& hole : area.inner_rings(ring)) inner.push_back(to_plane(hole));
        }
        if (!outer.empty())
            take_area(fmt::format("relation/{}", relation.id()), relation.tags(), std::move(outer), std::move(inner),
                      is_wanted(relation.tags()));
    }

    void take_area(const std::string& id, const osmium::TagList& tags, std::vector<Ring> outer, std::vector<Ring> inner, bool wanted) {
        if (is_place(tags)) take_place(id, tags, centroid(outer[0]));
        if (!wanted) return;
        const IsBuilding building = is_building(tags);
        if (building == IsBuilding::discarded) ++features_.not_buildings;
        if (building == IsBuilding::yes) {
            take_footprints(id, tags, std::move(outer), std::move(inner));
            return;
        }
        if (const auto use = use_by_activity(tags))
            features_.points.push_back({*use, usual_floor_area_m2(*use, tags), centroid(outer[0]), id});
        if (const Ground ground = ground_of(tags); ground != Ground::none)
            features_.grounds.push_back(
                {id, name_of_feature(tags), std::string(kind_of(tags)), ground, std::move(outer), std::move(inner)});
    }

    // Each outer ring is a building; a hole belongs to the ring around it.
    void take_footprints(const std::string& id, const osmium::TagList& tags, std::vector<Ring> outer, std::vector<Ring> inner) {
        const BuildingTags meaning = building_tags(tags);
        const std::size_t first = features_.footprints.size();
        for (Ring& ring : outer) {
            const std::size_t nth = features_.footprints.size() - first;
            features_.footprints.push_back({nth == 0 ? id : fmt::format("{}:{}", id, nth + 1), meaning, std::move(ring), {}});
        }
        for (Ring& hole : inner)
            for (std::size_t i = first; i < features_.footprints.size(); ++i)
                if (is_inside(features_.footprints[i].outer, hole[0]) || i + 1 == features_.footprints.size()) {
                    features_.footprints[i].inner.push_back(std::move(hole));
                    break;
                }
    }

    void take_place(const std::string& id, const osmium::TagList& tags, Point position) {
        PlaceFeature place{id, name_of_feature(tags), tags.get_value_by_key("place", "substation"),
                           tags.get_value_by_key("is_in", ""), position};
        if (const char* text = tags.get_value_by_key("population")) {
            const auto population = parse_population(text);
            place.population = population.value_or(0);
            place.population_unreadable = !population;
        }
        features_.places.push_back(std::move(place));
    }

    void take_line(const std::string& id, const osmium::Way& way) {
        LineFeature line{id, name_of_feature(way.tags()), std::string(kind_of(way.tags())), {}};
        for (const osmium::NodeRef& node : way.nodes())
            if (const osmium::Location at = location(node.ref()); at.valid()) line.course.push_back(to_plane(at));
        if (line.course.size() >= 2) features_.lines.push_back(std::move(line));
    }

    osmium::Location location(osmium::object_id_type node) const {
        return (node < 0 ? negative_nodes_ : nodes_).get_noexcept(static_cast<osmium::unsigned_object_id_type>(std::abs(node)));
    }
    Point to_plane(osmium::Location location) const { return plane_.to_plane({location.lon(), location.lat()}); }
    Ring to_plane(const osmium::NodeRefList& nodes) const {
        Ring ring;
        for (const osmium::NodeRef& node : nodes) ring.push_back(to_plane(node.location()));
        return ring;
    }

    std::string file_;
    const LocalPlane& plane_;
    LandFeatures features_;
    NodeIndex nodes_, negative_nodes_;
    osmium::memory::Buffer relations_buffer_{1 << 16, osmium::memory::Buffer::auto_grow::yes};
    osmium::memory::Buffer ways_buffer_{1 << 16, osmium::memory::Buffer::auto_grow::yes};
    std::vector<std::size_t> relations_;       // offsets into their buffer
    std::unordered_map<osmium::object_id_type, std::size_t> kept_ways_;
    std::unordered_set<osmium::object_id_type> member_ways_;
    // Outer members of relations that are features themselves: the way is not a second one.
    std::unordered_set<osmium::object_id_type> outer_ways_;
};

}  // namespace

LandFeatures read_land_features(const std::filesystem::path& file, const LocalPlane& plane) {
    try {
        return Reading(file, plane).read();
    } catch (const InputError&) {
        throw;
    } catch (const std::exception& e) {
        throw InputError(fmt::format("{}: ({}) a complete OpenStreetMap file", file.string(), e.what()));
    }
}

}  // namespace shahr
