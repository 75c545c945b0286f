#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "sim/import/pandapower/folder.h"

namespace shahr::pandapower {
namespace {

double omega(const PowerGrid& grid) {
    return 2 * std::numbers::pi * grid.frequency_hz;
}

void open_end(Folder& f, const CsvTable& t, std::size_t r, std::string_view element) {
    const std::string id = fmt::format("{} {}", element, t.whole(r, "element"));
    Branches& b = f.grid.branches;
    const BusId bus = f.bus(t, r, "bus");
    for (BranchId at : rows(b.id)) {
        const bool winding = element == "trafo3w" && b.id[at].size() == id.size() + 3 && b.id[at].starts_with(id + " ");
        if (b.id[at] != id && !winding) continue;
        if (b.from[at] != bus && b.to[at] != bus) {
            if (winding) continue;
            t.reject(r, "bus", fmt::format("'{}' has no end there", id), "a bus of the element");
        }
        (b.from[at] == bus ? b.from_closed : b.to_closed)[at] = 0;
        return;
    }
    t.reject(r, "element", fmt::format("there is no '{}'", id), "one of its table");
}

// Between two buses. Without an impedance they are one bus while it is closed; z_ohm is split as pandapower's switch_rx_ratio = 2.
void add_bus_switch(Folder& f, const CsvTable& t, std::size_t r, bool closed) {
    const BusId from = f.bus(t, r, "bus"), to = f.bus(t, r, "element");
    const double z_ohm = t.number_or(r, "z_ohm", 0);
    const BranchId at = add_branch(f.grid.branches, id_of(t, r, "switch"), z_ohm > 0 ? BranchKind::line : BranchKind::bus_switch, from, to);
    f.grid.branches.name[at] = t.text(r, "name");
    f.grid.branches.from_closed[at] = closed;
    f.grid.branches.to_closed[at] = closed;
    if (!(z_ohm > 0)) return;
    const double z = z_ohm / base_impedance_ohm(f.grid, from), share = 1 / std::sqrt(5.0);
    f.grid.branches.resistance_pu[at] = 2 * z * share;
    f.grid.branches.reactance_pu[at] = z * share;
}

}  // namespace

void read_lines(Folder& f) {
    const CsvTable t = f.table("line");
    Branches& b = f.grid.branches;
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const BusId from = f.bus(t, r, "from_bus"), to = f.bus(t, r, "to_bus");
        const BranchId at = add_branch(b, id_of(t, r, "line"), t.text(r, "type") == "cs" ? BranchKind::cable : BranchKind::line, from, to);
        b.name[at] = t.text(r, "name");
        b.in_service[at] = t.flag_or(r, "in_service", true);
        const double km = t.given_above_zero(r, "length_km"), parallel = t.number_or(r, "parallel", 1), base = base_impedance_ohm(f.grid, from);
        const double resistance = t.given(r, "r_ohm_per_km"), reactance = t.given(r, "x_ohm_per_km");
        if (resistance == 0 && reactance == 0) t.reject(r, "x_ohm_per_km", "no impedance: r_ohm_per_km is 0 too", "a reactance, or a switch between the buses");
        b.length_m[at] = km * kilo;
        b.resistance_pu[at] = resistance * km / parallel / base;
        b.reactance_pu[at] = reactance * km / parallel / base;
        b.susceptance_from_pu[at] = b.susceptance_to_pu[at] = omega(f.grid) * t.number_or(r, "c_nf_per_km", 0) * 1e-9 * km * parallel * base / 2;
        b.conductance_from_pu[at] = b.conductance_to_pu[at] = t.number_or(r, "g_us_per_km", 0) * 1e-6 * km * parallel * base / 2;
        b.rated_current_from_a[at] = b.rated_current_to_a[at] = limit_or(t, r, "max_i_ka", 0) * kilo * t.number_or(r, "df", 1) * parallel;
        b.zero_resistance_pu[at] = t.number(r, "r0_ohm_per_km") * km / parallel / base;
        b.zero_reactance_pu[at] = t.number(r, "x0_ohm_per_km") * km / parallel / base;
        b.zero_susceptance_from_pu[at] = b.zero_susceptance_to_pu[at] = omega(f.grid) * t.number_or(r, "c0_nf_per_km", 0) * 1e-9 * km * parallel * base / 2;
    }
    f.report.kept(static_cast<std::int64_t>(t.rows()), "lines");
}

