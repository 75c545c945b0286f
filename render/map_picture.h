// The map as a picture file, drawn without a screen.
#pragma once
#include <optional>
#include <string>

#include "render/camera.h"
#include "render/frame_source.h"
#include "render/picture.h"

namespace shahr {

struct PictureOptions {
    int width = 1600, height = 1200;
    double scale = 1;                          // 2: letters and lines twice as large, for print
    std::string field{};                       // "": the first, the speed
    std::optional<Duration> time{};            // none: the record with most vehicles under way
    bool dark = false;
    struct Place {
        Point centre;
        double width_m;
    };
    std::optional<Place> place{};              // none: the dense part of the city
};

struct DrawnMap {
    Picture picture;
    Camera camera;                             // where the picture's pixels lie on the plane
};

// Throws DeviceError where nothing can be drawn, InputError for a field or time that is not there.
DrawnMap draw_map(const FrameSource& source, const PictureOptions& options);

}  // namespace shahr
