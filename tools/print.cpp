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

// The meanings of a field of codes, which stand in its long name: "0 departs later, 1 arrived, 2 drives".
std::map<std::int32_t, std::string> meanings_of(const Frame& frame, std::string_view name) {
    std::map<std::int32_t, std::string> meanings;
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

void print_trips(const City& city, const Frame& trips) {
    const auto inserted = column<double>(trips, "inserted"), arrived = column<double>(trips, "arrived");
    const auto last_road = column<std::int32_t>(trips, "last_road"), cause = column<std::int32_t>(trips, "stuck_cause");
    std::size_t begun = 0, completed = 0;
    std::map<std::pair<std::int32_t, std::int32_t>, std::size_t> at;
    for (std::size_t i = 0; i < inserted.size(); ++i) {
        begun += std::isfinite(inserted[i]) ? 1 : 0;
        if (std::isfinite(arrived[i]))
            ++completed;
        else if (i < last_road.size() && i < cause.size())
            ++at[{last_road[i], cause[i]}];
    }
    fmt::print("trips: {} asked, {} begun, {} completed\n", figure(static_cast<double>(inserted.size())), figure(static_cast<double>(begun)), figure(static_cast<double>(completed)));
    if (at.empty()) return;
    std::vector<std::pair<std::pair<std::int32_t, std::int32_t>, std::size_t>> places(at.begin(), at.end());
    std::stable_sort(places.begin(), places.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    constexpr std::size_t shown = 10;
    fmt::print("not arrived at the end of the run: {}\n", figure(static_cast<double>(inserted.size() - completed)));
    const Roads& roads = city.network.roads;
    const auto meanings = meanings_of(trips, "stuck_cause");
    for (std::size_t i = 0; i < std::min(shown, places.size()); ++i) {
        const auto& [place, count] = places[i];
        const RoadId road{place.first};
        const bool known = is_some(road) && row(road) < roads.id.size();
        const auto meaning = meanings.find(place.second);
        const std::string why = meaning != meanings.end() ? meaning->second : fmt::format("cause {}", place.second);
        fmt::print("{:>9}  {}{}\n", count, why, known ? fmt::format(", on {} {}", roads.id[road], roads.name[road]) : "");
    }
    std::size_t others = 0;
    for (std::size_t i = shown; i < places.size(); ++i) others += places[i].second;
    if (others > 0) fmt::print("{:>9}  at {} other places\n", others, places.size() - shown);
}

}  // namespace shahr
