// shahr view: the same map in a window.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "render/frame_source.h"
#include "render/window.h"
#include "sim/base/error.h"
#include "tools/commands.h"

namespace shahr {

void add_view(CLI::App& app) {
    struct Options {
        std::filesystem::path input, screenshot;
        double ui_scale = 0;
    };
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("view", "look at a result or a city in a window");
    command->add_option("file", options->input, "result (.h5), complete or partial, or city file")->required();
    command->add_option("--ui-scale", options->ui_scale, "size of letters and lines; 0: as the screen says")->check(CLI::Range(0.0, 4.0))->capture_default_str();
    command->add_option("--screenshot", options->screenshot, "write the window's first picture (.png) and close it");
    command->callback([options] {
        const std::unique_ptr<FrameSource> source = open_source(options->input);
#ifdef SHAHR_HAS_WINDOW
        show_window(*source, {options->ui_scale, options->screenshot});
#else
        throw InputError("shahr view (this program was built without the window) one built with -DSHAHR_VIEWER=ON, or shahr map");
#endif
    });
}

}  // namespace shahr
