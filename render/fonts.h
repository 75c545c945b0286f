// The fonts of the map and the panels.
#pragma once
#include <string>
#include <vector>

struct ImFont;

namespace shahr {

struct Fonts {
    ImFont *body = nullptr, *small = nullptr, *title = nullptr;
};

// Loads what is there (DejaVu, Noto or Liberation Sans; a Chinese one if a text needs it) in pixels of the screen, with the
// letters of Latin, Cyrillic and all that the texts contain. Without any font file, ImGui's own letters.
Fonts load_fonts(double scale, const std::vector<std::string>& texts);

}  // namespace shahr
