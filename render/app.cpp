#include "render/app.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "render/drawing.h"
#include "sim/base/error.h"
#include "sim/base/polyline.h"

namespace shahr {
namespace {

constexpr double drag_threshold_px = 4;        // less is a click
constexpr double record_shown_s = 0.35;        // while playing

void set_sizes(double scale) {
    ImGuiStyle& style = ImGui::GetStyle();
    style.WindowRounding = 4;
    style.FrameRounding = 3;
    style.WindowBorderSize = 1;
    style.WindowPadding = {12, 10};
    style.ItemSpacing = {8, 5};
    style.AntiAliasedLinesUseTex = false;
    style.ScaleAllSizes(static_cast<float>(scale));
    style.WindowBorderSize = static_cast<float>(std::max(1.0, std::floor(scale)));
}

void set_colours(const Paper& paper) {
    const auto paint = [&](ImGuiCol which, Colour c) { ImGui::GetStyle().Colors[which] = ImGui::ColorConvertU32ToFloat4(packed(c)); };
    paint(ImGuiCol_WindowBg, paper.panel);
    paint(ImGuiCol_Border, paper.panel_edge);
    paint(ImGuiCol_Separator, paper.panel_edge);
    paint(ImGuiCol_Text, paper.ink);
    paint(ImGuiCol_FrameBg, paper.field[0]);
    paint(ImGuiCol_FrameBgHovered, paper.field[1]);
    paint(ImGuiCol_FrameBgActive, paper.field[2]);
    paint(ImGuiCol_SliderGrab, paper.accent);
    paint(ImGuiCol_SliderGrabActive, paper.accent_strong);
    paint(ImGuiCol_CheckMark, paper.accent_strong);
    paint(ImGuiCol_Button, paper.button[0]);
    paint(ImGuiCol_ButtonHovered, paper.button[1]);
    paint(ImGuiCol_ButtonActive, paper.button[2]);
}

std::vector<std::string> texts_of(const FrameSource& source, const Labels& labels) {
    std::vector<std::string> texts = labels.texts();
    const City& city = source.city();
    texts.insert(texts.end(), {source.title(), city.name, city.attribution});
    texts.insert(texts.end(), city.network.roads.name.begin(), city.network.roads.name.end());
    return texts;
}

}  // namespace

App::App(const FrameSource& source, double scale, Look look)
    : source_(source), scale_(scale), look_(look), context_(ImGui::CreateContext()), labels_(source.city()), streets_(source.city()),
      geometry_(make_geometry(source.city())), fields_(shown_fields(source)), times_(fields_.empty() ? std::vector<Duration>{} : source.times(fields_[0].along)) {
    ImGui::SetCurrentContext(context_);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    fonts_ = load_fonts(scale, texts_of(source, labels_));
    set_sizes(scale);
    set_dark(false);
    view_.pixel_scale = scale;
    activity_ = source.whole_series("vehicles_on_network");
    // The moment that says most: when most vehicles are under way.
    if (!times_.empty() && activity_.size() == times_.size())
        record_ = static_cast<int>(std::max_element(activity_.begin(), activity_.end()) - activity_.begin());
    else if (!times_.empty())
        record_ = static_cast<int>(times_.size()) - 1;
}

App::~App() {
    ImGui::DestroyContext(context_);
}

void App::show_field(const std::string& name) {
    for (std::size_t i = 0; i < fields_.size(); ++i)
        if (fields_[i].name == name) return choose_field(i);
    std::string known;
    for (const ShownField& field : fields_) known += (known.empty() ? "" : ", ") + field.name;
    throw InputError(fmt::format("--field {} (not recorded of roads, mains, power lines or buildings) {}", name, known.empty() ? "a result with records" : known));
}

void App::choose_field(std::size_t field) {
    const bool same_times = fields_[field].along == fields_[field_].along;
    field_ = field;
    if (same_times) return;
    const Duration shown = times_.empty() ? Duration{} : times_[record()];
    times_ = source_.times(fields_[field].along);
    if (!times_.empty()) show_time(shown);
}

void App::show_time(Duration time) {
    if (times_.empty()) throw InputError("--time (nothing was recorded) a result file with records");
    const auto nearest = std::min_element(times_.begin(), times_.end(), [&](Duration a, Duration b) {
        return std::chrono::abs(a - time) < std::chrono::abs(b - time);
    });
    record_ = static_cast<int>(nearest - times_.begin());
}

void App::set_dark(bool dark) {
    view_.paper = dark ? &dark_paper : &light_paper;
    ImGui::SetCurrentContext(context_);
    set_colours(paper());
}

void App::show_place(Point centre, double width_m) {
    view_.camera.centre = centre;
    view_.camera.metres_per_pixel = width_m / view_.camera.width;
    camera_set_ = true;
}

void App::frame(const InputState& input) {
    ImGui::SetCurrentContext(context_);
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(input.width), static_cast<float>(input.height)};
    io.DeltaTime = static_cast<float>(std::max(input.seconds, 1e-4));
    io.MousePos = {static_cast<float>(input.mouse.x), static_cast<float>(input.mouse.y)};
    io.MouseDown[0] = input.left_button;
    io.MouseWheel = static_cast<float>(input.wheel);
    view_.camera.width = input.width;
    view_.camera.height = input.height;
    if (!camera_set_ || input.home) fit_camera();
    if (input.hide_panels) panels_hidden_ = !panels_hidden_;
    if (input.toggle_dark) set_dark(view_.paper != &dark_paper);
    move_time(input);
    ImGui::NewFrame();
    move_map(input);
    colour_map();
    controls_.begin_frame();
    panel_rects_.clear();
    if (!panels_hidden_) panels();
    foot();
    names();
    ImGui::Render();
}

