#include "sim/scenario/keys.h"

namespace shahr {

std::span<const Key> water_keys() {
    static constexpr Key keys[] = {
        {"water.network", [](const Setting& s, Scenario& to) { to.water.network = choice_of(s, {"given", "synthetic", "none"}); }},
    };
    return keys;
}

}  // namespace shahr
