#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "sim/import/pandapower/folder.h"

namespace shahr::pandapower {
namespace {

using Complex = std::complex<double>;

// Before version 3 the leakage could follow a spline, which CSV files do not hold.
void reject_splines(const CsvTable& t, std::size_t r) {
    if (t.flag_or(r, "tap_dependent_impedance", false)) t.reject(r, "tap_dependent_impedance", "the leakage by a spline, which no table holds", "tap_dependency_table and trafo_characteristic_table.csv");
}

// "Tabular" without its table stands at its neutral position, as in pandapower.
bool stands_still(Folder& f, std::string_view kind) {
    if (kind == "Tabular") f.report.guessed(1, "tap changers", "Tabular, but tap_dependency_table is not True: taken at nominal turns");
    return kind == "Tabular";
}

// A tap changer's columns, "tap" or "tap2". Version 3 names its kind, and without a kind there is none; before,
// tap_phase_shifter told it.
void read_tap(Folder& f, const CsvTable& t, std::size_t r, const std::string& tap, Winding& w) {
    const auto column = [&](const char* name) { return tap + name; };
    const std::string_view side = t.text(r, column("_side")), kind = t.text(r, column("_changer_type"));
    const bool by_table = tap == "tap" && w.step;
    if (side.empty() || t.blank(r, column("_pos")) || (t.has(column("_changer_type")) && kind.empty() && !by_table)) return;
    if (side != "hv" && side != "lv") t.reject(r, column("_side"), "neither of the two sides", "hv or lv");
    if (by_table) {
        w.taps.push_back({.at_lv = side == "lv", .by_table = w.step});
        return;
    }
    if (stands_still(f, kind)) return;
    if (!kind.empty() && kind != "Ratio" && kind != "Symmetrical" && kind != "Ideal") t.reject(r, column("_changer_type"), "not known", "Ratio, Symmetrical, Ideal or Tabular");
    const bool ideal = kind == "Ideal" || t.flag_or(r, column("_phase_shifter"), false);
    const double percent = t.number_or(r, column("_step_percent"), 0), degree = t.number_or(r, column("_step_degree"), 0);
    if (ideal && percent != 0 && degree != 0) t.reject(r, column("_step_degree"), "beside a step in percent: an ideal phase shifter has one of the two", "one of them 0");
    if (!ideal && t.blank(r, column("_step_percent"))) return;
    w.taps.push_back({side == "lv", ideal, t.number(r, column("_pos")), t.number_or(r, column("_neutral"), 0), percent, degree, {}});
}

Winding read_plate(Folder& f, const CsvTable& steps, const CsvTable& t, std::size_t r) {
    Winding w;
    reject_splines(t, r);
    w.step = row_of_step(steps, t, r, tap_steps);
    w.sn_mva = t.given_above_zero(r, "sn_mva");
    w.vn_hv_kv = t.given_above_zero(r, "vn_hv_kv");
    w.vn_lv_kv = t.given_above_zero(r, "vn_lv_kv");
    w.vk_percent = w.step ? w.step->given("vk_percent") : t.given(r, "vk_percent");
    w.vkr_percent = w.step ? w.step->given("vkr_percent") : t.given(r, "vkr_percent");
    if (w.vk_percent == 0) t.reject(r, "vk_percent", "no impedance", "the short-circuit voltage in percent");
    if (std::abs(w.vkr_percent) > std::abs(w.vk_percent)) t.reject(r, "vkr_percent", "above vk_percent", "its real part");
    w.pfe_kw = t.number_or(r, "pfe_kw", 0);
    w.i0_percent = t.number_or(r, "i0_percent", 0);
    w.shift_degree = t.number_or(r, "shift_degree", 0);
    w.leakage_r_hv = t.number_or(r, "leakage_resistance_ratio_hv", 0.5);
    w.leakage_x_hv = t.number_or(r, "leakage_reactance_ratio_hv", 0.5);
    w.parallel = t.number_or(r, "parallel", 1);
    w.df = t.number_or(r, "df", 1);
    if (!(w.parallel >= 1)) t.reject(r, "parallel", "less than one", "how many stand side by side");
    for (const char* tap : {"tap", "tap2"}) read_tap(f, t, r, tap, w);
    return w;
}

std::string group_of(std::string_view text) {
    std::string group;
    for (char c : text)
        if (std::isalpha(static_cast<unsigned char>(c))) group += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return group;
}

void set_shunt(double& g, double& b, Complex y) {
    g = y.real();
    b = y.imag();
}

// The zero sequence by the vector group. T circuit of the leakage, si0_hv_partial of it on the hv side, and the zero
// sequence's magnetising impedance, mag0_percent times the short-circuit impedance; a delta winding shorts its end of the T
// and lets nothing out. Yzn has pandapower's own expression.
void set_zero_sequence(const CsvTable& t, std::size_t r, const Winding& w, Branches& b, BranchId at, double base_lv_kv) {
    const std::string group = group_of(t.text(r, "vector_group"));
    const double open = std::numeric_limits<double>::infinity();
    if (group == "yy" || group == "yd" || group == "dy" || group == "dd") {
        b.zero_resistance_pu[at] = b.zero_reactance_pu[at] = open;
        return;
    }
    for (const char* column : {"vector_group", "vk0_percent", "vkr0_percent", "mag0_percent", "mag0_rx", "si0_hv_partial"})
        if (t.blank(r, column)) return;
    const double vk0 = t.number(r, "vk0_percent"), vkr0 = t.number(r, "vkr0_percent");
    const Tapped tap = tapped(w);
    const Complex z0 = leakage_pu(w, vk0 != 0 ? vk0 : w.vk_percent, vkr0 != 0 ? vkr0 : w.vkr_percent, tap, base_lv_kv);
    const double rx = t.number(r, "mag0_rx"), zm = std::abs(z0) * t.number(r, "mag0_percent"), xm = zm / std::sqrt(rx * rx + 1);
    const double hv_share = t.number(r, "si0_hv_partial");
    const Complex z1 = hv_share * z0, z2 = (1 - hv_share) * z0, z3(rx * xm, xm);
    const Complex sum = z1 * z2 + z2 * z3 + z1 * z3;
    b.zero_resistance_pu[at] = b.zero_reactance_pu[at] = open;
    const auto at_lv = [&](Complex y) { set_shunt(b.zero_conductance_to_pu[at], b.zero_susceptance_to_pu[at], y); };
    const auto at_hv = [&](Complex y) { set_shunt(b.zero_conductance_from_pu[at], b.zero_susceptance_from_pu[at], y); };
    if (group == "dyn") {
        at_lv((z1 + z3) / sum);
    } else if (group == "ynd") {
        at_hv((z2 + z3) / sum);
    } else if (group == "yyn") {
        at_lv(1.0 / (z2 + z3));
    } else if (group == "yny") {
        at_hv(1.0 / (z1 + z3));
    } else if (group == "yzn") {
        at_lv(1.1547 * (1.0 / (sum / z3 + sum / z2) + z1 / sum));
    } else if (group == "ynyn") {
        const Complex between = sum / z3;
        b.zero_resistance_pu[at] = between.real();
        b.zero_reactance_pu[at] = between.imag();
        at_hv(z2 / sum);
        at_lv(z1 / sum);
    } else {
        t.reject(r, "vector_group", "not known", "such as Dyn, YNyn, Yzn, Yyn, YNd, Yd, Dd");
    }
}

// Three windings as three transformers on a star point, by the documentation of "trafo3w".
struct Star {
    std::array<double, 3> vk, vkr;             // hv, mv, lv
};
Star star_of(const std::array<double, 3>& sn, const std::array<double, 3>& vk, const std::array<double, 3>& vkr) {
    const auto delta = [&](const std::array<double, 3>& v) {
        return std::array<double, 3>{v[0] * sn[0] / std::min(sn[0], sn[1]), v[1] * sn[0] / std::min(sn[1], sn[2]), v[2] * sn[0] / std::min(sn[0], sn[2])};
    };
    const auto wye = [&](const std::array<double, 3>& d) {
        return std::array<double, 3>{0.5 * (d[0] + d[2] - d[1]), 0.5 * sn[1] / sn[0] * (d[1] + d[0] - d[2]), 0.5 * sn[2] / sn[0] * (d[2] + d[1] - d[0])};
    };
    const auto whole = delta(vk), real = delta(vkr);
    std::array<double, 3> imaginary{};
    for (std::size_t i = 0; i < 3; ++i) imaginary[i] = std::sqrt(whole[i] * whole[i] - real[i] * real[i]);
    const auto r = wye(real), x = wye(imaginary);
    Star star{};
    for (std::size_t i = 0; i < 3; ++i) {
        star.vkr[i] = r[i];
        star.vk[i] = std::copysign(std::sqrt(x[i] * x[i] + r[i] * r[i]), x[i]);
    }
    return star;
}

// The tap changer of the winding `side`; at the star point it works from the other end.
void read_winding_tap(Folder& f, const CsvTable& t, std::size_t r, std::string_view side, Winding& w) {
    const std::string_view kind = t.text(r, "tap_changer_type");
    if (t.text(r, "tap_side") != side || t.blank(r, "tap_pos") || (t.has("tap_changer_type") && kind.empty() && !w.step)) return;
    const bool at_star = t.flag_or(r, "tap_at_star_point", false);
    if (w.step) {
        w.taps = {{.at_lv = (side != "hv") != at_star, .by_table = w.step}};
        return;
    }
    if (stands_still(f, kind)) return;
    if (!kind.empty() && kind != "Ratio" && kind != "Symmetrical") t.reject(r, "tap_changer_type", "not supported for three windings", "Ratio, Symmetrical or Tabular");
    Winding::Tap tap{side != "hv", false, t.number(r, "tap_pos"), t.number_or(r, "tap_neutral", 0), t.number_or(r, "tap_step_percent", 0), t.number_or(r, "tap_step_degree", 0), {}};
    if (at_star) {
        tap.step_percent = 100 * tap.step_percent / (tap.position >= 0 ? 100 + tap.step_percent : 100 - tap.step_percent);
        tap.step_degree += 180;
        tap.at_lv = !tap.at_lv;
    }
    w.taps = {tap};
}

// Iron losses and no-load current at the star point, as a shunt of the hv winding's nominal voltage.
void add_star_losses(PowerGrid& grid, const CsvTable& t, std::size_t r, BusId point, double sn_mva, double vn_kv) {
    const double iron_mw = t.number_or(r, "pfe_kw", 0) / 1000, no_load_mva = t.number_or(r, "i0_percent", 0) / 100 * sn_mva, ratio = grid.buses.base_voltage_v[point] / kilo / vn_kv;
    const double magnetising_mvar = std::sqrt(std::max(0.0, no_load_mva * no_load_mva - iron_mw * iron_mw));
    const ShuntId at = add_shunt(grid.shunts, grid.buses.id[point], point, iron_mw * ratio * ratio * mega, magnetising_mvar * ratio * ratio * mega);
    grid.shunts.in_service[at] = grid.buses.in_service[point];
}

}  // namespace

void read_transformers(Folder& f) {
    const CsvTable t = f.table("trafo"), steps = f.table(tap_steps.table);
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const BusId hv = f.bus(t, r, "hv_bus"), lv = f.bus(t, r, "lv_bus");
        const BranchId at = add_branch(f.grid.branches, id_of(t, r, "trafo"), BranchKind::transformer, hv, lv);
        f.grid.branches.name[at] = t.text(r, "name");
        f.grid.branches.in_service[at] = t.flag_or(r, "in_service", true) && f.ends_in_service(at);
        const Winding w = read_plate(f, steps, t, r);
        set_transformer(f.grid, at, w);
        set_zero_sequence(t, r, w, f.grid.branches, at, f.base_kv(lv));
        Transformers& table = f.grid.transformers;
        const TransformerId transformer = add_transformer(table, f.grid.branches.id[at], at);
        table.rated_power_va[transformer] = w.sn_mva * mega * w.parallel;
        table.vector_group[transformer] = t.text(r, "vector_group");
        if (w.taps.empty() || w.taps[0].ideal || w.taps[0].by_table) continue;
        const Winding::Tap& tap = w.taps[0];
        table.tap_at_to[transformer] = tap.at_lv;
        table.tap_position[transformer] = static_cast<std::int32_t>(std::lround(tap.position));
        table.tap_neutral[transformer] = static_cast<std::int32_t>(std::lround(tap.neutral));
        table.tap_min[transformer] = static_cast<std::int32_t>(std::lround(t.number_or(r, "tap_min", tap.position)));
        table.tap_max[transformer] = static_cast<std::int32_t>(std::lround(t.number_or(r, "tap_max", tap.position)));
        table.tap_step[transformer] = tap.step_percent / 100;
    }
    f.report.kept(static_cast<std::int64_t>(t.rows()), "transformers");
}

