// Tags that hold under a condition only: restriction:conditional = no_left_turn @ (Mo-Fr 07:00-09:00).
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/import/osm/tags.h"
#include "sim/import/report.h"

namespace shahr::osm {

// Whether a condition, in the words of opening hours, holds on a weekday (Tuesday, no holiday) at eight in the morning.
// Conditions of weight, length, axles and the like do not hold: they are not about cars. Nothing if it cannot be told:
// weather, permits, months, other words.
std::optional<bool> holds_at_eight(std::string_view condition);

struct ConditionalTags {
    std::int64_t in_force = 0, not_then = 0, unknown = 0;
};

// The tables of a city hold all day: what its conditional tags say on a weekday at eight is taken for all hours, as if KEY
// were tagged so; of several values in force the last wins. Keys: access of cars, maxspeed, oneway, lanes, turn:lanes and
// restriction; others stay as they are.
Tags as_at_eight(const Tags& tags, ConditionalTags& counts);

void report_conditional(const ConditionalTags& counts, std::string_view of_what, ImportReport& report);

}  // namespace shahr::osm
