#include "sim/scenario/quantity.h"

#include <gtest/gtest.h>

namespace shahr {
namespace {

using namespace std::chrono_literals;
constexpr std::chrono::sys_days first{std::chrono::year{2026} / 3 / 10};

TEST(Quantity, ReadsDurations) {
    EXPECT_EQ(parse_duration("4h"), 4h);
    EXPECT_EQ(parse_duration("5min"), 5min);
    EXPECT_EQ(parse_duration("90s"), 90s);
    EXPECT_EQ(parse_duration("1d"), 24h);
    EXPECT_EQ(parse_duration("0s"), 0s);
    EXPECT_EQ(parse_duration("500ms"), 500ms);
    EXPECT_EQ(parse_duration("1.5h"), 90min);
    EXPECT_EQ(parse_duration("1h 30min"), 90min);
    EXPECT_EQ(parse_duration("0.1s"), 100ms);
    EXPECT_EQ(parse_duration("-5min"), -5min);
}

TEST(Quantity, RefusesWhatIsNoDuration) {
    for (const char* text : {"", "4", "h", "4 hours", "4x", "1e3s", "30min1h", "1h1h", "nan s", "0.0001s", "99999d", "--5s", "-", "4h;"})
        EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(Quantity, ReadsMoments) {
    EXPECT_EQ(parse_moment("06:00")->clock, 6h);
    EXPECT_FALSE(parse_moment("06:00")->day);
    EXPECT_EQ(parse_moment("06:00:30")->clock, 6h + 30s);
    EXPECT_EQ(parse_moment("24:00")->clock, 24h);
    EXPECT_EQ(parse_moment("2026-03-10 06:00")->day, first);
    EXPECT_EQ(parse_moment("2026-03-10T06:00:00")->clock, 6h);
    EXPECT_EQ(parse_moment("2026-03-10")->clock, 0h);
    for (const char* text : {"", "6:00", "24:01", "06:60", "2026-02-30", "2026-03-10x06:00", "06-00", "-6:00", "06:00:61", "2026-13-01 00:00"})
        EXPECT_FALSE(parse_moment(text)) << text;
}

TEST(Quantity, ReadsSpeedsWithTheirUnits) {
    EXPECT_DOUBLE_EQ(*parse_speed_mps("36 km/h"), 10.0);
    EXPECT_DOUBLE_EQ(*parse_speed_mps("8.3m/s"), 8.3);
    EXPECT_DOUBLE_EQ(*parse_speed_mps("20 mph"), 8.9408);
    EXPECT_FALSE(parse_speed_mps("30"));
    EXPECT_FALSE(parse_speed_mps("30 knots"));
}

TEST(Quantity, WritesWhatItReads) {
    for (const Duration d : {Duration{0}, Duration{1}, Duration{90min}, Duration{25h + 3ms}, Duration{-5min}}) EXPECT_EQ(parse_duration(duration_text(d)), d);
    EXPECT_EQ(clock_text(7h + 30min, first), "07:30");
    EXPECT_EQ(clock_text(7h + 30min + 5s, first), "07:30:05");
    EXPECT_EQ(clock_text(7h + 500ms, first), "07:00:00.500");
    EXPECT_EQ(clock_text(31h, first), "2026-03-11 07:00");
}

}  // namespace
}  // namespace shahr
