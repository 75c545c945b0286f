// [RULES]: RULE id, IF premises joined by AND and OR, THEN and ELSE actions, PRIORITY.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "sim/import/epanet/parts.h"

namespace shahr::epanet {
namespace {

constexpr std::string_view section = "RULES";
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

enum class Part : std::uint8_t { outside, rule, premises, then, otherwise, priority };

template <class T, std::size_t N>
std::optional<T> word_in(std::string_view word, const std::pair<std::string_view, T> (&known)[N]) {
    for (const auto& [name, value] : known)
        if (same_word(word, name)) return value;
    return std::nullopt;
}

std::optional<WaterQuantity> quantity_named(std::string_view word) {
    using enum WaterQuantity;
    static constexpr std::pair<std::string_view, WaterQuantity> known[] = {{"DEMAND", demand}, {"HEAD", head}, {"GRADE", head}, {"LEVEL", level}, {"PRESSURE", pressure}, {"FLOW", flow},
        {"STATUS", status}, {"SETTING", setting}, {"FILLTIME", fill_time}, {"DRAINTIME", drain_time}, {"TIME", time}, {"CLOCKTIME", clock}};
    return word_in(word, known);
}

std::optional<WaterRelation> relation_named(std::string_view word) {
    using enum WaterRelation;
    static constexpr std::pair<std::string_view, WaterRelation> known[] = {{"=", equal}, {"IS", equal}, {"<>", unequal}, {"NOT", unequal}, {"<=", at_most}, {">=", at_least}, {"<", below}, {"BELOW", below}, {">", above}, {"ABOVE", above}};
    return word_in(word, known);
}

std::optional<WaterStatus> status_named(std::string_view word) {
    static constexpr std::pair<std::string_view, WaterStatus> known[] = {{"OPEN", WaterStatus::open}, {"CLOSED", WaterStatus::closed}, {"ACTIVE", WaterStatus::active}};
    return word_in(word, known);
}

bool is_node_word(std::string_view word) {
    return is_word(word, "NODE") || is_word(word, "JUNC") || is_word(word, "RESE") || is_word(word, "TANK");
}
bool is_link_word(std::string_view word) {
    return is_word(word, "LINK") || is_word(word, "PIPE") || is_word(word, "PUMP") || is_word(word, "VALV");
}

double scale_of(const Reader& r, WaterQuantity quantity, WaterLinkId link) {
    switch (quantity) {
        case WaterQuantity::demand:
        case WaterQuantity::flow: return r.units.flow_m3s;
        case WaterQuantity::head:
        case WaterQuantity::level: return r.units.length_m;
        case WaterQuantity::pressure: return r.units.pressure_m;
        case WaterQuantity::setting: return setting_scale(r.units, r.net.links.kind[link]);
        case WaterQuantity::fill_time:
        case WaterQuantity::drain_time: return 3600;
        default: return 1;
    }
}

class RuleReader {
public:
    explicit RuleReader(Reader& r) : r_(r) {}

    void read(const Line& line) {
        const std::string& word = line.words[0];
        if (is_word(word, "RULE")) begin(line);
        else if (part_ == Part::outside) fail(line, "stands before any RULE", "RULE and its name first");
        else if (is_word(word, "IF", 2)) enter(Part::premises, Part::rule, line), premise(line, false);
        else if (is_word(word, "THEN")) enter(Part::then, Part::premises, line), action(line);
        else if (is_word(word, "ELSE")) enter(Part::otherwise, Part::then, line), action(line);
        else if (is_word(word, "PRIO")) priority(line);
        else if (same_word(word, "OR") && part_ == Part::premises) premise(line, true);
        else if (same_word(word, "AND") && part_ == Part::premises) premise(line, false);
        else if (same_word(word, "AND") && (part_ == Part::then || part_ == Part::otherwise)) action(line);
        else fail(line, "not expected here", "IF, AND, OR, THEN, ELSE or PRIORITY in their order");
    }

private:
    [[noreturn]] void fail(const Line& line, std::string_view why, std::string_view right) const {
        r_.text.fail(line, section, fmt::format("{}{} ({}) {}", is_some(rule_) ? "rule " + r_.net.rules.id[rule_] + ": " : "", fmt::join(line.words, " "), why, right));
    }
    void begin(const Line& line) {
        r_.need(line, section, 2, "RULE and its name");
        if (!names_.insert(line.words[1]).second) fail(line, "there is a rule of this name already", "a name of its own");
        rule_ = r_.net.rules.id.push_back(line.words[1]);
        r_.net.rules.priority.push_back(0);
        part_ = Part::rule;
    }
    void enter(Part next, Part before, const Line& line) {
        if (part_ != before) fail(line, "not expected here", "IF, then THEN, then ELSE");
        part_ = next;
    }
    void priority(const Line& line) {
        if (part_ != Part::then && part_ != Part::otherwise) fail(line, "not expected here", "behind the actions");
        r_.need(line, section, 2, "PRIORITY and a number");
        r_.net.rules.priority[rule_] = r_.number(line, section, 1, "PRIORITY");
        part_ = Part::priority;
    }

