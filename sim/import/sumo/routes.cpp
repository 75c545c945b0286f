#include "sim/import/sumo/routes.h"

#include <fmt/format.h>

#include "sim/import/sumo/draws.h"
#include "sim/import/sumo/values.h"

namespace shahr::sumo {

void RouteReader::read(const Element& e) {
    const auto id = e.text("id");
    Alternatives routes = e.name() == "route" ? Alternatives{{edges(e)}, {1}} : alternatives(e);
    if (!named_.emplace(std::string(id), std::move(routes)).second) e.refuse("id", "stands twice", "an id of its own");
}

RoadId RouteReader::road(const Element& e, const char* attribute, std::string_view id) const {
    const RoadId found = r_.roads.find(id);
    if (!is_some(found)) e.refuse(attribute, fmt::format("there is no edge \"{}\" in the network", id), "the ids of its edges");
    return found;
}

std::vector<RoadId> RouteReader::edges(const Element& route) const {
    std::vector<RoadId> roads;
    for (const auto word : words(route.text("edges"))) roads.push_back(road(route, "edges", word));
    if (roads.empty()) route.refuse("edges", "is empty", "the ids of one edge or more");
    const std::size_t once = roads.size();
    for (std::int32_t laps = route.find("repeat") ? route.index("repeat") : 0; laps > 0; --laps)
        for (std::size_t i = 0; i < once; ++i) roads.push_back(roads[i]);
    for (const Element inner : route.children()) r_.unread.element(inner);
    r_.unread.attributes_but(route, {"id", "edges", "repeat", "color", "probability", "cost", "exitTimes", "savings"});
    return roads;
}

RouteReader::Alternatives RouteReader::alternatives(const Element& distribution) {
    Alternatives routes;
    for (const Element e : distribution.children()) {
        if (e.name() != "route") {
            r_.unread.element(e);
            continue;
        }
        routes.routes.push_back(edges(e));
        routes.weights.push_back(e.at_least("probability", 0, 1));
        if (e.find("id")) named_.emplace(std::string(e.text("id")), Alternatives{{routes.routes.back()}, {1}});
    }
    std::vector<std::string_view> shares = words(distribution.text("probabilities", ""));
    std::size_t i = 0;
    for (const auto word : words(distribution.text("routes", ""))) {
        const auto found = named_.find(word);
        if (found == named_.end()) distribution.refuse("routes", "names a route that is not defined before", "ids of <route>");
        routes.routes.push_back(found->second.routes.front());
        routes.weights.push_back(i < shares.size() ? parse_number(shares[i]).value_or(1) : 1);
        ++i;
    }
    if (routes.routes.empty()) distribution.refuse("id", "is empty", "one <route> or more");
    // duarouter writes the alternatives that it knows, and which of them counts.
    if (distribution.find("last")) {
        const auto last = static_cast<std::size_t>(distribution.index("last"));
        if (last >= routes.routes.size()) distribution.refuse("last", "is none of its routes", "a number below that of its routes");
        return {{routes.routes[last]}, {1}};
    }
    return routes;
}

std::optional<std::vector<RoadId>> RouteReader::given(const Element& vehicle, std::string_view id) {
    const auto draw = [&](const Alternatives& c) { return c.routes[weighted_choice(c.weights, draws_for(id, Choice::route))]; };
    if (const auto name = vehicle.find("route")) {
        const auto found = named_.find(*name);
        if (found == named_.end()) vehicle.refuse("route", "is not defined", "the id of a <route>");
        return draw(found->second);
    }
    if (const auto route = vehicle.child("route")) return edges(*route);
    if (const auto distribution = vehicle.child("routeDistribution")) return draw(alternatives(*distribution));
    return std::nullopt;
}

std::optional<RouteReader::Way> RouteReader::of(const Element& vehicle, std::string_view id, VehicleClass vehicle_class) {
    if (auto roads = given(vehicle, id)) {
        require_joined(vehicle, *roads, vehicle_class);
        return Way{roads->front(), roads->back(), std::move(*roads)};
    }
    return between_ends(vehicle, vehicle_class);
}

std::optional<RouteReader::Way> RouteReader::between_ends(const Element& vehicle, VehicleClass vehicle_class) {
    if (!vehicle.find("from") || !vehicle.find("to")) {
        ++endless_;
        return std::nullopt;
    }
    Way way{road(vehicle, "from", vehicle.text("from")), road(vehicle, "to", vehicle.text("to")), {}};
    if (way.origin == way.destination) way.roads = {way.origin};
    return vehicle.text("via", "").empty() ? way : through(vehicle, way, vehicle_class);
}

RouteReader::Way RouteReader::through(const Element& vehicle, const Way& ends, VehicleClass vehicle_class) {
    ++through_;
    const std::string key = fmt::format("{} {} {} {}", number(ends.origin), number(ends.destination), name_of(vehicle_class), vehicle.text("via"));
    if (const auto known = through_ways_.find(key); known != through_ways_.end()) return known->second;
    Way way{ends.origin, ends.destination, {ends.origin}};
    const auto go_on_to = [&](RoadId next) {
        const auto leg = turnings_.quickest(way.roads.back(), next, vehicle_class);
        if (leg.empty())
            vehicle.refuse("via", fmt::format("no way leads from \"{}\" to \"{}\"", r_.city.network.roads.id[way.roads.back()], r_.city.network.roads.id[next]), "edges in reach of each other");
        way.roads.insert(way.roads.end(), leg.begin() + 1, leg.end());
    };
    for (const auto station : words(vehicle.text("via"))) go_on_to(road(vehicle, "via", station));
    go_on_to(way.destination);
    return through_ways_[key] = way;
}

void RouteReader::require_joined(const Element& vehicle, const std::vector<RoadId>& roads, VehicleClass vehicle_class) const {
    for (std::size_t i = 1; i < roads.size(); ++i)
        if (!turnings_.joined(roads[i - 1], roads[i], vehicle_class)) {
            const auto& id = r_.city.network.roads.id;
            vehicle.refuse("route", fmt::format("no connection for class {} leads from \"{}\" to \"{}\"", name_of(vehicle_class), id[roads[i - 1]], id[roads[i]]), "consecutive edges that are connected");
        }
}

void RouteReader::report() const {
    r_.report.dropped(endless_, "vehicles without from and to edges", "zones and junctions as ends are not understood");
    r_.report.guessed(through_, "vehicles with via edges", "the quickest way on empty roads from one to the next");
}

}  // namespace shahr::sumo
