// Names in a scenario against the tables of its city.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/base/error.h"
#include "sim/base/nearest.h"
#include "sim/city/projection.h"
#include "sim/city/water_segments.h"
#include "sim/scenario/read.h"

namespace shahr {
namespace {

template <class ColumnOfStrings>
std::vector<std::string_view> distinct(const ColumnOfStrings& column) {
    std::set<std::string_view> words;
    for (const std::string& word : column)
        if (!word.empty()) words.insert(word);
    return {words.begin(), words.end()};
}

// `source` addresses a road made from it: it is the road's id, or all of it before the colon.
bool addresses(std::string_view source, std::string_view road_id) {
    return road_id.starts_with(source) && (road_id.size() == source.size() || road_id[source.size()] == ':');
}

std::vector<std::string_view> addressable(const Roads& roads) {
    std::set<std::string_view> words;
    for (const std::string& id : roads.id) {
        words.insert(id);
        words.insert(std::string_view(id).substr(0, id.find(':')));
    }
    return {words.begin(), words.end()};
}

std::vector<RoadId> look_up(const RoadAddress& address, const Roads& roads, const std::string& where) {
    std::vector<RoadId> found;
    const bool by_name = !address.name.empty();
    for (const RoadId road : rows(roads.id))
        if (by_name ? roads.name[road] == address.name : addresses(address.id, roads.id[road])) found.push_back(road);
    if (!found.empty()) return found;
    const std::string& word = by_name ? address.name : address.id;
    const std::vector<std::string_view> known = by_name ? distinct(roads.name) : addressable(roads);
    std::string right = did_you_mean(word, known);
    if (known.empty()) right = "none of this city's roads has a name; use id";
    throw InputError(fmt::format("{}: {} = \"{}\" (no such road in the city) {}", where, by_name ? "name" : "id", word, right));
}

std::vector<Point> outline_of(const std::string& name, const Places& places, const std::string& where) {
    std::vector<std::string_view> known;
    for (const PlaceId place : rows(places.id)) {
        if (!places.is_area[place] || places.outline[place].size() < 3) continue;
        if (places.name[place] == name) return {places.outline[place].begin(), places.outline[place].end()};
        if (!places.name[place].empty()) known.push_back(places.name[place]);
    }
    throw InputError(fmt::format("{}: place = \"{}\" (no such mapped area in the city) {}", where, name, known.empty() ? "use area" : did_you_mean(name, known)));
}

void fit(CloseRoad& change, const City& city, const std::string& where) {
    change.roads = look_up(change.address, city.network.roads, where);
}

void fit(SetSpeedLimit& change, const City& city, const std::string& where) {
    change.roads = look_up(change.address, city.network.roads, where);
}

// Places become their outlines, degrees become metres.
template <class Change>
void fit_area(Change& change, const City& city, const std::string& where) {
    if (!change.place.empty()) change.area = outline_of(change.place, city.places, where);
    if (!change.area_in_degrees) return;
    if (city.projection.proj.empty()) throw InputError(fmt::format("{}: area (this city has no place on the earth) area_m = [[x, y], ...] in metres on its plane", where));
    const LocalPlane plane(city.projection);
    for (Point& p : change.area) {
        if (std::abs(p.x_m) > 180 || std::abs(p.y_m) > 90) throw InputError(fmt::format("{}: area = [{}, {}] (off the earth) longitude first, then latitude, in degrees", where, p.x_m, p.y_m));
        p = plane.to_plane({p.x_m, p.y_m});
    }
    change.area_in_degrees = false;
}

template <class Change>
void fit_branch(Change& change, const City& city, const std::string& where) {
    const auto& ids = city.power.branches.id;
    for (const BranchId branch : rows(ids))
        if (ids[branch] == change.id) change.branch = branch;
    if (is_some(change.branch)) {
        if (city.power.branches.in_service[change.branch]) return;
        throw InputError(fmt::format("{}: id = \"{}\" (out of service in the city, so that its switches change nothing) a branch in service", where, change.id));
    }
    const std::vector<std::string_view> known = distinct(ids);
    throw InputError(fmt::format("{}: id = \"{}\" (no such branch in the city) {}", where, change.id, known.empty() ? "a city with a power grid" : did_you_mean(change.id, known)));
}
void fit(TripBranch& change, const City& city, const std::string& where) {
    fit_branch(change, city, where);
}
void fit(CloseBranch& change, const City& city, const std::string& where) {
    fit_branch(change, city, where);
}
void fit(ShiftWeather&, const City&, const std::string&) {}
void fit(ReplaceWeather&, const City&, const std::string&) {}
void fit(SetHeatPlant& change, const City& city, const std::string& where) {
    const auto& ids = city.heat.plants.id;
    for (const HeatPlantId plant : rows(ids))
        if (ids[plant] == change.id) change.plant = plant;
    if (!is_some(change.plant)) throw InputError(fmt::format("{}: id = \"{}\" (no such heat plant in the city) {}", where, change.id, ids.empty() ? "a city with district heat" : did_you_mean(change.id, distinct(ids))));
    if (change.available > 0 && change.available < 1 && std::isnan(city.heat.plants.capacity_w[change.plant]))
        throw InputError(fmt::format("{}: available = {} (the plant's capacity is not known) 0 or 1", where, change.available));
}

void fit(CloseHeatLink& change, const City& city, const std::string& where) {
    const auto& ids = city.heat.links.id;
    change.links.clear();
    for (const HeatLinkId link : rows(ids))
        if (ids[link] == change.id || ids[link] == change.id + ".supply" || ids[link] == change.id + ".return") change.links.push_back(link);
    if (change.links.empty()) throw InputError(fmt::format("{}: id = \"{}\" (no such link in the city's heat network) {}", where, change.id, ids.empty() ? "a city with district heat" : did_you_mean(change.id, distinct(ids))));
}

void fit(ScaleDemand& change, const City& city, const std::string& where) {
    fit_area(change, city, where);
}

void fit(Retrofit& change, const City& city, const std::string& where) {
    fit_area(change.buildings, city, where);
}

void fit(ChangeShares& change, const City& city, const std::string& where) {
    fit_area(change.buildings, city, where);
}

WaterLinkId water_link(const std::string& id, const City& city, const std::string& where) {
    const WaterLinks& links = city.water.links;
    for (const WaterLinkId link : rows(links.id))
        if (links.id[link] == id) return link;
    throw InputError(fmt::format("{}: id = \"{}\" (no such pipe, pump or valve in the city) {}", where, id, links.id.empty() ? "a city with a water network" : did_you_mean(id, distinct(links.id))));
}

void fit(CloseWaterLink& change, const City& city, const std::string& where) {
    if (change.id.empty()) return;             // made of another one, with its rows
    const WaterLinkId link = water_link(change.id, city, where);
    change.links = change.segment ? segment_of(city.water, link).links : std::vector{link};
}

void fit(BurstPipe& change, const City& city, const std::string& where) {
    const WaterNetwork& water = city.water;
    change.link = water_link(change.id, city, where);
    if (water.links.kind[change.link] != WaterLinkKind::pipe) throw InputError(fmt::format("{}: id = \"{}\" (a {}, not a pipe) the id of a pipe", where, change.id, name_of(water.links.kind[change.link])));
    const WaterNodeId from = water.links.from[change.link], to = water.links.to[change.link];
    change.node = water.nodes.kind[to] == WaterNodeKind::junction ? to : from;
    if (water.nodes.kind[change.node] != WaterNodeKind::junction) throw InputError(fmt::format("{}: id = \"{}\" (no end of it is a junction) a pipe with one", where, change.id));
}

void fit(ScaleWaterDemand&, const City& city, const std::string& where) {
    if (city.water.nodes.id.empty()) throw InputError(fmt::format("{}: [[scale_water_demand]] (the city has no water network) a city with one", where));
}

// A burst that is isolated ends when its segment is shut, which then lasts as long as the burst was to.
void isolate_bursts(Scenario& scenario, const City& city) {
    int next = 0;
    for (const Intervention& intervention : scenario.interventions) next = std::max(next, intervention.order + 1);
    for (std::size_t i = 0, n = scenario.interventions.size(); i < n; ++i) {
        const auto* burst = std::get_if<BurstPipe>(&scenario.interventions[i].change);
        if (!burst || burst->isolate_after <= Duration{0}) continue;
        Intervention shut = scenario.interventions[i];
        shut.begin = std::max(shut.begin, scenario.start) + burst->isolate_after;
        shut.change = CloseWaterLink{{}, true, segment_of(city.water, burst->link).links};
        shut.order = next++;
        if (shut.begin >= shut.end) continue;
        scenario.interventions[i].end = shut.begin;
        scenario.interventions.push_back(std::move(shut));
    }
}

// A network that is the whole city brings its own times, and each of its steps is recorded.
void take_times_of_water(Scenario& scenario, const WaterSettings& settings) {
    scenario.length = settings.duration;
    if (!scenario.start_given) scenario.start = settings.start_clock;
    scenario.record.try_emplace("water", Duration{0});
}

// A city without roads brings its own span; one with roads needs to be told, unless its trips say it.
void settle_span(Scenario& scenario, const City& city) {
    if (!scenario.until_idle || (scenario.traffic.trips == "given" && !city.trips.id.empty())) return;
    if (!city.network.roads.id.empty() && scenario.traffic.trips != "given")
        throw InputError(fmt::format("{}: length (missing) a duration, as length = \"4h\" or --set length=4h; only a run of given trips ends by itself", scenario.file));
    scenario.until_idle = false;
    scenario.length = {};
    if (city.water.settings.given && scenario.water.network != "none") take_times_of_water(scenario, city.water.settings);
}

}  // namespace

void fit_to_city(Scenario& scenario, const City& city) {
    settle_span(scenario, city);
    for (Intervention& intervention : scenario.interventions)
        std::visit([&](auto& change) { fit(change, city, intervention.where); }, intervention.change);
    isolate_bursts(scenario, city);
}

}  // namespace shahr
