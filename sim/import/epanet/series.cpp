// [PATTERNS] and [CURVES].
#include <fmt/format.h>

#include <algorithm>

#include "sim/import/epanet/parts.h"

namespace shahr::epanet {

void read_patterns(Reader& r) {
    constexpr std::string_view section = "PATTERNS";
    std::vector<std::pair<std::string, std::vector<double>>> found;
    std::unordered_map<std::string, std::size_t> at;
    for (const Line& line : r.text.lines(section)) {
        r.need(line, section, 2, "an id and one or more factors");
        const auto [place, is_new] = at.try_emplace(line.words[0], found.size());
        if (is_new) found.push_back({line.words[0], {}});
        for (std::size_t i = 1; i < line.words.size(); ++i) found[place->second].second.push_back(r.number(line, section, i, "factor"));
    }
    for (auto& [id, factors] : found) {
        r.patterns[id] = r.net.patterns.id.push_back(id);
        r.net.patterns.factor.push_back(factors);
    }
}

void read_curves(Reader& r) {
    constexpr std::string_view section = "CURVES";
    for (const Line& line : r.text.lines(section)) {
        r.need(line, section, 3, "an id, x and y");
        auto& [first, points] = r.raw_curves.try_emplace(line.words[0], &line, std::vector<Point>{}).first->second;
        for (std::size_t i = 1; i + 1 < line.words.size(); i += 2) {
            const Point point{r.number(line, section, i, "x"), r.number(line, section, i + 1, "y")};
            if (!points.empty() && point.x_m <= points.back().x_m) r.text.fail(line, section, fmt::format("{}: x = {} (not above the one before, {}) ascending x", line.words[0], point.x_m, points.back().x_m));
            points.push_back(point);
        }
    }
}

// What one unit of x and y is in SI.
static Point scale_of(const UnitsOfWater& units, WaterCurveKind kind) {
    switch (kind) {
        case WaterCurveKind::pump_head:
        case WaterCurveKind::head_loss: return {units.flow_m3s, units.length_m};
        case WaterCurveKind::efficiency: return {units.flow_m3s, 0.01};
        case WaterCurveKind::volume: return {units.length_m, units.length_m * units.length_m * units.length_m};
        case WaterCurveKind::opening: return {0.01, 0.01};
        case WaterCurveKind::unused: break;
    }
    return {1, 1};
}

WaterCurveId Reader::curve(const Line& line, std::string_view section, const std::string& id, WaterCurveKind kind) {
    const auto raw = raw_curves.find(id);
    if (raw == raw_curves.end()) text.fail(line, section, fmt::format("{}: curve '{}' (no such curve) the id of one in [CURVES]", line.words.front(), id));
    WaterCurves& c = net.curves;
    const auto known = curves.find(id);
    if (known != curves.end() && c.kind[known->second] == kind) return known->second;
    // A curve with a second use stands there once more under another name.
    const std::string name = known == curves.end() ? id : id + "/" + std::string(name_of(kind));
    if (known != curves.end())
        if (const auto again = curves.find(name); again != curves.end()) return again->second;
    const Point scale = scale_of(units, kind);
    std::vector<double> x, y;
    for (const Point p : raw->second.second) x.push_back(p.x_m * scale.x_m), y.push_back(p.y_m * scale.y_m);
    const WaterCurveId row = c.id.push_back(name);
    c.kind.push_back(kind);
    c.x.push_back(x);
    c.y.push_back(y);
    return curves[name] = row;
}

}  // namespace shahr::epanet
