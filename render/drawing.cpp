#include "render/drawing.h"

#include <array>
#include <cmath>

namespace shahr {
namespace {

ImVec2 corner_of(ImVec2 size, Pixel at, Align align) {
    const double shift = align == Align::left ? 0 : align == Align::centre ? size.x / 2 : size.x;
    // Whole pixels: letters between pixels are blurred.
    return {static_cast<float>(std::round(at.x - shift)), static_cast<float>(std::round(at.y - size.y / 2))};
}

}  // namespace

void write_text(ImDrawList& list, const std::string& text, Pixel at, Align align, Colour colour) {
    list.AddText(corner_of(ImGui::CalcTextSize(text.c_str()), at, align), packed(colour), text.c_str());
}

void write_with_halo(ImDrawList& list, ImFont* font, const std::string& text, Pixel at, Align align, Colour colour) {
    const ImVec2 size = font->CalcTextSizeA(font->FontSize, 1e6f, 0, text.c_str());
    const ImVec2 corner = corner_of(size, at, align);
    const float reach = std::max(1.0f, font->FontSize / 10);
    constexpr std::array<std::array<float, 2>, 8> around = {{{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {0.7f, 0.7f}, {-0.7f, 0.7f}, {0.7f, -0.7f}, {-0.7f, -0.7f}}};
    for (const auto& [x, y] : around)
        list.AddText(font, font->FontSize, {corner.x + x * reach, corner.y + y * reach}, packed(paper::halo), text.c_str());
    list.AddText(font, font->FontSize, corner, packed(colour), text.c_str());
}

}  // namespace shahr
