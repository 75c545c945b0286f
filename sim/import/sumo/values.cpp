#include "sim/import/sumo/values.h"

#include <array>
#include <charconv>
#include <cmath>

namespace shahr::sumo {
namespace {

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> parts;
    for (std::size_t at = text.find_first_not_of(separators); at != std::string_view::npos; at = text.find_first_not_of(separators, at)) {
        const std::size_t end = std::min(text.find_first_of(separators, at), text.size());
        parts.push_back(text.substr(at, end - at));
        at = end;
    }
    return parts;
}

constexpr double longest_s = 1e9;              // about 30 years: keeps milliseconds far inside 64 bits

}  // namespace

std::optional<double> parse_number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::optional<Duration> parse_time(std::string_view text) {
    const auto parts = split(text, ":");
    if (parts.empty() || parts.size() == 2 || parts.size() > 4) return std::nullopt;
    constexpr std::array scale{1.0, 60.0, 3600.0, 86400.0};
    double total_s = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto part = parse_number(parts[i]);
        if (!part) return std::nullopt;
        total_s += *part * scale[parts.size() - 1 - i];
    }
    if (std::abs(total_s) > longest_s) return std::nullopt;
    return Duration(std::llround(total_s * 1000));
}

std::vector<std::string_view> words(std::string_view text) {
    return split(text, " \t\r\n,;");
}

std::optional<Shape> parse_shape(std::string_view text) {
    Shape shape;
    for (const auto corner : split(text, " \t\r\n")) {
        const auto xyz = split(corner, ",");
        if (xyz.size() < 2 || xyz.size() > 3) return std::nullopt;
        const auto x = parse_number(xyz[0]), y = parse_number(xyz[1]);
        if (!x || !y) return std::nullopt;
        shape.points.push_back({*x, *y});
        if (xyz.size() == 2) continue;
        const auto z = parse_number(xyz[2]);
        if (!z) return std::nullopt;
        if (!shape.first_z_m) shape.first_z_m = z;
        shape.last_z_m = z;
    }
    return shape;
}

}  // namespace shahr::sumo
