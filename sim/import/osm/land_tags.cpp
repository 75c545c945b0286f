#include "sim/import/osm/land_tags.h"

#include <algorithm>
#include <charconv>
#include <span>

#include <osmium/osm/tag.hpp>

namespace shahr {
namespace {

std::string_view value(const osmium::TagList& tags, const char* key) {
    return tags.get_value_by_key(key, "");
}

template <class T>
struct Word {
    std::string_view text;
    T meaning;
};

template <class T, std::size_t N>
std::optional<T> look_up(const Word<T> (&words)[N], std::string_view text) {
    for (const Word<T>& word : words)
        if (word.text == text) return word.meaning;
    return std::nullopt;
}

using U = BuildingUse;

// Values of building= that name a use. Dwellings whose size must decide are in building_tags().
constexpr Word<U> building_words[] = {
    {"house", U::house},           {"detached", U::house},      {"semidetached_house", U::house}, {"terrace", U::house},
    {"bungalow", U::house},        {"farm", U::house},          {"cabin", U::house},              {"villa", U::house},
    {"static_caravan", U::house},  {"apartments", U::apartments}, {"dormitory", U::apartments},   {"block", U::apartments},
    {"office", U::office},         {"commercial", U::office},   {"retail", U::shop},              {"shop", U::shop},
    {"store", U::shop},            {"supermarket", U::shop},    {"mall", U::shop},                {"kiosk", U::shop},
    {"hotel", U::hotel},           {"hostel", U::hotel},        {"school", U::school},            {"kindergarten", U::kindergarten},
    {"university", U::university}, {"college", U::university},  {"hospital", U::hospital},        {"clinic", U::hospital},
    {"industrial", U::industry},   {"factory", U::industry},    {"manufacture", U::industry},     {"warehouse", U::warehouse},
    {"hangar", U::warehouse},      {"storage_tank", U::other},  {"public", U::public_},           {"civic", U::public_},
    {"government", U::public_},    {"church", U::public_},      {"chapel", U::public_},           {"cathedral", U::public_},
    {"mosque", U::public_},        {"temple", U::public_},      {"synagogue", U::public_},        {"train_station", U::public_},
    {"fire_station", U::public_},  {"castle", U::public_},      {"museum", U::public_},           {"stadium", U::leisure},
    {"sports_hall", U::leisure},   {"sports_centre", U::leisure}, {"grandstand", U::leisure},     {"garage", U::garage},
    {"garages", U::garage},        {"parking", U::garage},      {"carport", U::garage},           {"shed", U::other},
    {"hut", U::other},             {"barn", U::other},          {"stable", U::other},             {"greenhouse", U::other},
    {"service", U::other},         {"farm_auxiliary", U::other}, {"transformer_tower", U::other}, {"bunker", U::other},
    {"shelter", U::other},         {"toilets", U::other},       {"silo", U::other},               {"railway", U::other},
};

constexpr std::string_view not_buildings[] = {"roof",       "ruins", "construction", "bridge",    "collapsed",
                                              "demolished", "razed", "proposed",     "abandoned", "tent"};

constexpr Word<U> amenity_words[] = {
    {"school", U::school},
    {"kindergarten", U::kindergarten},
    {"childcare", U::kindergarten},
    {"university", U::university},
    {"college", U::university},
    {"hospital", U::hospital},
    {"clinic", U::hospital},
    {"nursing_home", U::hospital},
    {"doctors", U::office},
    {"dentist", U::office},
    {"veterinary", U::office},
    {"restaurant", U::restaurant},
    {"cafe", U::restaurant},
    {"fast_food", U::restaurant},
    {"bar", U::restaurant},
    {"pub", U::restaurant},
    {"biergarten", U::restaurant},
    {"food_court", U::restaurant},
    {"bank", U::office},
    {"post_office", U::public_},
    {"pharmacy", U::shop},
    {"police", U::public_},
    {"townhall", U::public_},
    {"public_building", U::public_},
    {"courthouse", U::public_},
    {"fire_station", U::public_},
    {"place_of_worship", U::public_},
    {"library", U::public_},
    {"community_centre", U::public_},
    {"embassy", U::office},
    {"arts_centre", U::leisure},
    {"marketplace", U::shop},
    {"cinema", U::leisure},
    {"theatre", U::leisure},
    {"nightclub", U::leisure},
    {"casino", U::leisure},
    {"fuel", U::shop},
    {"car_wash", U::shop},
    {"bureau_de_change", U::office},
    {"bus_station", U::public_},
};

constexpr Word<U> leisure_words[] = {{"sports_centre", U::leisure}, {"fitness_centre", U::leisure}, {"sports_hall", U::leisure},
                                     {"stadium", U::leisure},       {"water_park", U::leisure},     {"ice_rink", U::leisure}};
constexpr Word<U> tourism_words[] = {
    {"hotel", U::hotel}, {"hostel", U::hotel}, {"motel", U::hotel}, {"guest_house", U::hotel}, {"museum", U::leisure}};

using G = Ground;
constexpr Word<G> landuse_words[] = {
    {"residential", G::residential}, {"commercial", G::commercial}, {"retail", G::retail},      {"industrial", G::industrial},
    {"port", G::industrial},         {"quarry", G::industrial},     {"landfill", G::industrial}, {"depot", G::industrial},
    {"railway", G::transport},       {"garages", G::transport},     {"farmland", G::farmland},  {"farm", G::farmland},
    {"farmyard", G::farmland},       {"orchard", G::farmland},      {"vineyard", G::farmland},  {"meadow", G::farmland},
    {"greenhouse_horticulture", G::farmland}, {"plant_nursery", G::farmland}, {"forest", G::green}, {"grass", G::green},
    {"village_green", G::green},     {"cemetery", G::green},        {"recreation_ground", G::green}, {"allotments", G::green},
    {"flowerbed", G::green},         {"reservoir", G::water},       {"basin", G::water},        {"education", G::school},
};
constexpr Word<G> leisure_grounds[] = {
    {"park", G::green},         {"garden", G::green},  {"nature_reserve", G::green}, {"golf_course", G::green},
    {"common", G::green},       {"pitch", G::leisure}, {"stadium", G::leisure},      {"sports_centre", G::leisure},
    {"playground", G::leisure}, {"track", G::leisure}, {"marina", G::water},         {"water_park", G::leisure}};
constexpr Word<G> natural_grounds[] = {{"water", G::water}, {"bay", G::water},   {"wood", G::green},   {"scrub", G::green},
                                       {"heath", G::green}, {"grassland", G::green}, {"wetland", G::green}, {"beach", G::green}};
constexpr Word<G> amenity_grounds[] = {{"school", G::school},    {"kindergarten", G::kindergarten}, {"university", G::university},
                                       {"college", G::university}, {"hospital", G::hospital},       {"clinic", G::hospital},
                                       {"parking", G::transport}, {"marketplace", G::retail}};
constexpr Word<G> place_grounds[] = {{"village", G::residential}, {"hamlet", G::residential}, {"neighbourhood", G::residential}};

}  // namespace

LandUse land_use_of(Ground ground) {
    static constexpr LandUse use[] = {
        LandUse::none,      LandUse::residential, LandUse::commercial, LandUse::retail,   LandUse::industrial,
        LandUse::education, LandUse::education,   LandUse::education,  LandUse::health,   LandUse::leisure,
        LandUse::green,     LandUse::farmland,    LandUse::water,      LandUse::transport};
    return use[static_cast<std::size_t>(ground)];
}

std::optional<BuildingUse> use_on(Ground ground) {
    switch (ground) {
        case G::commercial: return U::office;
        case G::retail: return U::shop;
        case G::industrial: return U::industry;
        case G::school: return U::school;
        case G::kindergarten: return U::kindergarten;
        case G::university: return U::university;
        case G::hospital: return U::hospital;
        case G::leisure: return U::leisure;
        case G::transport:
        case G::green:
        case G::farmland:
        case G::water: return U::other;
        default: return std::nullopt;
    }
}

IsBuilding is_building(const osmium::TagList& tags) {
    const std::string_view word = value(tags, "building");
    if (word.empty() || word == "no" || word == "entrance") return IsBuilding::no;
    return std::find(std::begin(not_buildings), std::end(not_buildings), word) == std::end(not_buildings)
               ? IsBuilding::yes
               : IsBuilding::discarded;
}

BuildingTags building_tags(const osmium::TagList& tags) {
    BuildingTags result;
    const std::string_view word = value(tags, "building");
    result.residential = word == "residential" || word == "tower";
    result.use = look_up(building_words, word);
    // An office or a shop building that says what it is for, and a plain one, are what they are used for.
    const auto activity = use_by_activity(tags);
    if (activity && !result.residential && (!result.use || *result.use == U::office || *result.use == U::public_))
        result.use = activity;
    result.levels = parse_levels(value(tags, "building:levels"));
    if (result.levels == 0) result.levels = parse_levels(value(tags, "levels"));
    if (result.levels == 0)
        // 3 m from floor to floor.
        if (const double height_m = parse_levels(value(tags, "height")); height_m > 0)
            result.levels = std::max(1.0, std::round(height_m / 3));
    if (result.levels > 0) result.levels += parse_levels(value(tags, "roof:levels")) / 2;
    for (const char* key : {"start_date", "building:year", "construction_date", "year_of_construction"})
        if (result.year == 0) result.year = parse_year(value(tags, key));
    return result;
}

Ground ground_of(const osmium::TagList& tags) {
    const std::string_view parking = value(tags, "parking");
    const bool beneath = parking == "underground" || parking == "multi-storey" || value(tags, "layer").starts_with("-");
    if (const auto g = look_up(amenity_grounds, value(tags, "amenity")); g && !(*g == G::transport && beneath)) return *g;
    if (const auto g = look_up(landuse_words, value(tags, "landuse"))) return *g;
    if (const auto g = look_up(leisure_grounds, value(tags, "leisure"))) return *g;
    if (const auto g = look_up(natural_grounds, value(tags, "natural"))) return *g;
    if (value(tags, "waterway") == "riverbank" || value(tags, "waterway") == "dock") return G::water;
    if (value(tags, "aeroway") == "aerodrome") return G::transport;
    if (const auto g = look_up(place_grounds, value(tags, "place"))) return *g;
    return G::none;
}

std::optional<BuildingUse> use_by_activity(const osmium::TagList& tags) {
    if (const auto use = look_up(amenity_words, value(tags, "amenity"))) return use;
    const std::string_view shop = value(tags, "shop");
    if (!shop.empty() && shop != "vacant" && shop != "no") return U::shop;
    if (!value(tags, "office").empty()) return U::office;
    if (const auto use = look_up(tourism_words, value(tags, "tourism"))) return use;
    if (const auto use = look_up(leisure_words, value(tags, "leisure"))) return use;
    if (!value(tags, "craft").empty()) return U::industry;
    if (value(tags, "man_made") == "works") return U::industry;
    if (value(tags, "healthcare") == "hospital") return U::hospital;
    return std::nullopt;
}

float usual_floor_area_m2(BuildingUse use, const osmium::TagList& tags) {
    const std::string_view shop = value(tags, "shop"), amenity = value(tags, "amenity");
    if (shop == "mall" || shop == "department_store") return 8000;
    if (shop == "supermarket" || shop == "doityourself" || shop == "furniture" || shop == "wholesale") return 1200;
    if (shop == "market" || amenity == "marketplace") return 3000;
    if (amenity == "clinic") return 1500;
    if (amenity == "place_of_worship" || amenity == "post_office" || amenity == "police") return 500;
    switch (use) {
        case U::school: return 4500;
        case U::kindergarten: return 1200;
        case U::university: return 8000;
        case U::hospital: return 8000;
        case U::hotel: return 2500;
        case U::public_: return 1000;
        case U::leisure: return 2000;
        case U::industry: return 400;
        case U::office: return 300;
        case U::restaurant: return 200;
        default: return 150;
    }
}

bool is_substation(const osmium::TagList& tags) {
    const std::string_view power = value(tags, "power"), kind = value(tags, "substation"), voltage = value(tags, "voltage");
    if (power != "substation" && power != "station" && power != "sub_station") return false;
    if (kind == "minor_distribution" || kind == "distribution;minor" || kind == "traction" || kind == "industrial" || kind == "converter" || kind == "generation") return false;
    double highest_v = 0, number = 0;
    for (const char c : voltage) {
        number = c >= '0' && c <= '9' ? 10 * number + (c - '0') : 0;
        highest_v = std::max(highest_v, number);
    }
    return voltage.empty() || highest_v >= 35'000;
}

std::string_view kind_of(const osmium::TagList& tags) {
    for (const char* key : {"place", "amenity", "leisure", "waterway", "landuse", "natural", "aeroway"})
        if (const char* word = tags.get_value_by_key(key)) return word;
    return "";
}

std::optional<double> parse_population(std::string_view text) {
    double number = 0;
    bool any = false;
    for (char c : text) {
        if (c >= '0' && c <= '9') {
            number = 10 * number + (c - '0');
            any = true;
        } else if (any && c != ' ' && c != ',' && c != '.' && c != '\'') {
            break;
        } else if (!any && c != '~' && c != ' ') {
            break;
        }
    }
    if (!any || number > 1e8) return std::nullopt;
    return number;
}

double parse_levels(std::string_view text) {
    double most = 0;
    for (const char *at = text.data(), *end = at + text.size(); at < end;) {
        double number = 0;
        const auto [past, error] = std::from_chars(at, end, number, std::chars_format::fixed);
        if (error == std::errc{}) {
            if (std::abs(number) <= 200) most = std::max(most, std::abs(number));  // "2-3": the sign is a dash
            at = past;
        } else {
            ++at;
        }
    }
    return most;
}

std::int16_t parse_year(std::string_view text) {
    for (std::size_t i = 0; i + 4 <= text.size(); ++i) {
        int year = 0;
        const auto [past, error] = std::from_chars(text.data() + i, text.data() + i + 4, year);
        if (error == std::errc{} && past == text.data() + i + 4 && year >= 1000 && year <= 2100)
            return static_cast<std::int16_t>(year);
    }
    return 0;
}

}  // namespace shahr
