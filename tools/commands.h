// The subcommands: each adds itself to the command line, in a file of its own name. Failures are thrown (sim/base/error.h).
#pragma once
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace shahr {

void add_import(CLI::App& app);
void add_run(CLI::App& app);
void add_compare(CLI::App& app);
void add_info(CLI::App& app);
void add_export(CLI::App& app);
void add_check(CLI::App& app);
void add_map(CLI::App& app);
void add_view(CLI::App& app);
void add_devices(CLI::App& app);

std::string program_name();                    // "shahr 0.1.0, CPU native": the instruction set it was built for
std::string program_commit();

// --set key=value, as often as one likes.
void add_set_option(CLI::App& command, std::vector<std::string>& sets);

}  // namespace shahr
