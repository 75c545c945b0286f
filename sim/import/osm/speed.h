// Speed limits of roads: as tagged, else as the country's law has them.
#pragma once
#include <optional>
#include <string_view>

#include "sim/city/roads.h"
#include "sim/import/osm/country.h"
#include "sim/import/osm/tags.h"

namespace shahr::osm {

// The speed in km/h that a value of maxspeed states: "50", "30 mph", "10 knots", "walk", "RU:urban", "DE:zone30", "50;30"
// (the least). "none" holds on motorways, trunk and primary roads only (elsewhere it is a slip of the mapper). Nothing for
// "signals", "variable", and what cannot be read; below 5 km/h it is taken for an error.
std::optional<double> speed_value_kmh(std::string_view value, RoadClass road_class, const Country& country);

// The limit of one direction ("forward" or "backward"), or nothing if no tag states it. The tag of the direction wins,
// then maxspeed, then the keys that state the kind of limit (maxspeed:type, zone:maxspeed, source:maxspeed, zone:traffic).
std::optional<double> tagged_speed_kmh(const Tags& tags, std::string_view direction, RoadClass road_class, const Country& country);

// The limit where nothing is tagged: by class, in a built-up area or outside, one carriageway of a divided road or not.
double default_speed_kmh(RoadClass road_class, bool built_up, const Country& country);

}  // namespace shahr::osm
