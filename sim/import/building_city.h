// Buildings for their heat balance, as people write them: a .toml with [[building]] blocks. tests/reference/ashrae140 shows all.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "sim/city/city.h"

namespace shahr {

// A city of nothing but buildings, their constructions, glazings, schedules, zones, gains, surfaces and windows.
//
// Each block has an `id` that is unique among its kind. [[building.zone]] belongs to the [[building]] above it, surfaces and
// gains to the zone above them unless they name one, a window to the surface that it names. Areas of surfaces are gross: the
// windows are taken off. A file may stand on another (`base`): a block with the kind and id of an earlier one changes the keys
// that it gives, and leaves the rest.
//
// Throws InputError `file:line: key = value (why) what would be right`.
City read_building_city(const std::filesystem::path& path);
City read_building_city_text(std::string_view text, const std::string& name);

// Does the file hold a [[building]]? (Of what cannot be read as TOML: no.)
bool holds_buildings(const std::filesystem::path& path);

}  // namespace shahr
