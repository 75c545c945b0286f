#include "sim/results/compare.h"

#include <algorithm>
#include <cmath>

namespace shahr {
namespace {

Change change_between(const std::optional<double>& base, const std::optional<double>& other, bool lower_is_better) {
    if (!base || !other || !std::isfinite(*base) || !std::isfinite(*other)) return {};
    Change change{*other - *base, std::nullopt, Verdict::same};
    if (*base != 0) change.percent = 100 * change.absolute / std::abs(*base);
    if (change.absolute != 0) change.verdict = (change.absolute < 0) == lower_is_better ? Verdict::better : Verdict::worse;
    return change;
}

}  // namespace

std::vector<Comparison> compare(std::span<const std::vector<Kpi>> results) {
    std::vector<Comparison> rows;
    for (std::size_t i = 0; i < results.size(); ++i) {
        for (const Kpi& kpi : results[i]) {
            const auto same = [&](const Comparison& c) { return c.name == kpi.name && c.unit == kpi.unit && c.lower_is_better == kpi.lower_is_better; };
            auto at = std::find_if(rows.begin(), rows.end(), same);
            if (at == rows.end()) at = rows.insert(rows.end(), {kpi.name, kpi.long_name, kpi.unit, kpi.lower_is_better, std::vector<std::optional<double>>(results.size()), {}});
            at->values[i] = kpi.value;
        }
    }
    for (Comparison& row : rows)
        for (std::size_t i = 1; i < row.values.size(); ++i) row.changes.push_back(change_between(row.values[0], row.values[i], row.lower_is_better));
    return rows;
}

}  // namespace shahr
