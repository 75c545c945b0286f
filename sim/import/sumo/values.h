// How SUMO writes values: numbers, times, lists, shapes.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "sim/base/point.h"
#include "sim/base/time.h"

namespace shahr::sumo {

// A finite decimal number that fills the whole text; nothing otherwise.
std::optional<double> parse_number(std::string_view text);

// "12.5" (seconds), "7:30:00" or "1:07:30:00" (days first).
std::optional<Duration> parse_time(std::string_view text);

// Words between blanks, tabs, line ends or (as SUMO allows) commas and semicolons.
std::vector<std::string_view> words(std::string_view text);

struct Shape {
    std::vector<Point> points;
    std::optional<double> first_z_m, last_z_m;
};
// "x,y x,y,z ..."; nothing if a point is not two or three numbers.
std::optional<Shape> parse_shape(std::string_view text);

}  // namespace shahr::sumo
