// The tables of one folder, and what all of its readers share.
#pragma once
#include <complex>
#include <filesystem>
#include <map>
#include <string>

#include "sim/city/power_grid.h"
#include "sim/import/csv_table.h"
#include "sim/import/report.h"

namespace shahr::pandapower {

inline constexpr double mega = 1e6, kilo = 1e3;
inline constexpr double base_mva = 1;          // pandapower's sn_mva, which its CSV files do not hold

struct Folder {
    std::filesystem::path path;
    PowerGrid grid;
    ImportReport& report;
    std::map<std::int64_t, BusId> bus_of;      // by pandapower's number
    bool unbalanced = false;                   // single-phase elements occur: three phases are simulated

    CsvTable table(const char* name) const { return CsvTable::read_if_there(path / (std::string(name) + ".csv")); }
    BusId bus(const CsvTable& table, std::size_t row, std::string_view column) const;
    double base_kv(BusId bus) const { return grid.buses.base_voltage_v[bus] / kilo; }
};

// pandapower's number of a row: the index, which has no name, or else the place.
std::int64_t number_of(const CsvTable& table, std::size_t row);
// "line 3"
std::string id_of(const CsvTable& table, std::size_t row, std::string_view element);

void read_buses(Folder& folder);
void read_lines(Folder& folder);
void read_impedances(Folder& folder);
void read_transformers(Folder& folder);
void read_three_winding_transformers(Folder& folder);
void read_switches(Folder& folder);            // after the branches
void read_loads(Folder& folder);
void read_generators(Folder& folder);

// A two-winding transformer in pandapower's terms; a winding of one with three is one of these too.
struct Winding {
    double sn_mva = 0, vn_hv_kv = 0, vn_lv_kv = 0, vk_percent = 0, vkr_percent = 0, pfe_kw = 0, i0_percent = 0, shift_degree = 0;
    double leakage_r_hv = 0.5, leakage_x_hv = 0.5;  // shares of the leakage on the side of hv
    double parallel = 1, df = 1;
    bool tap_at_lv = false, has_tap = false, ideal = false;
    double tap_position = 0, tap_neutral = 0, tap_step_percent = 0, tap_step_degree = 0;
};
// Nominal voltages and shift at the tap's position.
struct Tapped {
    double vn_hv_kv, vn_lv_kv, shift_degree;
};
Tapped tapped(const Winding& winding);
// Fills the branch's positive sequence and ratings.
void set_transformer(PowerGrid& grid, BranchId branch, const Winding& winding);
// Leakage impedance per unit at the lv bus.
std::complex<double> leakage_pu(const Winding& winding, double vk_percent, double vkr_percent, const Tapped& at, double base_lv_kv);

}  // namespace shahr::pandapower
