// shahr import: a city file from the data that people have.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "sim/base/error.h"
#include "sim/city/city_file.h"
#include "sim/city/validate.h"
#include "sim/import/epanet_import.h"
#include "sim/import/matpower_import.h"
#include "sim/import/osm_import.h"
#include "sim/import/pandapipes_import.h"
#include "sim/import/pandapower_import.h"
#include "sim/import/sumo_import.h"
#include "tools/commands.h"
#include "tools/help.h"
#include "tools/output_place.h"

namespace shahr {
namespace {

namespace fs = std::filesystem;

struct Options {
    fs::path input, output;
    std::vector<fs::path> routes, additional;
    OsmOptions osm;
    bool quiet = false;
};

bool ends_with_one_of(const fs::path& path, std::initializer_list<std::string_view> endings) {
    const std::string name = path.filename().string();
    for (const std::string_view ending : endings)
        if (name.size() > ending.size() && name.ends_with(ending)) return true;
    return false;
}

bool is_sumo(const fs::path& path) {
    return ends_with_one_of(path, {".net.xml", ".net.xml.gz"});
}

City import_city(const Options& options, ImportReport& report) {
    if (is_sumo(options.input)) return import_sumo({options.input, options.routes, options.additional}, report);
    if (ends_with_one_of(options.input, {".osm", ".osm.gz", ".osm.bz2", ".osm.xml", ".osm.xml.gz", ".osm.xml.bz2", ".osm.pbf", ".pbf"})) return import_osm(options.input, options.osm, report);
    if (ends_with_one_of(options.input, {".inp", ".INP"})) return import_epanet(options.input, report);
    if (ends_with_one_of(options.input, {".m"})) return import_matpower(options.input, report);
    if (is_pandapower_folder(options.input)) return import_pandapower(options.input, report);
    if (is_pandapipes(options.input)) return import_pandapipes(options.input, report);
    throw InputError(fmt::format("{} (not a format that can be imported) .osm, .osm.gz, .osm.bz2, .osm.pbf, .net.xml, .net.xml.gz, .inp, .m, .json of pandapipes, a folder of pandapower's or pandapipes' tables", options.input.string()));
}

void check_options(const Options& options, const CLI::App& command) {
    const bool sumo = is_sumo(options.input);
    for (const char* name : {"--routes", "--additional"})
        if (!sumo && command.count(name) > 0) throw InputError(fmt::format("{} (goes with a SUMO network only) without it", name));
    for (const char* name : {"--country", "--population", "--elevation"})
        if (sumo && command.count(name) > 0) throw InputError(fmt::format("{} (goes with an OpenStreetMap extract only) without it", name));
}

// almaty.osm.pbf gives almaty.city.h5.
fs::path default_output(const fs::path& input) {
    const std::string name = (input.has_filename() ? input : input.parent_path()).filename().string();
    return name.substr(0, name.find('.')) + ".city.h5";
}

void import(Options options, const CLI::App& command) {
    if (options.output.empty()) options.output = default_output(options.input);
    check_options(options, command);
    check_output_place(options.output);
    ImportReport report;
    const City city = import_city(options, report);
    require_valid(city, options.input.string());
    save_city(city, options.output, to_text(report));
    if (!options.quiet) fmt::print("{}city     {}\n", to_text(report), options.output.string());
}

}  // namespace

void add_import(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("import", "make a city file from an OpenStreetMap extract or a SUMO network");
    command->add_option("input", options->input, ".osm, .osm.gz, .osm.bz2, .osm.pbf, .net.xml, .net.xml.gz, .inp, .m, .json of pandapipes, or a folder of pandapower's or pandapipes' tables")->required();
    command->add_option("-o,--output", options->output, "city file; without it, the input's name with .city.h5, here")->type_name("FILE");
    command->add_option("-r,--routes", options->routes, "SUMO routes, .rou.xml[.gz]; may be repeated")->type_name("FILE")->allow_extra_args(false);
    command->add_option("-a,--additional", options->additional, "SUMO additional file, .add.xml[.gz]; may be repeated")->type_name("FILE")->allow_extra_args(false);
    command->add_option("--country", options->osm.country, "country of the extract as two letters: speed limits, side of the road")->type_name("KZ");
    command->add_option("--population", options->osm.population, "people of the whole city; without it as tagged, else from floor area")->type_name("PEOPLE")->check(number_between(0, 1e9));
    command->add_option("--elevation", options->osm.elevation, "SRTM tile (.hgt, .hgt.zip), ASCII grid, or a folder of them")->type_name("PATH");
    command->add_flag("-q,--quiet", options->quiet, "say nothing but what went wrong");
    command->callback([options, command] { import(*options, *command); });
}

}  // namespace shahr
