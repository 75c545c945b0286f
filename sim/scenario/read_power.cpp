#include "sim/scenario/keys.h"

namespace shahr {

std::span<const Key> power_keys() {
    static constexpr Key keys[] = {
        {"power.grid", [](const Setting& s, Scenario& to) { to.power.grid = choice_of(s, {"given", "none"}); }},
    };
    return keys;
}

}  // namespace shahr
