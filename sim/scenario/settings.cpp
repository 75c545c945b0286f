#include "sim/scenario/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/nearest.h"

namespace shahr {

std::string text_of(const Setting& setting, std::string_view right) {
    if (const auto* text = std::get_if<std::string>(&setting.value)) return *text;
    reject(setting, "not a text", right);
}

bool flag_of(const Setting& setting) {
    if (const auto* flag = std::get_if<bool>(&setting.value)) return *flag;
    reject(setting, "neither true nor false", "true or false, without quotes");
}

double number_of(const Setting& setting, double least, double most) {
    double value = 0;
    if (const auto* real = std::get_if<double>(&setting.value))
        value = *real;
    else if (const auto* whole = std::get_if<std::int64_t>(&setting.value))
        value = static_cast<double>(*whole);
    else
        reject(setting, "not a number", "a number, without quotes");
    const std::string bounds = std::isinf(most) ? fmt::format("{} or more", least) : fmt::format("from {} to {}", least, most);
    if (!std::isfinite(value)) reject(setting, "not a finite number", bounds);
    if (value < least) reject(setting, value < 0 && least >= 0 ? "negative" : "too small", bounds);
    if (value > most) reject(setting, "too large", bounds);
    return value;
}

std::int64_t whole_number_of(const Setting& setting, std::int64_t least) {
    const auto* value = std::get_if<std::int64_t>(&setting.value);
    if (!value) reject(setting, "not a whole number", "a whole number, without quotes");
    if (*value < least) reject(setting, *value < 0 ? "negative" : "too small", fmt::format("{} or more", least));
    return *value;
}

Duration duration_of(const Setting& setting, Duration least) {
    constexpr std::string_view right = "a number with a unit, as \"4h\", \"5min\", \"90s\", \"1d\"";
    const bool bare = std::holds_alternative<std::int64_t>(setting.value) || std::holds_alternative<double>(setting.value);
    if (bare) reject(setting, "no unit", right);
    const std::string text = text_of(setting, right);
    const auto duration = parse_duration(text);
    if (!duration) reject(setting, "not a duration", right);
    if (*duration < Duration{0}) reject(setting, "a negative duration", least > Duration{0} ? fmt::format("{} or more", duration_text(least)) : "zero or more");
    if (*duration < least) reject(setting, "too short", fmt::format("{} or more", duration_text(least)));
    return *duration;
}

Moment moment_of(const Setting& setting) {
    constexpr std::string_view right = "\"07:00\", or with a date \"2026-03-10 07:00\"";
    const auto moment = parse_moment(text_of(setting, right));
    if (!moment) reject(setting, "not a time", right);
    return *moment;
}

double speed_mps_of(const Setting& setting) {
    constexpr std::string_view right = "a number with a unit, as \"30 km/h\", \"8.3 m/s\", \"20 mph\"";
    const bool bare = std::holds_alternative<std::int64_t>(setting.value) || std::holds_alternative<double>(setting.value);
    if (bare) reject(setting, "no unit", right);
    const auto speed = parse_speed_mps(text_of(setting, right));
    if (!speed) reject(setting, "not a speed", right);
    if (*speed <= 0) reject(setting, "not above zero", "a speed above zero; [[close_road]] closes a road");
    return *speed;
}

std::string choice_of(const Setting& setting, std::initializer_list<std::string_view> choices) {
    const std::string text = text_of(setting, "a text");
    if (std::find(choices.begin(), choices.end(), text) != choices.end()) return text;
    reject(setting, "no such choice", did_you_mean(text, std::vector<std::string_view>(choices)));
}

Ring ring_of(const Setting& setting) {
    const auto* ring = std::get_if<Ring>(&setting.value);
    if (!ring) reject(setting, "not a ring", "at least three corners: [[x, y], [x, y], [x, y]]");
    if (ring->size() < 3) reject(setting, "fewer than three corners", "at least three corners: [[x, y], [x, y], [x, y]]");
    for (const Point& p : *ring)
        if (!std::isfinite(p.x_m) || !std::isfinite(p.y_m)) reject(setting, "a corner that is not finite", "finite numbers");
    return *ring;
}

std::string file_of(const Setting& setting, std::string_view right) {
    const std::string text = text_of(setting, right);
    if (text.empty()) reject(setting, "empty", right);
    const std::filesystem::path path = setting.directory / text;
    std::error_code error;
    if (!std::filesystem::exists(path, error)) reject(setting, path == text ? "no such file" : fmt::format("no such file: {}", path.string()), right);
    if (std::filesystem::is_directory(path, error)) reject(setting, "a directory", right);
    return path.string();
}

std::string name_or_toml_of(const Setting& setting, std::string_view right) {
    const std::string text = text_of(setting, right);
    return text.ends_with(".toml") ? file_of(setting, right) : text;
}

}  // namespace shahr
