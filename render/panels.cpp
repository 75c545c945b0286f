// The panels over the map: each is one function of the App.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "render/app.h"
#include "render/drawing.h"
#include "render/plot.h"

namespace shahr {
namespace {

std::string hour_text(Duration time) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time).count();
    return fmt::format("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
}

std::string day_text(std::chrono::sys_days first_day, Duration time) {
    static constexpr const char* months[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
    static constexpr const char* weekdays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    const std::chrono::sys_days day = first_day + std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::weekday weekday(day);
    return fmt::format("{}, {} {} {}", weekdays[weekday.c_encoding()], unsigned{date.day()}, months[unsigned{date.month()} - 1], int{date.year()});
}

std::string value_text(const ShownField& field, float value) {
    if (std::isnan(value)) return field.scale.no_data;
    if (field.measure == ShownField::Measure::per_limit) return fmt::format("{:.0f} % of the limit", value * 100);
    return fmt::format("{:.3g} {}", value, field.scale.unit);
}

}  // namespace

bool App::begin_panel(const char* name, Pixel at, Pixel pivot, double width) {
    ImGui::SetNextWindowPos({static_cast<float>(at.x), static_cast<float>(at.y)}, ImGuiCond_Always, {static_cast<float>(pivot.x), static_cast<float>(pivot.y)});
    if (width > 0) ImGui::SetNextWindowSize({static_cast<float>(width), 0});
    ImGui::PushFont(fonts_.body);
    return ImGui::Begin(name, nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                                           ImGuiWindowFlags_NoFocusOnAppearing | (width > 0 ? 0 : ImGuiWindowFlags_AlwaysAutoResize));
}

void App::end_panel() {
    const ImVec2 at = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    panel_rects_.push_back({at.x, at.y, at.x + size.x, at.y + size.y});
    ImGui::End();
    ImGui::PopFont();
}

void App::panels() {
    header();
    if (!fields_.empty() && !times_.empty()) legend();
    if (look_ == Look::picture) return;
    layers();
    if (!times_.empty()) timeline();
    inspector();
}

void App::header() {
    const double gap = 14 * scale_;
    begin_panel("header", {gap, gap}, {0, 0});
    ImGui::PushFont(fonts_.title);
    const std::string& city = source_.city().name;
    ImGui::TextUnformatted((source_.title().empty() ? city : source_.title()).c_str());
    ImGui::PopFont();
    if (!source_.title().empty() && source_.title() != city && !city.empty()) ImGui::TextUnformatted(city.c_str());
    if (!times_.empty()) {
        const Duration time = times_[record()];
        ImGui::TextUnformatted(fmt::format("{}, {}", day_text(source_.first_day(), time), hour_text(time)).c_str());
    }
    if (!source_.note().empty()) ImGui::TextUnformatted(source_.note().c_str());
    if (look_ == Look::picture && activity_.size() == times_.size() && activity_.size() > 2) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const ImVec2 size{static_cast<float>(19 * em()), static_cast<float>(7 * em())};
        ImGui::Dummy(size);
        draw(SeriesPlot{times_, activity_, "vehicles under way", seconds(times_[record()])}, {at.x, at.y, at.x + size.x, at.y + size.y}, paper());
    }
    end_panel();
}

void App::legend() {
    const ShownField& field = fields_[field_];
    const double gap = 14 * scale_;
    begin_panel("legend", {gap, view_.camera.height - gap}, {0, 1});
    ImGui::TextUnformatted(fmt::format("{}{}{}", field.scale.title, field.scale.unit.empty() ? "" : ", ", field.scale.unit).c_str());
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const auto row = [&](Colour swatch, const std::string& label) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float size = ImGui::GetFontSize();
        list.AddRectFilled({at.x, at.y + size * 0.3f}, {at.x + 2 * size, at.y + size * 0.8f}, packed(swatch), size * 0.15f);
        ImGui::Dummy({2.3f * size, size});
        ImGui::SameLine();
        ImGui::TextUnformatted(label.c_str());
    };
    for (std::size_t i = field.scale.steps.size(); i-- > 0;) row(paper().ramp[field.scale.steps[i]], field.scale.labels[i]);
    row(paper().no_data, field.scale.no_data);
    if (!closed_.empty()) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float size = ImGui::GetFontSize();
        draw_closed_sign(list, {at.x + size, at.y + size * 0.55f}, size * 0.4, paper());
        ImGui::Dummy({2.3f * size, size});
        ImGui::SameLine();
        ImGui::TextUnformatted("closed");
    }
    end_panel();
}

void App::layers() {
    const double gap = 14 * scale_;
    begin_panel("layers", {view_.camera.width - gap, gap}, {1, 0});
    for (std::size_t i = 0; i < fields_.size(); ++i)
        if (controls_.choice("field." + fields_[i].name, fields_[i].label.c_str(), field_ == i)) choose_field(i);
    if (!fields_.empty()) ImGui::Separator();
    controls_.checkbox("layer.areas", "Land and water", view_.areas);
    controls_.checkbox("layer.buildings", "Buildings", view_.buildings);
    controls_.checkbox("layer.rivers", "Rivers", view_.rivers);
    controls_.checkbox("layer.roads", "Roads", view_.roads);
    controls_.checkbox("layer.names", "Names", names_);
    ImGui::Separator();
    bool dark = view_.paper == &dark_paper;
    if (controls_.checkbox("dark", "Dark", dark)) set_dark(dark);
    end_panel();
}

