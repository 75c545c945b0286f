#include "sim/scenario/keys.h"

namespace shahr {

std::span<const Key> water_keys() {
    static constexpr Key keys[] = {
        {"water.network", [](const Setting& s, Scenario& to) { to.water.network = choice_of(s, {"given", "synthetic", "none"}); }},
        {"water.demand", [](const Setting& s, Scenario& to) { to.water.demand = choice_of(s, {"given", "fixed", "pressure"}); }},
        {"water.accuracy", [](const Setting& s, Scenario& to) { to.water.accuracy = number_of(s, 1e-10, 0.1); }},
        {"water.required_pressure", [](const Setting& s, Scenario& to) { to.water.required_pressure_m = number_of(s, 0.01, 1000); }},
        {"water.min_pressure", [](const Setting& s, Scenario& to) { to.water.min_pressure_m = number_of(s, 0, 1000); }},
    };
    return keys;
}

}  // namespace shahr
