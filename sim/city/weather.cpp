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

void replace_hours(Weather& weather, const Weather& by, std::chrono::sys_days day, int hour, std::size_t count) {
    using Column = std::vector<double> Weather::*;
    constexpr Column columns[] = {&Weather::dry_bulb_c, &Weather::dew_point_c, &Weather::relative_humidity, &Weather::pressure_pa, &Weather::infrared_w_m2, &Weather::direct_normal_w_m2,
                                  &Weather::diffuse_horizontal_w_m2, &Weather::wind_mps, &Weather::wind_from_deg, &Weather::sky_cover, &Weather::rain_mm, &Weather::snow_depth_m};
    for (std::size_t k = 0; k < count; ++k, ++hour) {
        if (hour == 24) hour = 0, day += std::chrono::days{1};
        const std::size_t to = weather_row(weather, day, hour), from = weather_row(by, day, hour);
        for (const Column column : columns) (weather.*column)[to] = (by.*column)[from];
    }
}

}  // namespace shahr
