// The colours of the map. Scales are told apart without red against green: hue runs from slate over teal and amber to wine, and
// what is worse is also darker. Bounds are fixed, so that two maps can be compared.
#pragma once
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

namespace paper {  // the map's ground
inline constexpr Colour ground = colour(0xf3f0ea), building = colour(0xdcd5c9), water = colour(0xa9c9dd), road = colour(0xffffff),
                        casing = colour(0xbdb6aa), ink = colour(0x2b2b2b), soft_ink = colour(0x6c675f), water_ink = colour(0x3f7394),
                        green_ink = colour(0x4f7a45), halo = colour(0xffffff, 220), panel = colour(0xffffff, 235), panel_edge = colour(0xd8d2c7),
                        no_data = colour(0xd4cfc5), selection = colour(0x111111);
}

// Fully transparent where a use leaves the ground as it is.
Colour land_colour(LandUse use);

// Of roads of which nothing is recorded.
Colour road_colour(RoadClass road_class);

// Classes of a quantity: colours[i] for values below bounds[i], the last one for what is above all bounds.
struct ColourScale {
    std::string title, unit;
    std::vector<float> bounds;                 // ascending
    std::vector<Colour> colours;               // one more than bounds
    std::vector<std::string> labels;           // one per colour
    std::string no_data;                       // what NaN means

    Colour of(float value) const;
};

ColourScale relative_speed_scale();            // of speed over limit, 0 to 1
ColourScale sequential_scale(std::string title, std::string unit, std::vector<float> bounds);

}  // namespace shahr
