#include "sim/import/matpower_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "sim/base/error.h"
#include "sim/city/findings.h"
#include "sim/import/matpower/reader.h"

namespace shahr {
namespace {

using matpower::Value;
using matpower::Workspace;

// Columns of the tables, counted from 0.
namespace bus_column {
enum { number, type, pd, qd, gs, bs, area, vm, va, base_kv, zone, vmax, vmin, needed };
}
namespace gen_column {
enum { bus, pg, qg, qmax, qmin, vg, base, status, needed };
}
namespace branch_column {
enum { from, to, r, x, b, rate_a, rate_b, rate_c, ratio, angle, status, needed };
}
enum BusType { pq = 1, pv = 2, reference = 3, isolated = 4 };

constexpr double mega = 1e6, kilo = 1e3;

// One of the tables, with the errors that its rows can have.
class Table {
public:
    Table(const Workspace& space, const std::string& name, std::size_t least_columns, const std::string& source) : name_(space.result.empty() ? name : space.result + "." + name), source_(source) {
        value_ = space.find(name);
        if (!value_) throw InputError(fmt::format("{}: {} (missing) a MATPOWER case with baseMVA, bus, gen and branch", source, name_));
        if (!value_->is_matrix()) throw InputError(fmt::format("{}: {} (no matrix) a matrix of numbers", source, name_));
        if (value_->rows > 0 && value_->columns < least_columns) fail(0, fmt::format("{} (has {} columns) {} at least", name_, value_->columns, least_columns));
    }
    std::size_t rows() const { return value_->rows; }
    double at(std::size_t row, int column) const { return value_->at(row, static_cast<std::size_t>(column)); }
    double finite(std::size_t row, int column, std::string_view what) const {
        const double x = at(row, column);
        if (!std::isfinite(x)) fail(row, fmt::format("{} = {} (not a finite number) a number", what, x));
        return x;
    }
    // What it must stay within; NaN: an infinite limit is none.
    double limit(std::size_t row, int column, std::string_view what) const {
        return std::isinf(at(row, column)) ? not_given_pu : finite(row, column, what);
    }
    int line(std::size_t row) const { return value_->line(row); }
    bool flag(std::size_t row, int column) const { return at(row, column) > 0; }
    [[noreturn]] void fail(std::size_t row, const std::string& what) const {
        const int line = value_->line(row);
        throw InputError(line > 0 ? fmt::format("{}:{}: {}", source_, line, what) : fmt::format("{}: {} row {}: {}", source_, name_, row + 1, what));
    }

private:
    const Value* value_;
    std::string name_;
    const std::string& source_;
};

// Ids that repeat get "#2", "#3" ...
class Ids {
public:
    std::string unique(const std::string& id) {
        const int count = ++times_[id];
        return count == 1 ? id : fmt::format("{}#{}", id, count);
    }

private:
    std::map<std::string, int> times_;
};

class CaseReader {
public:
    CaseReader(const Workspace& space, const std::string& source, ImportReport& report) : space_(space), source_(source), report_(report) {}

    PowerGrid read() {
        read_base();
        read_buses();
        read_branches();
        read_generators();
        choose_references();
        report();
        return std::move(grid_);
    }

    // "case.m:12" of a row of the grid's tables.
    std::string place_of(std::string_view table, std::size_t row) const {
        const auto at = lines_.find(table);
        if (at == lines_.end() || row >= at->second.size() || at->second[row] == 0) return source_;
        return fmt::format("{}:{}", source_, at->second[row]);
    }

private:
    void read_base() {
        const Value* base = space_.find("baseMVA");
        if (!base) throw InputError(fmt::format("{}: baseMVA (missing) a MATPOWER case with baseMVA, bus, gen and branch", source_));
        if (!base->is_number() || !(base->numbers[0] > 0) || !std::isfinite(base->numbers[0]))
            throw InputError(fmt::format("{}: baseMVA = {} (not a positive number) the base power in MVA, such as 100", source_, base->is_number() ? fmt::format("{}", base->numbers[0]) : "a matrix or a text"));
        grid_.base_power_va = base->numbers[0] * mega;
    }

