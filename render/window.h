// The viewer's window (GLFW).
#pragma once
#include <filesystem>

#include "render/frame_source.h"

namespace shahr {

struct WindowOptions {
    double ui_scale = 0;                       // 0: as the screen says
    bool dark = false;
    std::filesystem::path screenshot;          // if given: written after the first frames, and the window closes
};

// Returns when the window is closed. Throws DeviceError where no window can be opened.
void show_window(const FrameSource& source, const WindowOptions& options);

}  // namespace shahr
