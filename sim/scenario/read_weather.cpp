#include "sim/scenario/keys.h"

namespace shahr {

std::span<const Key> weather_keys() {
    static constexpr Key keys[] = {
        {"weather.file", [](const Setting& s, Scenario& to) { to.weather.file = file_of(s, "an .epw file"); }, true},
        {"weather.climate", [](const Setting& s, Scenario& to) { to.weather.climate = name_or_toml_of(s, "almaty, or the path of a .toml"); }},
        {"weather.albedo", [](const Setting& s, Scenario& to) { to.weather.albedo = number_of(s, 0, 1); }},
    };
    return keys;
}

}  // namespace shahr
