// Times and speeds as people write them in a scenario.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "sim/base/time.h"

namespace shahr {

// "4h", "90s", "1h30min", "1.5h", "0s", "-5min"; units d, h, min, s, ms. Nothing if it is not a whole number of
// milliseconds within a hundred years.
std::optional<Duration> parse_duration(std::string_view text);

// A clock time, with or without a date; local time.
struct Moment {
    std::optional<std::chrono::sys_days> day;
    Duration clock{};                          // since that day's midnight, up to and with 24:00
};

// "06:00", "06:00:30", "2026-03-10 06:00", "2026-03-10T06:00:00", "2026-03-10". Nothing if it is none of them.
std::optional<Moment> parse_moment(std::string_view text);

// "30 km/h", "8.3 m/s", "20 mph", in metres a second. Nothing without a unit.
std::optional<double> parse_speed_mps(std::string_view text);

// "06:00", with seconds only where there are some; from the second day on "2026-03-11 06:00".
std::string clock_text(Duration since_first_midnight, std::chrono::sys_days first_day);
// "4h", "1h30min", "500ms": what parse_duration reads back to the same value.
std::string duration_text(Duration duration);

}  // namespace shahr