void read_impedances(Folder& f) {
    const CsvTable t = f.table("impedance");
    Branches& b = f.grid.branches;
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const BranchId at = add_branch(b, id_of(t, r, "impedance"), BranchKind::transformer, f.bus(t, r, "from_bus"), f.bus(t, r, "to_bus"));
        b.in_service[at] = t.flag_or(r, "in_service", true) && f.ends_in_service(at);
        const double share = base_mva / t.given_above_zero(r, "sn_mva");
        b.resistance_pu[at] = t.given(r, "rft_pu") * share;
        b.reactance_pu[at] = t.given(r, "xft_pu") * share;
        const double back_r = t.number_or(r, "rtf_pu", t.given(r, "rft_pu")) * share, back_x = t.number_or(r, "xtf_pu", t.given(r, "xft_pu")) * share;
        if (back_r != b.resistance_pu[at] || back_x != b.reactance_pu[at]) b.back_resistance_pu[at] = back_r, b.back_reactance_pu[at] = back_x;
        b.conductance_from_pu[at] = t.number_or(r, "gf_pu", 0) / share;
        b.susceptance_from_pu[at] = t.number_or(r, "bf_pu", 0) / share;
        b.conductance_to_pu[at] = t.number_or(r, "gt_pu", 0) / share;
        b.susceptance_to_pu[at] = t.number_or(r, "bt_pu", 0) / share;
        for (const auto& [forth, back] : {std::pair("rft0_pu", "rtf0_pu"), std::pair("xft0_pu", "xtf0_pu")})
            if (!t.blank(r, back) && t.number(r, back) != t.number(r, forth)) t.reject(r, back, fmt::format("another impedance than {}: the zero sequence has one for both ways", forth), "the same in both");
        b.zero_resistance_pu[at] = t.number(r, "rft0_pu") * share;
        b.zero_reactance_pu[at] = t.number(r, "xft0_pu") * share;
        b.zero_conductance_from_pu[at] = t.number_or(r, "gf0_pu", 0) / share;
        b.zero_susceptance_from_pu[at] = t.number_or(r, "bf0_pu", 0) / share;
        b.zero_conductance_to_pu[at] = t.number_or(r, "gt0_pu", 0) / share;
        b.zero_susceptance_to_pu[at] = t.number_or(r, "bt0_pu", 0) / share;
    }
    if (t.rows() > 0) f.report.kept(static_cast<std::int64_t>(t.rows()), "impedances");
}

// Two generators that hold voltages: one takes the power out of its bus, the other gives it to its own, less the losses as
// pandapower's results have them (its documentation takes loss_mw off first).
void read_dc_lines(Folder& f) {
    const CsvTable t = f.table("dcline");
    Generators& g = f.grid.generators;
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const double sent = t.given(r, "p_mw"), received = sent * (1 - t.number_or(r, "loss_percent", 0) / 100) - t.number_or(r, "loss_mw", 0);
        if (sent < 0) t.reject(r, "p_mw", "negative", "the buses the other way round");
        for (const bool from : {true, false}) {
            const std::string side = from ? "from" : "to";
            const GeneratorId at = add_generator(g, fmt::format("{} {}", id_of(t, r, "dcline"), side), f.bus(t, r, side + "_bus"), GeneratorKind::voltage);
            g.in_service[at] = t.flag_or(r, "in_service", true);
            g.active_power_w[at] = (from ? -sent : received) * mega;
            g.voltage_pu[at] = t.given_above_zero(r, "vm_" + side + "_pu");
            g.min_reactive_power_var[at] = limit_or(t, r, "min_q_" + side + "_mvar", -infinite) * mega;
            g.max_reactive_power_var[at] = limit_or(t, r, "max_q_" + side + "_mvar", infinite) * mega;
        }
    }
    if (t.rows() > 0) f.report.kept(static_cast<std::int64_t>(t.rows()), "DC lines", "each as two generators that hold voltages");
}

void read_switches(Folder& f) {
    const CsvTable t = f.table("switch");
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const std::string_view kind = t.text(r, "et");
        const bool closed = t.flag_or(r, "closed", true);
        if (kind == "b") {
            add_bus_switch(f, t, r, closed);
        } else if (kind == "l" || kind == "t" || kind == "t3") {
            if (!closed) open_end(f, t, r, kind == "l" ? "line" : kind == "t" ? "trafo" : "trafo3w");
        } else {
            t.reject(r, "et", "no such kind of element", "b, l, t or t3");
        }
    }
    if (t.rows() > 0) f.report.kept(static_cast<std::int64_t>(t.rows()), "switches", "at the ends of branches, or between buses");
}

}  // namespace shahr::pandapower
