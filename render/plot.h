// A time series with axes, drawn with ImGui's lists of lines.
#pragma once
#include <span>
#include <string>

#include "render/controls.h"
#include "render/palette.h"
#include "sim/base/time.h"

namespace shahr {

struct SeriesPlot {
    std::span<const Duration> times;
    std::span<const float> values;             // as long as times; NaN: a gap
    std::string unit;                          // written at the top of the axis
    double cursor_s = -1;                      // a line at that time; negative: none
    float least_top = 0;                       // the axis reaches at least this far
};

// Fills the rectangle: the hours below, round values at the left.
void draw(const SeriesPlot& plot, const Rect& into, const Paper& paper);

}  // namespace shahr
