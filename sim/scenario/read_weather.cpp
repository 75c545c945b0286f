#include "sim/scenario/keys.h"

namespace shahr {

std::span<const Key> weather_keys() {
    static constexpr Key keys[] = {
        {"weather.file", [](const Setting& s, Scenario& to) { to.weather.file = file_of(s, "an .epw file"); }, true},
        {"weather.albedo", [](const Setting& s, Scenario& to) { to.weather.albedo = number_of(s, 0, 1); }},
    };
    return keys;
}

}  // namespace shahr
