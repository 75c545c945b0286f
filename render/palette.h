// The colours of the map, on light and on dark paper. Scales are told apart without red against green: hue runs from slate over
// teal and amber to wine, and what is worse stands out more from the paper: darker on the light one, lighter on the dark one.
// Bounds are fixed, so that two maps can be compared.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/city/land.h"

namespace shahr {

struct Colour {
    std::uint8_t r = 0, g = 0, b = 0, a = 255;
    bool operator==(const Colour&) const = default;
};

constexpr Colour colour(std::uint32_t rgb, std::uint8_t alpha = 255) {
    return {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8 & 0xff), static_cast<std::uint8_t>(rgb & 0xff), alpha};
}

struct Paper {
    // Land uses as LandUse counts them, fully transparent where a use leaves the ground as it is; then buildings.
    static constexpr std::size_t building = enum_names<LandUse>.size(), paint_count = building + 1;
    std::array<Colour, paint_count> paints;
    std::array<Colour, 5> roads;               // motorway, trunk, primary, secondary, others: where nothing is recorded
    std::array<Colour, 6> ramp;                // from good to bad
    Colour ground, casing, rim;                // casing: of roads by class; rim: of those whose colour has a meaning
    Colour no_data, selection, closed, closed_bar;
    Colour ink, soft_ink, water_ink, green_ink, halo;
    Colour panel, panel_edge, accent, accent_strong;
    std::array<Colour, 3> field, button;       // of controls: at rest, under the mouse, pressed

    Colour land(LandUse use) const { return paints[static_cast<std::size_t>(use)]; }
    Colour road(RoadClass road_class) const;
};

extern const Paper light_paper, dark_paper;

// Classes of a quantity: steps[i] for values below bounds[i], the last one for what is above all bounds.
struct ColourScale {
    std::string title, unit;
    std::vector<float> bounds;                 // ascending
    std::vector<std::uint8_t> steps;           // of the ramp, one more than bounds
    std::vector<std::string> labels;           // one per step
    std::string no_data;                       // what NaN means

    Colour of(float value, const Paper& paper) const;
};

ColourScale relative_speed_scale();            // of speed over limit, 0 to 1
ColourScale sequential_scale(std::string title, std::string unit, std::vector<float> bounds);
ColourScale falling_scale(std::string title, std::string unit, std::vector<float> bounds);  // the less, the worse

}  // namespace shahr