    void premise(const Line& line, bool alternative) {
        WaterPremises& p = r_.net.premises;
        const bool system = line.words.size() > 1 && is_word(line.words[1], "SYST");
        const std::size_t at = system ? 2 : 3; // of the quantity
        if (line.words.size() < at + 3) fail(line, "too few words", "IF NODE id PRESSURE BELOW 20, IF SYSTEM CLOCKTIME >= 8 AM");
        WaterNodeId node = none<WaterNodeId>;
        WaterLinkId link = none<WaterLinkId>;
        if (!system && is_node_word(line.words[1])) node = r_.node(line, section, line.words[2]);
        else if (!system && is_link_word(line.words[1])) link = r_.link(line, section, line.words[2]);
        else if (!system) fail(line, fmt::format("{} is not known", line.words[1]), "NODE, TANK, LINK, PUMP, VALVE ... or SYSTEM");
        const auto quantity = quantity_named(line.words[at]);
        const auto relation = relation_named(line.words[at + 1]);
        if (!quantity || !fits(*quantity, system, node)) fail(line, fmt::format("{} is not looked at here", line.words[at]), "PRESSURE, LEVEL ... of a node, FLOW, STATUS, SETTING of a link, DEMAND, TIME, CLOCKTIME of the SYSTEM");
        if (!relation) fail(line, fmt::format("{} is no comparison", line.words[at + 1]), "=, <>, <, <=, >, >=, IS, NOT, BELOW or ABOVE");
        p.rule.push_back(rule_);
        p.alternative.push_back(alternative);
        p.quantity.push_back(*quantity);
        p.node.push_back(node);
        p.link.push_back(link);
        p.relation.push_back(*relation);
        p.value.push_back(value(line, at + 2, *quantity, link));
    }
    bool fits(WaterQuantity q, bool system, WaterNodeId node) const {
        using enum WaterQuantity;
        if (system) return q == demand || q == time || q == clock;
        if (!is_some(node)) return q == flow || q == status || q == setting;
        if (q == fill_time || q == drain_time) return r_.net.nodes.kind[node] == WaterNodeKind::tank;
        return q == demand || q == head || q == pressure || q == level;
    }
    double value(const Line& line, std::size_t at, WaterQuantity quantity, WaterLinkId link) const {
        if (quantity == WaterQuantity::time || quantity == WaterQuantity::clock) {
            const auto time = parse_time(line.words[at], line.words.size() > at + 1 ? line.words[at + 1] : "");
            if (!time) fail(line, fmt::format("{} is not a time", line.words[at]), "as 6, 6:30 or 6 AM");
            return seconds(*time);
        }
        if (quantity == WaterQuantity::status) {
            const auto status = status_named(line.words[at]);
            if (!status) fail(line, fmt::format("{} is not a status", line.words[at]), "OPEN, CLOSED or ACTIVE");
            return static_cast<double>(*status);
        }
        return r_.number(line, section, at, "value") * scale_of(r_, quantity, link);
    }

    void action(const Line& line) {
        WaterActions& a = r_.net.actions;
        if (line.words.size() < 6 || !is_link_word(line.words[1])) fail(line, "not an action", "THEN PUMP id STATUS = OPEN, THEN VALVE id SETTING IS 60");
        const WaterLinkId link = r_.link(line, section, line.words[2]);
        const WaterLinkKind kind = r_.net.links.kind[link];
        if (r_.net.links.check_valve[link]) fail(line, "a pipe with a check valve cannot be controlled", "another link");
        const auto status = status_named(line.words[5]);
        const auto number = parse_number(line.words[5]);
        if (!status && !(number && *number >= 0)) fail(line, fmt::format("{} is neither a status nor a setting", line.words[5]), "OPEN, CLOSED or a number");
        if (number && !status && kind == WaterLinkKind::gpv) fail(line, "a valve with a curve has no setting", "OPEN or CLOSED");
        const bool switches = status || kind == WaterLinkKind::pipe;
        a.rule.push_back(rule_);
        a.otherwise.push_back(part_ == Part::otherwise);
        a.link.push_back(link);
        a.status.push_back(status ? *status : switches && *number == 0 ? WaterStatus::closed : WaterStatus::open);
        a.setting.push_back(switches ? nan : *number * setting_scale(r_.units, kind));
    }

    Reader& r_;
    WaterRuleId rule_ = none<WaterRuleId>;
    Part part_ = Part::outside;
    std::set<std::string> names_;
};

}  // namespace

void read_rules(Reader& r) {
    RuleReader reader(r);
    for (const Line& line : r.text.lines(section)) reader.read(line);
    for (const WaterRuleId rule : rows(r.net.rules.id)) {
        const auto of_rule = [&](const auto& column) { return std::find(column.begin(), column.end(), rule) != column.end(); };
        if (of_rule(r.net.premises.rule) && of_rule(r.net.actions.rule)) continue;
        const auto lines = r.text.lines(section);
        const auto line = std::find_if(lines.begin(), lines.end(), [&](const Line& l) { return l.words.size() > 1 && l.words[1] == r.net.rules.id[rule]; });
        r.text.fail(*line, section, fmt::format("rule {} (without IF or without THEN) both", r.net.rules.id[rule]));
    }
}

}  // namespace shahr::epanet
