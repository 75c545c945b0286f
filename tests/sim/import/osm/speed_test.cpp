#include "sim/import/osm/speed.h"

#include <gtest/gtest.h>

#include "tests/sim/import/osm/map_snippet.h"

namespace shahr::osm {
namespace {

const Country& kazakhstan = country_of("KZ");

std::optional<double> read(std::string_view value, RoadClass road_class = RoadClass::residential) {
    return speed_value_kmh(value, road_class, kazakhstan);
}

TEST(SpeedValue, reads_numbers_and_units) {
    EXPECT_DOUBLE_EQ(read("50").value(), 50);
    EXPECT_DOUBLE_EQ(read("30 mph").value(), 30 * 1.609344);
    EXPECT_DOUBLE_EQ(read("20mph").value(), 20 * 1.609344);
    EXPECT_DOUBLE_EQ(read("10 knots").value(), 18.52);
    EXPECT_DOUBLE_EQ(read("60 km/h").value(), 60);
}

TEST(SpeedValue, takes_the_least_of_a_list) {
    EXPECT_DOUBLE_EQ(read("50;30").value(), 30);
    EXPECT_DOUBLE_EQ(read("signals; 60").value(), 60);
}

TEST(SpeedValue, knows_implicit_and_national_values) {
    EXPECT_DOUBLE_EQ(read("walk").value(), 7);
    EXPECT_DOUBLE_EQ(read("KZ:urban").value(), 60);
    EXPECT_DOUBLE_EQ(read("DE:urban").value(), 50);
    EXPECT_DOUBLE_EQ(read("DE:rural").value(), 100);
    EXPECT_DOUBLE_EQ(read("DE:zone30").value(), 30);
    EXPECT_DOUBLE_EQ(read("DE:zone:20").value(), 20);
    EXPECT_DOUBLE_EQ(read("RU:60").value(), 60);
    EXPECT_DOUBLE_EQ(read("RU:living_street").value(), 20);
}

TEST(SpeedValue, takes_none_for_a_slip_of_the_mapper_on_small_roads) {
    EXPECT_DOUBLE_EQ(read("none", RoadClass::motorway).value(), 140);
    EXPECT_FALSE(read("none", RoadClass::residential));
}

TEST(SpeedValue, refuses_what_it_cannot_read) {
    for (const auto value : {"", "variable", "signals", "fast", "4", "50 furlongs", "-30", "nan", "inf", "1e9"})
        EXPECT_FALSE(read(value)) << value;
}

TEST(TaggedSpeed, prefers_the_direction_then_the_way_then_the_kind) {
    const Tags tags{{"maxspeed", "60"}, {"maxspeed:forward", "40"}, {"source:maxspeed", "KZ:rural"}};
    EXPECT_DOUBLE_EQ(tagged_speed_kmh(tags, "forward", RoadClass::primary, kazakhstan).value(), 40);
    EXPECT_DOUBLE_EQ(tagged_speed_kmh(tags, "backward", RoadClass::primary, kazakhstan).value(), 60);
    EXPECT_DOUBLE_EQ(tagged_speed_kmh({{"maxspeed", "junk"}, {"zone:traffic", "KZ:urban"}}, "forward",
                                      RoadClass::primary, kazakhstan)
                         .value(),
                     60);
}

TEST(DefaultSpeed, follows_the_country_and_the_surroundings) {
    EXPECT_DOUBLE_EQ(default_speed_kmh(RoadClass::primary, true, kazakhstan), 60);
    EXPECT_DOUBLE_EQ(default_speed_kmh(RoadClass::primary, false, kazakhstan), 110);
    EXPECT_DOUBLE_EQ(default_speed_kmh(RoadClass::primary, true, country_of("DE")), 50);
    EXPECT_DOUBLE_EQ(default_speed_kmh(RoadClass::living_street, true, country_of("UZ")), 30);
}

TEST(Country, is_asked_for_or_tagged_or_near) {
    EXPECT_EQ(guess_country("de", {"KZ"}, {76.9, 43.2}).country->code, "DE");
    EXPECT_EQ(guess_country("", {"KG", "KZ", "kz"}, {7.4, 43.7}).country->code, "KZ");
    EXPECT_EQ(guess_country("", {}, {76.9, 43.2}).country->code, "KZ");
    EXPECT_EQ(guess_country("", {}, {7.42, 43.73}).country->code, "MC");
    EXPECT_EQ(guess_country("", {}, {68.8, 38.5}).country->code, "TJ");
    EXPECT_EQ(guess_country("", {}, {-30, -40}).country->code, "") << "in the middle of the ocean";
    EXPECT_ANY_THROW(country_of("Kazakhstan"));
    EXPECT_TRUE(country_of("GB").left_hand_traffic);
    EXPECT_TRUE(country_of("MT").left_hand_traffic) << "of whose limits nothing is known";
    EXPECT_FALSE(country_of("BR").left_hand_traffic);
    EXPECT_TRUE(guess_country("", {"MT", "MT", "?"}, {14.5, 35.9}).country->left_hand_traffic) << "though the nearest town is in Italy";
}

TEST(Side, is_that_of_the_country_unless_its_boundary_says_otherwise) {
    EXPECT_FALSE(Imported(crossing()).city.left_hand_traffic);
    EXPECT_TRUE(Imported(crossing(), "GB").city.left_hand_traffic);
    EXPECT_TRUE(Imported(crossing().boundary(9, {{"driving_side", "left"}})).city.left_hand_traffic);
    EXPECT_FALSE(Imported(crossing().boundary(9, {{"driving_side", "right"}}), "GB").city.left_hand_traffic);
    MapSnippet map = crossing();
    const Imported one_way_astray(map.node(6, 0, 200).way(30, {5, 6}, {{"highway", "residential"}, {"driving_side", "left"}}));
    EXPECT_FALSE(one_way_astray.city.left_hand_traffic);
    EXPECT_EQ(one_way_astray.reported("keeps the other side"), 1);
}

}  // namespace
}  // namespace shahr::osm
