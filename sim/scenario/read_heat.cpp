#include "sim/scenario/keys.h"

namespace shahr {

std::span<const Key> heat_keys() {
    using namespace std::chrono_literals;
    static constexpr Key keys[] = {
        {"heat.network", [](const Setting& s, Scenario& to) { to.heat.network = choice_of(s, {"given", "synthetic", "none"}); }},
        {"heat.step", [](const Setting& s, Scenario& to) { to.heat.step = duration_of(s, 1s); }},
        {"heat.outdoor_c", [](const Setting& s, Scenario& to) { to.heat.outdoor_c = number_of(s, -60, 60); }},
    };
    return keys;
}

}  // namespace shahr
