// What the law of a country says where the map is silent: speed limits and the side of the road.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sim/city/projection.h"

namespace shahr::osm {

struct Country {
    std::string_view code;                     // ISO 3166-1 alpha-2; "" is the rule for all others
    double living_street_kmh, urban_kmh, rural_kmh, motorway_kmh;
    bool left_hand_traffic = false;
};

// The country of that code. Throws InputError for a code that is not two letters; a country that the table does not
// hold gets the common limits (50, 90, 120 km/h), the side its traffic keeps, and "" as its code.
const Country& country_of(std::string_view code);

struct CountryGuess {
    const Country* country;
    std::string how;                           // for the report
};

// In this order: the code asked for, the code that most tagged places and boundaries carry, the country of the nearest
// city of a short list that is no more than 400 km away (it holds the towns of Central Asia and near them, and Europe's
// and some other capitals), the common limits. Near a border the nearest town may lie beyond it: hence the option.
CountryGuess guess_country(std::string_view asked, const std::vector<std::string>& tagged, LonLat centre);

}  // namespace shahr::osm
