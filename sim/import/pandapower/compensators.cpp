// Static compensators: pandapower's "svc", "ssc" and "tcsc". Those that hold the voltage of their bus are generators of no
// active power.
#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "sim/import/pandapower/folder.h"

namespace shahr::pandapower {
namespace {

// Susceptance (S), inductive, of a capacitor beside a reactor that thyristors let conduct from the firing angle on, 90 to 180
// degrees (Acha et al., FACTS, 2004, equation 5.10).
double susceptance_at(const CsvTable& t, std::size_t r, double angle_degree) {
    const double reactor_ohm = t.given(r, "x_l_ohm"), capacitor_ohm = t.given(r, "x_cvar_ohm"), angle = angle_degree * std::numbers::pi / 180;
    for (const char* column : {"x_l_ohm", "x_cvar_ohm"})
        if (t.given(r, column) == 0) t.reject(r, column, "no reactance", "the reactance in ohm, a capacitor's negative");
    return (2 * (std::numbers::pi - angle) + std::sin(2 * angle)) / (std::numbers::pi * reactor_ohm) + 1 / capacitor_ohm;
}

GeneratorId hold_voltage(Folder& f, const CsvTable& t, std::size_t r, const char* table) {
    const GeneratorId at = add_generator(f.grid.generators, id_of(t, r, table), f.bus(t, r, "bus"), GeneratorKind::voltage);
    f.grid.generators.in_service[at] = t.flag_or(r, "in_service", true);
    f.grid.generators.voltage_pu[at] = t.given_above_zero(r, "set_vm_pu");
    return at;
}

void read_shunt_compensators(Folder& f) {
    const CsvTable t = f.table("svc");
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const BusId bus = f.bus(t, r, "bus");
        const double kv = f.base_kv(bus);
        if (!t.flag_or(r, "controllable", true)) {
            const ShuntId at = add_shunt(f.grid.shunts, id_of(t, r, "svc"), bus, 0, susceptance_at(t, r, t.given(r, "thyristor_firing_angle_degree")) * kv * kv * mega);
            f.grid.shunts.in_service[at] = t.flag_or(r, "in_service", true);
            continue;
        }
        const GeneratorId at = hold_voltage(f, t, r, "svc");
        const double held_kv = f.grid.generators.voltage_pu[at] * kv;
        const auto fed_at = [&](const char* limit, double otherwise) { return -susceptance_at(t, r, t.number_or(r, limit, otherwise)) * held_kv * held_kv * mega; };
        f.grid.generators.min_reactive_power_var[at] = fed_at("min_angle_degree", 90);
        f.grid.generators.max_reactive_power_var[at] = fed_at("max_angle_degree", 180);
    }
    if (t.rows() > 0) f.report.kept(static_cast<std::int64_t>(t.rows()), "static var compensators", "a controllable one as a generator that holds its voltage, its limits those of the firing angle there");
}

void read_synchronous_compensators(Folder& f) {
    const CsvTable t = f.table("ssc");
    for (std::size_t r = 0; r < t.rows(); ++r) {
        if (!t.flag_or(r, "controllable", true)) t.reject(r, "controllable", "an inner voltage of given angle is a second slack in its island", "True");
        if (t.number_or(r, "r_ohm", 0) != 0) t.reject(r, "r_ohm", "losses of the coupling are not supported", "0");
        hold_voltage(f, t, r, "ssc");
    }
    if (t.rows() > 0) f.report.kept(static_cast<std::int64_t>(t.rows()), "static synchronous compensators", "as generators that hold their voltages");
}

void read_series_compensators(Folder& f) {
    const CsvTable t = f.table("tcsc");
    for (std::size_t r = 0; r < t.rows(); ++r) {
        if (t.flag_or(r, "controllable", true)) t.reject(r, "controllable", "the control of a flow is not supported", "False, with its thyristor_firing_angle_degree");
        const BusId from = f.bus(t, r, "from_bus");
        const BranchId at = add_branch(f.grid.branches, id_of(t, r, "tcsc"), BranchKind::line, from, f.bus(t, r, "to_bus"));
        const double susceptance = susceptance_at(t, r, t.given(r, "thyristor_firing_angle_degree"));
        if (susceptance == 0) t.reject(r, "thyristor_firing_angle_degree", "resonance: nothing can pass", "another angle");
        f.grid.branches.in_service[at] = t.flag_or(r, "in_service", true) && f.ends_in_service(at);
        f.grid.branches.reactance_pu[at] = 1 / susceptance / base_impedance_ohm(f.grid, from);
    }
    if (t.rows() > 0) f.report.kept(static_cast<std::int64_t>(t.rows()), "series compensators", "at their firing angle");
}

}  // namespace

void read_compensators(Folder& f) {
    read_shunt_compensators(f);
    read_synchronous_compensators(f);
    read_series_compensators(f);
}

}  // namespace shahr::pandapower
