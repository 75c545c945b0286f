// A polygon as triangles.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/point.h"

namespace shahr {

// Corner numbers, three per triangle, by cutting off ears (Meisters 1975). The ring may be closed or open, run either way.
// A ring that crosses itself is covered as well as it can be; a line or a point gives nothing.
std::vector<std::uint32_t> triangulate(std::span<const Point> ring);

}  // namespace shahr
