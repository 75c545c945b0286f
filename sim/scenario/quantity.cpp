#include "sim/scenario/quantity.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace shahr {
namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;
using days = std::chrono::days;

constexpr std::array<std::pair<std::string_view, Duration>, 5> units = {{{"d"sv, 24h}, {"h"sv, 1h}, {"min"sv, 1min}, {"s"sv, 1s}, {"ms"sv, 1ms}}};
constexpr double longest_ms = 100 * 365.25 * 86400e3;

std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

// Takes a plain decimal number ("12", "1.5") off the front.
std::optional<double> take_number(std::string_view& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{} || !std::isfinite(value)) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

std::string_view take_letters(std::string_view& text) {
    std::size_t n = 0;
    while (n < text.size() && ((text[n] >= 'a' && text[n] <= 'z') || text[n] == '/')) ++n;
    const std::string_view letters = text.substr(0, n);
    text.remove_prefix(n);
    return letters;
}

// Exactly `digits` digits off the front, then the separator if there is to be one.
std::optional<int> take_digits(std::string_view& text, std::size_t digits) {
    int value = 0;
    if (text.size() < digits) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value);
    if (error != std::errc{} || end != text.data() + digits || text.front() == '-') return std::nullopt;
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<std::chrono::sys_days> take_date(std::string_view& text) {
    const auto year = take_digits(text, 4);
    if (!year || !take(text, '-')) return std::nullopt;
    const auto month = take_digits(text, 2);
    if (!month || !take(text, '-')) return std::nullopt;
    const auto day = take_digits(text, 2);
    if (!day) return std::nullopt;
    const auto date = std::chrono::year{*year} / *month / *day;
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date};
}

std::optional<Duration> take_clock(std::string_view& text) {
    const auto hour = take_digits(text, 2);
    if (!hour || !take(text, ':')) return std::nullopt;
    const auto minute = take_digits(text, 2);
    if (!minute) return std::nullopt;
    std::optional<int> second = 0;
    if (take(text, ':')) second = take_digits(text, 2);
    if (!second || *minute > 59 || *second > 59) return std::nullopt;
    const Duration clock = *hour * 1h + *minute * 1min + *second * 1s;
    if (clock > Duration{24h}) return std::nullopt;
    return clock;
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
    text = trim(text);
    const bool negative = take(text, '-');
    double total_ms = 0;
    std::size_t next_unit = 0;                 // the greater units come first, each at most once
    if (text.empty()) return std::nullopt;
    while (!text.empty()) {
        const auto value = take_number(text);
        if (!value || *value < 0) return std::nullopt;
        text = trim(text);
        const std::string_view unit = take_letters(text);
        while (next_unit < units.size() && units[next_unit].first != unit) ++next_unit;
        if (next_unit == units.size()) return std::nullopt;
        total_ms += *value * static_cast<double>(units[next_unit++].second.count());
        text = trim(text);
    }
    const double whole_ms = std::round(total_ms);
    if (whole_ms > longest_ms || std::abs(total_ms - whole_ms) > 1e-6 * std::max(1.0, total_ms)) return std::nullopt;
    return Duration{static_cast<std::int64_t>(negative ? -whole_ms : whole_ms)};
}

std::optional<Moment> parse_moment(std::string_view text) {
    text = trim(text);
    Moment moment;
    if (text.size() >= 10 && text[4] == '-') {
        moment.day = take_date(text);
        if (!moment.day) return std::nullopt;
        if (text.empty()) return moment;
        if (!take(text, ' ') && !take(text, 'T')) return std::nullopt;
    }
    const auto clock = take_clock(text);
    if (!clock || !text.empty()) return std::nullopt;
    moment.clock = *clock;
    return moment;
}

std::optional<double> parse_speed_mps(std::string_view text) {
    text = trim(text);
    const auto value = take_number(text);
    if (!value) return std::nullopt;
    text = trim(text);
    if (text == "km/h") return *value / 3.6;
    if (text == "m/s") return *value;
    if (text == "mph") return *value * 0.44704;
    return std::nullopt;
}

std::string clock_text(Duration since_first_midnight, std::chrono::sys_days first_day) {
    const auto day = std::chrono::floor<days>(since_first_midnight);
    const Duration clock = since_first_midnight - day;
    const auto hours = std::chrono::floor<std::chrono::hours>(clock);
    const auto minutes = std::chrono::floor<std::chrono::minutes>(clock - hours);
    const Duration rest = clock - hours - minutes;
    std::string text = fmt::format("{:02}:{:02}", hours.count(), minutes.count());
    if (rest % 1s != 0ms)
        text += fmt::format(":{:06.3f}", seconds(rest));
    else if (rest != 0ms)
        text += fmt::format(":{:02}", rest / 1s);
    if (day == days{0}) return text;
    const std::chrono::year_month_day date{first_day + day};
    return fmt::format("{:04}-{:02}-{:02} {}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), text);
}

std::string duration_text(Duration duration) {
    std::string text = duration < 0ms ? "-" : "";
    Duration rest = duration < 0ms ? -duration : duration;
    for (const auto& [unit, length] : units) {
        const auto n = rest / length;
        if (n > 0) text += fmt::format("{}{}", n, unit);
        rest -= n * length;
    }
    return duration == 0ms ? "0s" : text;
}

}  // namespace shahr
