// The rules of the water network.
#include <cmath>

#include "sim/city/city.h"
#include "sim/city/findings.h"

namespace shahr {
namespace {

void check_links(const WaterNetwork& w, Findings& findings) {
    const WaterLinks& l = w.links;
    for (const WaterLinkId at : rows(l.id)) {
        if (!is_some(l.from[at]) || !is_some(l.to[at])) findings.add(l, at, "from, to (an end is missing)", "two nodes");
        else if (l.from[at] == l.to[at]) findings.add(l, at, fmt::format("from = to = {} (a link to itself)", number(l.from[at])), "two nodes");
        if (l.kind[at] == WaterLinkKind::pipe && !(l.length_m[at] > 0 && l.diameter_m[at] > 0 && l.roughness[at] > 0))
            findings.add(l, at, fmt::format("length_m, diameter_m, roughness = {}, {}, {} (not above 0)", l.length_m[at], l.diameter_m[at], l.roughness[at]), "above 0");
        if (l.kind[at] == WaterLinkKind::gpv && !is_some(l.curve[at])) findings.add(l, at, "curve = -1 (a gpv loses by its curve)", "a curve");
    }
}

void check_curves(const WaterCurves& c, Findings& findings) {
    for (const WaterCurveId at : rows(c.id)) {
        if (c.x[at].size() != c.y[at].size() || c.x[at].empty()) findings.add(c, at, fmt::format("x, y ({} and {} values)", c.x[at].size(), c.y[at].size()), "as many of each, at least one");
        for (std::size_t i = 1; i < c.x[at].size(); ++i)
            if (!(c.x[at][i] > c.x[at][i - 1])) findings.add(c, at, fmt::format("x = {} (not above the one before)", c.x[at][i]), "ascending x");
    }
}

void check_tanks(const WaterNetwork& w, Findings& findings) {
    const WaterTanks& t = w.tanks;
    for (const WaterTankId at : rows(t.node)) {
        if (!(t.min_level_m[at] <= t.initial_level_m[at] && t.initial_level_m[at] <= t.max_level_m[at]))
            findings.add(t, at, fmt::format("initial_level_m = {} (outside {} to {})", t.initial_level_m[at], t.min_level_m[at], t.max_level_m[at]), "between the lowest and the highest level");
        if (!is_some(t.volume_curve[at]) && !(t.diameter_m[at] > 0)) findings.add(t, at, fmt::format("diameter_m = {} (not above 0, and no curve)", t.diameter_m[at]), "above 0, or a curve");
    }
}

void check_controls(const WaterNetwork& w, Findings& findings) {
    const WaterControls& c = w.controls;
    for (const WaterControlId at : rows(c.link))
        if (is_some(c.link[at]) && w.links.kind[c.link[at]] == WaterLinkKind::pump && !(c.setting[at] >= 0))
            findings.add(c, at, fmt::format("setting = {} (link {} is a pump)", c.setting[at], number(c.link[at])), "its relative speed; 0 stops it");
}

// The engine numbers what belongs to a parent through.
template <class Table, class Parents>
void check_order(const Table& table, const Parents& parents, std::string_view name, Findings& findings) {
    for (auto at : rows(parents))
        if (number(at) > 0 && parents[at] < parents[as_id<typename Table::Id>(number(at) - 1)]) findings.add(table, at, fmt::format("{} (out of order)", name), "the rows of one parent together, parents ascending");
}

}  // namespace

void check_water(const City& city, Findings& findings) {
    const WaterNetwork& w = city.water;
    if (w.nodes.id.empty()) return;
    check_links(w, findings);
    check_curves(w.curves, findings);
    check_tanks(w, findings);
    check_controls(w, findings);
    check_order(w.demands, w.demands.node, "node", findings);
    check_order(w.premises, w.premises.rule, "rule", findings);
    check_order(w.actions, w.actions.rule, "rule", findings);
    for (const WaterPatternId at : rows(w.patterns.id))
        if (w.patterns.factor[at].empty()) findings.add(w.patterns, at, "factor (none)", "at least one factor");
    bool source = false;
    for (const WaterNodeKind kind : w.nodes.kind) source = source || kind != WaterNodeKind::junction;
    if (!source) findings.add_table(WaterNodes::table, "no reservoir and no tank", "a source of water");
}

}  // namespace shahr
