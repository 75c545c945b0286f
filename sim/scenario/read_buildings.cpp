#include "sim/scenario/keys.h"

namespace shahr {

std::span<const Key> building_keys() {
    static constexpr Key keys[] = {
        {"buildings.stock", [](const Setting& s, Scenario& to) { to.buildings.stock = choice_of(s, {"given", "none"}); }},
    };
    return keys;
}

}  // namespace shahr
