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

// Eight copies around, then the text itself.
template <class Write>
void with_halo(float font_size, Colour colour, Colour halo, const Write& write) {
    constexpr std::array<std::array<float, 2>, 8> around = {{{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {0.7f, 0.7f}, {-0.7f, 0.7f}, {0.7f, -0.7f}, {-0.7f, -0.7f}}};
    const float reach = std::max(1.0f, font_size / 10);
    for (const auto& [x, y] : around) write(x * reach, y * reach, packed(halo));
    write(0, 0, packed(colour));
}

// ImGui writes straight on: what it added since `first`, four corners a letter, is put where each letter stands.
void bend(ImDrawList& list, int first, float height, const std::function<Stand(double)>& stand, float x, float y) {
    for (int v = first; v + 3 < list.VtxBuffer.Size; v += 4) {
        const double middle = (list.VtxBuffer[v].pos.x + list.VtxBuffer[v + 2].pos.x) / 2;
        const Stand s = stand(middle);
        for (int corner = v; corner < v + 4; ++corner) {
            ImVec2& pos = list.VtxBuffer[corner].pos;
            const double along = pos.x - middle, down = pos.y - height / 2;
            pos = {static_cast<float>(s.at.x + s.along_x * along - s.along_y * down) + x, static_cast<float>(s.at.y + s.along_y * along + s.along_x * down) + y};
        }
    }
}

}  // namespace

void write_text(ImDrawList& list, const std::string& text, Pixel at, Align align, Colour colour) {
    list.AddText(corner_of(ImGui::CalcTextSize(text.c_str()), at, align), packed(colour), text.c_str());
}

void write_with_halo(ImDrawList& list, ImFont* font, const std::string& text, Pixel at, Align align, Colour colour, Colour halo) {
    const ImVec2 size = font->CalcTextSizeA(font->FontSize, 1e6f, 0, text.c_str());
    const ImVec2 corner = corner_of(size, at, align);
    with_halo(font->FontSize, colour, halo, [&](float x, float y, ImU32 ink) { list.AddText(font, font->FontSize, {corner.x + x, corner.y + y}, ink, text.c_str()); });
}

void write_bent(ImDrawList& list, ImFont* font, const std::string& text, const std::function<Stand(double)>& stand, Colour colour, Colour halo) {
    with_halo(font->FontSize, colour, halo, [&](float x, float y, ImU32 ink) {
        const int first = list.VtxBuffer.Size;
        list.AddText(font, font->FontSize, {0, 0}, ink, text.c_str());
        bend(list, first, font->FontSize, stand, x, y);
    });
}

double width_of(ImFont* font, const std::string& text) {
    return font->CalcTextSizeA(font->FontSize, 1e6f, 0, text.c_str()).x;
}

void draw_closed_sign(ImDrawList& list, Pixel at, double radius, const Paper& paper) {
    const ImVec2 middle{static_cast<float>(at.x), static_cast<float>(at.y)};
    const auto r = static_cast<float>(radius);
    list.AddCircleFilled(middle, r * 1.18f, packed(paper.closed_bar), 32);
    list.AddCircleFilled(middle, r, packed(paper.closed), 32);
    list.AddRectFilled({middle.x - 0.62f * r, middle.y - 0.17f * r}, {middle.x + 0.62f * r, middle.y + 0.17f * r}, packed(paper.closed_bar));
}

}  // namespace shahr
