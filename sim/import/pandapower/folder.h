// The tables of one folder, and what all of its readers share.
#pragma once
#include <complex>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/city/power_grid.h"
#include "sim/import/csv_table.h"
#include "sim/import/report.h"

namespace shahr::pandapower {

inline constexpr double mega = 1e6, kilo = 1e3;
inline constexpr double infinite = std::numeric_limits<double>::infinity();
inline constexpr double base_mva = 1;          // pandapower's sn_mva, which its CSV files do not hold

struct Folder {
    std::filesystem::path path;
    PowerGrid grid;
    ImportReport& report;
    std::map<std::int64_t, BusId> bus_of;      // by pandapower's number
    bool unbalanced = false;                   // single-phase elements occur: three phases are simulated

    mutable std::set<std::string> read;        // tables that somebody has asked for

    CsvTable table(const char* name) const {
        read.insert(name);
        return CsvTable::read_if_there(path / (std::string(name) + ".csv"));
    }
    // Transformers and impedances beside a bus that is out of service are so too; lines stay connected at the other end.
    bool ends_in_service(BranchId at) const { return grid.buses.in_service[grid.branches.from[at]] && grid.buses.in_service[grid.branches.to[at]]; }
    BusId bus(const CsvTable& table, std::size_t row, std::string_view column) const;
    double base_kv(BusId bus) const { return grid.buses.base_voltage_v[bus] / kilo; }
};

// pandapower's number of a row: the index, which has no name ("Unnamed: 0" where it has been read and written again, or "index"), or
// else the place.
std::int64_t number_of(const CsvTable& table, std::size_t row);
// What may be carried or given, 0 or as said where it is blank or infinite.
double limit_or(const CsvTable& table, std::size_t row, std::string_view column, double unlimited);
// "line 3"
std::string id_of(const CsvTable& table, std::size_t row, std::string_view element);

// The row of a table of steps for the step at which an element stands; nullopt: it does not go by such a table.
struct StepColumns {
    const char *table, *by_table, *step;
};
inline constexpr StepColumns tap_steps{"trafo_characteristic_table", "tap_dependency_table", "tap_pos"};
inline constexpr StepColumns shunt_steps{"shunt_characteristic_table", "step_dependency_table", "step"};
struct StepRow {
    const CsvTable* table = nullptr;
    std::size_t row = 0;
    double given(std::string_view column) const { return table->given(row, column); }
};
std::optional<StepRow> row_of_step(const CsvTable& steps, const CsvTable& table, std::size_t row, const StepColumns& columns);

void read_buses(Folder& folder);
void read_lines(Folder& folder);
void read_impedances(Folder& folder);
void read_transformers(Folder& folder);
void read_three_winding_transformers(Folder& folder);
void read_switches(Folder& folder);            // after the branches
void read_loads(Folder& folder);
void read_generators(Folder& folder);
void read_dc_lines(Folder& folder);
void read_compensators(Folder& folder);

// A two-winding transformer in pandapower's terms; a winding of one with three is one of these too.
struct Winding {
    double sn_mva = 0, vn_hv_kv = 0, vn_lv_kv = 0, vk_percent = 0, vkr_percent = 0, pfe_kw = 0, i0_percent = 0, shift_degree = 0;
    double leakage_r_hv = 0.5, leakage_x_hv = 0.5;  // shares of the leakage on the side of hv
    double parallel = 1, df = 1;
    struct Tap {
        bool at_lv = false, ideal = false;     // ideal: turns the angle alone
        double position = 0, neutral = 0, step_percent = 0, step_degree = 0;
        std::optional<StepRow> by_table;       // instead of the steps
    };
    std::vector<Tap> taps;                     // two at most
    std::optional<StepRow> step;               // its values at the tap's position, where it goes by a table
};
// Nominal voltages and shift at the taps' positions.
struct Tapped {
    double vn_hv_kv, vn_lv_kv, shift_degree;
};
Tapped tapped(const Winding& winding);
// Fills the branch's positive sequence and ratings.
void set_transformer(PowerGrid& grid, BranchId branch, const Winding& winding);
// Leakage impedance per unit at the lv bus.
std::complex<double> leakage_pu(const Winding& winding, double vk_percent, double vkr_percent, const Tapped& at, double base_lv_kv);

}  // namespace shahr::pandapower
