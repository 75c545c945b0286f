// How many pictures a second the viewer draws, measured without a screen.
#pragma once
#include <string>

#include "render/frame_source.h"

namespace shahr {

struct FrameRate {
    int frames = 0, width = 0, height = 0;
    double median_s = 0, slowest_s = 0;        // a frame, drawn to its last pixel
    std::string renderer{};                    // as the driver calls itself
};

// Draws the window's whole content, panels and names too, while the camera closes in on the middle of the city and the time
// runs. Throws DeviceError where nothing can be drawn.
FrameRate measure_frame_rate(const FrameSource& source, int frames);

}  // namespace shahr
