#include "sim/import/osm/restrictions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/import/osm/conditional.h"

namespace shahr::osm {
namespace {

enum class Fault { none, not_for_cars, not_then, incomplete, no_place };

// The older way of saying it: day_on = Monday, day_off = Friday, hour_on = 07:00, hour_off = 09:00.
Tags with_hours(Tags tags) {
    std::string hours;
    if (tags.has("day_on") && tags.has("day_off"))
        hours = fmt::format("{}-{} ", tags["day_on"].substr(0, 2), tags["day_off"].substr(0, 2));
    if (tags.has("hour_on") && tags.has("hour_off")) hours += fmt::format("{}-{}", tags["hour_on"], tags["hour_off"]);
    if (hours.empty() || !tags.has("restriction")) return tags;
    tags.set("restriction:conditional", fmt::format("{} @ ({})", tags["restriction"], trimmed(hours)));
    tags.set("restriction", "none");
    return tags;
}

// How far a turn is from what the restriction's word says.
double mismatch(std::string_view word, double angle) {
    constexpr double right_angle = std::numbers::pi / 2;
    if (word.ends_with("left_turn")) return std::abs(angle - right_angle);
    if (word.ends_with("right_turn")) return std::abs(angle + right_angle);
    if (word.ends_with("u_turn")) return std::numbers::pi - std::abs(angle);
    if (word.ends_with("straight_on")) return std::abs(angle);
    return 0;
}

class Reader {
public:
    Reader(const Graph& graph, const RoadData& data) : graph_(graph) {
        for (LinkRow l = 0; l < static_cast<LinkRow>(graph.links.size()); ++l)
            by_way_.emplace_back(graph.ways[static_cast<std::size_t>(graph.link(l).way)].id, l);
        std::sort(by_way_.begin(), by_way_.end());
        for (const WayData& way : data.ways) all_ways_.push_back(way.id);
    }

    Fault read(const RestrictionData& relation);
    std::vector<Chain> chains;
    ConditionalTags conditional;

private:
    std::vector<LinkRow> links_of(std::int64_t way) const {
        std::vector<LinkRow> found;
        for (auto at = std::lower_bound(by_way_.begin(), by_way_.end(), std::pair(way, LinkRow{-1}));
             at != by_way_.end() && at->first == way; ++at)
            found.push_back(at->second);
        return found;
    }
    bool passes(NodeRow n, std::int64_t osm_id) const { return graph_.node(n).id == osm_id; }
    void ban(std::string_view word, const Chain& chain);
    bool via_node(std::string_view word, std::int64_t from, std::int64_t via, std::int64_t to);
    bool via_ways(std::string_view word, std::int64_t from, const std::vector<std::int64_t>& via, std::int64_t to);
    void extend(const Chain& chain, const std::vector<std::int64_t>& via, std::size_t next, std::int64_t to,
                std::vector<Chain>& complete) const;

