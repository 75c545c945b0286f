// Text and shapes for what lies over the map.
#pragma once
#include <imgui.h>

#include <string>

#include "render/camera.h"
#include "render/palette.h"

namespace shahr {

constexpr ImU32 packed(Colour c) {
    return IM_COL32(c.r, c.g, c.b, c.a);
}

enum class Align { left, centre, right };

// In the current font; `at` is on the middle of its height.
void write_text(ImDrawList& list, const std::string& text, Pixel at, Align align, Colour colour);
// With a rim of light, so that it can be read on any ground.
void write_with_halo(ImDrawList& list, ImFont* font, const std::string& text, Pixel at, Align align, Colour colour);

}  // namespace shahr
