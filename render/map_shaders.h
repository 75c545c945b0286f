// The shaders of the map.
#pragma once

namespace shahr::shaders {

// Positions in metres on the plane; `centre` is subtracted first, so that single precision is enough at any zoom.
inline constexpr const char* fill_vertex = R"(#version 330 core
layout(location = 0) in vec2 position;
layout(location = 1) in int paint;
layout(location = 2) in int building;
uniform vec2 centre;
uniform vec2 to_clip;                          // metres to clip space
uniform vec4 paints[13];
uniform samplerBuffer colours;
uniform int first_building;                    // of the colours; -1: buildings are painted alike
out vec4 shade;
void main() {
    gl_Position = vec4((position - centre) * to_clip, 0, 1);
    shade = building >= 0 && first_building >= 0 ? texelFetch(colours, first_building + building) : paints[paint];
})";

inline constexpr const char* fill_fragment = R"(#version 330 core
in vec4 shade;
out vec4 pixel;
void main() { pixel = shade; })";

// One instance per straight piece, a rectangle around it with room for its round ends.
inline constexpr const char* line_vertex = R"(#version 330 core
layout(location = 0) in vec4 ends;
layout(location = 1) in vec2 form;             // width in metres, side
layout(location = 2) in int road;
uniform vec2 centre;
uniform vec2 half_screen;                      // pixels
uniform float pixels_per_metre;
uniform float least_width;                     // pixels
uniform float extra;                           // pixels added on each side
uniform vec4 fixed_colour;                     // alpha 0: the road's own
uniform int only_road;                         // -1: all
uniform samplerBuffer colours;
out vec2 place;                                // along and across the piece, in pixels
flat out float piece_length;
flat out float radius;
flat out vec4 shade;
void main() {
    vec2 from = (ends.xy - centre) * pixels_per_metre, to = (ends.zw - centre) * pixels_per_metre;
    piece_length = length(to - from);
    vec2 along = piece_length > 1e-4 ? (to - from) / piece_length : vec2(1, 0), left = vec2(-along.y, along.x);
    float width = max(least_width, form.x * pixels_per_metre);
    radius = width / 2 + extra;
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    place = mix(vec2(-radius - 1, -radius - 1), vec2(piece_length + radius + 1, radius + 1), corner);
    vec2 pixel = from + along * place.x + left * (place.y - form.y * width / 2);
    gl_Position = vec4(pixel / half_screen, 0, 1);
    if (only_road >= 0 && road != only_road) gl_Position = vec4(2, 2, 2, 1);
    shade = fixed_colour.a > 0 ? fixed_colour : texelFetch(colours, road);
})";

// Smooth edges by distance; what is thinner than a pixel fades instead of breaking up.
inline constexpr const char* line_fragment = R"(#version 330 core
in vec2 place;
flat in float piece_length;
flat in float radius;
flat in vec4 shade;
out vec4 pixel;
void main() {
    float beyond = max(max(-place.x, place.x - piece_length), 0);
    float distance = length(vec2(beyond, place.y));
    float cover = clamp(max(radius, 0.5) + 0.5 - distance, 0, 1) * min(1, 2 * radius);
    if (cover <= 0) discard;
    pixel = vec4(shade.rgb, shade.a * cover);
})";

}  // namespace shahr::shaders
