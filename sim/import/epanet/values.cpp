// Numbers, times and names.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "sim/base/nearest.h"
#include "sim/import/epanet/parts.h"

namespace shahr::epanet {

std::optional<double> parse_number(std::string_view word) {
    if (word.starts_with('+')) word.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::optional<Duration> parse_time(std::string_view word, std::string_view unit) {
    double hours = 0;
    if (word.find(':') == word.npos) {
        const auto number = parse_number(word);
        if (!number) return std::nullopt;
        hours = *number;
        if (is_word(unit, "SEC", 3)) hours /= 3600;
        else if (is_word(unit, "MIN", 3)) hours /= 60;
        else if (is_word(unit, "DAY", 3)) hours *= 24;
        else if (!unit.empty() && !is_word(unit, "HOU", 3) && !same_word(unit, "AM") && !same_word(unit, "PM")) return std::nullopt;
    } else {
        double scale = 1;
        for (int part = 0; !word.empty(); ++part, scale /= 60) {
            const std::size_t end = std::min(word.find(':'), word.size());
            const auto number = parse_number(word.substr(0, end));
            if (part > 2 || !number || *number < 0) return std::nullopt;
            hours += *number * scale;
            word.remove_prefix(std::min(end + 1, word.size()));
        }
        if (!unit.empty() && !same_word(unit, "AM") && !same_word(unit, "PM") && !is_word(unit, "HOU", 3)) return std::nullopt;
    }
    if (same_word(unit, "AM") || same_word(unit, "PM")) {
        if (hours >= 13 || hours < 0) return std::nullopt;
        if (hours >= 12) hours -= 12;
        if (same_word(unit, "PM")) hours += 12;
    }
    if (!(hours >= 0 && hours < 24.0 * 366 * 100)) return std::nullopt;
    return std::chrono::seconds{static_cast<std::int64_t>(hours * 3600 + 0.5)};
}

double setting_scale(const UnitsOfWater& units, WaterLinkKind kind) {
    switch (kind) {
        case WaterLinkKind::prv:
        case WaterLinkKind::psv:
        case WaterLinkKind::pbv: return units.pressure_m;
        case WaterLinkKind::fcv: return units.flow_m3s;
        case WaterLinkKind::pcv: return 0.01;
        default: return 1;
    }
}

void Reader::need(const Line& line, std::string_view section, std::size_t words, std::string_view form) const {
    if (line.words.size() < words) text.fail(line, section, fmt::format("{} (only {} values) {}", fmt::join(line.words, " "), line.words.size(), form));
}

double Reader::number(const Line& line, std::string_view section, std::size_t word, std::string_view what) const {
    const auto value = parse_number(line.words[word]);
    if (!value) text.fail(line, section, fmt::format("{} of {} = {} (not a number) a number", what, line.words.front(), line.words[word]));
    return *value;
}

double Reader::positive(const Line& line, std::string_view section, std::size_t word, std::string_view what) const {
    const double value = number(line, section, word, what);
    if (!(value > 0)) text.fail(line, section, fmt::format("{} of {} = {} (not above 0) a number above 0", what, line.words.front(), line.words[word]));
    return value;
}

double Reader::not_negative(const Line& line, std::string_view section, std::size_t word, std::string_view what) const {
    const double value = number(line, section, word, what);
    if (!(value >= 0)) text.fail(line, section, fmt::format("{} of {} = {} (negative) 0 or more", what, line.words.front(), line.words[word]));
    return value;
}

// The row of a name, or a sentence with the name that may have been meant.
template <class Id>
static Id find(const InpText& text, const Line& line, std::string_view section, const std::unordered_map<std::string, Id>& known, const std::string& id, std::string_view what) {
    const auto found = known.find(id);
    if (found != known.end()) return found->second;
    std::vector<std::string_view> names;
    for (const auto& [name, row] : known) names.push_back(name);
    std::sort(names.begin(), names.end());
    const std::string meant = names.size() > 5000 ? "" : nearest(id, names);
    text.fail(line, section, fmt::format("{} '{}' (no such {}) {}", what, id, what, meant.empty() ? fmt::format("the id of one of the {} there are", names.size()) : fmt::format("did you mean '{}'?", meant)));
}

WaterNodeId Reader::node(const Line& line, std::string_view section, const std::string& id) const {
    return find(text, line, section, nodes, id, "node");
}
WaterLinkId Reader::link(const Line& line, std::string_view section, const std::string& id) const {
    return find(text, line, section, links, id, "link");
}
WaterPatternId Reader::pattern(const Line& line, std::string_view section, const std::string& id) const {
    return find(text, line, section, patterns, id, "pattern");
}

}  // namespace shahr::epanet
