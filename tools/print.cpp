#include "tools/print.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

namespace shahr {
namespace {

std::string with_thousands(const std::string& digits) {
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
        out += digits[i];
    }
    return out;
}

template <class T>
std::vector<T> column(const Frame& frame, std::string_view name) {
    const Field* field = find(frame, "trips", name);
    const auto* values = field ? std::get_if<std::vector<T>>(&field->values) : nullptr;
    return values ? *values : std::vector<T>{};
}

using Meanings = std::map<std::int32_t, std::string>;

// The meanings of a field of codes, which stand in its long name: "0 departs later, 1 arrived, 2 drives".
Meanings meanings_of(const Frame& frame, std::string_view name) {
    Meanings meanings;
    const Field* field = find(frame, "trips", name);
    std::string_view rest = field ? std::string_view(field->long_name) : "";
    while (!rest.empty()) {
        const std::string_view item = rest.substr(0, rest.find(", "));
        std::int32_t code = 0;
        const auto [end, error] = std::from_chars(item.data(), item.data() + item.size(), code);
        if (error == std::errc{}) meanings[code] = item.substr(std::min<std::size_t>(item.size(), static_cast<std::size_t>(end - item.data()) + 1));
        rest.remove_prefix(std::min(rest.size(), item.size() + 2));
    }
    return meanings;
}

std::string meaning_of(std::int32_t code, const Meanings& meanings) {
    const auto at = meanings.find(code);
    return at != meanings.end() ? at->second : fmt::format("cause {}", code);
}

struct Place {
    std::int32_t cause;
    RoadId road;
    auto operator<=>(const Place&) const = default;
};

template <class Key>
std::vector<std::pair<Key, std::size_t>> most_first(const std::map<Key, std::size_t>& counts) {
    std::vector<std::pair<Key, std::size_t>> sorted(counts.begin(), counts.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return sorted;
}

// Those who do not move, where most of them are.
void print_places(const Roads& roads, const std::vector<std::pair<Place, std::size_t>>& places, const Meanings& meanings) {
    constexpr std::size_t shown = 10;
    if (places.empty()) return;
    fmt::print("of these, not moving:\n");
    for (std::size_t i = 0; i < std::min(shown, places.size()); ++i) {
        const auto& [place, count] = places[i];
        const bool known = row(place.road) < roads.id.size();
        fmt::print("{:>9}  {}, on {}\n", count, meaning_of(place.cause, meanings), known ? fmt::format("{} {}", roads.id[place.road], roads.name[place.road]) : "no road");
    }
    std::size_t others = 0;
    for (std::size_t i = shown; i < places.size(); ++i) others += places[i].second;
    if (others > 0) fmt::print("{:>9}  at {} other places\n", others, places.size() - shown);
}

}  // namespace

std::string figure(double value) {
    if (!std::isfinite(value)) return "-";
    const std::string sign = value < 0 ? "-" : "";
    const double size = std::abs(value);
    if (size >= 1000 || size == std::floor(size)) return sign + with_thousands(fmt::format("{:.0f}", size));
    const int decimals = size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
    return sign + fmt::format("{:.{}f}", size, decimals);
}

std::string padded(const std::string& text, std::size_t width) {
    const auto letters = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    return text + std::string(letters < width ? width - letters : 0, ' ');
}

void print_kpis(std::span<const Kpi> kpis) {
    for (const Kpi& kpi : kpis) fmt::print("{:<22} {:>12} {:<6} {}\n", kpi.name, figure(kpi.value), kpi.unit == "1" ? "" : kpi.unit, kpi.long_name);
}

void print_wall_times(std::span<const WallTime> times) {
    for (const WallTime& time : times) {
        std::string parts;
        for (const WallTime& part : time.parts) parts += fmt::format("{}{} {:.1f}", parts.empty() ? "  " : ", ", part.what, part.wall_s);
        fmt::print("{:<22} {:>12.1f} {:<6}{}\n", time.what, time.wall_s, "s wall", parts);
    }
}

void print_events(std::span<const Event> events) {
    std::vector<std::pair<const Event*, std::size_t>> kinds;  // the first of each kind, and how many there are
    for (const Event& event : events) {
        const auto known = std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.first->engine == event.engine && kind.first->kind == event.kind; });
        if (known == kinds.end()) kinds.emplace_back(&event, 1);
        else ++known->second;
    }
    for (const auto& [first, count] : kinds) fmt::print("{} {}: {}{}\n", count, first->kind, count > 1 ? "first " : "", first->text);
}

void print_trips(const City& city, const Frame& trips, const Trips* who) {
    const auto inserted = column<double>(trips, "inserted"), arrived = column<double>(trips, "arrived");
    const auto last_road = column<std::int32_t>(trips, "last_road"), cause = column<std::int32_t>(trips, "stuck_cause");
    std::size_t begun = 0, completed = 0;
    std::map<std::int32_t, std::size_t> by_cause;
    std::map<Place, std::size_t> by_place;
    for (std::size_t i = 0; i < inserted.size(); ++i) {
        begun += std::isfinite(inserted[i]) ? 1 : 0;
        completed += std::isfinite(arrived[i]) ? 1 : 0;
        if (std::isfinite(arrived[i]) || i >= last_road.size() || i >= cause.size()) continue;
        ++by_cause[cause[i]];
        RoadId road{last_road[i]};
        if (!is_some(road) && who && i < who->origin.size()) road = who->origin.vector()[i];
        ++by_place[{cause[i], road}];
    }
    fmt::print("trips: {} asked, {} begun, {} completed\n", figure(static_cast<double>(inserted.size())), figure(static_cast<double>(begun)), figure(static_cast<double>(completed)));
    if (by_cause.empty()) return;
    const auto meanings = meanings_of(trips, "stuck_cause");
    fmt::print("not arrived when the run ended: {}\n", figure(static_cast<double>(inserted.size() - completed)));
    for (const auto& [code, count] : most_first(by_cause)) fmt::print("{:>9}  {}\n", count, meaning_of(code, meanings));
    std::erase_if(by_place, [&](const auto& place) { return meaning_of(place.first.cause, meanings) == "drives" || !is_some(place.first.road); });
    print_places(city.network.roads, most_first(by_place), meanings);
}

}  // namespace shahr
