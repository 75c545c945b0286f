// Draws the map with OpenGL: the same code for the window and for a picture without a screen.
#pragma once
#include <cstdint>
#include <span>

#include "render/along.h"
#include "render/camera.h"
#include "render/map_geometry.h"

namespace shahr {

// What to draw this time.
struct MapView {
    Camera camera;                             // in pixels of the framebuffer
    double pixel_scale = 1;                    // framebuffer pixels per unit of line width
    bool areas = true, buildings = true, rivers = true, roads = true;
    Along along = Along::roads;                // what the recorded colours belong to
    std::vector<Colour> colours;               // one per road, and behind them one per main, branch or building where those are shown
    const Paper* paper = &light_paper;
    bool recorded = false;                     // the colours of the roads have a meaning
    RoadId selected = none<RoadId>;
};

class MapPainter {
public:
    // Needs the context to be current, as do all others. Throws DeviceError if the driver does not take the shaders.
    explicit MapPainter(const MapGeometry& map);
    ~MapPainter();
    MapPainter(const MapPainter&) = delete;
    MapPainter& operator=(const MapPainter&) = delete;
    // Covers the whole of the bound framebuffer.
    void draw(const MapView& view);

private:
    enum Buffer { area_vertices, building_vertices, line_pieces, colours, buffer_count };
    void upload(Buffer buffer, const void* data, std::size_t size) const;
    void make_fill(int which, Buffer buffer);
    void make_lines();
    void fill(const MapView& view, int which, std::size_t vertices) const;
    void set_line_view(const MapView& view) const;
    void lines(const MapView& view, const LineStratum& stratum, float extra_px, Colour fixed) const;
    void draw_roads(const MapView& view) const;
    void draw_network(const MapView& view, const std::vector<LineStratum>& strata) const;

    const MapGeometry& map_;
    std::uint32_t fill_program_ = 0, line_program_ = 0, colour_texture_ = 0;
    std::uint32_t buffers_[buffer_count]{};
    std::uint32_t arrays_[3]{};                // areas, buildings, lines
};

}  // namespace shahr