    void read_buses() {
        using namespace bus_column;
        const Table table(space_, "bus", needed, source_);
        if (table.rows() == 0) throw InputError(fmt::format("{}: bus (no rows) one at least", source_));
        const Value* names = space_.find("bus_name");
        for (std::size_t i = 0; i < table.rows(); ++i) {
            const double n = table.at(i, number);
            if (!(n >= 1 && n == std::floor(n) && n < 1e15)) table.fail(i, fmt::format("bus number = {} (not a positive whole number) 1, 2 ...", n));
            const std::string id = fmt::format("{:.0f}", n);
            const double type_given = table.at(i, type);
            if (!(type_given >= 1 && type_given <= 4 && type_given == std::floor(type_given))) table.fail(i, fmt::format("type of bus {} = {} (no such type) 1 PQ, 2 PV, 3 reference, 4 isolated", id, type_given));
            const int kind = static_cast<int>(type_given);
            const double kv = table.finite(i, base_kv, "baseKV");
            if (kv < 0) table.fail(i, fmt::format("baseKV of bus {} = {} (negative) the nominal voltage in kV, or 0 where it is not known", id, kv));
            const BusId bus = add_bus(grid_.buses, id, kv * kilo);
            if (!bus_of_.emplace(id, bus).second) table.fail(i, fmt::format("bus number = {} (used twice) each once", id));
            if (names && names->kind == Value::Kind::cell && i < names->texts.size()) grid_.buses.name[bus] = names->texts[i];
            type_of_.push_back(kind);
            lines_[Buses::table].push_back(table.line(i));
            grid_.buses.in_service[bus] = kind != isolated;
            grid_.buses.initial_voltage_pu[bus] = table.finite(i, vm, "Vm");
            grid_.buses.initial_angle_degree[bus] = table.finite(i, va, "Va");
            grid_.buses.max_voltage_pu[bus] = table.limit(i, vmax, "Vmax");
            grid_.buses.min_voltage_pu[bus] = table.limit(i, vmin, "Vmin");
            read_load(table, i, bus);
        }
    }
    void read_load(const Table& table, std::size_t i, BusId bus) {
        using namespace bus_column;
        const double p = table.finite(i, pd, "Pd"), q = table.finite(i, qd, "Qd"), g = table.finite(i, gs, "Gs"), b = table.finite(i, bs, "Bs");
        const std::string& id = grid_.buses.id[bus];
        if (p != 0 || q != 0) {
            add_load(grid_.loads, id, bus, p * mega, q * mega);
            lines_[PowerLoads::table].push_back(table.line(i));
        }
        if (g != 0 || b != 0) add_shunt(grid_.shunts, id, bus, g * mega, -b * mega);
    }

    BusId bus_at(const Table& table, std::size_t i, int column, std::string_view what) const {
        const auto at = bus_of_.find(fmt::format("{:.0f}", table.at(i, column)));
        if (at == bus_of_.end()) table.fail(i, fmt::format("{} = {} (no such bus) one of the bus table", what, table.at(i, column)));
        return at->second;
    }

