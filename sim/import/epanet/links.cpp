// [PIPES], [PUMPS], [VALVES], [STATUS], [LEAKAGE].
#include <fmt/format.h>

#include <limits>

#include "sim/import/epanet/parts.h"

namespace shahr::epanet {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

WaterLinkId add_link(Reader& r, const Line& line, std::string_view section, WaterLinkKind kind) {
    WaterLinks& l = r.net.links;
    const WaterLinkId row = l.id.push_back(line.words[0]);
    const auto [known, is_new] = r.links.try_emplace(line.words[0], row);
    if (!is_new) r.text.fail(line, section, fmt::format("'{}' (there is a link of this id already, line {}) an id of its own", line.words[0], r.line_of_link.at(number(known->second))->number));
    r.line_of_link[number(row)] = &line;
    l.kind.push_back(kind);
    l.from.push_back(r.node(line, section, line.words[1]));
    l.to.push_back(r.node(line, section, line.words[2]));
    if (l.from[row] == l.to[row]) r.text.fail(line, section, fmt::format("{}: both ends at node '{}' (a link to itself) two nodes", line.words[0], line.words[1]));
    for (auto* column : {&l.length_m, &l.diameter_m, &l.roughness, &l.minor_loss, &l.leak_area_m, &l.leak_growth}) column->push_back(0);
    l.setting.push_back(nan);
    l.check_valve.push_back(0);
    l.valve_from.push_back(0);
    l.valve_to.push_back(0);
    l.status.push_back(WaterStatus::open);
    l.curve.push_back(none<WaterCurveId>);
    l.shape.push_back({});
    return row;
}

// "OPEN", "CLOSED" or "CV" at the end of a pipe's line. False where it is neither.
bool read_pipe_status(WaterLinks& l, WaterLinkId row, std::string_view word) {
    if (same_word(word, "CV")) l.check_valve[row] = 1;
    else if (is_word(word, "CLOSED")) l.status[row] = WaterStatus::closed;
    else return is_word(word, "OPEN");
    return true;
}

void add_pipe(Reader& r, const Line& line) {
    constexpr std::string_view section = "PIPES";
    r.need(line, section, 6, "id, two nodes, length, diameter, roughness");
    const WaterLinkId row = add_link(r, line, section, WaterLinkKind::pipe);
    WaterLinks& l = r.net.links;
    l.length_m[row] = r.positive(line, section, 3, "length") * r.units.length_m;
    l.diameter_m[row] = r.positive(line, section, 4, "diameter") * r.units.diameter_m;
    l.roughness[row] = r.positive(line, section, 5, "roughness") * (r.net.settings.formula == HeadLossFormula::darcy_weisbach ? r.units.height_m : 1.0);
    if (line.words.size() > 6 && !read_pipe_status(l, row, line.words[6])) l.minor_loss[row] = r.not_negative(line, section, 6, "minor loss");
    if (line.words.size() > 7 && !read_pipe_status(l, row, line.words[7])) r.text.fail(line, section, fmt::format("{}: status = {} (not known) OPEN, CLOSED or CV", line.words[0], line.words[7]));
}

// A pump's line without keywords, as in EPANET 1: constant power; one point; or shutoff head and two points.
void read_old_pump(Reader& r, const Line& line, WaterPumpId pump) {
    constexpr std::string_view section = "PUMPS";
    WaterPumps& p = r.net.pumps;
    std::vector<double> v;
    for (std::size_t i = 3; i < line.words.size(); ++i) v.push_back(r.number(line, section, i, "value"));
    if (v.size() == 1) return void(p.power_w[pump] = v[0] * r.units.power_w);
    std::vector<Point> points;
    if (v.size() == 2) points = {{v[1], v[0]}};
    else if (v.size() == 5) points = {{0, v[0]}, {v[2], v[1]}, {v[4], v[3]}};
    else r.text.fail(line, section, fmt::format("{} (neither keywords nor 1, 2 or 5 values) HEAD and a curve, or POWER", line.words[0]));
    r.raw_curves.try_emplace("pump " + line.words[0], &line, points);
    p.head_curve[pump] = r.curve(line, section, "pump " + line.words[0], WaterCurveKind::pump_head);
}

void check_pump_curve(const Reader& r, const Line& line, WaterCurveId curve) {
    const auto x = r.net.curves.x[curve], y = r.net.curves.y[curve];
    for (std::size_t i = 1; i < y.size(); ++i)
        if (y[i] >= y[i - 1]) r.text.fail(line, "PUMPS", fmt::format("{}: head curve '{}' (the head does not fall as the flow grows) a falling curve", line.words[0], r.net.curves.id[curve]));
    if (x.size() == 1 && !(x[0] > 0 && y[0] > 0)) r.text.fail(line, "PUMPS", fmt::format("{}: head curve '{}' (its only point has no flow or no head) a flow and a head above 0", line.words[0], r.net.curves.id[curve]));
}

void add_pump(Reader& r, const Line& line) {
    constexpr std::string_view section = "PUMPS";
    r.need(line, section, 4, "id, two nodes, HEAD and a curve or POWER and its value");
    WaterPumps& p = r.net.pumps;
    const WaterPumpId pump = p.link.push_back(add_link(r, line, section, WaterLinkKind::pump));
    p.power_w.push_back(0);
    p.head_curve.push_back(none<WaterCurveId>);
    p.efficiency_curve.push_back(none<WaterCurveId>);
    p.speed.push_back(1);
    p.speed_pattern.push_back(none<WaterPatternId>);
    p.price_per_kwh.push_back(nan);
    p.price_pattern.push_back(none<WaterPatternId>);
    if (parse_number(line.words[3])) {
        read_old_pump(r, line, pump);
    } else {
        for (std::size_t i = 3; i < line.words.size(); i += 2) {
            if (i + 1 == line.words.size()) r.text.fail(line, section, fmt::format("{}: {} (without a value) a value behind it", line.words[0], line.words[i]));
            if (is_word(line.words[i], "HEAD")) p.head_curve[pump] = r.curve(line, section, line.words[i + 1], WaterCurveKind::pump_head);
            else if (is_word(line.words[i], "POWER")) p.power_w[pump] = r.positive(line, section, i + 1, "power") * r.units.power_w;
            else if (is_word(line.words[i], "SPEED")) p.speed[pump] = r.not_negative(line, section, i + 1, "speed");
            else if (is_word(line.words[i], "PATTERN")) p.speed_pattern[pump] = r.pattern(line, section, line.words[i + 1]);
            else r.text.fail(line, section, fmt::format("{}: {} (not known) HEAD, POWER, SPEED or PATTERN", line.words[0], line.words[i]));
        }
    }
    if (is_some(p.head_curve[pump])) check_pump_curve(r, line, p.head_curve[pump]);
    if (p.power_w[pump] == 0 && !is_some(p.head_curve[pump])) r.text.fail(line, section, fmt::format("{} (neither a head curve nor a power) HEAD and a curve, or POWER and its value", line.words[0]));
    if (p.speed[pump] == 0) r.net.links.status[p.link[pump]] = WaterStatus::closed;
}

bool is_control_valve(WaterLinkKind kind) {
    return kind == WaterLinkKind::prv || kind == WaterLinkKind::psv || kind == WaterLinkKind::fcv;
}

void refuse_fixed_heads(Reader& r, const Line& line, WaterLinkId row) {
    const WaterLinks& l = r.net.links;
    for (const WaterNodeId node : {l.from[row], l.to[row]})
        if (is_control_valve(l.kind[row]) && r.net.nodes.kind[node] != WaterNodeKind::junction)
            r.text.fail(line, "VALVES", fmt::format("{}: {} at the {} '{}' (a head that is given cannot be controlled) a length of pipe between them", l.id[row], line.words[4], name_of(r.net.nodes.kind[node]), r.net.nodes.id[node]));
}

// Valves in series or side by side whose settings contradict each other: EPANET's error 220.
void refuse_neighbours(Reader& r, const Line& line, WaterLinkId row) {
    using enum WaterLinkKind;
    const WaterLinks& l = r.net.links;
    const auto clash = [&](WaterLinkId other) {
        const WaterLinkKind a = l.kind[row], b = l.kind[other];
        const WaterNodeId a1 = l.from[row], a2 = l.to[row], b1 = l.from[other], b2 = l.to[other];
        if (a == prv && b == prv) return a2 == b2 || a2 == b1 || a1 == b2;
        if (a == psv && b == psv) return a1 == b1 || a1 == b2 || a2 == b1;
        if (a == prv && b == psv) return a2 == b1;
        if (a == psv && b == prv) return a1 == b2;
        if (a == prv && b == fcv) return a2 == b1;
        if (a == fcv && b == prv) return a1 == b2;
        if (a == psv && b == fcv) return a1 == b2;
        if (a == fcv && b == psv) return a2 == b1;
        return false;
    };
    for (const WaterLinkId other : rows(l.id))
        if (other != row && is_control_valve(l.kind[other]) && clash(other))
            r.text.fail(line, "VALVES", fmt::format("{}: next to valve '{}' (both would set the same head or flow) a length of pipe between them", l.id[row], l.id[other]));
}

void add_valve(Reader& r, const Line& line) {
    constexpr std::string_view section = "VALVES";
    r.need(line, section, 6, "id, two nodes, diameter, type, setting");
    using enum WaterLinkKind;
    WaterLinkKind kind = pipe;
    for (const WaterLinkKind k : {prv, psv, pbv, fcv, tcv, gpv, pcv})
        if (same_word(line.words[4], name_of(k))) kind = k;
    if (kind == pipe) r.text.fail(line, section, fmt::format("{}: type = {} (no such valve) PRV, PSV, PBV, FCV, TCV, GPV or PCV", line.words[0], line.words[4]));
    const WaterLinkId row = add_link(r, line, section, kind);
    WaterLinks& l = r.net.links;
    l.diameter_m[row] = r.positive(line, section, 3, "diameter") * r.units.diameter_m;
    l.status[row] = WaterStatus::active;
    if (kind == gpv) l.curve[row] = r.curve(line, section, line.words[5], WaterCurveKind::head_loss);
    else if (is_word(line.words[5], "OPEN") || is_word(line.words[5], "CLOSED")) l.status[row] = is_word(line.words[5], "OPEN") ? WaterStatus::open : WaterStatus::closed;
    else l.setting[row] = r.not_negative(line, section, 5, "setting") * setting_scale(r.units, kind);
    if (line.words.size() > 6) l.minor_loss[row] = r.not_negative(line, section, 6, "minor loss");
    if (kind == pcv && line.words.size() > 7) l.curve[row] = r.curve(line, section, line.words[7], WaterCurveKind::opening);
    refuse_fixed_heads(r, line, row);
    refuse_neighbours(r, line, row);
}

WaterPumpId pump_of(const WaterNetwork& net, WaterLinkId link) {
    for (const WaterPumpId pump : rows(net.pumps.link))
        if (net.pumps.link[pump] == link) return pump;
    return none<WaterPumpId>;
}

void set_status(Reader& r, const Line& line, WaterLinkId row, std::string_view word) {
    constexpr std::string_view section = "STATUS";
    WaterLinks& l = r.net.links;
    const bool opens = is_word(word, "OPEN"), closes = is_word(word, "CLOSED"), acts = is_word(word, "ACTIVE");
    const auto value = parse_number(word);
    if (!opens && !closes && !acts && !(value && *value >= 0)) r.text.fail(line, section, fmt::format("{} = {} (not known) OPEN, CLOSED or a setting", l.id[row], word));
    if (l.check_valve[row]) r.text.fail(line, section, fmt::format("{} (has a check valve, which sets its status) another link", l.id[row]));
    if (acts) return;
    if (l.kind[row] == WaterLinkKind::pump) {
        r.net.pumps.speed[pump_of(r.net, row)] = value ? *value : opens ? 1.0 : 0.0;
        l.status[row] = (value ? *value > 0 : opens) ? WaterStatus::open : WaterStatus::closed;
    } else if (l.kind[row] == WaterLinkKind::pipe || l.kind[row] == WaterLinkKind::gpv) {
        if (!value) l.status[row] = opens ? WaterStatus::open : WaterStatus::closed;
    } else {
        l.setting[row] = value ? *value * setting_scale(r.units, l.kind[row]) : nan;
        l.status[row] = value ? WaterStatus::active : opens ? WaterStatus::open : WaterStatus::closed;
    }
}

// One link, or all whose numbers lie between two: `LINK1 LINK2 STATUS`.
void read_status(Reader& r, const Line& line) {
    constexpr std::string_view section = "STATUS";
    r.need(line, section, 2, "a link and its status");
    if (line.words.size() == 2) return set_status(r, line, r.link(line, section, line.words[0]), line.words[1]);
    const auto first = parse_number(line.words[0]), last = parse_number(line.words[1]);
    if (!first || !last) r.text.fail(line, section, fmt::format("{} (two links whose ids are no numbers) one link a line", fmt::join(line.words, " ")));
    for (const WaterLinkId row : rows(r.net.links.id))
        if (const auto id = parse_number(r.net.links.id[row]); id && *id >= *first && *id <= *last) set_status(r, line, row, line.words[2]);
}

// EPANET 2.3.5: mm2 for each 100 units of length, and as much more for each m of pressure (in US units, too: so measured).
void read_leak(Reader& r, const Line& line) {
    constexpr std::string_view section = "LEAKAGE";
    r.need(line, section, 3, "a pipe, its leak area and its growth");
    const WaterLinkId row = r.link(line, section, line.words[0]);
    if (r.net.links.kind[row] != WaterLinkKind::pipe) r.text.fail(line, section, fmt::format("{} (is no pipe) a pipe", line.words[0]));
    r.net.links.leak_area_m[row] = r.not_negative(line, section, 1, "leak area") * 1e-6 / (100 * r.units.length_m);
    r.net.links.leak_growth[row] = r.not_negative(line, section, 2, "leak growth") * 1e-6 / (100 * r.units.length_m);
}

// Where valves are is not in the file: at both ends of each pipe, except where only two pipes meet.
void guess_isolation_valves(Reader& r) {
    WaterLinks& l = r.net.links;
    std::vector<std::int32_t> degree(r.net.nodes.id.size(), 0);
    for (const WaterLinkId row : rows(l.id)) ++degree[shahr::row(l.from[row])], ++degree[shahr::row(l.to[row])];
    std::int64_t count = 0;
    for (const WaterLinkId row : rows(l.id)) {
        if (l.kind[row] != WaterLinkKind::pipe) continue;
        l.valve_from[row] = degree[shahr::row(l.from[row])] != 2;
        l.valve_to[row] = degree[shahr::row(l.to[row])] != 2;
        count += l.valve_from[row] + l.valve_to[row];
    }
    r.report.guessed(count, "isolation valves", "at the ends of pipes where not just two links meet: the file has none");
}

}  // namespace

void read_links(Reader& r) {
    for (const Line& line : r.text.lines("PIPES")) add_pipe(r, line);
    for (const Line& line : r.text.lines("PUMPS")) add_pump(r, line);
    for (const Line& line : r.text.lines("VALVES")) add_valve(r, line);
    for (const Line& line : r.text.lines("STATUS")) read_status(r, line);
    for (const Line& line : r.text.lines("LEAKAGE")) read_leak(r, line);
    guess_isolation_valves(r);
}

}  // namespace shahr::epanet
