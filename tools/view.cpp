// shahr view: the same map in a window.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "render/frame_rate.h"
#include "render/frame_source.h"
#include "render/window.h"
#include "tools/commands.h"
#include "tools/help.h"

namespace shahr {
namespace {

struct Options {
    std::filesystem::path input, screenshot;
    double ui_scale = 0;
    int measured_frames = 0;
    bool dark = false;
};

void print_frame_rate(const FrameSource& source, int frames) {
    const FrameRate rate = measure_frame_rate(source, frames);
    fmt::print("{} frames of {} x {} by {}: {:.1f} a second (median {:.1f} ms, slowest {:.1f} ms)\n", rate.frames, rate.width, rate.height,
               rate.renderer, 1 / rate.median_s, rate.median_s * 1e3, rate.slowest_s * 1e3);
}

void view(const Options& options) {
    const std::unique_ptr<FrameSource> source = open_source(options.input);
    if (options.measured_frames > 0) return print_frame_rate(*source, options.measured_frames);
    show_window(*source, {options.ui_scale, options.dark, options.screenshot});
}

}  // namespace

void add_view(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("view", "look at a result or a city in a window");
    command->add_option("file", options->input, "result (.h5), complete or partial, or city file")->required();
    command->add_flag("--dark", options->dark, "on dark paper; the key D changes it");
    command->add_option("--ui-scale", options->ui_scale, "size of letters and lines, up to 4; 0: as the screen says")->type_name("FACTOR")->check(number_between(0, 4))->capture_default_str();
    command->add_option("--screenshot", options->screenshot, "write the window's first picture (.png) and close it")->type_name("FILE");
    command->add_option("--measure", options->measured_frames, "no window: draw so many frames without a screen and print how fast")->type_name("FRAMES")->check(whole_number(1, 100000));
    command->callback([options] { view(*options); });
}

}  // namespace shahr
