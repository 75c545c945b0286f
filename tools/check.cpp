// shahr check: whether a scenario or a city is right, without running anything.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "sim/city/city_file.h"
#include "sim/city/describe.h"
#include "sim/run/preparation.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/read.h"
#include "tools/commands.h"

namespace shahr {
namespace {

void say_city(const std::string& path, const City& city) {
    fmt::print("{}: a sound city: {} roads, {} junctions, {} buildings\n", path, city.network.roads.id.size(), city.network.junctions.id.size(), city.buildings.id.size());
}

void check(const std::string& path, const std::vector<std::string>& sets) {
    if (!path.ends_with(".toml")) return say_city(path, load_city(path));
    Scenario scenario = read_scenario(path, sets);
    City city = open_city(scenario.city);
    say_city(scenario.city, city);
    ImportReport unsaid;
    prepare_city(city, scenario, unsaid);
    for (const Intervention& it : scenario.interventions) {
        const auto* closure = std::get_if<CloseRoad>(&it.change);
        const auto* speed = std::get_if<SetSpeedLimit>(&it.change);
        if (closure || speed) fmt::print("{}: {} roads\n", it.where, closure ? closure->roads.size() : speed->roads.size());
    }
    fmt::print("{}: a sound scenario: {}, {} interventions\n", path, scenario.until_idle ? "until its trips have ended" : "for " + duration_text(scenario.length), scenario.interventions.size());
}

}  // namespace

void add_check(CLI::App& app) {
    auto path = std::make_shared<std::string>();
    auto sets = std::make_shared<std::vector<std::string>>();
    CLI::App* command = app.add_subcommand("check", "check a scenario (.toml) with its city, or a city file");
    command->add_option("file", *path, "scenario or city file")->required();
    add_set_option(*command, *sets);
    command->callback([path, sets] { check(*path, *sets); });
}

}  // namespace shahr
