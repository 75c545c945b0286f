#include "sim/import/pandapower_import.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/error.h"
#include "sim/city/city.h"
#include "sim/city/describe_power.h"
#include "sim/city/findings.h"
#include "sim/import/pandapower/folder.h"

namespace shahr {
namespace pandapower {

BusId Folder::bus(const CsvTable& table, std::size_t row, std::string_view column) const {
    const auto at = bus_of.find(table.whole(row, column));
    if (at == bus_of.end()) table.reject(row, column, "no such bus", "the number of a row of bus.csv");
    return at->second;
}

std::int64_t number_of(const CsvTable& table, std::size_t row) {
    for (const char* index : {"", "Unnamed: 0", "index"})
        if (!table.blank(row, index)) return table.whole(row, index);
    return static_cast<std::int64_t>(row);
}

double limit_or(const CsvTable& table, std::size_t row, std::string_view column, double unlimited) {
    const std::string_view text = table.text(row, column);
    return text == "inf" || text == "-inf" ? unlimited : table.number_or(row, column, unlimited);
}

std::string id_of(const CsvTable& table, std::size_t row, std::string_view element) {
    return fmt::format("{} {}", element, number_of(table, row));
}

void read_buses(Folder& f) {
    const CsvTable t = CsvTable::read(f.path / "bus.csv");
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const std::int64_t n = number_of(t, r);
        const BusId bus = add_bus(f.grid.buses, fmt::format("{}", n), t.given_above_zero(r, "vn_kv") * kilo);
        if (!f.bus_of.emplace(n, bus).second) t.reject(r, "", "this bus number is used twice", "each once");
        f.grid.buses.name[bus] = t.text(r, "name");
        f.grid.buses.in_service[bus] = t.flag_or(r, "in_service", true);
        f.grid.buses.min_voltage_pu[bus] = t.number(r, "min_vm_pu");
        f.grid.buses.max_voltage_pu[bus] = t.number(r, "max_vm_pu");
    }
    if (t.rows() == 0) throw InputError(fmt::format("{}: (no rows) one at least", (f.path / "bus.csv").string()));
    f.report.kept(static_cast<std::int64_t>(t.rows()), "buses");
}

// What lies in the folder beside: results, costs and measurements have no part in a power flow.
void note_other_tables(const Folder& f) {
    static const std::set<std::string, std::less<>> known = {"measurement", "poly_cost", "pwl_cost", "controller", "group", "bus_geodata", "line_geodata", "characteristic"};
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(f.path))
        if (entry.path().extension() == ".csv") names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
        if (f.read.contains(name) || name.starts_with("res_") || name == "bus") continue;
        if (const auto rows = static_cast<std::int64_t>(f.table(name.c_str()).rows()); rows > 0) f.report.dropped(rows, fmt::format("rows of {}.csv", name), known.contains(name) ? "not a part of the power flow" : "a table that is not known here");
    }
}

// "line.csv:3" of what has the id "line 1"; a bus has its number alone.
std::string place_of(const Folder& f, const std::string& id) {
    const std::size_t space = id.find(' ');
    const std::string table = space == std::string::npos ? "bus" : id.substr(0, space);
    const std::filesystem::path file = f.path / (table + ".csv");
    const CsvTable t = CsvTable::read_if_there(file);
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const std::string own = table == "bus" ? fmt::format("{}", number_of(t, r)) : id_of(t, r, table);
        if (id == own || id.starts_with(own + " ")) return fmt::format("{}:{}", file.string(), t.line(r));
    }
    return f.path.string();
}

// The rules of the grid, with the rows' places in the files.
void check(const Folder& f, const City& city) {
    Findings findings(1, [&](std::string_view table, std::size_t row) {
        std::string place;
        describe_tables(city.power, [&](const auto& of) {
            if (of.table == table) place = place_of(f, of.id.vector()[row]);
        });
        return place;
    });
    check_power(city, findings);
    if (!findings.empty()) throw InputError(findings.take().front());
}

}  // namespace pandapower

bool is_pandapower_folder(const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::is_directory(path, ignored) && std::filesystem::exists(path / "bus.csv", ignored) && CsvTable::read(path / "bus.csv").has("vn_kv");
}

City import_pandapower(const std::filesystem::path& folder, ImportReport& report) {
    pandapower::Folder f{folder, {}, report, {}, false, {}};
    f.grid.base_power_va = pandapower::base_mva * pandapower::mega;
    for (const char* unsupported : {"vsc", "b2b_vsc", "bi_vsc", "line_dc", "bus_dc"})
        if (f.table(unsupported).rows() > 0) throw InputError(fmt::format("{}: (elements of a kind that is not supported) a grid without them", (folder / (std::string(unsupported) + ".csv")).string()));
    f.unbalanced = f.table("asymmetric_load").rows() + f.table("asymmetric_sgen").rows() > 0;
    read_buses(f);
    read_lines(f);
    read_transformers(f);
    read_three_winding_transformers(f);
    read_impedances(f);
    read_switches(f);
    read_loads(f);
    read_generators(f);
    read_dc_lines(f);
    read_compensators(f);
    note_other_tables(f);
    report.guessed(1, "frequency", "50 Hz: pandapower's tables do not hold it");
    report.note("coordinates of buses and lines are not read: the tables do not say on what plane they lie");
    City city;
    const std::filesystem::path named = folder.has_filename() ? folder : folder.parent_path();
    city.name = city.source = named.filename().string();
    city.power = std::move(f.grid);
    check(f, city);
    return city;
}

}  // namespace shahr
