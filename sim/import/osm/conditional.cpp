#include "sim/import/osm/conditional.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace shahr::osm {
namespace {

constexpr int eight = 8 * 60;                  // minutes after midnight
constexpr std::string_view days[] = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
constexpr int tuesday = 1;

std::optional<int> day_of(std::string_view word) {
    for (int d = 0; d < 7; ++d)
        if (word == days[d]) return d;
    return std::nullopt;
}

// "07:30" in minutes.
std::optional<int> clock_of(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    int hour = 0, minute = 0;
    const auto read = [](std::string_view digits, int& value) {
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc{} && end == digits.data() + digits.size();
    };
    if (!read(text.substr(0, colon), hour) || !read(text.substr(colon + 1), minute)) return std::nullopt;
    return 60 * hour + minute;
}

// "Mo-Fr,Su": nothing if it is no list of days.
std::optional<bool> on_tuesday(std::string_view list) {
    bool found = false;
    for (const auto part : split(list, ',')) {
        if (part == "PH" || part == "SH") continue;
        const auto dash = part.find('-');
        const auto first = day_of(part.substr(0, dash));
        const auto last = dash == std::string_view::npos ? first : day_of(part.substr(dash + 1));
        if (!first || !last) return std::nullopt;
        found |= *first <= *last ? *first <= tuesday && tuesday <= *last : tuesday >= *first || tuesday <= *last;
    }
    return found;
}

// "07:00-09:00,16:00-18:00": nothing if it is no list of times.
std::optional<bool> around_eight(std::string_view list) {
    bool found = false;
    for (auto part : split(list, ',')) {
        const auto dash = part.find('-');
        if (dash == std::string_view::npos) return std::nullopt;
        const auto begin = clock_of(part.substr(0, dash)), end = clock_of(part.substr(dash + 1));
        if (!begin || !end) return std::nullopt;
        found |= *begin <= *end ? *begin <= eight && eight < *end : eight >= *begin || eight < *end;
    }
    return found;
}

// One rule of opening hours: days, times or both, "off" after them. Says nothing where days and times do not hold.
struct Rule {
    bool readable = false, holds = false, off = false;
};

Rule rule_of(std::string_view text) {
    Rule rule;
    std::optional<bool> day, time;
    bool holiday = false;
    for (const auto word : split(text, ' ')) {
        if (word.empty()) continue;
        if (word == "off" || word == "closed") rule.off = true;
        else if (word == "24/7") day = true;
        else if (is_any(word, {"PH", "SH"})) holiday = true;
        else if (const auto d = on_tuesday(word); d && !day) day = d;
        else if (const auto t = around_eight(word); t && !time) time = t;
        else return rule;
    }
    rule.readable = day || time || holiday;
    rule.holds = (day || time) && day.value_or(true) && time.value_or(true);
    return rule;
}

bool is_about_other_vehicles(std::string_view condition) {
    for (const std::string_view what : {"weight", "maxweight", "length", "width", "height", "axle", "trailer", "hgv", "bus", "psv"})
        if (condition.starts_with(what)) return true;
    return false;
}

// Commas between times or days carry no space; "Mo-Fr 07:00-09:00, 16:00-18:00" is written too.
std::string without_spaces_after_commas(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' || !out.ends_with(',')) out += c;
    return out;
}

bool is_read(std::string_view key) {
    for (const std::string_view direction : {":forward", ":backward"})
        if (key.ends_with(direction)) key.remove_suffix(direction.size());
    return is_any(key, {"access", "vehicle", "motor_vehicle", "motorcar", "maxspeed", "oneway", "oneway:motor_vehicle", "lanes",
                        "turn:lanes", "restriction", "restriction:motor_vehicle", "restriction:motorcar"});
}

// The value whose condition holds; what is left out is counted.
std::optional<std::string_view> value_at_eight(std::string_view text, ConditionalTags& counts) {
    std::optional<std::string_view> value;
    bool unknown = false;
    while (!text.empty()) {
        // "value @ (condition); value @ condition": a semicolon within brackets belongs to the condition.
        std::size_t end = 0;
        for (int depth = 0; end < text.size() && (text[end] != ';' || depth > 0); ++end) depth += (text[end] == '(') - (text[end] == ')');
        const auto part = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto at = part.find('@');
        if (at == std::string_view::npos) continue;
        auto condition = trimmed(part.substr(at + 1));
        if (condition.starts_with('(') && condition.ends_with(')')) condition = condition.substr(1, condition.size() - 2);
        const auto holds = holds_at_eight(condition);
        unknown |= !holds;
        if (holds.value_or(false)) value = trimmed(part.substr(0, at));
    }
    ++(value ? counts.in_force : unknown ? counts.unknown : counts.not_then);
    return value;
}

}  // namespace

std::optional<bool> holds_at_eight(std::string_view condition) {
    if (is_about_other_vehicles(condition)) return false;
    if (const auto both = condition.find(" AND "); both != std::string_view::npos) {
        const auto first = holds_at_eight(condition.substr(0, both)), rest = holds_at_eight(condition.substr(both + 5));
        if (first == false || rest == false) return false;
        return first && rest ? std::optional(true) : std::nullopt;
    }
    bool holds = false;
    const std::string text = without_spaces_after_commas(condition);
    for (const auto part : split(text, ';')) {
        const Rule rule = rule_of(part);
        if (!rule.readable) return std::nullopt;
        if (rule.holds) holds = !rule.off;
    }
    return holds;
}

Tags as_at_eight(const Tags& tags, ConditionalTags& counts) {
    constexpr std::string_view suffix = ":conditional";
    Tags out = tags;
    for (const auto& [key, value] : tags) {
        if (!key.ends_with(suffix)) continue;
        const auto base = std::string_view(key).substr(0, key.size() - suffix.size());
        if (!is_read(base)) continue;
        if (const auto now = value_at_eight(value, counts)) out.set(base, std::string(*now));
    }
    return out;
}

void report_conditional(const ConditionalTags& counts, std::string_view of_what, ImportReport& report) {
    report.guessed(counts.in_force, fmt::format("conditional tags of {}", of_what), "in force on a weekday at 8:00: taken to hold all day");
    report.dropped(counts.not_then, fmt::format("conditional tags of {}", of_what), "not in force on a weekday at 8:00, or not for cars");
    report.dropped(counts.unknown, fmt::format("conditional tags of {}", of_what), "of weather, seasons, permits or words that are not read");
}

}  // namespace shahr::osm
