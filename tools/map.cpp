// shahr map: the map of a result or of a city as a picture, drawn without a screen.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>

#include "render/map_picture.h"
#include "sim/base/error.h"
#include "sim/city/projection.h"
#include "sim/scenario/quantity.h"
#include "tools/commands.h"
#include "tools/help.h"
#include "tools/output_place.h"

namespace shahr {
namespace {

namespace fs = std::filesystem;

struct Options {
    fs::path input, output;
    std::string time, at, size = "1600x1200";
    double width_m = 1000;
    PictureOptions picture;
};

Duration time_of(const std::string& text, std::chrono::sys_days first_day) {
    const auto moment = parse_moment(text);
    if (!moment) throw InputError(fmt::format("--time {} (not a time) \"08:30\" or \"2026-03-10 08:30\"", text));
    return moment->clock + (moment->day ? Duration(*moment->day - first_day) : Duration{});
}

void read_size(const std::string& text, PictureOptions& picture) {
    char beyond = 0;
    const bool read = std::sscanf(text.c_str(), "%dx%d%c", &picture.width, &picture.height, &beyond) == 2;
    if (!read || picture.width < 100 || picture.height < 100 || picture.width > 8000 || picture.height > 8000)
        throw InputError(fmt::format("--size {} (not a size) WIDTHxHEIGHT in pixels, 100 to 8000 each", text));
}

Point place_of(const std::string& text, const City& city) {
    double x = 0, y = 0;
    char beyond = 0;
    const bool read = std::sscanf(text.c_str(), "%lf,%lf%c", &x, &y, &beyond) == 2;
    const bool on_earth = !city.projection.proj.empty();
    if (!read || (on_earth && (std::abs(x) > 180 || std::abs(y) > 90)))
        throw InputError(fmt::format("--at {} (not a place) {}", text, on_earth ? "LONGITUDE,LATITUDE in degrees" : "X,Y in metres: this city has no place on the earth"));
    return on_earth ? LocalPlane(city.projection).to_plane({x, y}) : Point{x, y};
}

void draw(Options options) {
    if (options.output.empty()) options.output = fs::path(options.input).filename().replace_extension(".png");
    check_output_place(options.output);
    read_size(options.size, options.picture);
    const std::unique_ptr<FrameSource> source = open_source(options.input);
    if (!options.at.empty()) options.picture.place = {place_of(options.at, source->city()), options.width_m};
    if (!options.time.empty()) options.picture.time = time_of(options.time, source->first_day());
    write_png(draw_map(*source, options.picture).picture, options.output);
    fmt::print("map: {}\n", options.output.string());
}

}  // namespace

void add_map(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("map", "draw the map of a result or a city as a picture");
    command->add_option("file", options->input, "result (.h5), complete or partial, or city file")->required();
    command->add_option("-o,--output", options->output, "picture (.png); without it, the file's name with .png, here")->type_name("FILE");
    command->add_option("--time", options->time, "clock time, with or without a date; without it, when most vehicles were under way, or the last")->type_name("TIME");
    command->add_option("--field", options->picture.field, "speed, vehicles, queue, entered: what colours the roads; pressure, velocity: the water mains; loading, energised, overload_time, undervoltage_time, overvoltage_time: the power lines; space_heat_demand, electricity_demand and their like: the buildings")->type_name("NAME");
    command->add_option("--at", options->at, "LONGITUDE,LATITUDE of the middle; without it, the dense part of the city")->type_name("PLACE");
    command->add_option("--width", options->width_m, "metres from side to side, with --at; 20 to 1000000")->type_name("METRES")->check(number_between(20, 1e6))->capture_default_str();
    command->add_flag("--dark", options->picture.dark, "on dark paper");
    command->add_option("--size", options->size, "width x height in pixels")->type_name("PIXELS")->capture_default_str();
    command->add_option("--scale", options->picture.scale, "size of letters and lines, 0.5 to 4; 2 for print")->type_name("FACTOR")->check(number_between(0.5, 4))->capture_default_str();
    command->callback([options] { draw(*options); });
}

}  // namespace shahr
