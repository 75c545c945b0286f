// The blocks of a scenario: [[close_road]], [[scale_demand]], [[shift_weather]], [[retrofit]], [[trip_branch]] and the others.
#pragma once
#include <chrono>
#include <string_view>
#include <vector>

#include "sim/scenario/document.h"
#include "sim/scenario/interventions.h"

namespace shahr {

// Their names, as they stand between the brackets.
std::vector<std::string_view> intervention_kinds();

// Times without a date are on the first day. Roads and places stay names. Throws InputError.
Intervention read_intervention(const Block& block, std::chrono::sys_days first_day);

}  // namespace shahr
