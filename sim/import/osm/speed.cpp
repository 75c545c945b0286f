#include "sim/import/osm/speed.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace shahr::osm {
namespace {

constexpr double kmh_per_mph = 1.609344, kmh_per_knot = 1.852;
constexpr double walking_kmh = 7;  // what German courts take for the pace of a living street

std::optional<double> leading_number(std::string_view text, std::string_view& rest) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{}) return std::nullopt;
    rest = text.substr(static_cast<std::size_t>(end - text.data()));
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    return number;
}

std::optional<double> stated_number_kmh(std::string_view text) {
    std::string_view unit;
    const auto number = leading_number(text, unit);
    if (!number) return std::nullopt;
    double kmh = *number;
    if (unit == "mph")
        kmh *= kmh_per_mph;
    else if (unit == "knots")
        kmh *= kmh_per_knot;
    else if (!is_any(unit, {"", "km/h", "kmh", "kph"}))
        return std::nullopt;
    return kmh >= 4.8 && kmh < 400 ? std::optional(kmh) : std::nullopt;
}

// "RU:urban", "DE:zone30", "DE:zone:30", "KZ:60"; the country named there is the one whose law holds.
std::optional<double> symbolic_kmh(std::string_view value, const Country& here) {
    const auto colon = value.find(':');
    std::string_view word = colon == std::string_view::npos ? value : value.substr(colon + 1);
    const bool named = colon == 2 && std::all_of(value.begin(), value.begin() + 2, [](char c) {
                           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
                       });
    const Country& law = named && !country_of(value.substr(0, 2)).code.empty() ? country_of(value.substr(0, 2)) : here;
    if (word == "urban") return law.urban_kmh;
    if (is_any(word, {"rural", "trunk", "nsl_single", "nsl_dual"})) return law.rural_kmh;
    if (word == "motorway") return law.motorway_kmh;
    if (is_any(word, {"living_street", "bicycle_road"})) return word == "bicycle_road" ? 30 : law.living_street_kmh;
    if (colon == std::string_view::npos) return std::nullopt;
    if (word.starts_with("zone")) word.remove_prefix(4);
    if (word.starts_with(':')) word.remove_prefix(1);
    return stated_number_kmh(word);
}

bool is_fast(RoadClass c) {
    return c == RoadClass::motorway || c == RoadClass::trunk || c == RoadClass::primary;
}

}  // namespace

std::optional<double> speed_value_kmh(std::string_view value, RoadClass road_class, const Country& country) {
    std::optional<double> least;
    for (const auto part : split(value, ';')) {
        std::optional<double> kmh;
        if (part == "walk")
            kmh = walking_kmh;
        else if (part == "none")
            kmh = is_fast(road_class) ? std::optional(std::max(country.motorway_kmh, country.rural_kmh)) : std::nullopt;
        else
            kmh = stated_number_kmh(part);
        if (!kmh) kmh = symbolic_kmh(part, country);
        if (kmh) least = least ? std::min(*least, *kmh) : *kmh;
    }
    return least;
}

std::optional<double> tagged_speed_kmh(const Tags& tags, std::string_view direction, RoadClass road_class,
                                       const Country& country) {
    const std::string directed = "maxspeed:" + std::string(direction);
    for (const std::string_view key : {std::string_view(directed), "maxspeed"sv, "maxspeed:type"sv, "zone:maxspeed"sv,
                                       "source:maxspeed"sv, "zone:traffic"sv})
        if (const auto value = tags[key]; !value.empty())
            if (const auto kmh = speed_value_kmh(value, road_class, country)) return kmh;
    return std::nullopt;
}

double default_speed_kmh(RoadClass road_class, bool built_up, const Country& country) {
    const double open = built_up ? country.urban_kmh : country.rural_kmh;
    switch (road_class) {
        case RoadClass::motorway:
            return country.motorway_kmh;
        case RoadClass::trunk:
        case RoadClass::primary:
        case RoadClass::secondary:
        case RoadClass::tertiary:
            return open;
        case RoadClass::unclassified:
            return std::min(open, 80.0);
        case RoadClass::residential:
            return std::min(country.urban_kmh, 40.0);
        case RoadClass::living_street:
            return country.living_street_kmh;
        case RoadClass::service:
            return 20;
        case RoadClass::motorway_link:
            return built_up ? 60 : 80;
        case RoadClass::trunk_link:
        case RoadClass::primary_link:
            return std::min(open, built_up ? 50.0 : 70.0);
        case RoadClass::secondary_link:
        case RoadClass::tertiary_link:
            return 40;
        case RoadClass::other:
            break;
    }
    return std::min(open, 50.0);
}

}  // namespace shahr::osm
