// A climate as monthly normals, and a year of hours made of it for people without a weather file.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/city/weather.h"

namespace shahr {

using Monthly = std::array<double, 12>;

struct Climate {
    std::string title;
    double latitude_deg = 0, longitude_deg = 0;
    double time_zone_h = 0, elevation_m = 0;
    Monthly temperature_c{}, high_c{}, low_c{};          // mean; mean of the days' highest and lowest
    Monthly sunshine_h{};                                // in the month
    Monthly relative_humidity{};                         // 0 to 1
    Monthly wind_mps{};
    Monthly day_to_day_k{};                              // standard deviation of the days' means about the course of the year
};

// One of scenarios/climates/ by its name, or the path of a .toml like them. Throws InputError.
Climate read_climate(const std::string& name_or_path);
Climate read_climate_text(std::string_view text, const std::string& name);
std::vector<std::string_view> bundled_climates();

// A common year of hours. Its monthly means of temperature, daily sunlight and wind are the normals' (sunlight from sunshine
// hours by Angstrom and Prescott), its days and hours are drawn by the seed. Rain, snow and the wind's direction are not made: 0.
Weather synthesise_weather(const Climate& climate, std::uint64_t seed);

}  // namespace shahr
