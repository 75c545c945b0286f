// shahr export: a city's network in the format of the program that people have for it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>

#include "sim/base/error.h"
#include "sim/city/city_file.h"
#include "sim/export/epanet_export.h"
#include "tools/commands.h"
#include "tools/output_place.h"

namespace shahr {
namespace {

namespace fs = std::filesystem;

struct Options {
    fs::path city, output;
    bool quiet = false;
};

void write(const fs::path& path, const std::string& text) {
    std::ofstream out(path, std::ios::binary);
    out << text;
    if (!out.flush()) throw OutputError(fmt::format("{} (cannot be written) a place with room", path.string()));
}

void export_network(const Options& options) {
    if (options.output.extension() != ".inp") throw InputError(fmt::format("-o {} (not a format that can be exported) a name that ends in .inp", options.output.string()));
    check_output_place(options.output);
    ImportReport report;
    write(options.output, export_epanet(load_city(options.city), report));
    if (!options.quiet) fmt::print("{}network  {}\n", to_text(report), options.output.string());
}

}  // namespace

void add_export(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("export", "write a city's water network as an EPANET input file");
    command->add_option("city", options->city, "city file (.city.h5)")->required();
    command->add_option("-o,--output", options->output, "the file to write: .inp")->required();
    command->add_flag("-q,--quiet", options->quiet, "say nothing but what went wrong");
    command->callback([options] { export_network(*options); });
}

}  // namespace shahr
