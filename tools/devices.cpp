// shahr devices: what a run can run on.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "sim/run/backend.h"
#include "tools/commands.h"

namespace shahr {

void add_devices(CLI::App& app) {
    CLI::App* command = app.add_subcommand("devices", "list the devices that a run can use, and why one cannot");
    command->callback([] {
        for (const Backend& backend : backends()) {
            const std::string reason = backend.why_unavailable();
            fmt::print("{:<6} {}\n", backend.name, reason.empty() ? backend.describe() : fmt::format("not available ({})", reason));
        }
    });
}

}  // namespace shahr
