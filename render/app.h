// The viewer without a window: takes what the user did, says what to draw. Platforms (a window, a picture without a
// screen, a test without OpenGL) carry input in and drawing out.
#pragma once
#include <imgui.h>

#include <string>
#include <vector>

#include "render/controls.h"
#include "render/fonts.h"
#include "render/frame_source.h"
#include "render/labels.h"
#include "render/map_painter.h"
#include "render/shown_field.h"
#include "render/street_names.h"

namespace shahr {

// What the user did since the last frame; pixels are those of the framebuffer.
struct InputState {
    double width = 1280, height = 800;
    double seconds = 1.0 / 60;                 // since the last frame
    Pixel mouse{-1, -1};
    bool left_button = false;                  // held now
    double wheel = 0;                          // notches, towards the map
    bool space = false, home = false, step_back = false, step_on = false, hide_panels = false, toggle_dark = false;  // pressed now
};

class App {
public:
    enum class Look { window, picture };       // a picture has no controls
    // `scale`: pixels of the screen per pixel of design. `source` must outlive it.
    App(const FrameSource& source, double scale, Look look);
    ~App();
    App(const App&) = delete;
    App& operator=(const App&) = delete;

    void frame(const InputState& input);       // ends with ImGui's draw data ready
    const MapGeometry& geometry() const { return geometry_; }
    const MapView& view() const { return view_; }
    const Controls& controls() const { return controls_; }
    bool playing() const { return playing_; }  // false: nothing moves until the user does something

    // Throws InputError if the source has no such field, or no record at all.
    void show_field(const std::string& name);
    void show_time(Duration time);             // the record nearest to it
    void set_dark(bool dark);
    // That many metres from side to side around the point.
    void show_place(Point centre, double width_m);
    std::size_t record() const { return static_cast<std::size_t>(record_); }
    RoadId selected() const { return view_.selected; }

private:
    void fit_camera();
    void move_map(const InputState& input);
    void move_time(const InputState& input);
    void colour_map();
    std::size_t count_of(Along along) const;
    void choose_field(std::size_t field);      // at the record of its own times that is nearest to what was shown
    void panels();
    void header();
    void legend();
    void layers();
    void timeline();
    void inspector();
    void foot();
    void names();
    void closed_signs(std::vector<Rect>& taken) const;
    const Paper& paper() const { return *view_.paper; }
    RoadId road_at(Pixel at) const;
    bool begin_panel(const char* name, Pixel at, Pixel pivot, double width = 0);
    void end_panel();
    double em() const { return fonts_.body->FontSize; }

    const FrameSource& source_;
    double scale_;
    Look look_;
    ImGuiContext* context_;
    Labels labels_;
    StreetNames streets_;
    Fonts fonts_;
    MapGeometry geometry_;
    MapView view_;
    Controls controls_;
    std::vector<ShownField> fields_;
    std::size_t field_ = 0;
    std::vector<Duration> times_;              // of the shown field
    std::vector<float> shown_;                 // one value per road, main, branch or building
    std::vector<float> activity_;              // vehicles under way, per record
    std::vector<RoadId> closed_;               // at the shown record
    int record_ = 0, coloured_record_ = -1;
    std::size_t coloured_field_ = 0;
    const Paper* coloured_paper_ = nullptr;
    bool playing_ = false, panels_hidden_ = false, camera_set_ = false, names_ = true;
    bool was_down_ = false, dragging_ = false;
    Pixel last_mouse_, pressed_at_;
    double clock_s_ = 0;                       // while playing: time since the last record
    RoadId hovered_ = none<RoadId>;
    std::vector<float> road_series_;           // of the selected road, in the shown measure
    RoadId series_road_ = none<RoadId>;
    std::size_t series_field_ = 0;
    std::vector<Rect> panel_rects_;
};

}  // namespace shahr
