#include "render/palette.h"

#include <fmt/format.h>

#include <cmath>

namespace shahr {

Colour land_colour(LandUse use) {
    switch (use) {
        case LandUse::none: return colour(0, 0);
        case LandUse::residential: return colour(0xebe6dd);
        case LandUse::commercial: return colour(0xeee1dc);
        case LandUse::retail: return colour(0xf2ddd6);
        case LandUse::industrial: return colour(0xe4e0e6);
        case LandUse::education: return colour(0xf0ead2);
        case LandUse::health: return colour(0xf3e2e2);
        case LandUse::leisure: return colour(0xdae8d2);
        case LandUse::green: return colour(0xcfe2c0);
        case LandUse::farmland: return colour(0xeeeed9);
        case LandUse::water: return paper::water;
        case LandUse::transport: return colour(0xe2ddd6);
    }
    return colour(0, 0);
}

Colour road_colour(RoadClass road_class) {
    switch (road_class) {
        case RoadClass::motorway:
        case RoadClass::motorway_link: return colour(0xe8a76a);
        case RoadClass::trunk:
        case RoadClass::trunk_link: return colour(0xf0bf7e);
        case RoadClass::primary:
        case RoadClass::primary_link: return colour(0xf5d593);
        case RoadClass::secondary:
        case RoadClass::secondary_link: return colour(0xf9e9b8);
        default: return paper::road;
    }
}

Colour ColourScale::of(float value) const {
    if (std::isnan(value)) return paper::no_data;
    std::size_t i = 0;
    while (i < bounds.size() && value >= bounds[i]) ++i;
    return colours[i];
}

ColourScale relative_speed_scale() {
    // Classes of the Highway Capacity Manual's urban streets (2010, exhibit 16-4: 30, 40, 50, 67, 85 % of the free speed).
    return {"Speed, share of the limit", "%",
            {0.30f, 0.40f, 0.50f, 0.67f, 0.85f},
            {colour(0x7a0f2b), colour(0xc9302c), colour(0xec7f33), colour(0xedbd45), colour(0x7db7b2), colour(0x98a6b1)},
            {"below 30", "30 to 40", "40 to 50", "50 to 67", "67 to 85", "85 and more"},
            "nobody drove"};
}

ColourScale sequential_scale(std::string title, std::string unit, std::vector<float> bounds) {
    const std::vector<Colour> ramp = {colour(0x98a6b1), colour(0x7db7b2), colour(0xedbd45), colour(0xec7f33), colour(0xc9302c), colour(0x7a0f2b)};
    ColourScale scale{std::move(title), std::move(unit), std::move(bounds), {}, {}, "no data"};
    const std::size_t n = scale.bounds.size();
    for (std::size_t i = 0; i <= n; ++i) {
        scale.colours.push_back(ramp[n == 0 ? 0 : i * (ramp.size() - 1) / n]);
        if (i == 0) scale.labels.push_back(n == 0 ? "any" : fmt::format("below {:g}", scale.bounds[0]));
        else if (i == n) scale.labels.push_back(fmt::format("{:g} and more", scale.bounds[n - 1]));
        else scale.labels.push_back(fmt::format("{:g} to {:g}", scale.bounds[i - 1], scale.bounds[i]));
    }
    return scale;
}

}  // namespace shahr