    void read_branches() {
        using namespace branch_column;
        const Table table(space_, "branch", needed, source_);
        Ids ids;
        Branches& branches = grid_.branches;
        for (std::size_t i = 0; i < table.rows(); ++i) {
            const BusId f = bus_at(table, i, from, "fbus"), t = bus_at(table, i, to, "tbus");
            const std::string id = ids.unique(fmt::format("{}-{}", grid_.buses.id[f], grid_.buses.id[t]));
            if (f == t) table.fail(i, fmt::format("branch {} (begins and ends at one bus) two buses", id));
            const double ratio_given = table.finite(i, ratio, "ratio");
            const double kv_from = grid_.buses.base_voltage_v[f], kv_to = grid_.buses.base_voltage_v[t];
            const bool is_transformer = ratio_given != 0 || table.at(i, angle) != 0 || kv_from != kv_to;
            const BranchId at = add_branch(branches, id, is_transformer ? BranchKind::transformer : BranchKind::line, f, t);
            lines_[Branches::table].push_back(table.line(i));
            branches.in_service[at] = flag_of(table, i) && grid_.buses.in_service[f] && grid_.buses.in_service[t];
            stepped_without_ratio_ += branches.in_service[at] && ratio_given == 0 && kv_from != kv_to;
            branches.resistance_pu[at] = table.finite(i, r, "r");
            branches.reactance_pu[at] = table.finite(i, x, "x");
            if (branches.in_service[at] && branches.resistance_pu[at] == 0 && branches.reactance_pu[at] == 0) table.fail(i, fmt::format("branch {}: r = 0, x = 0 (no impedance) a small reactance, or one bus for the two", id));
            branches.susceptance_from_pu[at] = branches.susceptance_to_pu[at] = table.finite(i, b, "b") / 2;
            if (ratio_given < 0) table.fail(i, fmt::format("branch {}: ratio = {} (negative) the turns ratio, or 0 for a line", id, ratio_given));
            branches.tap_ratio[at] = ratio_given == 0 ? 1 : ratio_given;
            branches.shift_degree[at] = table.finite(i, angle, "angle");
            branches.rated_power_va[at] = std::fmax(0, table.limit(i, rate_a, "rateA")) * mega;
            if (is_transformer) grid_.transformers.rated_power_va[add_transformer(grid_.transformers, id, at)] = branches.rated_power_va[at];
        }
    }
    static std::uint8_t flag_of(const Table& table, std::size_t i) { return table.flag(i, branch_column::status); }

    void read_generators() {
        using namespace gen_column;
        const Table table(space_, "gen", needed, source_);
        Ids ids;
        Generators& g = grid_.generators;
        for (std::size_t i = 0; i < table.rows(); ++i) {
            const BusId at_bus = bus_at(table, i, bus, "bus");
            const int kind = type_of_[row(at_bus)];
            const GeneratorId at = add_generator(g, ids.unique(grid_.buses.id[at_bus]), at_bus, kind == reference ? GeneratorKind::slack : kind == pv ? GeneratorKind::voltage : GeneratorKind::power);
            lines_[Generators::table].push_back(table.line(i));
            g.in_service[at] = table.flag(i, status) && kind != isolated;
            g.active_power_w[at] = table.finite(i, pg, "Pg") * mega;
            g.reactive_power_var[at] = table.finite(i, qg, "Qg") * mega;
            g.max_reactive_power_var[at] = table.at(i, qmax) * mega;
            g.min_reactive_power_var[at] = table.at(i, qmin) * mega;
            if (std::isnan(g.max_reactive_power_var[at]) || std::isnan(g.min_reactive_power_var[at])) table.fail(i, fmt::format("Qmax, Qmin of the generator at bus {} (no number) limits, or Inf", grid_.buses.id[at_bus]));
            g.voltage_pu[at] = table.finite(i, vg, "Vg");
            if (g.in_service[at] && g.kind[at] != GeneratorKind::power && !(g.voltage_pu[at] > 0)) table.fail(i, fmt::format("Vg of the generator at bus {} = {} (not positive) per unit, about 1", grid_.buses.id[at_bus], g.voltage_pu[at]));
            g.angle_degree[at] = grid_.buses.initial_angle_degree[at_bus];
        }
    }

    bool has_generator(BusId bus) const {
        for (GeneratorId at : rows(grid_.generators.id))
            if (grid_.generators.bus[at] == bus && grid_.generators.in_service[at]) return true;
        return false;
    }
    // As MATPOWER does (bustypes.m): where no reference bus has a generator in service, the first PV bus that has one is it.
    void choose_references() {
        for (BusId bus : rows(grid_.buses.id))
            if (type_of_[row(bus)] == reference && has_generator(bus)) return;
        for (BusId bus : rows(grid_.buses.id)) {
            if (type_of_[row(bus)] != pv || !has_generator(bus)) continue;
            for (GeneratorId at : rows(grid_.generators.id))
                if (grid_.generators.bus[at] == bus) grid_.generators.kind[at] = GeneratorKind::slack;
            report_.guessed(1, "reference bus", fmt::format("no reference bus has a generator in service: bus {}, the first PV bus, is it", grid_.buses.id[bus]));
            return;
        }
        throw InputError(fmt::format("{}: gen (no generator in service at a reference or PV bus) one that holds the voltage", source_));
    }

