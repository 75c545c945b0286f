// From what the weather's columns say of a step to what stands on the bus.
#pragma once
#include "kernels/base/array.h"
#include "kernels/base/weather_channels.h"
#include "kernels/weather/tilted.h"

namespace shahr::SHAHR_BACKEND::weather {

// Of one step in one member. Temperature, wind and the sky's infrared are the means of the readings at the two ends of the
// hour, sunlight is the mean over it (sim/city/weather.h).
struct OutdoorReading {
    double dry_bulb_c = 0, wind_mps = 0, infrared_w_m2 = 0;
    double direct_normal_w_m2 = 0, diffuse_horizontal_w_m2 = 0;
    double month_c = 0, year_c = 0;            // mean temperatures
    double albedo = 0.2;                       // of the ground
    int day = 1;                               // of the year
    double begin_h = 0, end_h = 1;             // by the clock
    Site site;
};

struct WriteOutdoors {
    View<const OutdoorReading> readings;       // [step][member]
    Index lanes;
    View<double> weather;                      // channel "weather"
    View<Sky> skies;                           // [step][member]

    SHAHR_HD void operator()(Index lane) const {
        constexpr double stefan_boltzmann = 5.670374419e-8;
        const OutdoorReading& now = readings[lane];
        const double kelvin = now.dry_bulb_c + 273.15, cube = stefan_boltzmann * kelvin * kelvin * kelvin;
        const SunDay day = sun_of_day(now.day);
        const Direction sun = sun_between(now.site, day, now.begin_h, now.end_h);
        const auto put = [&](WeatherRow row, double value) { weather[row_of(row) * lanes + lane] = value; };
        put(WeatherRow::temperature, now.dry_bulb_c);
        put(WeatherRow::wind, now.wind_mps);
        put(WeatherRow::radiative_film, 4 * cube);
        put(WeatherRow::sky_deficit, cube * kelvin - now.infrared_w_m2);
        put(WeatherRow::month, now.month_c);
        put(WeatherRow::year, now.year_c);
        put(WeatherRow::sun_east, sun.east);
        put(WeatherRow::sun_north, sun.north);
        put(WeatherRow::sun_up, sun.up);
        skies[lane] = perez_sky(sun, day, now.direct_normal_w_m2, now.diffuse_horizontal_w_m2, now.albedo);
    }
};

struct WritePlanes {
    View<const double> normals;                // [orientation][east, north, up]
    View<const Sky> skies;
    Index used, lanes;                         // lanes that are filled; and of a row
    View<double> planes;                       // channel "planes"

    SHAHR_HD void operator()(Index i) const {
        const Index orientation = i / used, lane = i % used;
        const OnPlane on = on_plane(skies[lane], {normals[3 * orientation], normals[3 * orientation + 1], normals[3 * orientation + 2]});
        const auto put = [&](PlaneRow row, double value) { planes[row_of(orientation, row) * lanes + lane] = value; };
        put(PlaneRow::cos_incidence, on.cos_incidence);
        put(PlaneRow::direct, on.direct);
        put(PlaneRow::sky, on.sky);
        put(PlaneRow::horizon, on.horizon);
        put(PlaneRow::ground, on.ground);
        put(PlaneRow::total, on.total());
    }
};

}  // namespace shahr::SHAHR_BACKEND::weather
