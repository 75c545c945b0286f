#include "sim/synthesis/climate.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "sim/base/error.h"
#include "sim/base/nearest.h"
#include "sim/synthesis/bundled_texts.h"
#include "sim/synthesis/toml_table.h"

namespace shahr {

std::vector<std::string_view> bundled_climates() {
    std::vector<std::string_view> names;
    for (const BundledText& text : climate_texts()) names.push_back(text.name);
    return names;
}

Climate read_climate_text(std::string_view text, const std::string& name) {
    const TomlTable table(text, name);
    table.check_keys({"title", "source", "latitude_deg", "longitude_deg", "time_zone_h", "elevation_m", "temperature_c", "high_c", "low_c", "sunshine_h", "relative_humidity", "wind_mps", "day_to_day_k"});
    const auto monthly = [&](std::string_view key, double least, double most) {
        const std::vector<double> values = table.numbers(key, 12, least, most);
        Monthly months{};
        std::copy(values.begin(), values.end(), months.begin());
        return months;
    };
    Climate to;
    to.title = table.text("title");
    table.text("source");
    to.latitude_deg = table.number("latitude_deg", -66, 66);   // beyond the polar circles there are days without any sun
    to.longitude_deg = table.number("longitude_deg", -180, 180);
    to.time_zone_h = table.number("time_zone_h", -12, 14);
    to.elevation_m = table.number("elevation_m", -1000, 6000);
    to.temperature_c = monthly("temperature_c", -60, 50);
    to.high_c = monthly("high_c", -60, 60);
    to.low_c = monthly("low_c", -70, 50);
    for (std::size_t m = 0; m < 12; ++m)
        if (!(to.low_c[m] < to.temperature_c[m] && to.temperature_c[m] < to.high_c[m])) table.reject("temperature_c", fmt::format("{} in month {}, not between the lowest {} and the highest {}", to.temperature_c[m], m + 1, to.low_c[m], to.high_c[m]), "low_c < temperature_c < high_c");
    to.sunshine_h = monthly("sunshine_h", 1, 500);
    to.relative_humidity = monthly("relative_humidity", 0.05, 1);
    to.wind_mps = monthly("wind_mps", 0, 20);
    to.day_to_day_k = monthly("day_to_day_k", 0, 15);
    return to;
}

Climate read_climate(const std::string& name_or_path) {
    for (const BundledText& text : climate_texts())
        if (text.name == name_or_path) return read_climate_text(text.text, fmt::format("{}.toml", text.name));
    std::ifstream file(name_or_path, std::ios::binary);
    if (!file) throw InputError(fmt::format("{} (no such climate, nor a file of it) {}; or the path of a .toml", name_or_path, did_you_mean(name_or_path, bundled_climates())));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return read_climate_text(text, name_or_path);
}

}  // namespace shahr
