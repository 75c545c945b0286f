#include "sim/scenario/keys.h"

namespace shahr {

using namespace std::chrono_literals;

std::span<const Key> power_keys() {
    static constexpr Key keys[] = {
        {"power.grid", [](const Setting& s, Scenario& to) { to.power.grid = choice_of(s, {"given", "synthetic", "none"}); }},
        {"power.step", [](const Setting& s, Scenario& to) { to.power.step = duration_of(s, 1s); }},
        {"power.phases", [](const Setting& s, Scenario& to) {
             const std::int64_t phases = whole_number_of(s, 1);
             if (phases != 1 && phases != 3) reject(s, "neither one phase nor three", "1, or 3");
             to.power.phases = static_cast<int>(phases);
         }},
        {"power.solver", [](const Setting& s, Scenario& to) { to.power.solver = choice_of(s, {"auto", "sweep", "newton"}); }},
        {"power.enforce_reactive_limits", [](const Setting& s, Scenario& to) { to.power.enforce_reactive_limits = flag_of(s); }},
        {"power.series", [](const Setting& s, Scenario& to) { to.power.series_file = file_of(s, "a CSV file: time_s, then a column for each load"); }, true},
        {"power.trip_loading", [](const Setting& s, Scenario& to) { to.power.trip_loading = number_of(s, 0); }},
        {"power.trip_curve", [](const Setting& s, Scenario& to) { to.power.trip_curve = choice_of(s, {"definite", "inverse"}); }},
        {"power.trip_delay", [](const Setting& s, Scenario& to) { to.power.trip_delay = duration_of(s, 0s); }},
        {"power.restoration", [](const Setting& s, Scenario& to) { to.power.restoration = flag_of(s); }},
        {"power.crew_time", [](const Setting& s, Scenario& to) { to.power.crew_time = duration_of(s, 0s); }},
        {"power.repair_time", [](const Setting& s, Scenario& to) { to.power.repair_time = duration_of(s, 0s); }},
        {"power.restoration_loading", [](const Setting& s, Scenario& to) { to.power.restoration_loading = number_of(s, 0); }},
    };
    return keys;
}

}  // namespace shahr