void read_three_winding_transformers(Folder& f) {
    const CsvTable t = f.table("trafo3w"), steps = f.table(tap_steps.table);
    static constexpr std::array<const char*, 3> sides = {"hv", "mv", "lv"};
    for (std::size_t r = 0; r < t.rows(); ++r) {
        reject_splines(t, r);
        const std::optional<StepRow> step = row_of_step(steps, t, r, tap_steps);
        const auto three = [&](const char* form, bool by_table = false) {
            std::array<double, 3> values{};
            for (std::size_t i = 0; i < 3; ++i) {
                const std::string column = fmt::format(fmt::runtime(form), sides[i]);
                values[i] = by_table && step ? step->given(column) : t.given(r, column);
            }
            return values;
        };
        const auto sn = three("sn_{}_mva"), vn = three("vn_{}_kv");
        for (double value : {sn[0], sn[1], sn[2], vn[0], vn[1], vn[2]})
            if (!(value > 0)) t.reject(r, "sn_hv_mva", "a rating or nominal voltage that is not positive", "above 0 for hv, mv and lv");
        const Star star = star_of(sn, three("vk_{}_percent", true), three("vkr_{}_percent", true));
        const std::string id = id_of(t, r, "trafo3w");
        const BusId hv = f.bus(t, r, "hv_bus"), point = add_bus(f.grid.buses, id + " star", f.grid.buses.base_voltage_v[hv]);
        f.grid.buses.in_service[point] = t.flag_or(r, "in_service", true);
        const std::string_view loss_side = t.blank(r, "loss_side") ? "hv" : t.text(r, "loss_side");
        if (loss_side == "star") add_star_losses(f.grid, t, r, point, sn[0], vn[0]);
        else if (std::find(sides.begin(), sides.end(), loss_side) == sides.end()) t.reject(r, "loss_side", "not known", "hv, mv, lv or star");
        for (std::size_t i = 0; i < 3; ++i) {
            const BusId bus = f.bus(t, r, fmt::format("{}_bus", sides[i]));
            const BranchId at = add_branch(f.grid.branches, fmt::format("{} {}", id, sides[i]), BranchKind::transformer, i == 0 ? bus : point, i == 0 ? point : bus);
            f.grid.branches.in_service[at] = f.ends_in_service(at);
            Winding w;
            w.sn_mva = sn[i];
            w.vn_hv_kv = vn[0];
            w.vn_lv_kv = vn[i];
            w.vk_percent = star.vk[i];
            w.vkr_percent = star.vkr[i];
            w.pfe_kw = loss_side == sides[i] ? t.number_or(r, "pfe_kw", 0) : 0;
            w.i0_percent = loss_side == sides[i] ? t.number_or(r, "i0_percent", 0) : 0;
            w.shift_degree = i == 0 ? 0 : t.number_or(r, fmt::format("shift_{}_degree", sides[i]), 0);
            w.step = step;
            read_winding_tap(f, t, r, sides[i], w);
            set_transformer(f.grid, at, w);
            (i == 0 ? f.grid.branches.rated_current_to_a : f.grid.branches.rated_current_from_a)[at] = 0;  // the star point is no terminal
            f.grid.transformers.rated_power_va[add_transformer(f.grid.transformers, f.grid.branches.id[at], at)] = sn[i] * mega;
        }
    }
    if (t.rows() > 0) f.report.kept(static_cast<std::int64_t>(t.rows()), "transformers with three windings", "each as three branches on a bus of its own");
}

}  // namespace shahr::pandapower
