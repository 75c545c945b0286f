#include "sim/city/grid_plan.h"

#include <algorithm>

namespace shahr {

GridPlan::GridPlan(const GridCity& description) : city_(description), bridge_of_(static_cast<std::size_t>(description.columns) + 1, 0) {
    if (city_.bridges == 0) return;
    river_row_ = std::clamp(static_cast<std::int32_t>(city_.river_at * city_.rows), 1, city_.rows - 2);
    // Evenly along the river; each on the nearest street that has none yet, an arterial if one is not much farther.
    std::vector<bool> taken(bridge_of_.size(), false);
    for (std::int32_t b = 0; b < city_.bridges; ++b) {
        const double wanted = (b + 0.5) * streets() / city_.bridges - 0.5;
        std::int32_t best = -1;
        double least = 1e9;
        for (std::int32_t s = 0; s < streets(); ++s) {
            const double off = std::abs(s - wanted) + (is_arterial(s, streets()) ? 0 : 1.5);
            if (!taken[static_cast<std::size_t>(s)] && off < least) least = off, best = s;
        }
        taken[static_cast<std::size_t>(best)] = true;
    }
    std::int32_t number = 0;
    for (std::size_t s = 0; s < taken.size(); ++s)
        if (taken[s]) bridge_of_[s] = ++number;
}

double GridPlan::y_of(std::int32_t avenue) const {
    const double beyond_river = river_row_ >= 0 && avenue > river_row_ ? city_.river_m - city_.block_m : 0;
    return edge_m + avenue * city_.block_m + beyond_river;
}

bool GridPlan::is_arterial(std::int32_t line, std::int32_t lines) const {
    if (city_.ring && (line == 0 || line == lines - 1)) return true;
    return city_.arterial_every > 0 && std::abs(line - lines / 2) % city_.arterial_every == 0;
}

double GridPlan::remoteness(Point p) const {
    const Point middle{width_m() / 2, height_m() / 2};
    return std::min(1.0, distance(p, middle) / length(middle));
}

}  // namespace shahr
