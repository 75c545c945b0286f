#include "sim/scenario/keys.h"

namespace shahr {

std::span<const Key> building_keys() {
    static constexpr Key keys[] = {
        {"buildings.stock", [](const Setting& s, Scenario& to) { to.buildings.stock = choice_of(s, {"given", "archetypes", "none"}); }},
        {"buildings.model", [](const Setting& s, Scenario& to) { to.buildings.model = choice_of(s, {"detailed", "annex_b", "5r1c"}); }},
        {"buildings.warm_up", [](const Setting& s, Scenario& to) { to.buildings.warm_up = duration_of(s, Duration{0}); }},
        {"buildings.record_surfaces", [](const Setting& s, Scenario& to) { to.buildings.record_surfaces = flag_of(s); }},
    };
    return keys;
}

}  // namespace shahr
