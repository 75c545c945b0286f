// What OpenStreetMap's tags say about buildings and land.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/city/land.h"

namespace osmium {
class TagList;
}

namespace shahr {

// Land use, one step finer than LandUse where that decides what a building on it is.
enum class Ground : std::uint8_t {
    none,
    residential,
    commercial,
    retail,
    industrial,
    school,
    kindergarten,
    university,
    hospital,
    leisure,
    green,
    farmland,
    water,
    transport
};
LandUse land_use_of(Ground ground);

// What an untagged building on that ground is; nothing where only its size can tell.
std::optional<BuildingUse> use_on(Ground ground);

struct BuildingTags {
    std::optional<BuildingUse> use;            // nothing: building=yes and no other word
    bool residential = false;                  // building=residential: house or apartments, by size
    double levels = 0;                         // storeys above ground with half of those under the roof; 0: not tagged
    std::int16_t year = 0;
};

// Whether it is a building at all: building=* but not no, entrance, roof, ruins, construction, bridge ...
enum class IsBuilding : std::uint8_t { no, yes, discarded };
IsBuilding is_building(const osmium::TagList& tags);

BuildingTags building_tags(const osmium::TagList& tags);

// landuse, leisure, natural, waterway, amenity, aeroway, and place for villages.
Ground ground_of(const osmium::TagList& tags);

// What happens there, by amenity, shop, office, tourism, leisure, craft, healthcare: for buildings, grounds and points.
std::optional<BuildingUse> use_by_activity(const osmium::TagList& tags);

// Gross floor area where such an activity is mapped without a footprint, m2 (handbook values, no single source).
float usual_floor_area_m2(BuildingUse use, const osmium::TagList& tags);

// A substation that feeds a town: power=substation, or =station and =sub_station as they were tagged until 2013; not one that is
// tagged as a small one, or for voltages below 35 kV only.
bool is_substation(const osmium::TagList& tags);

// The word that names the feature's kind on the map: "park", "river", "school", "residential".
std::string_view kind_of(const osmium::TagList& tags);

// "1800200", "30 475", "36,371", "~5000"; nothing if no number begins there.
std::optional<double> parse_population(std::string_view text);
// The greatest of "5", "3.5", "2;4", "2-3"; 0 if there is none between 0 and 200.
double parse_levels(std::string_view text);
// The first four digits of "1965-04-01", "~1965", "C20" (nothing: 0).
std::int16_t parse_year(std::string_view text);

}  // namespace shahr
