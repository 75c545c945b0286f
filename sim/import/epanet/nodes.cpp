// [JUNCTIONS], [RESERVOIRS], [TANKS], [DEMANDS], [EMITTERS], [COORDINATES], [VERTICES].
#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "sim/import/epanet/parts.h"

namespace shahr::epanet {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

WaterNodeId add_node(Reader& r, const Line& line, std::string_view section, WaterNodeKind kind) {
    WaterNodes& n = r.net.nodes;
    const WaterNodeId row = n.id.push_back(line.words[0]);
    const auto [known, is_new] = r.nodes.try_emplace(line.words[0], row);
    if (!is_new) r.text.fail(line, section, fmt::format("'{}' (there is a node of this id already, line {}) an id of its own", line.words[0], r.line_of_node.at(number(known->second))->number));
    r.line_of_node[number(row)] = &line;
    n.kind.push_back(kind);
    n.position.push_back({nan, nan});
    n.elevation_m.push_back(line.words.size() > 1 ? r.number(line, section, 1, "elevation") * r.units.length_m : 0.0);
    n.emitter.push_back(0);
    n.head_pattern.push_back(none<WaterPatternId>);
    n.initial_quality.push_back(0);
    return row;
}

void add_reservoir(Reader& r, const Line& line, std::string_view section) {
    const WaterNodeId row = add_node(r, line, section, WaterNodeKind::reservoir);
    if (line.words.size() > 2) r.net.nodes.head_pattern[row] = r.pattern(line, section, line.words[2]);
}

double interpolate(std::span<const double> x, std::span<const double> y, double at) {
    if (at <= x.front()) return y.front();
    for (std::size_t i = 1; i < x.size(); ++i)
        if (x[i] >= at) return y[i] - (x[i] - at) * (y[i] - y[i - 1]) / (x[i] - x[i - 1]);
    return y.back();
}

void add_tank(Reader& r, const Line& line) {
    constexpr std::string_view section = "TANKS";
    if (line.words.size() <= 3) return add_reservoir(r, line, section);
    r.need(line, section, 6, "id, elevation, initial, lowest and highest level, diameter");
    WaterTanks& t = r.net.tanks;
    const double length = r.units.length_m;
    const auto level = [&](std::size_t i, std::string_view what) { return r.not_negative(line, section, i, what) * length; };
    t.node.push_back(add_node(r, line, section, WaterNodeKind::tank));
    const double initial = level(2, "initial level"), low = level(3, "lowest level"), high = level(4, "highest level"), diameter = level(5, "diameter");
    if (initial < low || initial > high) r.text.fail(line, section, fmt::format("{}: initial level = {} (outside the lowest and highest, {} to {}) a level between them", line.words[0], line.words[2], line.words[3], line.words[4]));
    const bool with_curve = line.words.size() > 7 && line.words[7] != "*";
    if (!with_curve && diameter == 0) r.text.fail(line, section, fmt::format("{}: diameter = 0 (and no volume curve) a diameter above 0, or a curve", line.words[0]));
    const WaterCurveId curve = with_curve ? r.curve(line, section, line.words[7], WaterCurveKind::volume) : none<WaterCurveId>;
    double volume = line.words.size() > 6 ? r.not_negative(line, section, 6, "lowest volume") * length * length * length : 0.0;
    if (with_curve) {
        const auto x = r.net.curves.x[curve];
        if (x.size() < 2 || low < x.front() - 1e-9 || high > x.back() + 1e-9) r.text.fail(line, section, fmt::format("{}: volume curve '{}' (does not reach from the lowest to the highest level) a curve over all levels", line.words[0], line.words[7]));
        volume = interpolate(x, r.net.curves.y[curve], low);
    } else if (volume == 0) {
        volume = std::numbers::pi / 4 * diameter * diameter * low;
    }
    t.initial_level_m.push_back(initial);
    t.min_level_m.push_back(low);
    t.max_level_m.push_back(high);
    t.diameter_m.push_back(diameter);
    t.min_volume_m3.push_back(volume);
    t.volume_curve.push_back(curve);
    t.overflow.push_back(line.words.size() > 8 && is_word(line.words[8], "YES", 1));
}

struct Demand {
    double base = 0;
    std::string pattern, category;
    const Line* line = nullptr;
    std::string_view section;
};

// The demand of a junction's own line is replaced by the first of [DEMANDS].
std::vector<std::vector<Demand>> gather_demands(Reader& r) {
    std::vector<std::vector<Demand>> demands(r.net.nodes.id.size());
    for (const Line& line : r.text.lines("JUNCTIONS")) {
        if (line.words.size() < 3) continue;
        demands[row(r.nodes.at(line.words[0]))] = {{r.number(line, "JUNCTIONS", 2, "demand"), line.words.size() > 3 ? line.words[3] : "", line.comment, &line, "JUNCTIONS"}};
    }
    std::vector<std::uint8_t> replaced(demands.size(), 0);
    for (const Line& line : r.text.lines("DEMANDS")) {
        r.need(line, "DEMANDS", 2, "a junction and its demand");
        if (is_word(line.words[0], "MULTIPLY", 8)) {
            r.net.settings.demand_multiplier = r.positive(line, "DEMANDS", 1, "MULTIPLY");
            continue;
        }
        const WaterNodeId node = r.node(line, "DEMANDS", line.words[0]);
        if (r.net.nodes.kind[node] != WaterNodeKind::junction) continue;       // as EPANET: a reservoir draws nothing
        auto& own = demands[row(node)];
        if (!replaced[row(node)]) own.clear();
        replaced[row(node)] = 1;
        own.push_back({r.number(line, "DEMANDS", 1, "demand"), line.words.size() > 2 ? line.words[2] : "", line.comment, &line, "DEMANDS"});
    }
    return demands;
}

std::string trimmed(std::string text) {
    const std::size_t begin = text.find_first_not_of(" \t;");
    return begin == text.npos ? "" : text.substr(begin);
}

}  // namespace

