// Transformers from their plates: pandapower's documentation of "trafo", Electric Model, with its T circuit.
#include <cmath>
#include <numbers>

#include "sim/import/pandapower/folder.h"

namespace shahr::pandapower {
namespace {

using Complex = std::complex<double>;
constexpr double rad_per_degree = std::numbers::pi / 180;

// The T of two leakages and the magnetising branch as a pi: Kennelly's wye-delta transformation.
struct Pi {
    Complex series, shunt_hv, shunt_lv;        // impedance, admittances
};
Pi pi_of(Complex hv, Complex lv, Complex magnetising_admittance) {
    if (magnetising_admittance == Complex{}) return {hv + lv, 0, 0};
    const Complex across = 1.0 / magnetising_admittance, sum = hv * lv + hv * across + lv * across;
    return {sum / across, lv / sum, hv / sum};
}

}  // namespace

Tapped tapped(const Winding& w) {
    Tapped t{w.vn_hv_kv, w.vn_lv_kv, w.shift_degree};
    for (const Winding::Tap& tap : w.taps) {
        const double steps = tap.position - tap.neutral, sign = tap.at_lv ? -1 : 1;
        double& voltage = tap.at_lv ? t.vn_lv_kv : t.vn_hv_kv;
        if (tap.by_table) {
            voltage *= tap.by_table->given("voltage_ratio");
            t.shift_degree += sign * tap.by_table->given("angle_deg");
            continue;
        }
        if (tap.ideal) {
            const bool by_angle = tap.step_degree != 0;
            t.shift_degree += sign * (by_angle ? steps * tap.step_degree : 2 * std::asin(steps * tap.step_percent / 100 / 2) / rad_per_degree);
            continue;
        }
        const Complex changed = voltage + voltage * tap.step_percent / 100 * steps * std::polar(1.0, tap.step_degree * rad_per_degree);
        voltage = std::abs(changed);
        t.shift_degree += sign * std::atan(changed.imag() / changed.real()) / rad_per_degree;
    }
    return t;
}

Complex leakage_pu(const Winding& w, double vk_percent, double vkr_percent, const Tapped& at, double base_lv_kv) {
    const double change = at.vn_lv_kv / base_lv_kv, base = change * change * base_mva / w.sn_mva / w.parallel;
    const double z = vk_percent / 100 * base, r = vkr_percent / 100 * base;
    return {r, std::copysign(std::sqrt(std::max(0.0, z * z - r * r)), z)};
}

void set_transformer(PowerGrid& grid, BranchId branch, const Winding& w) {
    Branches& b = grid.branches;
    const double base_hv = grid.buses.base_voltage_v[b.from[branch]] / kilo, base_lv = grid.buses.base_voltage_v[b.to[branch]] / kilo;
    const Tapped at = tapped(w);
    b.tap_ratio[branch] = at.vn_hv_kv / at.vn_lv_kv * base_lv / base_hv;
    b.shift_degree[branch] = at.shift_degree;
    const Complex z = leakage_pu(w, w.vk_percent, w.vkr_percent, at, base_lv);
    const double iron_mw = w.pfe_kw / 1000, no_load_mva = w.i0_percent / 100 * w.sn_mva;
    const double magnetising_mvar = std::copysign(std::sqrt(std::max(0.0, no_load_mva * no_load_mva - iron_mw * iron_mw)), w.i0_percent);
    const Complex magnetising = Complex(iron_mw, -magnetising_mvar) / base_mva * (base_lv / at.vn_lv_kv) * (base_lv / at.vn_lv_kv) * w.parallel;
    const Complex hv(z.real() * w.leakage_r_hv, z.imag() * w.leakage_x_hv);
    const Pi pi = pi_of(hv, z - hv, magnetising);
    b.resistance_pu[branch] = pi.series.real();
    b.reactance_pu[branch] = pi.series.imag();
    b.conductance_from_pu[branch] = pi.shunt_hv.real();
    b.susceptance_from_pu[branch] = pi.shunt_hv.imag();
    b.conductance_to_pu[branch] = pi.shunt_lv.real();
    b.susceptance_to_pu[branch] = pi.shunt_lv.imag();
    const double rated_va = w.sn_mva * mega * w.df * w.parallel;
    b.rated_current_from_a[branch] = rated_va / (std::numbers::sqrt3 * w.vn_hv_kv * kilo);
    b.rated_current_to_a[branch] = rated_va / (std::numbers::sqrt3 * w.vn_lv_kv * kilo);
}

}  // namespace shahr::pandapower
