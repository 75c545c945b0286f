// What the map can colour by a recorded field.
#pragma once
#include <cstdint>

namespace shahr {

enum class Along : std::uint8_t { roads, mains, branches, buildings };   // mains: of water; branches: of the power grid

}  // namespace shahr
