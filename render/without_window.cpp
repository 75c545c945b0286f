// In place of window.cpp where the program is built without GLFW (-DSHAHR_VIEWER=OFF).
#include "render/window.h"
#include "sim/base/error.h"

namespace shahr {

void show_window(const FrameSource&, const WindowOptions&) {
    throw InputError("shahr view (this program was built without the window) one built with -DSHAHR_VIEWER=ON, or shahr map");
}

}  // namespace shahr