    const Graph& graph_;
    std::vector<std::pair<std::int64_t, LinkRow>> by_way_;
    std::vector<std::int64_t> all_ways_;
};

// only_*: all other exits after the same way in are banned.
void Reader::ban(std::string_view word, const Chain& chain) {
    if (word.starts_with("no_")) return chains.push_back(chain);
    for (const LinkRow other : graph_.outs(graph_.link(chain[chain.size() - 2]).to)) {
        if (other == chain.back()) continue;
        chains.push_back(chain);
        chains.back().back() = other;
    }
}

bool Reader::via_node(std::string_view word, std::int64_t from, std::int64_t via, std::int64_t to) {
    Chain best;
    double least = 1e9;
    for (const LinkRow a : links_of(from)) {
        if (!passes(graph_.link(a).to, via)) continue;
        for (const LinkRow b : links_of(to)) {
            if (graph_.link(b).from != graph_.link(a).to) continue;
            if (b == graph_.link(a).opposite && !word.ends_with("u_turn")) continue;
            const double off = mismatch(word, turn_angle(graph_.link(a), graph_.link(b)));
            if (off < least - 1e-9) least = off, best = {a, b};
        }
    }
    if (best.empty()) return false;
    ban(word, best);
    return true;
}

// All successions from, pieces of each via way in order, to.
void Reader::extend(const Chain& chain, const std::vector<std::int64_t>& via, std::size_t next, std::int64_t to,
                    std::vector<Chain>& complete) const {
    if (chain.size() > 40) return;  // pieces of via ways: no crossing has more
    for (const LinkRow l : graph_.outs(graph_.link(chain.back()).to)) {
        if (l == graph_.link(chain.back()).opposite) continue;
        const std::int64_t way = graph_.ways[static_cast<std::size_t>(graph_.link(l).way)].id;
        const bool begun = next > 0;
        Chain longer = chain;
        longer.push_back(l);
        if (next == via.size() && way == to) complete.push_back(longer);
        if (next < via.size() && way == via[next])
            extend(longer, via, next + 1, to, complete);
        else if (begun && way == via[next - 1] && std::find(chain.begin(), chain.end(), l) == chain.end())
            extend(longer, via, next, to, complete);
    }
}

bool Reader::via_ways(std::string_view word, std::int64_t from, const std::vector<std::int64_t>& via, std::int64_t to) {
    std::vector<Chain> complete;
    for (const LinkRow a : links_of(from)) extend({a}, via, 0, to, complete);
    for (const Chain& chain : complete) ban(word, chain);
    return !complete.empty();
}

Fault Reader::read(const RestrictionData& relation) {
    const Tags tags = as_at_eight(with_hours(relation.tags), conditional);
    const auto word = tags.first_of({"restriction:motorcar", "restriction:motor_vehicle", "restriction"});
    if (!is_any(tags["type"], {"restriction", "restriction:motorcar", "restriction:motor_vehicle"})) return Fault::not_for_cars;
    if (word.empty() && !tags.has("restriction:conditional")) return Fault::not_for_cars;
    if (word.empty() || word == "none") return Fault::not_then;
    for (const auto except : split(tags["except"], ';'))
        if (is_any(except, {"motorcar", "motor_vehicle", "vehicle"})) return Fault::not_for_cars;
    if (!word.starts_with("no_") && !word.starts_with("only_")) return Fault::incomplete;

    std::vector<std::int64_t> from, to, via;
    std::int64_t via_node_id = 0;
    bool at_node = false;
    for (const auto& member : relation.members) {
        if (member.role == "from" && member.type == 'w') from.push_back(member.id);
        if (member.role == "to" && member.type == 'w') to.push_back(member.id);
        if (member.role == "via" && member.type == 'w') via.push_back(member.id);
        if (member.role == "via" && member.type == 'n') via_node_id = member.id, at_node = true;
    }
    if (from.empty() || to.empty() || (!at_node && via.empty())) return Fault::incomplete;
    for (const auto& list : {from, to, via})
        for (const std::int64_t way : list)
            if (!std::binary_search(all_ways_.begin(), all_ways_.end(), way)) return Fault::incomplete;
    bool placed = false;
    for (const std::int64_t a : from)
        for (const std::int64_t b : to)
            placed |= at_node ? via_node(word, a, via_node_id, b) : via_ways(word, a, via, b);
    return placed ? Fault::none : Fault::no_place;
}

}  // namespace

std::vector<Chain> banned_chains(const Graph& graph, const RoadData& data, ImportReport& report) {
    Reader reader(graph, data);
    std::int64_t count[5] = {};
    for (const RestrictionData& relation : data.restrictions) ++count[static_cast<int>(reader.read(relation))];
    const auto of = [&](Fault fault) { return count[static_cast<int>(fault)]; };
    if (!data.restrictions.empty()) report.kept(of(Fault::none), "turn restrictions");
    report.dropped(of(Fault::not_for_cars), "turn restrictions that do not concern cars",
                   "only cars are bound by the tables");
    report_conditional(reader.conditional, "turn restrictions", report);
    report.dropped(of(Fault::incomplete), "turn restrictions with members missing or of an unknown kind", "not usable");
    report.dropped(of(Fault::no_place), "turn restrictions between ways that do not meet so",
                   "they ban what nobody could drive");
    std::sort(reader.chains.begin(), reader.chains.end());
    reader.chains.erase(std::unique(reader.chains.begin(), reader.chains.end()), reader.chains.end());
    return std::move(reader.chains);
}

}  // namespace shahr::osm
