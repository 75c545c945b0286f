#include "render/palette.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace shahr {

const Paper light_paper = {
    .paints = {colour(0, 0),     colour(0xebe6dd), colour(0xeee1dc), colour(0xf2ddd6), colour(0xe4e0e6), colour(0xf0ead2), colour(0xf3e2e2),
               colour(0xdae8d2), colour(0xcfe2c0), colour(0xeeeed9), colour(0xa9c9dd), colour(0xe2ddd6), colour(0xdcd5c9)},
    .roads = {colour(0xe8a76a), colour(0xf0bf7e), colour(0xf5d593), colour(0xf9e9b8), colour(0xffffff)},
    .ramp = {colour(0x98a6b1), colour(0x7db7b2), colour(0xedbd45), colour(0xec7f33), colour(0xc9302c), colour(0x7a0f2b)},
    .ground = colour(0xf3f0ea), .casing = colour(0xbdb6aa), .rim = colour(0xffffff),
    .no_data = colour(0xd4cfc5), .selection = colour(0x111111), .closed = colour(0xb3122a), .closed_bar = colour(0xffffff),
    .ink = colour(0x2b2b2b), .soft_ink = colour(0x6c675f), .water_ink = colour(0x3f7394), .green_ink = colour(0x4f7a45), .halo = colour(0xffffff, 220),
    .panel = colour(0xffffff, 235), .panel_edge = colour(0xd8d2c7), .accent = colour(0x4c83b3), .accent_strong = colour(0x36648c),
    .field = {colour(0xebe6dd), colour(0xe0d9cd), colour(0xd6cdbe)},
    .button = {colour(0xe4ddd1), colour(0xd6cdbe), colour(0xc7bca9)},
};

const Paper dark_paper = {
    .paints = {colour(0, 0),     colour(0x20242a), colour(0x282428), colour(0x2c2526), colour(0x26252c), colour(0x2a2822), colour(0x2c2427),
               colour(0x1f2a24), colour(0x1e2d23), colour(0x24271f), colour(0x1b3346), colour(0x26282b), colour(0x2f343b)},
    .roads = {colour(0xa8763f), colour(0x8f6c42), colour(0x7a6545), colour(0x646052), colour(0x474d55)},
    .ramp = {colour(0x566572), colour(0x4a8f8b), colour(0xc79a35), colour(0xee7f3a), colour(0xff5449), colour(0xff9db4)},
    .ground = colour(0x181b20), .casing = colour(0x0c0e11), .rim = colour(0x0c0e11),
    .no_data = colour(0x363b42), .selection = colour(0xffffff), .closed = colour(0xe0344c), .closed_bar = colour(0xffffff),
    .ink = colour(0xe9e6e0), .soft_ink = colour(0xa09c94), .water_ink = colour(0x86b7d8), .green_ink = colour(0x93c089), .halo = colour(0x101318, 220),
    .panel = colour(0x1d2126, 238), .panel_edge = colour(0x3a4048), .accent = colour(0x6ba3d3), .accent_strong = colour(0x8fc1ea),
    .field = {colour(0x2a2f36), colour(0x343a42), colour(0x3f4650)},
    .button = {colour(0x31373f), colour(0x3d444e), colour(0x4a525d)},
};

Colour Paper::road(RoadClass road_class) const {
    switch (road_class) {
        case RoadClass::motorway:
        case RoadClass::motorway_link: return roads[0];
        case RoadClass::trunk:
        case RoadClass::trunk_link: return roads[1];
        case RoadClass::primary:
        case RoadClass::primary_link: return roads[2];
        case RoadClass::secondary:
        case RoadClass::secondary_link: return roads[3];
        default: return roads[4];
    }
}

Colour ColourScale::of(float value, const Paper& paper) const {
    if (std::isnan(value)) return paper.no_data;
    std::size_t i = 0;
    while (i < bounds.size() && value >= bounds[i]) ++i;
    return paper.ramp[steps[i]];
}

ColourScale relative_speed_scale() {
    // Classes of the Highway Capacity Manual's urban streets (2010, exhibit 16-4: 30, 40, 50, 67, 85 % of the free speed).
    return {"Speed, share of the limit", "%",
            {0.30f, 0.40f, 0.50f, 0.67f, 0.85f},
            {5, 4, 3, 2, 1, 0},
            {"below 30", "30 to 40", "40 to 50", "50 to 67", "67 to 85", "85 and more"},
            "nobody drove"};
}

ColourScale sequential_scale(std::string title, std::string unit, std::vector<float> bounds) {
    ColourScale scale{std::move(title), std::move(unit), std::move(bounds), {}, {}, "no data"};
    const std::size_t n = scale.bounds.size(), last = std::tuple_size_v<decltype(Paper::ramp)> - 1;
    for (std::size_t i = 0; i <= n; ++i) {
        scale.steps.push_back(static_cast<std::uint8_t>(n == 0 ? 0 : i * last / n));
        if (i == 0) scale.labels.push_back(n == 0 ? "any" : fmt::format("below {:g}", scale.bounds[0]));
        else if (i == n) scale.labels.push_back(fmt::format("{:g} and more", scale.bounds[n - 1]));
        else scale.labels.push_back(fmt::format("{:g} to {:g}", scale.bounds[i - 1], scale.bounds[i]));
    }
    return scale;
}

ColourScale falling_scale(std::string title, std::string unit, std::vector<float> bounds) {
    ColourScale scale = sequential_scale(std::move(title), std::move(unit), std::move(bounds));
    std::reverse(scale.steps.begin(), scale.steps.end());
    return scale;
}

}  // namespace shahr
