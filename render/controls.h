// Buttons and sliders that remember where they are, so that a script or a test can press them by name.
#pragma once
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "render/camera.h"

namespace shahr {

struct Rect {
    double left = 0, top = 0, right = 0, bottom = 0;
    Pixel middle() const { return {(left + right) / 2, (top + bottom) / 2}; }
    Pixel at(double share) const { return {left + share * (right - left), (top + bottom) / 2}; }
};

inline bool overlap(const Rect& a, const Rect& b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
inline bool overlaps_any(const Rect& rect, const std::vector<Rect>& others) {
    return std::any_of(others.begin(), others.end(), [&](const Rect& other) { return overlap(rect, other); });
}

class Controls {
public:
    void begin_frame() { places_.clear(); }
    bool button(const std::string& id, const char* label);
    bool checkbox(const std::string& id, const char* label, bool& value);
    // True while it is being moved.
    bool slider(const std::string& id, int& value, int most, const char* shown);
    bool choice(const std::string& id, const char* label, bool chosen);

    const Rect* find(const std::string& id) const;  // null if it was not on the screen in the last frame
    const std::map<std::string, Rect>& places() const { return places_; }

private:
    bool placed(const std::string& id, bool result);
    std::map<std::string, Rect> places_;
};

}  // namespace shahr