void App::timeline() {
    const double gap = 14 * scale_, width = std::min(view_.camera.width - 2 * gap, 46 * em());
    begin_panel("timeline", {view_.camera.width / 2, view_.camera.height - gap}, {0.5, 1}, width);
    if (activity_.size() == times_.size() && activity_.size() > 2) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const ImVec2 size{ImGui::GetContentRegionAvail().x, static_cast<float>(5.5 * em())};
        ImGui::Dummy(size);
        draw(SeriesPlot{times_, activity_, "vehicles under way", seconds(times_[record()])}, {at.x, at.y, at.x + size.x, at.y + size.y}, paper());
    }
    const int last = static_cast<int>(times_.size()) - 1;
    if (controls_.button("time.play", playing_ ? "Pause" : "Play")) {
        playing_ = !playing_;
        if (playing_ && record_ == last) record_ = 0;
    }
    ImGui::SameLine();
    if (controls_.button("time.back", "<")) record_ = std::max(0, record_ - 1);
    ImGui::SameLine();
    if (controls_.button("time.on", ">")) record_ = std::min(last, record_ + 1);
    ImGui::SameLine();
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
    if (controls_.slider("time.slider", record_, last, hour_text(times_[record()]).c_str())) playing_ = false;
    end_panel();
}

void App::inspector() {
    const RoadId road = is_some(view_.selected) ? view_.selected : hovered_;
    if (!is_some(road)) return;
    const Roads& roads = source_.city().network.roads;
    const double gap = 14 * scale_;
    begin_panel("inspector", {view_.camera.width - gap, view_.camera.height / 2}, {1, 0.5}, 24 * em());
    ImGui::PushFont(fonts_.title);
    ImGui::TextWrapped("%s", (roads.name[road].empty() ? "Road without a name" : roads.name[road]).c_str());
    ImGui::PopFont();
    const auto lanes = source_.city().network.lanes_of()[road].size();
    ImGui::TextWrapped("%s", fmt::format("{}, {} {}, {:.0f} m, limit {:.0f} km/h", name_of(roads.road_class[road]), lanes, lanes == 1 ? "lane" : "lanes",
                                         roads.length_m[road], roads.speed_limit_mps[road] * 3.6f).c_str());
    ImGui::PushFont(fonts_.small);
    ImGui::TextWrapped("%s", roads.id[road].c_str());
    ImGui::PopFont();
    if (!fields_.empty() && !times_.empty() && fields_[field_].along == Along::roads && row(road) < shown_.size()) {
        const ShownField& field = fields_[field_];
        ImGui::TextUnformatted(fmt::format("{} at {}: {}", field.label, hour_text(times_[record()]), value_text(field, shown_[row(road)])).c_str());
        if (series_road_ != road || series_field_ != field_) {
            road_series_ = shown_series(source_, field, road);
            series_road_ = road;
            series_field_ = field_;
        }
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const ImVec2 size{ImGui::GetContentRegionAvail().x, static_cast<float>(9 * em())};
        ImGui::Dummy(size);
        const bool share = field.measure == ShownField::Measure::per_limit;
        draw(SeriesPlot{times_, road_series_, share ? "share of the limit" : field.scale.unit, seconds(times_[record()]), share ? 1.0f : 0.0f},
             {at.x, at.y, at.x + size.x, at.y + size.y}, paper());
    }
    if (is_some(view_.selected) && controls_.button("inspector.close", "Close")) view_.selected = none<RoadId>;
    end_panel();
}

// The scale bar, and who made the map's data.
void App::foot() {
    ImDrawList& list = *ImGui::GetBackgroundDrawList();
    const double gap = 14 * scale_, most_px = 9 * em(), right = view_.camera.width - gap, bottom = view_.camera.height - gap;
    const std::string& attribution = source_.city().attribution;
    if (!attribution.empty()) write_with_halo(list, fonts_.small, attribution, {right, bottom - 0.4 * em()}, Align::right, paper().soft_ink, paper().halo);

    const double most_m = most_px * view_.camera.metres_per_pixel, magnitude = std::pow(10.0, std::floor(std::log10(most_m)));
    const double bar_m = most_m >= 5 * magnitude ? 5 * magnitude : most_m >= 2 * magnitude ? 2 * magnitude : magnitude;
    const double length = bar_m / view_.camera.metres_per_pixel, y = bottom - 1.7 * em(), tick = 0.4 * em();
    const ImVec2 from{static_cast<float>(right - length), static_cast<float>(y)}, to{static_cast<float>(right), static_cast<float>(y)};
    const auto bar = [&](Colour ink, double thickness) {
        const ImVec2 corners[] = {{from.x, from.y - static_cast<float>(tick)}, from, to, {to.x, to.y - static_cast<float>(tick)}};
        list.AddPolyline(corners, 4, packed(ink), 0, static_cast<float>(thickness));
    };
    bar(paper().halo, em() / 3);
    bar(paper().ink, em() / 9);
    const std::string text = bar_m >= 1000 ? fmt::format("{:g} km", bar_m / 1000) : fmt::format("{:g} m", bar_m);
    write_with_halo(list, fonts_.small, text, {right - length / 2, y - 0.6 * em()}, Align::centre, paper().ink, paper().halo);
}

}  // namespace shahr
