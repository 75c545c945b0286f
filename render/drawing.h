// Text and shapes for what lies over the map.
#pragma once
#include <imgui.h>

#include <functional>
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
// With a rim of the paper's light, so that it can be read on any ground.
void write_with_halo(ImDrawList& list, ImFont* font, const std::string& text, Pixel at, Align align, Colour colour, Colour halo);

// Where a letter stands and which way it runs; a unit vector, y downwards.
struct Stand {
    Pixel at;
    double along_x = 1, along_y = 0;
};
// The same, bent: each letter stands where `stand` says for its distance from the start of the text in pixels.
void write_bent(ImDrawList& list, ImFont* font, const std::string& text, const std::function<Stand(double)>& stand, Colour colour, Colour halo);
double width_of(ImFont* font, const std::string& text);

// The sign "no entry".
void draw_closed_sign(ImDrawList& list, Pixel at, double radius, const Paper& paper);

}  // namespace shahr
