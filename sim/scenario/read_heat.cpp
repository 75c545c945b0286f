#include "sim/scenario/keys.h"

namespace shahr {

std::span<const Key> heat_keys() {
    static constexpr Key keys[] = {
        {"heat.network", [](const Setting& s, Scenario& to) { to.heat.network = choice_of(s, {"given", "none"}); }},
    };
    return keys;
}

}  // namespace shahr
