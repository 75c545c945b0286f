// What a square metre of every sunlit row takes in: planes as they are, windows through their glass and past their shades.
#pragma once
#include "kernels/base/array.h"
#include "kernels/base/weather_channels.h"
#include "kernels/building/glazing.h"
#include "kernels/building/layout.h"
#include "kernels/building/shading.h"

namespace shahr::SHAHR_BACKEND::building {

// A kind of window: windows that face alike, of the same glazing, with the same shades, are one row.
struct WindowKind {
    Index plane = 0, glazing = 0;
    Shades shades;
    DiffuseShare diffuse;                      // what the shades leave of it
    double azimuth_rad = 0, tilt_rad = 1.5707963267948966;

    // A direction as the window sees it: x to the right as seen from outside.
    SHAHR_HD Sight sight(double east, double north, double up) const {
        const double sa = sin(azimuth_rad), ca = cos(azimuth_rad), st = sin(tilt_rad), ct = cos(tilt_rad);
        return {sa * north - ca * east, st * up - ct * (sa * east + ca * north), st * (sa * east + ca * north) + ct * up};
    }
};

struct TakeInSun {
    View<const double> weather, planes;        // channels
    View<const WindowKind> windows;
    View<const Optics> optics;
    Index orientations, used, lanes;           // lanes that are filled; and of a row
    View<double> sun;                          // [sunlit row][SunRow][lane]

    SHAHR_HD void operator()(Index i) const {
        const Index row = i / used, lane = i % used;
        const auto put = [&](SunRow what, double value) { sun[row_of(row, what) * lanes + lane] = value; };
        if (row < orientations) {
            put(SunRow::outer, planes[row_of(row, PlaneRow::total) * lanes + lane]);
            put(SunRow::heat, planes[row_of(row, PlaneRow::total) * lanes + lane]);
            return;
        }
        const WindowKind& window = windows[row - orientations];
        const auto plane = [&](PlaneRow what) { return planes[row_of(window.plane, what) * lanes + lane]; };
        double direct = plane(PlaneRow::direct);
        if (direct > 0 && window.shades.any()) direct *= seen_share(window.shades, sun_as_seen(window, lane));
        const double diffuse = plane(PlaneRow::sky) * window.diffuse.sky + plane(PlaneRow::horizon) * window.diffuse.horizon + plane(PlaneRow::ground) * window.diffuse.ground;
        const ShareOfSun d = at_angle(optics[window.glazing], plane(PlaneRow::cos_incidence)), h = optics[window.glazing].hemispherical;
        const double outer = d.outer * direct + h.outer * diffuse, inner = d.inner * direct + h.inner * diffuse;
        const double transmitted = d.transmitted * direct + h.transmitted * diffuse, resistance = optics[window.glazing].resistance;
        put(SunRow::outer, outer);
        put(SunRow::inner, inner);
        put(SunRow::transmitted, transmitted);
        put(SunRow::heat, transmitted + (outer * 0.04 + inner * (0.04 + resistance)) / (0.17 + resistance));
    }

private:
    SHAHR_HD Sight sun_as_seen(const WindowKind& window, Index lane) const {
        return window.sight(weather[row_of(WeatherRow::sun_east) * lanes + lane], weather[row_of(WeatherRow::sun_north) * lanes + lane],
                            weather[row_of(WeatherRow::sun_up) * lanes + lane]);
    }
};

// Of the city: the optics of each glazing, the kinds of windows, and which kind each window is.
struct Glass {
    std::vector<Optics> optics;
    std::vector<WindowKind> kinds;
    std::vector<std::int32_t> kind_of_window;
};

Glass glass_of(const Envelopes& envelopes, std::span<const std::int32_t> plane_of_window);

}  // namespace shahr::SHAHR_BACKEND::building
