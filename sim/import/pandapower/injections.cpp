// Loads and sources of pandapower's tables.
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "sim/import/pandapower/folder.h"

namespace shahr::pandapower {
namespace {

bool on(const CsvTable& t, std::size_t r) {
    return t.flag_or(r, "in_service", true);
}

// One row per phase of an element that has p_a_mw, q_a_mvar and so on; "delta": between the phases.
template <class Add>
void each_phase(const CsvTable& t, std::size_t r, const Add& add) {
    static constexpr std::array<Phase, 3> wye = {Phase::a, Phase::b, Phase::c}, delta = {Phase::ab, Phase::bc, Phase::ca};
    const std::string_view type = t.text(r, "type");
    for (std::size_t i = 0; i < 3; ++i) {
        const char letter = static_cast<char>('a' + static_cast<int>(i));
        const double p = t.number_or(r, fmt::format("p_{}_mw", letter), 0), q = t.number_or(r, fmt::format("q_{}_mvar", letter), 0);
        if (p != 0 || q != 0) add((type == "delta" ? delta : wye)[i], letter, p, q);
    }
}

void read_plain_loads(Folder& f) {
    const CsvTable t = f.table("load");
    PowerLoads& loads = f.grid.loads;
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const double scale = t.number_or(r, "scaling", 1) * mega;
        const double p = t.given(r, "p_mw") * scale, q = t.number_or(r, "q_mvar", 0) * scale;
        const auto add = [&](const std::string& id, Phase phase, double share) {
            const LoadId at = add_load(loads, id, f.bus(t, r, "bus"), p * share, q * share);
            loads.phase[at] = phase;
            loads.in_service[at] = on(t, r);
            loads.impedance_share_p[at] = t.number_or(r, "const_z_p_percent", t.number_or(r, "const_z_percent", 0)) / 100;
            loads.current_share_p[at] = t.number_or(r, "const_i_p_percent", t.number_or(r, "const_i_percent", 0)) / 100;
            loads.impedance_share_q[at] = t.number_or(r, "const_z_q_percent", t.number_or(r, "const_z_percent", 0)) / 100;
            loads.current_share_q[at] = t.number_or(r, "const_i_q_percent", t.number_or(r, "const_i_percent", 0)) / 100;
        };
        const std::string id = id_of(t, r, "load");
        if (f.unbalanced && t.text(r, "type") == "delta") {
            for (const Phase phase : {Phase::ab, Phase::bc, Phase::ca}) add(fmt::format("{} {}", id, name_of(phase)), phase, 1.0 / 3);
        } else {
            add(id, Phase::abc, 1);
        }
    }
    f.report.kept(static_cast<std::int64_t>(t.rows()), "loads");
}

void read_unbalanced_loads(Folder& f) {
    const CsvTable t = f.table("asymmetric_load");
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const double scale = t.number_or(r, "scaling", 1) * mega;
        each_phase(t, r, [&](Phase phase, char letter, double p, double q) {
            const LoadId at = add_load(f.grid.loads, fmt::format("{} {}", id_of(t, r, "asymmetric_load"), letter), f.bus(t, r, "bus"), p * scale, q * scale);
            f.grid.loads.phase[at] = phase;
            f.grid.loads.in_service[at] = on(t, r);
        });
    }
    if (t.rows() > 0) f.report.kept(static_cast<std::int64_t>(t.rows()), "unbalanced loads", "each phase a load of its own");
}

void read_motors_and_storages(Folder& f) {
    const CsvTable motors = f.table("motor");
    for (std::size_t r = 0; r < motors.rows(); ++r) {
        const double factor = motors.given_above_zero(r, "cos_phi");
        const double p = motors.given(r, "pn_mech_mw") / (motors.number_or(r, "efficiency_percent", 100) / 100) * motors.number_or(r, "loading_percent", 100) / 100 * motors.number_or(r, "scaling", 1) * mega;
        f.grid.loads.in_service[add_load(f.grid.loads, id_of(motors, r, "motor"), f.bus(motors, r, "bus"), p, p * std::sqrt(1 / (factor * factor) - 1))] = on(motors, r);
    }
    const CsvTable storages = f.table("storage");
    for (std::size_t r = 0; r < storages.rows(); ++r) {
        const double scale = storages.number_or(r, "scaling", 1) * mega;
        f.grid.loads.in_service[add_load(f.grid.loads, id_of(storages, r, "storage"), f.bus(storages, r, "bus"), storages.given(r, "p_mw") * scale, storages.number_or(r, "q_mvar", 0) * scale)] = on(storages, r);
    }
    if (motors.rows() + storages.rows() > 0) f.report.kept(static_cast<std::int64_t>(motors.rows() + storages.rows()), "motors and storages", "as loads");
}

