// Names of streets, written along them where the map is near enough, the greater streets first.
#pragma once
#include <string>
#include <vector>

#include "render/camera.h"
#include "render/controls.h"
#include "render/fonts.h"
#include "render/palette.h"
#include "sim/city/city.h"

struct ImDrawList;

namespace shahr {

class StreetNames {
public:
    // Roads of one name that follow each other become one street; the two directions of a road are one.
    explicit StreetNames(const City& city);
    // Repeated along a long street, upright, not around sharp bends, outside the rectangles that are taken; adds its own.
    void draw(const Camera& camera, const Fonts& fonts, const Paper& paper, std::vector<Rect>& taken) const;

    struct Street {
        std::string name;
        double beyond_m;                       // metres per pixel from which on it is left out
        std::vector<Point> line;
        std::vector<double> at_m;              // of each point, along the line
        Box box;
    };
    const std::vector<Street>& streets() const { return streets_; }

private:
    std::vector<Street> streets_;              // the greater ones first
};

}  // namespace shahr
