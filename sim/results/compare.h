// Indicators of several results side by side.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/results/kpi.h"

namespace shahr {

enum class Verdict : std::uint8_t { same, better, worse, unknown };  // unknown: missing or undefined in one of the two
template <>
inline constexpr std::array enum_names<Verdict> = {"same"sv, "better"sv, "worse"sv, ""sv};

struct Change {
    double absolute = 0;                       // less the base
    std::optional<double> percent;             // none where the base is 0
    Verdict verdict = Verdict::unknown;
};

// One indicator in all results, the first of which is the base.
struct Comparison {
    std::string name, long_name, unit;
    bool lower_is_better = true;
    std::vector<std::optional<double>> values; // none: that result does not have it
    std::vector<Change> changes;               // from the base; one fewer than values
};

// Every indicator that any of them has, in the order of first mention. Indicators of one name but of different units or
// senses are different indicators.
std::vector<Comparison> compare(std::span<const std::vector<Kpi>> results);

}  // namespace shahr
