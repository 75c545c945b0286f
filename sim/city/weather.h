// The weather of a year, hour by hour, as plain columns: what an EPW file or a climate of our own comes to.
//
// Row h is the hour that ends at (h + 1):00, counted from the first midnight of the year, by the clock of the time zone
// without daylight saving. Sunlight is the mean over that hour; what is read off instruments (temperature, humidity, wind,
// pressure, sky) was read at its end.
#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace shahr {

struct Weather {
    std::string source;                        // the file's name, or how the climate was made
    std::string place;
    double latitude_deg = 0, longitude_deg = 0;  // east is positive
    double time_zone_h = 0;                    // of the clock over universal time
    double elevation_m = 0;

    std::vector<double> dry_bulb_c, dew_point_c;
    std::vector<double> relative_humidity;     // 0 to 1
    std::vector<double> pressure_pa;
    std::vector<double> infrared_w_m2;         // from the sky on a horizontal plane
    std::vector<double> direct_normal_w_m2, diffuse_horizontal_w_m2;
    std::vector<double> wind_mps;              // at 10 m
    std::vector<double> wind_from_deg;         // 0: north, 90: east
    std::vector<double> sky_cover;             // 0 to 1
    std::vector<double> rain_mm;               // in that hour
    std::vector<double> snow_depth_m;

    std::size_t hours() const { return dry_bulb_c.size(); }  // 8760, or 8784 with a 29 February
    bool has_leap_day() const { return hours() == 8784; }
};

// Its row for the hour that begins at this clock hour of a day. Where one of the two years has a 29 February and the other has
// none, the 28th is taken twice, or the 29th left out.
std::size_t weather_row(const Weather& weather, std::chrono::sys_days day, int hour);

// Puts the hours of another weather, from this clock hour on, in the place of its own; place and sun stay.
void replace_hours(Weather& weather, const Weather& by, std::chrono::sys_days day, int hour, std::size_t count);

}  // namespace shahr
