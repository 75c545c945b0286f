#include "render/labels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "render/drawing.h"

namespace shahr {
namespace {

struct Kind {
    std::string_view name;
    int rank;
    double beyond_m;                           // metres per pixel from which on the kind is left out
};

constexpr std::array kinds = {Kind{"city", 0, 1000},  Kind{"town", 1, 120},        Kind{"borough", 2, 60},      Kind{"suburb", 2, 40},       Kind{"district", 2, 40},
                              Kind{"village", 3, 40}, Kind{"quarter", 4, 20}, Kind{"neighbourhood", 5, 12}, Kind{"hamlet", 5, 12}, Kind{"locality", 6, 10}};
constexpr int area_rank = 7;

const Kind* kind_of(std::string_view name) {
    const auto* at = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& kind) { return kind.name == name; });
    return at == kinds.end() ? nullptr : at;
}

double width_of(std::span<const Point> outline) {
    double low = 1e18, high = -1e18;
    for (const Point p : outline) low = std::min(low, p.x_m), high = std::max(high, p.x_m);
    return std::max(0.0, high - low);
}

double limit_of(int rank) {
    for (const Kind& kind : kinds)
        if (kind.rank == rank) return kind.beyond_m;
    return 25;
}

}  // namespace

Labels::Labels(const City& city) {
    const Places& places = city.places;
    for (const PlaceId place : rows(places.name)) {
        if (places.name[place].empty()) continue;
        const bool water = places.land_use[place] == LandUse::water, green = places.land_use[place] == LandUse::green;
        if (const Kind* kind = kind_of(places.kind[place])) labels_.push_back({places.name[place], places.position[place], kind->rank, 0, false, false});
        else if (places.is_area[place] && (water || green))
            labels_.push_back({places.name[place], places.position[place], area_rank, width_of(places.outline[place]), water, green});
    }
    std::stable_sort(labels_.begin(), labels_.end(), [](const Label& a, const Label& b) {
        return a.rank != b.rank ? a.rank < b.rank : a.size_m > b.size_m;
    });
}

void Labels::draw(const Camera& camera, const Fonts& fonts, const Paper& paper, std::vector<Rect>& taken) const {
    ImDrawList& list = *ImGui::GetBackgroundDrawList();
    const double unit = fonts.body->FontSize / 15.0;   // pixels of this screen per pixel of design
    for (const Label& label : labels_) {
        if (camera.metres_per_pixel * unit > limit_of(label.rank)) continue;
        ImFont* font = label.rank <= 1 ? fonts.title : label.rank <= 4 ? fonts.body : fonts.small;
        const ImVec2 size = font->CalcTextSizeA(font->FontSize, 1e6f, 0, label.text.c_str());
        if (label.size_m > 0 && label.size_m / camera.metres_per_pixel < size.x) continue;
        const Pixel at = camera.to_screen(label.at);
        const double margin = 0.4 * font->FontSize;
        const Rect rect{at.x - size.x / 2 - margin, at.y - size.y / 2 - margin, at.x + size.x / 2 + margin, at.y + size.y / 2 + margin};
        if (rect.left < 0 || rect.top < 0 || rect.right > camera.width || rect.bottom > camera.height) continue;
        if (overlaps_any(rect, taken)) continue;
        taken.push_back(rect);
        write_with_halo(list, font, label.text, at, Align::centre, label.water ? paper.water_ink : label.green ? paper.green_ink : paper.ink, paper.halo);
    }
}

std::vector<std::string> Labels::texts() const {
    std::vector<std::string> texts;
    for (const Label& label : labels_) texts.push_back(label.text);
    return texts;
}

}  // namespace shahr
