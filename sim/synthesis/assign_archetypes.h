// Which archetype of a stock each building of a city is.
#pragma once
#include <cstdint>

#include "sim/city/city.h"
#include "sim/import/report.h"
#include "sim/synthesis/archetypes.h"

namespace shahr {

// Index of BuildingStock::archetypes for every building. An archetype fits by use, year and levels; where none has the
// levels, those that come nearest do; where none has the year, that is let go. A year that is not tagged is the median of the tagged ones within 500 m, if there are three or
// more; else the weights of those that fit decide by the seed: for blocks of flats once for each square of 300 m, since quarters
// of them were built at once, for others one by one. A draw depends on the seed and the place alone.
Column<BuildingId, std::int32_t> assign_archetypes(const City& city, const BuildingStock& stock, std::uint64_t seed, ImportReport& report);

}  // namespace shahr