void read_nodes(Reader& r) {
    for (const Line& line : r.text.lines("JUNCTIONS")) add_node(r, line, "JUNCTIONS", WaterNodeKind::junction);
    for (const Line& line : r.text.lines("RESERVOIRS")) {
        r.need(line, "RESERVOIRS", 2, "an id and a head");
        add_reservoir(r, line, "RESERVOIRS");
    }
    for (const Line& line : r.text.lines("TANKS")) {
        r.need(line, "TANKS", 2, "an id, an elevation, levels and a diameter");
        add_tank(r, line);
    }
    for (const Line& line : r.text.lines("EMITTERS")) {
        r.need(line, "EMITTERS", 2, "a junction and a coefficient");
        const WaterNodeId node = r.node(line, "EMITTERS", line.words[0]);
        if (r.net.nodes.kind[node] != WaterNodeKind::junction) r.text.fail(line, "EMITTERS", fmt::format("'{}' (is no junction) a junction", line.words[0]));
        r.net.nodes.emitter[node] = r.not_negative(line, "EMITTERS", 1, "coefficient") * r.units.flow_m3s / std::pow(r.units.pressure_m, r.net.settings.emitter_exponent);
    }
}

void read_demands(Reader& r) {
    const auto default_pattern = r.patterns.find(r.default_pattern);
    WaterDemands& d = r.net.demands;
    const auto demands = gather_demands(r);
    for (const WaterNodeId node : rows(r.net.nodes.id)) {
        for (const Demand& demand : demands[row(node)]) {
            d.node.push_back(node);
            d.base_m3s.push_back(demand.base * r.units.flow_m3s);
            d.pattern.push_back(!demand.pattern.empty() && demand.pattern != "*" ? r.pattern(*demand.line, demand.section, demand.pattern) : default_pattern != r.patterns.end() ? default_pattern->second : none<WaterPatternId>);
            d.category.push_back(trimmed(demand.category));
        }
    }
}

void read_places(Reader& r) {
    std::int64_t strangers = 0;
    const auto point = [&](const Line& line, std::string_view section) { return Point{r.number(line, section, 1, "x"), r.number(line, section, 2, "y")}; };
    for (const Line& line : r.text.lines("COORDINATES")) {
        r.need(line, "COORDINATES", 3, "a node, x and y");
        const auto node = r.nodes.find(line.words[0]);
        if (node == r.nodes.end()) ++strangers;
        else r.net.nodes.position[node->second] = point(line, "COORDINATES");
    }
    std::vector<std::vector<Point>> shapes(r.net.links.id.size());
    for (const Line& line : r.text.lines("VERTICES")) {
        r.need(line, "VERTICES", 3, "a link, x and y");
        const auto link = r.links.find(line.words[0]);
        if (link == r.links.end()) ++strangers;
        else shapes[row(link->second)].push_back(point(line, "VERTICES"));
    }
    r.net.links.shape.clear();
    for (const auto& shape : shapes) r.net.links.shape.push_back(shape);
    r.report.dropped(strangers, "places", "of nodes or links that are not there");
}

}  // namespace shahr::epanet