    void report() {
        const auto count = [](const auto& column) { return static_cast<std::int64_t>(column.size()); };
        const auto out_of_service = [](const auto& column) { return std::count(column.begin(), column.end(), 0); };
        report_.kept(count(grid_.buses.id), "buses");
        report_.kept(count(grid_.branches.id), "branches");
        report_.kept(count(grid_.loads.id), "loads");
        report_.kept(count(grid_.generators.id), "generators");
        report_.kept(count(grid_.shunts.id), "shunts");
        if (const auto off = out_of_service(grid_.generators.in_service); off > 0) report_.note(fmt::format("{} generators are out of service", off));
        const auto& kv = grid_.buses.base_voltage_v;
        if (stepped_without_ratio_ > 0) report_.guessed(stepped_without_ratio_, "transformers", "lines of ratio 0 between buses of different baseKV: of nominal ratio");
        if (const auto unknown = std::count(kv.begin(), kv.end(), 0.0); unknown > 0) report_.note(fmt::format("{} buses have no base voltage: no currents are known there", unknown));
        static const std::set<std::string, std::less<>> read = {"version", "baseMVA", "bus", "gen", "branch", "bus_name"};
        if (space_.result.empty()) return;
        for (const auto& [name, value] : space_.variables)
            if (name.starts_with(space_.result + ".") && !read.contains(name.substr(space_.result.size() + 1))) report_.dropped(static_cast<std::int64_t>(value.rows), fmt::format("rows of {}", name), name.ends_with(".dcline") ? "MATPOWER leaves DC lines out unless toggle_dcline puts them in" : "not a part of the power flow");
    }

    const Workspace& space_;
    const std::string& source_;
    ImportReport& report_;
    PowerGrid grid_;
    std::map<std::string, BusId> bus_of_;
    std::vector<int> type_of_;                 // [bus]
    std::int64_t stepped_without_ratio_ = 0;
    std::map<std::string_view, std::vector<int>> lines_;  // of the rows of a table of the grid; 0: not from a literal
};

// A branch that is off becomes an open tie: it can be closed in a run. `check_power` has seen that nothing hangs on it.
std::int64_t open_ties(PowerGrid& grid) {
    Branches& b = grid.branches;
    std::int64_t count = 0;
    for (BranchId at : rows(b.id)) {
        const bool has_impedance = b.resistance_pu[at] != 0 || b.reactance_pu[at] != 0;
        if (b.in_service[at] || !has_impedance || !grid.buses.in_service[b.from[at]] || !grid.buses.in_service[b.to[at]]) continue;
        b.in_service[at] = 1;
        b.from_closed[at] = b.to_closed[at] = 0;
        ++count;
    }
    return count;
}

}  // namespace

City import_matpower_text(std::string_view text, const std::string& source, ImportReport& report) {
    City city;
    city.name = std::filesystem::path(source).stem().string();
    city.source = std::filesystem::path(source).filename().string();
    const Workspace space = matpower::evaluate(text, source);
    CaseReader reader(space, source, report);
    city.power = reader.read();
    Findings findings(1, [&](std::string_view table, std::size_t row) { return reader.place_of(table, row); });
    check_power(city, findings);
    if (!findings.empty()) throw InputError(findings.take().front());
    if (const std::int64_t ties = open_ties(city.power); ties > 0) report.note(fmt::format("{} branches are off: open ties, which close_branch and restoration can close", ties));
    const auto& in_service = city.power.branches.in_service;
    if (const auto off = std::count(in_service.begin(), in_service.end(), 0); off > 0) report.note(fmt::format("{} branches are out of service: without impedance, or beside an isolated bus", off));
    return city;
}

City import_matpower(const std::filesystem::path& path, ImportReport& report) {
    std::ifstream in(path, std::ios::binary);
    if (!in || std::filesystem::is_directory(path)) throw InputError(fmt::format("{} (cannot be read) a MATPOWER case file", path.string()));
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    return import_matpower_text(text, path.string(), report);
}

}  // namespace shahr
