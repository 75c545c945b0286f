// Which part of the plane is on the screen. Pixels count from the top left corner, y downwards.
#pragma once
#include <algorithm>

#include "sim/base/point.h"

namespace shahr {

struct Pixel {
    double x = 0, y = 0;
    bool operator==(const Pixel&) const = default;
};

struct Box {
    Point low, high;
    double width_m() const { return high.x_m - low.x_m; }
    double height_m() const { return high.y_m - low.y_m; }
};

struct Camera {
    Point centre;
    double metres_per_pixel = 1;
    double width = 1, height = 1;              // of the screen in pixels

    Pixel to_screen(Point p) const {
        return {width / 2 + (p.x_m - centre.x_m) / metres_per_pixel, height / 2 - (p.y_m - centre.y_m) / metres_per_pixel};
    }
    Point to_plane(Pixel p) const {
        return {centre.x_m + (p.x - width / 2) * metres_per_pixel, centre.y_m - (p.y - height / 2) * metres_per_pixel};
    }
    void pan(double dx, double dy) {
        centre = centre + Point{-dx * metres_per_pixel, dy * metres_per_pixel};
    }
    // What lies under the pixel stays under it. A factor above 1 comes nearer.
    void zoom(Pixel at, double factor) {
        const Point fixed = to_plane(at);
        metres_per_pixel = std::clamp(metres_per_pixel / factor, 0.05, 2000.0);
        centre = centre + (fixed - to_plane(at));
    }
    // The whole box, with a margin in pixels around it.
    static Camera showing(const Box& box, double width, double height, double margin) {
        Camera camera{0.5 * (box.low + box.high), 1, width, height};
        camera.metres_per_pixel = std::max({box.width_m() / std::max(1.0, width - 2 * margin),
                                            box.height_m() / std::max(1.0, height - 2 * margin), 0.05});
        return camera;
    }
};

}  // namespace shahr
