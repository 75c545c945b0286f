// Checks that hold for every city, wherever it came from.
#pragma once
#include <string>
#include <vector>

#include "sim/city/city.h"

namespace shahr {

// Broken rules, each as one sentence "table row 'id': rule (value) what would be right"; empty if the city is sound.
// At most `most` sentences; the last then says how many more there were.
std::vector<std::string> validate(const City& city, std::size_t most = 20);

// Throws InputError with the first sentences, headed by `source`.
void require_valid(const City& city, const std::string& source);

}  // namespace shahr
