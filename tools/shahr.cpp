// The program: parses the command line, hands over to one file per subcommand, and turns what goes wrong into one sentence
// and an exit code.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <new>
#include <system_error>

#include "sim/base/error.h"
#include "sim/base/nearest.h"
#include "sim/run/backend.h"
#include "tools/commands.h"
#include "tools/help.h"
#include "version.h"

namespace shahr {
namespace {

std::vector<std::string> names_of_commands(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) names.push_back(command->get_name());
    return names;
}

std::vector<std::string> names_of_options(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
        for (const std::string& name : option->get_snames()) names.push_back("-" + name);
    }
    return names;
}

std::string suggestion(const std::string& word, const std::vector<std::string>& known) {
    return did_you_mean(word, {known.begin(), known.end()});
}

// Commands that are planned. Who types one of them has not misspelt another.
constexpr std::string_view not_built_yet[] = {"channels", "report", "sweep"};

// CLI11 says of a misspelt command only that one is required.
void check_command(const CLI::App& app, int argc, char** argv) {
    if (argc < 2) throw InputError(fmt::format("shahr (no command) one of: {}; shahr --help says more", fmt::join(names_of_commands(app), ", ")));
    const std::string first = argv[1];
    const auto names = names_of_commands(app);
    if (first.starts_with("-") || std::find(names.begin(), names.end(), first) != names.end()) return;
    if (std::find(std::begin(not_built_yet), std::end(not_built_yet), first) != std::end(not_built_yet))
        throw InputError(fmt::format("shahr {} (planned, but not built yet) one of: {}", first, fmt::join(names, ", ")));
    throw InputError(fmt::format("shahr {} (no such command) {}", first, suggestion(first, names)));
}

// The sentence for what CLI11 could not read.
std::string usage_error(const CLI::App& app, const CLI::ParseError& error) {
    const auto chosen = app.get_subcommands();
    const CLI::App& command = chosen.empty() ? app : *chosen.front();
    const std::string name = chosen.empty() ? "shahr" : "shahr " + command.get_name();
    if (dynamic_cast<const CLI::ExtrasError*>(&error)) {
        const auto extra = app.remaining(true);
        const std::string first = extra.empty() ? "" : extra.front();
        if (first.starts_with("-")) return fmt::format("{} {} (no such option) {}", name, first, suggestion(first.substr(0, first.find('=')), names_of_options(command)));
        return fmt::format("{} {} (not expected) {} --help shows what is", name, first, name);
    }
    return fmt::format("{} ({}) {} --help shows what is right", name, error.what(), name);
}

std::string version_text() {
    std::string devices;
    for (const Backend& backend : backends()) devices += fmt::format("{}{}", devices.empty() ? "" : ", ", backend.name);
    return fmt::format("{} (commit {}), devices {}", program_name(), program_commit(), devices);
}

int run_program(int argc, char** argv) {
    CLI::App app("shahr: a city digital twin on the GPU and the CPU", "shahr");
    app.set_version_flag("--version", [] { return version_text(); });
    app.require_subcommand(1);
    app.formatter(std::make_shared<HelpText>());
    add_import(app);
    add_run(app);
    add_compare(app);
    add_info(app);
    add_export(app);
    add_map(app);
    add_view(app);
    add_check(app);
    add_devices(app);
    check_command(app, argc, argv);
    try {
        app.parse(argc, argv);                 // runs the command
    } catch (const CLI::Success& help) {
        return app.exit(help);
    } catch (const CLI::ParseError& error) {
        throw InputError(usage_error(app, error));
    }
    return exit_done;
}

}  // namespace

std::string program_name() {
    return fmt::format("shahr {}, CPU {}", SHAHR_VERSION, SHAHR_ARCH);
}

std::string program_commit() {
    return SHAHR_COMMIT;
}

void add_set_option(CLI::App& command, std::vector<std::string>& sets) {
    command.add_option("--set", sets, "another value for a key of the scenario, as --set traffic.step=0.5s; may be repeated")->type_name("KEY=VALUE")->allow_extra_args(false);
}

}  // namespace shahr

int main(int argc, char** argv) {
    const auto fail = [](int exit_code, const std::string& sentence) {
        std::fflush(stdout);                   // what was said before comes before
        std::fputs((sentence + "\n").c_str(), stderr);
        return exit_code;
    };
    try {
        return shahr::run_program(argc, argv);
    } catch (const shahr::Error& error) {
        return fail(error.exit_code, error.what());
    } catch (const std::bad_alloc&) {
        return fail(shahr::exit_failed, "shahr (out of memory) a machine with more, or a smaller city");
    } catch (const std::filesystem::filesystem_error& error) {
        return fail(shahr::exit_failed, fmt::format("shahr (unexpected: {}) this is a fault of the program", error.what()));
    } catch (const std::system_error& error) {  // from fmt::print
        return fail(shahr::exit_output, fmt::format("standard output (cannot be written: {}) a place with room", error.what()));
    } catch (const std::exception& error) {
        return fail(shahr::exit_failed, fmt::format("shahr (unexpected: {}) this is a fault of the program", error.what()));
    }
}
