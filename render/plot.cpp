#include "render/plot.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "render/drawing.h"

namespace shahr {
namespace {

// 1, 2 or 5 times a power of ten, so that about `parts` of them make up the range.
double round_step(double range, double parts) {
    const double raw = range / parts, magnitude = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (raw <= factor * magnitude) return factor * magnitude;
    return 10 * magnitude;
}

double hours_step(double range_s, double parts) {
    for (const double step_s : {900.0, 1800.0, 3600.0, 7200.0, 10800.0, 21600.0, 43200.0, 86400.0})
        if (range_s / step_s <= parts) return step_s;
    return 7 * 86400.0;
}

struct Axes {
    Rect area;
    double begin_s, end_s, top;
    ImVec2 at(double s, double value) const {
        return {static_cast<float>(area.left + (s - begin_s) / (end_s - begin_s) * (area.right - area.left)),
                static_cast<float>(area.bottom - value / top * (area.bottom - area.top))};
    }
};

void draw_axes(ImDrawList& list, const Axes& axes, const SeriesPlot& plot, const Paper& paper, float em) {
    const double step = round_step(axes.top, 3), step_s = hours_step(axes.end_s - axes.begin_s, (axes.area.right - axes.area.left) / (3.6 * em));
    for (double value = 0; value <= axes.top * 1.001; value += step) {
        const ImVec2 at = axes.at(axes.begin_s, value);
        list.AddLine(at, axes.at(axes.end_s, value), packed(paper.panel_edge), em / 14);
        write_text(list, fmt::format("{:g}", value), {at.x - 0.4 * em, at.y}, Align::right, paper.soft_ink);
    }
    for (double s = std::ceil(axes.begin_s / step_s) * step_s; s <= axes.end_s; s += step_s) {
        const ImVec2 at = axes.at(s, 0);
        list.AddLine(at, {at.x, at.y + em / 4}, packed(paper.soft_ink), em / 14);
        const auto minutes = static_cast<int>(s / 60);
        write_text(list, fmt::format("{:02}:{:02}", minutes / 60 % 24, minutes % 60), {at.x, at.y + 0.8 * em}, Align::centre, paper.soft_ink);
    }
    write_text(list, plot.unit, {axes.area.left, axes.area.top - 0.7 * em}, Align::left, paper.soft_ink);
}

void draw_line(ImDrawList& list, const Axes& axes, const SeriesPlot& plot, const Paper& paper, float em) {
    for (std::size_t i = 1; i < plot.values.size(); ++i) {
        if (std::isnan(plot.values[i - 1]) || std::isnan(plot.values[i])) continue;
        list.AddLine(axes.at(seconds(plot.times[i - 1]), plot.values[i - 1]), axes.at(seconds(plot.times[i]), plot.values[i]),
                     packed(paper.accent_strong), em / 7);
    }
}

}  // namespace

void draw(const SeriesPlot& plot, const Rect& into, const Paper& paper) {
    if (plot.times.size() < 2 || plot.values.size() != plot.times.size()) return;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float em = ImGui::GetFontSize();
    double top = plot.least_top;
    for (const float value : plot.values)
        if (std::isfinite(value)) top = std::max(top, double{value});
    if (top <= 0) top = 1;
    const Axes axes{{into.left + 3 * em, into.top + 1.5 * em, into.right - 0.8 * em, into.bottom - 1.5 * em},
                    seconds(plot.times.front()), seconds(plot.times.back()), top * 1.05};
    draw_axes(list, axes, plot, paper, em);
    draw_line(list, axes, plot, paper, em);
    if (plot.cursor_s < 0) return;
    const ImVec2 foot = axes.at(std::clamp(plot.cursor_s, axes.begin_s, axes.end_s), 0);
    list.AddLine(foot, {foot.x, static_cast<float>(axes.area.top)}, packed(paper.ink), em / 10);
}

}  // namespace shahr
