// From a scenario file to a Scenario. Every mistake is an InputError `file:line: key = value (why) what would be right`.
#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "sim/city/city.h"
#include "sim/scenario/scenario.h"

namespace shahr {

// Reads the file with its bases and sets ("key=value"). Paths in the result lead from the working directory. Roads are
// still named, not looked up, since the city has not been read: `roads` and places are filled by fit_to_city().
Scenario read_scenario(const std::filesystem::path& path, std::span<const std::string> sets = {});

// The same from a text in memory, as if it stood in a file of that name.
Scenario read_scenario_text(std::string_view text, const std::filesystem::path& name, std::span<const std::string> sets = {});

// Looks up what interventions and changes of the stock name, and throws with a suggestion where there is none of that name;
// once, in a city that has its networks. A city of networks without roads lends the scenario its own span where the
// scenario leaves it open: one steady state.
void fit_to_city(Scenario& scenario, const City& city);

}  // namespace shahr
