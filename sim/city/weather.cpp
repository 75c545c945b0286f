#include "sim/city/weather.h"

namespace shahr {

std::size_t weather_row(const Weather& weather, std::chrono::sys_days day, int hour) {
    using namespace std::chrono;
    const year_month_day date{day};
    const bool leap_day = date.month() == February && static_cast<unsigned>(date.day()) == 29;
    // Counted in a common year, then moved by a day where the weather has a 29 February.
    const year common{2001};
    const sys_days counted = leap_day ? sys_days{common / February / 28} : sys_days{common / date.month() / date.day()};
    auto days_before = static_cast<std::size_t>((counted - sys_days{common / January / 1}).count());
    if (weather.has_leap_day() && (leap_day || date.month() > February)) ++days_before;
    return days_before * 24 + static_cast<std::size_t>(hour);
}

}  // namespace shahr
