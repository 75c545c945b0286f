// shahr info: what is in a city file or in a result.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>

#include "sim/base/error.h"
#include "sim/city/city_file.h"
#include "sim/city/describe.h"
#include "sim/results/reading.h"
#include "sim/scenario/quantity.h"
#include "tools/commands.h"
#include "tools/print.h"

namespace shahr {
namespace {

void print_fact(std::string_view name, const std::string& value) {
    if (!value.empty()) fmt::print("{:<14} {}\n", name, value);
}

void print_city(const City& city) {
    print_fact("name", city.name);
    print_fact("made from", city.source);
    print_fact("attribution", city.attribution);
    print_fact("projection", city.projection.proj);
    fmt::print("{:<14} {}\n\n", "traffic", city.left_hand_traffic ? "keeps left" : "keeps right");
    describe_tables(city, [](const auto& table) {
        using Table = std::remove_cvref_t<decltype(table)>;
        if (row_count(table) > 0) fmt::print("{:<14} {:>10} rows\n", Table::table, figure(static_cast<double>(row_count(table))));
    });
    double lane_km = 0, people = 0, jobs = 0;
    for (const float length : city.network.lanes.length_m) lane_km += length / 1000.0;
    for (const float n : city.cells.population) people += n;
    for (const float n : city.cells.jobs) jobs += n;
    fmt::print("\n{:<14} {:>10} km\n{:<14} {:>10}\n{:<14} {:>10}\n", "lanes", figure(lane_km), "people", figure(people), "jobs", figure(jobs));
}

// The counts at the last record that must add up.
void print_balance(const ResultFile& result) {
    const auto last = [&](const char* name) -> double {
        const RecordedField* field = result.find("traffic", name);
        return field && field->records > 0 && field->rows == RowKind::whole ? result.series(*field, 0).back() : 0;
    };
    if (!result.find("traffic", "trips_inserted")) return;
    const double entered = last("trips_inserted"), arrived = last("trips_arrived"), inside = last("vehicles_on_network"), removed = last("trips_removed");
    fmt::print("balance        {} entered = {} arrived + {} on the network + {} removed: {}\n", figure(entered), figure(arrived), figure(inside), figure(removed),
               entered == arrived + inside + removed ? "exact" : fmt::format("off by {}", figure(entered - arrived - inside - removed)));
}

void print_result(const std::string& path) {
    const ResultFile result(path);
    for (const char* name : {"title", "source", "attribution"}) print_fact(name, result.attribute(name));
    if (!result.complete()) fmt::print("{:<14} the run that writes it is not over, or broke off\n", "incomplete");
    std::string group;
    for (const RecordedField& field : result.fields()) {
        if (field.group != group) {
            group = field.group;
            const auto times = result.times(group);
            fmt::print("\n{}: {} records", group, times.size());
            if (!times.empty()) fmt::print(", {} to {}", clock_text(times.front(), result.first_day()), clock_text(times.back(), result.first_day()));
            fmt::print("\n");
        }
        fmt::print("  {:<20} {:>8} {:<9} {:<6} {:<8} {}\n", field.name, field.row_count, name_of(field.rows), field.unit == "1" ? "" : field.unit, name_of(field.method), field.long_name);
    }
    fmt::print("\n");
    print_balance(result);
    const Frame trips = result.trips();
    if (!trips.fields.empty()) print_trips(result.city(), trips);
    fmt::print("\n");
    print_kpis(result.kpis());
}

void info(const std::string& path, bool scenario_text) {
    if (ResultFile::is_result(path)) {
        if (!scenario_text) return print_result(path);
        fmt::print("{}", ResultFile(path).attribute("scenario"));
        return;
    }
    if (scenario_text) throw InputError(fmt::format("{} (no result) a result file for --scenario", path));
    const City city = load_city(path);
    print_city(city);
    fmt::print("\nimport report\n{}", load_import_report(path));
}

}  // namespace

void add_info(CLI::App& app) {
    auto path = std::make_shared<std::string>();
    auto scenario_text = std::make_shared<bool>(false);
    CLI::App* command = app.add_subcommand("info", "what is in a city file or in a result");
    command->add_option("file", *path, "city or result file (.h5)")->required();
    command->add_flag("--scenario", *scenario_text, "print the scenario that a result was made from, as TOML, and nothing else");
    command->callback([path, scenario_text] { info(*path, *scenario_text); });
}

}  // namespace shahr