// What says most is written first, and nothing over another.
void App::names() {
    std::vector<Rect> taken = panel_rects_;
    closed_signs(taken);
    if (!names_) return;
    labels_.draw(view_.camera, fonts_, paper(), taken);
    streets_.draw(view_.camera, fonts_, paper(), taken);
}

void App::closed_signs(std::vector<Rect>& taken) const {
    ImDrawList& list = *ImGui::GetBackgroundDrawList();
    const double radius = 0.6 * em();
    for (const RoadId road : closed_) {
        const auto shape = source_.city().network.roads.shape[road];
        if (shape.empty()) continue;
        const Pixel at = view_.camera.to_screen(point_at(shape, length(shape) / 2));
        const Rect rect{at.x - radius, at.y - radius, at.x + radius, at.y + radius};
        if (overlaps_any(rect, taken)) continue;
        taken.push_back(rect);
        draw_closed_sign(list, at, radius, paper());
    }
}

// The dense part of the city, to the right of the panels of the last frame: in a picture they cannot be moved away.
void App::fit_camera() {
    double taken = 0;
    if (look_ == Look::picture)
        for (const Rect& panel : panel_rects_) taken = std::max(taken, panel.right);
    const double width = view_.camera.width, height = view_.camera.height;
    view_.camera = Camera::showing(geometry_.core, width - taken, height, 20 * scale_);
    view_.camera.width = width;
    view_.camera.centre.x_m -= taken / 2 * view_.camera.metres_per_pixel;
    camera_set_ = look_ == Look::window;
}

void App::move_time(const InputState& input) {
    if (times_.empty()) return;
    const int last = static_cast<int>(times_.size()) - 1;
    if (input.space) {
        playing_ = !playing_;
        if (playing_ && record_ == last) record_ = 0;
    }
    if (input.step_back) record_ = std::max(0, record_ - 1);
    if (input.step_on) record_ = std::min(last, record_ + 1);
    if (!playing_) return;
    clock_s_ += input.seconds;
    if (clock_s_ < record_shown_s) return;
    clock_s_ = 0;
    record_ = std::min(last, record_ + 1);
    if (record_ == last) playing_ = false;
}

void App::move_map(const InputState& input) {
    const bool over_panel = ImGui::GetIO().WantCaptureMouse;
    if (!over_panel && input.wheel != 0) view_.camera.zoom(input.mouse, std::pow(1.25, input.wheel));
    if (input.left_button && !was_down_ && !over_panel) {
        pressed_at_ = input.mouse;
        dragging_ = true;
    }
    if (dragging_ && input.left_button) view_.camera.pan(input.mouse.x - last_mouse_.x, input.mouse.y - last_mouse_.y);
    if (dragging_ && !input.left_button) {
        dragging_ = false;
        if (std::hypot(input.mouse.x - pressed_at_.x, input.mouse.y - pressed_at_.y) < drag_threshold_px * scale_) view_.selected = road_at(input.mouse);
    }
    hovered_ = over_panel || dragging_ || look_ == Look::picture ? none<RoadId> : road_at(input.mouse);
    last_mouse_ = input.mouse;
    was_down_ = input.left_button;
}

std::size_t App::count_of(Along along) const {
    const City& city = source_.city();
    switch (along) {
        case Along::roads: return city.network.roads.id.size();
        case Along::mains: return city.water.links.id.size();
        case Along::branches: return city.power.branches.id.size();
        case Along::buildings: return city.buildings.id.size();
    }
    return 0;
}

void App::colour_map() {
    const bool recorded = !fields_.empty() && !times_.empty();
    if (coloured_paper_ == view_.paper && (!recorded || (coloured_record_ == record_ && coloured_field_ == field_))) return;
    view_.along = recorded ? fields_[field_].along : Along::roads;
    view_.recorded = recorded && view_.along == Along::roads;
    view_.colours.clear();
    shown_.clear();
    if (!view_.recorded)
        for (const RoadClass road_class : source_.city().network.roads.road_class) view_.colours.push_back(paper().road(road_class));
    if (recorded) {
        const ShownField& field = fields_[field_];
        shown_ = shown_values(source_, field, record());
        const std::size_t coloured = count_of(view_.along);
        for (std::size_t i = 0; i < coloured; ++i)
            view_.colours.push_back(i < shown_.size() ? field.scale.of(shown_[i], paper()) : paper().no_data);
        closed_ = source_.closed_roads(times_[record()]);
    }
    coloured_record_ = record_;
    coloured_field_ = field_;
    coloured_paper_ = view_.paper;
}

RoadId App::road_at(Pixel at) const {
    constexpr double reach_px = 8;
    double nearest_px = reach_px * scale_;
    RoadId road = none<RoadId>;
    const Point p = view_.camera.to_plane(at);
    const double limit_m = nearest_px * view_.camera.metres_per_pixel;
    for (const LineStratum& stratum : geometry_.roads)
        for (std::size_t i = stratum.first; i < stratum.first + stratum.count; ++i) {
            const LinePiece& piece = geometry_.pieces[i];
            if (std::min(piece.from_x_m, piece.to_x_m) - limit_m > p.x_m || std::max(piece.from_x_m, piece.to_x_m) + limit_m < p.x_m) continue;
            if (std::min(piece.from_y_m, piece.to_y_m) - limit_m > p.y_m || std::max(piece.from_y_m, piece.to_y_m) + limit_m < p.y_m) continue;
            const double distance_px = distance_to(piece, p, stratum.least_width_px * scale_ * view_.camera.metres_per_pixel) / view_.camera.metres_per_pixel;
            if (distance_px < nearest_px) nearest_px = distance_px, road = as_id<RoadId>(piece.road);
        }
    return road;
}

}  // namespace shahr
