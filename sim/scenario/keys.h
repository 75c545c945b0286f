// The keys that a scenario may hold, in one list for each part of it.
#pragma once
#include <span>
#include <string_view>

#include "sim/scenario/scenario.h"
#include "sim/scenario/settings.h"

namespace shahr {

struct Key {
    std::string_view name;                     // dotted: "water.network"
    void (*read)(const Setting&, Scenario&);
    bool is_path = false;                      // of a file, relative to the scenario
};

std::span<const Key> weather_keys();
std::span<const Key> building_keys();
std::span<const Key> stock_keys();
std::span<const Key> power_keys();
std::span<const Key> water_keys();
std::span<const Key> heat_keys();

}  // namespace shahr