// Shunts, and the constant-impedance and constant-power parts of wards.
void read_shunts(Folder& f) {
    const CsvTable t = f.table("shunt"), steps = f.table(shunt_steps.table);
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const BusId bus = f.bus(t, r, "bus");
        const std::optional<StepRow> step = row_of_step(steps, t, r, shunt_steps);
        const double p = step ? step->given("p_mw") : t.number_or(r, "p_mw", 0) * t.number_or(r, "step", 1);
        const double q = step ? step->given("q_mvar") : t.given(r, "q_mvar") * t.number_or(r, "step", 1);
        const double vn = t.number_or(r, "vn_kv", f.base_kv(bus)), share = f.base_kv(bus) / vn * f.base_kv(bus) / vn * mega;
        f.grid.shunts.in_service[add_shunt(f.grid.shunts, id_of(t, r, "shunt"), bus, p * share, q * share)] = on(t, r);
    }
    if (t.rows() > 0) f.report.kept(static_cast<std::int64_t>(t.rows()), "shunts");
    for (const char* name : {"ward", "xward"}) {
        const CsvTable wards = f.table(name);
        for (std::size_t r = 0; r < wards.rows(); ++r) {
            const BusId bus = f.bus(wards, r, "bus");
            const std::string id = id_of(wards, r, name);
            f.grid.loads.in_service[add_load(f.grid.loads, id, bus, wards.number_or(r, "ps_mw", 0) * mega, wards.number_or(r, "qs_mvar", 0) * mega)] = on(wards, r);
            f.grid.shunts.in_service[add_shunt(f.grid.shunts, id, bus, wards.number_or(r, "pz_mw", 0) * mega, wards.number_or(r, "qz_mvar", 0) * mega)] = on(wards, r);
            if (std::string_view(name) == "ward") continue;
            const BusId behind = add_bus(f.grid.buses, id + " source", f.grid.buses.base_voltage_v[bus]);
            const BranchId at = add_branch(f.grid.branches, id, BranchKind::line, bus, behind);
            f.grid.branches.in_service[at] = f.grid.buses.in_service[behind] = on(wards, r) && f.grid.buses.in_service[bus];
            f.grid.branches.resistance_pu[at] = wards.given(r, "r_ohm") / base_impedance_ohm(f.grid, bus);
            f.grid.branches.reactance_pu[at] = wards.given(r, "x_ohm") / base_impedance_ohm(f.grid, bus);
            f.grid.generators.voltage_pu[add_generator(f.grid.generators, id, behind, GeneratorKind::voltage)] = wards.given_above_zero(r, "vm_pu");
        }
        if (wards.rows() > 0) f.report.kept(static_cast<std::int64_t>(wards.rows()), std::string(name) + "s");
    }
}

void read_external_grids(Folder& f) {
    const CsvTable t = f.table("ext_grid");
    Generators& g = f.grid.generators;
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const GeneratorId at = add_generator(g, id_of(t, r, "ext_grid"), f.bus(t, r, "bus"), GeneratorKind::slack);
        g.in_service[at] = on(t, r);
        g.voltage_pu[at] = t.given_above_zero(r, "vm_pu");
        g.angle_degree[at] = t.number_or(r, "va_degree", 0);
        if (t.blank(r, "s_sc_max_mva") || t.blank(r, "rx_max")) continue;
        const double z = 1.1 * base_mva / t.given_above_zero(r, "s_sc_max_mva"), rx = t.number(r, "rx_max"), x = z / std::sqrt(rx * rx + 1);
        g.source_reactance_pu[at] = x;
        g.source_resistance_pu[at] = rx * x;
        g.zero_source_reactance_pu[at] = t.number_or(r, "x0x_max", 0) * x;
        g.zero_source_resistance_pu[at] = t.number_or(r, "r0x0_max", 0) * g.zero_source_reactance_pu[at];
    }
    f.report.kept(static_cast<std::int64_t>(t.rows()), "external grids");
}

}  // namespace

void read_loads(Folder& f) {
    read_plain_loads(f);
    read_unbalanced_loads(f);
    read_motors_and_storages(f);
    read_shunts(f);
}

void read_generators(Folder& f) {
    read_external_grids(f);
    Generators& g = f.grid.generators;
    const CsvTable t = f.table("gen");
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const GeneratorId at = add_generator(g, id_of(t, r, "gen"), f.bus(t, r, "bus"), t.flag_or(r, "slack", false) ? GeneratorKind::slack : GeneratorKind::voltage);
        g.in_service[at] = on(t, r);
        g.active_power_w[at] = t.given(r, "p_mw") * t.number_or(r, "scaling", 1) * mega;
        g.voltage_pu[at] = t.given_above_zero(r, "vm_pu");
        g.min_reactive_power_var[at] = limit_or(t, r, "min_q_mvar", -infinite) * mega;
        g.max_reactive_power_var[at] = limit_or(t, r, "max_q_mvar", infinite) * mega;
    }
    if (t.rows() > 0) f.report.kept(static_cast<std::int64_t>(t.rows()), "generators");
    const CsvTable s = f.table("sgen");
    for (std::size_t r = 0; r < s.rows(); ++r) {
        const GeneratorId at = add_generator(g, id_of(s, r, "sgen"), f.bus(s, r, "bus"), GeneratorKind::power);
        g.in_service[at] = on(s, r);
        g.active_power_w[at] = s.given(r, "p_mw") * s.number_or(r, "scaling", 1) * mega;
        g.reactive_power_var[at] = s.number_or(r, "q_mvar", 0) * s.number_or(r, "scaling", 1) * mega;
    }
    if (s.rows() > 0) f.report.kept(static_cast<std::int64_t>(s.rows()), "static generators");
    const CsvTable a = f.table("asymmetric_sgen");
    for (std::size_t r = 0; r < a.rows(); ++r) {
        const double scale = a.number_or(r, "scaling", 1) * mega;
        each_phase(a, r, [&](Phase phase, char letter, double p, double q) {
            const GeneratorId at = add_generator(g, fmt::format("{} {}", id_of(a, r, "asymmetric_sgen"), letter), f.bus(a, r, "bus"), GeneratorKind::power);
            g.phase[at] = phase;
            g.in_service[at] = on(a, r);
            g.active_power_w[at] = p * scale;
            g.reactive_power_var[at] = q * scale;
        });
    }
    if (a.rows() > 0) f.report.kept(static_cast<std::int64_t>(a.rows()), "unbalanced static generators", "each phase one of its own");
}

}  // namespace shahr::pandapower
