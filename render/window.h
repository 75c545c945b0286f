// The viewer's window (GLFW).
#pragma once
#include "render/frame_source.h"

namespace shahr {

// Returns when the window is closed. `ui_scale` 0: as the screen says. Throws DeviceError where no window can be opened.
void show_window(const FrameSource& source, double ui_scale);

}  // namespace shahr
