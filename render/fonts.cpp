#include "render/fonts.h"

#include <imgui.h>
#include <imgui_freetype.h>

#include <array>
#include <cmath>
#include <filesystem>

namespace shahr {
namespace {

template <std::size_t n>
const char* first_there(const std::array<const char*, n>& paths) {
    for (const char* path : paths)
        if (std::filesystem::exists(path)) return path;
    return nullptr;
}

constexpr std::array plain_fonts = {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
                                    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"};
constexpr std::array bold_fonts = {"/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf", "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf",
                                   "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf"};
constexpr std::array chinese_fonts = {"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"};

ImVector<ImWchar> letters_of(const std::vector<std::string>& texts) {
    ImFontGlyphRangesBuilder builder;
    builder.AddRanges(ImGui::GetIO().Fonts->GetGlyphRangesCyrillic());
    builder.AddText("\u2013\u2014\u2026\u2212\u00d7\u2265\u2264\u25b6\u25ae");
    for (const std::string& text : texts) builder.AddText(text.c_str());
    ImVector<ImWchar> ranges;
    builder.BuildRanges(&ranges);
    return ranges;
}

ImFont* load(const char* path, double size, const ImWchar* ranges) {
    ImFontAtlas* atlas = ImGui::GetIO().Fonts;
    ImFontConfig config;
    config.OversampleH = 1;
    const auto pixels = static_cast<float>(std::round(size));
    ImFont* font = atlas->AddFontFromFileTTF(path, pixels, &config, ranges);
    if (const char* chinese = first_there(chinese_fonts)) {
        config.MergeMode = true;
        atlas->AddFontFromFileTTF(chinese, pixels, &config, ranges);
    }
    return font;
}

}  // namespace

Fonts load_fonts(double scale, const std::vector<std::string>& texts) {
    ImFontAtlas* atlas = ImGui::GetIO().Fonts;
    atlas->FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
    const char *plain = first_there(plain_fonts), *bold = first_there(bold_fonts);
    if (!plain) {
        ImFont* own = atlas->AddFontDefault();
        return {own, own, own};
    }
    const ImVector<ImWchar> ranges = letters_of(texts);
    Fonts fonts{load(plain, 15 * scale, ranges.Data), load(plain, 12 * scale, ranges.Data), load(bold ? bold : plain, 20 * scale, ranges.Data)};
    atlas->Build();                            // the ranges live until here
    return fonts;
}

}  // namespace shahr
