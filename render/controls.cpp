#include "render/controls.h"

#include <imgui.h>

namespace shahr {

bool Controls::placed(const std::string& id, bool result) {
    const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
    places_[id] = {low.x, low.y, high.x, high.y};
    return result;
}

bool Controls::button(const std::string& id, const char* label) {
    return placed(id, ImGui::Button((std::string(label) + "##" + id).c_str()));
}

bool Controls::checkbox(const std::string& id, const char* label, bool& value) {
    return placed(id, ImGui::Checkbox((std::string(label) + "##" + id).c_str(), &value));
}

bool Controls::slider(const std::string& id, int& value, int most, const char* shown) {
    return placed(id, ImGui::SliderInt(("##" + id).c_str(), &value, 0, most, shown));
}

bool Controls::choice(const std::string& id, const char* label, bool chosen) {
    return placed(id, ImGui::RadioButton((std::string(label) + "##" + id).c_str(), chosen));
}

const Rect* Controls::find(const std::string& id) const {
    const auto at = places_.find(id);
    return at == places_.end() ? nullptr : &at->second;
}

}  // namespace shahr
