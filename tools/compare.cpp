// shahr compare: the indicators of two or more results side by side.
#include "sim/results/compare.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>

#include "sim/base/error.h"
#include "sim/results/reading.h"
#include "tools/commands.h"
#include "tools/print.h"

namespace shahr {
namespace {

struct Options {
    std::vector<std::string> files;
    bool csv = false, json = false;
};

std::string value_text(const std::optional<double>& value) {
    return value ? figure(*value) : "missing";
}

std::string change_text(const Change& change) {
    if (change.verdict == Verdict::unknown) return "";
    if (change.verdict == Verdict::same) return "same";
    const std::string percent = change.percent ? fmt::format(" ({:+.1f} %)", *change.percent) : "";
    return fmt::format("{}{}{} {}", change.absolute > 0 ? "+" : "", figure(change.absolute), percent, name_of(change.verdict));
}

void print_table(const std::vector<std::string>& files, const std::vector<Comparison>& rows) {
    for (std::size_t i = 0; i < files.size(); ++i) fmt::print("{}  {}{}\n", static_cast<char>('A' + i), files[i], i == 0 ? "  (base)" : "");
    fmt::print("\n{:<24} {:>12}", "", "A");
    for (std::size_t i = 1; i < files.size(); ++i) fmt::print("  {:>12}  {:<28}", static_cast<char>('A' + i), fmt::format("{} against A", static_cast<char>('A' + i)));
    fmt::print("\n");
    for (const Comparison& row : rows) {
        fmt::print("{:<24} {:>12}", row.unit == "1" ? row.name : fmt::format("{} ({})", row.name, row.unit), value_text(row.values[0]));
        for (std::size_t i = 1; i < row.values.size(); ++i) fmt::print("  {:>12}  {:<28}", value_text(row.values[i]), change_text(row.changes[i - 1]));
        fmt::print("\n");
    }
}

std::string number(const std::optional<double>& value, std::string_view none) {
    return value && std::isfinite(*value) ? fmt::format("{}", *value) : std::string(none);
}

void print_csv(const std::vector<std::string>& files, const std::vector<Comparison>& rows) {
    fmt::print("indicator,unit,better,file,value,change,change_percent,verdict\n");
    for (const Comparison& row : rows) {
        for (std::size_t i = 0; i < files.size(); ++i) {
            const Change change = i > 0 ? row.changes[i - 1] : Change{};
            const bool known = change.verdict != Verdict::unknown;
            fmt::print("{},{},{},\"{}\",{},{},{},{}\n", row.name, row.unit, row.lower_is_better ? "lower" : "higher", files[i], number(row.values[i], ""),
                       known ? fmt::format("{}", change.absolute) : "", known ? number(change.percent, "") : "", name_of(change.verdict));
        }
    }
}

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

void print_json(const std::vector<std::string>& files, const std::vector<Comparison>& rows) {
    const auto list = [](const auto& items, const auto& text) {
        std::string out;
        for (const auto& item : items) out += (out.empty() ? "" : ", ") + text(item);
        return "[" + out + "]";
    };
    fmt::print("{{\"files\": {},\n \"indicators\": [", list(files, in_quotes));
    const char* comma = "\n";
    for (const Comparison& row : rows) {
        const auto value = [](const std::optional<double>& v) { return number(v, "null"); };
        const auto change = [](const Change& c) {
            if (c.verdict == Verdict::unknown) return std::string("null");
            return fmt::format("{{\"absolute\": {}, \"percent\": {}, \"verdict\": \"{}\"}}", c.absolute, number(c.percent, "null"), name_of(c.verdict));
        };
        fmt::print("{}  {{\"name\": {}, \"unit\": {}, \"better\": \"{}\", \"values\": {}, \"changes\": {}}}", std::exchange(comma, ",\n"), in_quotes(row.name),
                   in_quotes(row.unit), row.lower_is_better ? "lower" : "higher", list(row.values, value), list(row.changes, change));
    }
    fmt::print("\n ]}}\n");
}

void compare_files(const Options& options) {
    if (options.files.size() < 2) throw InputError("shahr compare (one file) two or more results");
    std::vector<std::vector<Kpi>> results;
    for (const std::string& file : options.files) {
        const ResultFile result(file);
        if (!result.complete()) throw InputError(fmt::format("{} (the run that writes it is not over, or broke off) a complete result", file));
        results.push_back(result.kpis());
    }
    const auto rows = compare(results);
    if (options.csv)
        print_csv(options.files, rows);
    else if (options.json)
        print_json(options.files, rows);
    else
        print_table(options.files, rows);
}

}  // namespace

void add_compare(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("compare", "indicators of results side by side: the change from the first, better or worse");
    command->add_option("results", options->files, "result files (.h5), the base first")->required();
    CLI::Option* csv = command->add_flag("--csv", options->csv, "as comma-separated values");
    command->add_flag("--json", options->json, "as JSON")->excludes(csv);
    command->callback([options] { compare_files(*options); });
}

}  // namespace shahr
