// Tags that hold under a condition: what they say on a weekday at eight.
#include "sim/import/osm/conditional.h"

#include <gtest/gtest.h>

#include "tests/sim/import/osm/map_snippet.h"

namespace shahr::osm {
namespace {

TEST(Conditional, reads_days_and_hours) {
    for (const auto condition : {"Mo-Fr 07:00-09:00,16:00-18:00", "Mo-Fr 07:00-09:00, 16:00-18:00", "06:00-22:00", "Mo-Sa", "22:00-10:00", "24/7",
                                 "Tu,Th 8:00-8:30", "Sa-We", "Mo-Fr 06:00-19:00; PH off", "Mo-Su 07:00-20:00; Su,PH off", "Su,PH off; Mo-Fr 07:30-09:00"})
        EXPECT_EQ(holds_at_eight(condition), true) << condition;
    for (const auto condition : {"Mo-Fr 16:00-18:00", "Sa,Su 06:00-22:00", "22:00-06:00", "Mo-Fr 07:00-08:00", "We-Mo", "PH", "24/7; Tu off"})
        EXPECT_EQ(holds_at_eight(condition), false) << condition;
}

TEST(Conditional, of_other_vehicles_does_not_hold_and_of_weather_cannot_be_told) {
    EXPECT_EQ(holds_at_eight("weight>7.5"), false);
    EXPECT_EQ(holds_at_eight("Mo-Fr 07:00-09:00 AND weight>7.5"), false);
    for (const auto condition : {"wet", "Oct-Apr", "residents", "sunrise-sunset", "07:00", "", "Mo-Fr 07:00-09:00 AND wet"})
        EXPECT_EQ(holds_at_eight(condition), std::nullopt) << condition;
}

TEST(Conditional, values_in_force_stand_for_the_whole_day_and_the_rest_is_counted) {
    ConditionalTags counts;
    const Tags tags{{"maxspeed", "60"},
                    {"maxspeed:conditional", "30 @ (Mo-Fr 07:00-17:00; SH off)"},
                    {"motor_vehicle:conditional", "no @ (22:00-06:00); delivery @ (06:00-11:00)"},
                    {"access:conditional", "no @ (wet)"},
                    {"lanes:forward:conditional", "3 @ (16:00-19:00)"},
                    {"maxspeed:hgv:conditional", "60 @ (22:00-06:00)"}};
    const Tags now = as_at_eight(tags, counts);
    EXPECT_EQ(now["maxspeed"], "30");
    EXPECT_EQ(now["motor_vehicle"], "delivery");
    EXPECT_EQ(now["access"], "");
    EXPECT_EQ(counts.in_force, 2);
    EXPECT_EQ(counts.not_then, 1) << "lanes; the limit of trucks is not read";
    EXPECT_EQ(counts.unknown, 1);
}

TEST(Conditional, restrictions_and_limits_of_the_morning_hold_and_are_reported) {
    const std::vector<std::string> members{"from way 20", "via node 1", "to way 10"};
    const auto banned = [&](const std::string& hours) {
        const Imported it(crossing().restriction(1, "", members, {{"restriction:conditional", "no_left_turn @ (" + hours + ")"}}));
        return it.banned(it.find(4, 1).value(), it.find(1, 2).value());
    };
    EXPECT_TRUE(banned("Mo-Fr 07:00-09:00"));
    EXPECT_FALSE(banned("Mo-Fr 16:00-18:00"));
    EXPECT_FALSE(banned("weight>3.5"));
    const Imported it(crossing().restriction(1, "", members, {{"restriction:conditional", "no_left_turn @ (16:00-18:00)"}}));
    EXPECT_EQ(it.reported("conditional tags of turn restrictions"), 1);
    const Imported lifted(crossing().restriction(1, "no_left_turn", members, {{"restriction:conditional", "none @ (06:00-20:00)"}}));
    EXPECT_TRUE(lifted.hints.banned.empty());
    EXPECT_EQ(lifted.reported("of an unknown kind"), 0);
}

TEST(Conditional, hours_said_the_older_way) {
    const std::vector<std::string> members{"from way 20", "via node 1", "to way 10"};
    const auto bans = [&](const TagList& hours) { return Imported(crossing().restriction(1, "no_left_turn", members, hours)).hints.banned.size(); };
    EXPECT_EQ(bans({{"hour_on", "07:00"}, {"hour_off", "09:00"}, {"day_on", "Monday"}, {"day_off", "Friday"}}), 1u);
    EXPECT_EQ(bans({{"hour_on", "16:00"}, {"hour_off", "18:00"}}), 0u);
}

}  // namespace
}  // namespace shahr::osm
