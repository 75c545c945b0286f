#include "sim/import/osm/country.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <numbers>

#include "sim/base/error.h"

namespace shahr::osm {
namespace {

// Limits of cars, km/h. AZ, BY, CN, DE, KG, KZ, RU, UA and UZ as GraphHopper's legal-speed table gives them; TJ and TM are in
// no such table and follow the pattern of their neighbours, 60/90/110; UZ lowered its urban limit from 70 to 60. The other
// rows are from general knowledge of the traffic rules, not checked against a source: a tagged limit always wins. DE has
// no limit on motorways: 130 is the advised speed, which is what most cars keep to.
constexpr Country common{"", 20, 50, 90, 120}, common_on_the_left{"", 20, 50, 90, 120, true};
constexpr Country table[] = {
    {"AE", 20, 60, 100, 120},       {"AM", 20, 60, 90, 110},         {"AT", 20, 50, 100, 130},
    {"AU", 10, 50, 100, 110, true}, {"AZ", 20, 60, 90, 110},         {"BE", 20, 50, 90, 120},
    {"BG", 20, 50, 90, 140},        {"BY", 20, 60, 90, 110},         {"CH", 20, 50, 80, 120},
    {"CN", 20, 50, 70, 120},        {"CY", 20, 50, 80, 100, true},   {"CZ", 20, 50, 90, 130},
    {"DE", 7, 50, 100, 130},        {"DK", 15, 50, 80, 130},         {"ES", 20, 50, 90, 120},
    {"FI", 20, 50, 80, 120},        {"FR", 20, 50, 80, 130},         {"GB", 20, 48.28, 96.56, 112.65, true},
    {"GE", 20, 60, 90, 110},        {"GR", 20, 50, 90, 130},         {"HR", 10, 50, 90, 130},
    {"HU", 20, 50, 90, 130},        {"ID", 20, 50, 80, 100, true},   {"IE", 20, 50, 80, 120, true},
    {"IN", 20, 50, 70, 100, true},  {"IR", 20, 50, 95, 120},         {"IT", 20, 50, 90, 130},
    {"JP", 20, 40, 60, 100, true},  {"KG", 20, 60, 90, 110},         {"KZ", 20, 60, 110, 140},
    {"LT", 20, 50, 90, 130},        {"LU", 20, 50, 90, 130},         {"LV", 20, 50, 90, 110},
    {"MC", 20, 50, 50, 50},         {"MD", 20, 50, 90, 110},         {"MN", 20, 60, 80, 100},
    {"NL", 15, 50, 80, 100},        {"NO", 20, 50, 80, 110},         {"NZ", 10, 50, 100, 100, true},
    {"PK", 20, 50, 80, 120, true},  {"PL", 20, 50, 90, 140},         {"PT", 20, 50, 90, 120},
    {"RO", 20, 50, 90, 130},        {"RS", 10, 50, 80, 130},         {"RU", 20, 60, 90, 110},
    {"SE", 20, 50, 70, 110},        {"SK", 20, 50, 90, 130},         {"TH", 20, 60, 90, 120, true},
    {"TJ", 20, 60, 90, 110},        {"TM", 20, 60, 90, 110},         {"TR", 20, 50, 90, 120},
    {"UA", 20, 50, 90, 130},        {"US", 25, 40.23, 88.51, 104.6}, {"UZ", 30, 60, 100, 110},
    {"ZA", 20, 60, 100, 120, true},
};

// Countries beside those of the table in which traffic keeps left (from general knowledge).
constexpr std::string_view others_on_the_left =
    "AG AI BB BD BM BN BS BT BW CC CK CX DM FJ FK GD GG GY HK IM JE JM KE KI KN KY LC LK LS MO MS MT MU MV MW MY MZ NA NF NP NR NU PG "
    "PN SB SC SG SH SR SZ TC TK TL TO TT TV TZ UG VC VG VI WS ZM ZW";

struct Town {
    std::string_view country;
    double lon_deg, lat_deg;
};
constexpr Town towns[] = {
    {"KZ", 76.95, 43.25},   {"KZ", 71.43, 51.13},  {"KZ", 69.59, 42.32},   {"KZ", 73.10, 49.80},
    {"KZ", 57.17, 50.28},   {"KZ", 71.37, 42.90},  {"KZ", 76.95, 52.30},   {"KZ", 82.61, 49.95},
    {"KZ", 80.23, 50.41},   {"KZ", 65.51, 44.85},  {"KZ", 51.37, 51.23},   {"KZ", 63.63, 53.21},
    {"KZ", 51.15, 43.65},   {"KZ", 51.92, 47.11},  {"KZ", 69.15, 54.87},   {"KZ", 78.37, 45.02},
    {"KG", 74.59, 42.87},   {"KG", 72.80, 40.53},  {"KG", 72.99, 40.93},   {"KG", 78.39, 42.49},
    {"KG", 72.24, 42.52},   {"KG", 75.99, 41.43},  {"UZ", 69.24, 41.31},   {"UZ", 66.96, 39.65},
    {"UZ", 64.43, 39.77},   {"UZ", 71.67, 41.00},  {"UZ", 72.34, 40.78},   {"UZ", 71.79, 40.38},
    {"UZ", 59.61, 42.46},   {"UZ", 67.28, 37.22},  {"UZ", 65.79, 38.86},   {"UZ", 60.36, 41.38},
    {"UZ", 67.84, 40.12},   {"TJ", 68.78, 38.54},  {"TJ", 69.63, 40.28},   {"TJ", 68.78, 37.84},
    {"TJ", 69.78, 37.91},   {"TJ", 71.55, 37.49},  {"TM", 58.38, 37.95},   {"TM", 63.58, 39.07},
    {"TM", 61.83, 37.60},   {"TM", 59.97, 41.84},  {"TM", 54.37, 39.51},   {"CN", 87.62, 43.83},
    {"CN", 84.87, 45.59},   {"CN", 75.99, 39.47},  {"CN", 81.32, 43.91},   {"CN", 79.92, 37.11},
    {"CN", 116.40, 39.90},  {"CN", 121.47, 31.23}, {"RU", 37.62, 55.75},   {"RU", 30.32, 59.94},
    {"RU", 82.92, 55.03},   {"RU", 60.61, 56.84},  {"RU", 73.37, 54.99},   {"RU", 55.97, 54.74},
    {"RU", 50.15, 53.20},   {"RU", 48.03, 46.35},  {"RU", 61.40, 55.16},   {"AZ", 49.87, 40.41},
    {"AM", 44.51, 40.18},   {"GE", 44.79, 41.72},  {"IR", 51.42, 35.69},   {"IR", 59.57, 36.30},
    {"PK", 73.06, 33.69},   {"IN", 77.21, 28.61},  {"MN", 106.91, 47.92},  {"TR", 32.85, 39.93},
    {"TR", 28.98, 41.01},   {"UA", 30.52, 50.45},  {"BY", 27.57, 53.90},   {"MD", 28.86, 47.01},
    {"MC", 7.42, 43.74},    {"FR", 7.26, 43.70},   {"FR", 2.35, 48.86},    {"FR", 4.84, 45.76},
    {"FR", 5.37, 43.30},    {"FR", 1.44, 43.60},   {"DE", 13.40, 52.52},   {"DE", 9.71, 50.87},
    {"DE", 11.58, 48.14},   {"DE", 9.99, 53.55},   {"DE", 6.96, 50.94},    {"DE", 8.68, 50.11},
    {"DE", 9.18, 48.78},    {"DE", 13.74, 51.05},  {"AT", 16.37, 48.21},   {"AT", 11.39, 47.27},
    {"CH", 8.54, 47.38},    {"CH", 6.14, 46.20},   {"IT", 12.50, 41.90},   {"IT", 9.19, 45.46},
    {"IT", 8.93, 44.41},    {"ES", -3.70, 40.42},  {"ES", 2.17, 41.39},    {"PT", -9.14, 38.72},
    {"GB", -0.13, 51.51},   {"GB", -2.24, 53.48},  {"GB", -3.19, 55.95},   {"IE", -6.26, 53.35},
    {"NL", 4.90, 52.37},    {"BE", 4.35, 50.85},   {"LU", 6.13, 49.61},    {"DK", 12.57, 55.68},
    {"SE", 18.07, 59.33},   {"NO", 10.75, 59.91},  {"FI", 24.94, 60.17},   {"LT", 25.28, 54.69},
    {"LV", 24.11, 56.95},   {"PL", 21.01, 52.23},  {"CZ", 14.42, 50.09},   {"SK", 17.11, 48.15},
    {"HU", 19.04, 47.50},   {"RO", 26.10, 44.43},  {"BG", 23.32, 42.70},   {"RS", 20.46, 44.79},
    {"HR", 15.98, 45.81},   {"GR", 23.73, 37.98},  {"CY", 33.38, 35.19},   {"AE", 55.27, 25.20},
    {"JP", 139.69, 35.69},  {"US", -74.01, 40.71}, {"US", -118.24, 34.05}, {"AU", 151.21, -33.87},
    {"NZ", 174.76, -36.85}, {"ZA", 28.05, -26.20},
};

double great_circle_km(LonLat a, LonLat b) {  // haversine, mean radius
    constexpr double degree = std::numbers::pi / 180;
    const double u = std::sin((b.lat_deg - a.lat_deg) * degree / 2), v = std::sin((b.lon_deg - a.lon_deg) * degree / 2);
    return 2 * 6371.0 *
           std::asin(
               std::min(1.0, std::sqrt(u * u + std::cos(a.lat_deg * degree) * std::cos(b.lat_deg * degree) * v * v)));
}

std::string upper(std::string_view code) {
    std::string text(code);
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

bool is_code(std::string_view text) {
    return text.size() == 2 && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalpha(c) != 0; });
}

constexpr std::string_view unknown_law = ", of whose law nothing is known here: common limits";

}  // namespace

