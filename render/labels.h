// Names of places on the map, the greater ones first, none over another.
#pragma once
#include <string>
#include <vector>

#include "render/camera.h"
#include "render/controls.h"
#include "render/fonts.h"
#include "render/palette.h"
#include "sim/city/city.h"

namespace shahr {

class Labels {
public:
    explicit Labels(const City& city);
    // On top of the map, outside the rectangles that are taken.
    // Adds its own to them.
    void draw(const Camera& camera, const Fonts& fonts, const Paper& paper, std::vector<Rect>& taken) const;
    std::vector<std::string> texts() const;

private:
    struct Label {
        std::string text;
        Point at;
        int rank;                              // the lower, the greater
        double size_m;                         // of an area: written only where it is wide enough for its name; 0: a point
        bool water, green;
    };
    std::vector<Label> labels_;
};

}  // namespace shahr