const Country& country_of(std::string_view code) {
    const std::string wanted = upper(code);
    if (!is_code(code))
        throw InputError(fmt::format("country = {} (not a country's code) two letters such as KZ", code));
    for (const Country& country : table)
        if (country.code == wanted) return country;
    return others_on_the_left.find(wanted) != others_on_the_left.npos ? common_on_the_left : common;
}

CountryGuess guess_country(std::string_view asked, const std::vector<std::string>& tagged, LonLat centre) {
    if (!asked.empty()) {
        const Country& country = country_of(asked);
        return {&country, fmt::format("{}, as asked{}", upper(asked), country.code.empty() ? unknown_law : "")};
    }
    std::map<std::string, int> votes;
    for (const auto& code : tagged)
        if (is_code(code)) ++votes[upper(code)];
    const auto most =
        std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most != votes.end()) {
        const Country& country = country_of(most->first);
        return {&country, fmt::format("{}, as {} places and boundaries are tagged{}", most->first, most->second, country.code.empty() ? unknown_law : "")};
    }
    const Town* nearest = nullptr;
    double least_km = 400;
    for (const Town& town : towns)
        if (const double km = great_circle_km(centre, {town.lon_deg, town.lat_deg}); km < least_km)
            least_km = km, nearest = &town;
    if (nearest != nullptr)
        return {&country_of(nearest->country), fmt::format("{}, by the nearest city in a list", nearest->country)};
    return {&common, "unknown: common limits"};
}

}  // namespace shahr::osm
