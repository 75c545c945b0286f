// The rules of the power grid.
#include <cmath>
#include <numeric>

#include "sim/city/city.h"
#include "sim/city/findings.h"

namespace shahr {
namespace {

void check_base(const PowerGrid& grid, Findings& findings) {
    if (!(grid.base_power_va > 0) || !std::isfinite(grid.base_power_va)) findings.add_table("power grid", fmt::format("power_base_va = {} (not positive)", grid.base_power_va), "the base power in VA, such as 100e6");
    for (BusId bus : rows(grid.buses.id)) {
        const double v = grid.buses.base_voltage_v[bus];
        if (v < 0) findings.add(grid.buses, bus, fmt::format("base_voltage_v = {} (negative)", v), "the nominal voltage, or 0 where it is not known");
        if (grid.buses.in_service[bus] && !(grid.buses.initial_voltage_pu[bus] > 0)) findings.add(grid.buses, bus, fmt::format("initial_voltage_pu = {} (not positive)", grid.buses.initial_voltage_pu[bus]), "about 1");
        if (grid.buses.min_voltage_pu[bus] > grid.buses.max_voltage_pu[bus]) findings.add(grid.buses, bus, fmt::format("min_voltage_pu = {} (above max_voltage_pu = {})", grid.buses.min_voltage_pu[bus], grid.buses.max_voltage_pu[bus]), "the other way round");
    }
}

void check_branches(const PowerGrid& grid, Findings& findings) {
    const Branches& b = grid.branches;
    for (BranchId at : rows(b.id)) {
        const double v_from = grid.buses.base_voltage_v[b.from[at]], v_to = grid.buses.base_voltage_v[b.to[at]];
        if (b.from[at] == b.to[at]) findings.add(b, at, fmt::format("from = to = {} (begins and ends at one bus)", number(b.from[at])), "two buses");
        if (b.kind[at] != BranchKind::transformer && std::abs(v_from - v_to) > 0.1 * std::max(v_from, v_to))
            findings.add(b, at, fmt::format("joins buses of {} V and {} V (a {})", v_from, v_to, name_of(b.kind[at])), "equal base voltages, or a transformer");
        if (b.kind[at] == BranchKind::bus_switch) continue;
        if (b.in_service[at] && b.resistance_pu[at] == 0 && b.reactance_pu[at] == 0) findings.add(b, at, "resistance_pu = 0, reactance_pu = 0 (no impedance)", "a small reactance, or kind bus_switch");
        if (b.in_service[at] && b.back_resistance_pu[at] == 0 && b.back_reactance_pu[at] == 0) findings.add(b, at, "back_resistance_pu = 0, back_reactance_pu = 0 (no impedance)", "a small reactance, or NaN where it is the same both ways");
        if (std::isnan(b.back_resistance_pu[at]) != std::isnan(b.back_reactance_pu[at])) findings.add(b, at, fmt::format("back_resistance_pu = {}, back_reactance_pu = {} (one without the other)", b.back_resistance_pu[at], b.back_reactance_pu[at]), "both, or NaN for both");
        if (!(b.tap_ratio[at] > 0)) findings.add(b, at, fmt::format("tap_ratio = {} (not positive)", b.tap_ratio[at]), "about 1");
        for (const double rating : {b.rated_current_from_a[at], b.rated_current_to_a[at], b.rated_power_va[at]})
            if (rating < 0) findings.add(b, at, fmt::format("rating = {} (negative)", rating), "0 where there is no limit");
    }
}

void check_transformers(const PowerGrid& grid, Findings& findings) {
    const Transformers& t = grid.transformers;
    for (TransformerId at : rows(t.id)) {
        if (grid.branches.kind[t.branch[at]] != BranchKind::transformer) findings.add(t, at, fmt::format("branch '{}' (a {})", grid.branches.id[t.branch[at]], name_of(grid.branches.kind[t.branch[at]])), "one of kind transformer");
        if (t.tap_min[at] > t.tap_max[at]) findings.add(t, at, fmt::format("tap_min = {} (above tap_max = {})", t.tap_min[at], t.tap_max[at]), "the other way round");
        for (const std::int32_t position : {t.tap_position[at], t.tap_min[at], t.tap_max[at]})
            if (!(1 + t.tap_step[at] * (position - t.tap_neutral[at]) > 0)) findings.add(t, at, fmt::format("tap {} with tap_step = {} (no turns are left)", position, t.tap_step[at]), "a step such as 0.0125");
        if (!is_some(t.regulated_bus[at])) continue;
        if (!(t.deadband_pu[at] >= std::abs(t.tap_step[at]))) findings.add(t, at, fmt::format("deadband_pu = {} (narrower than a step of {})", t.deadband_pu[at], t.tap_step[at]), "a band that a step cannot jump over");
        if (!(t.target_voltage_pu[at] > 0)) findings.add(t, at, fmt::format("target_voltage_pu = {} (not positive)", t.target_voltage_pu[at]), "about 1");
    }
}

void check_loads(const PowerLoads& l, Findings& findings) {
    for (LoadId at : rows(l.id)) {
        const double p = l.impedance_share_p[at] + l.current_share_p[at], q = l.impedance_share_q[at] + l.current_share_q[at];
        for (const double share : {l.impedance_share_p[at], l.current_share_p[at], l.impedance_share_q[at], l.current_share_q[at], 1 - p + 1e-9, 1 - q + 1e-9})
            if (share < 0) findings.add(l, at, fmt::format("shares of constant impedance and current = {}, {} and {}, {} (not between 0 and 1 together)", l.impedance_share_p[at], l.current_share_p[at], l.impedance_share_q[at], l.current_share_q[at]), "0 for constant power");
        if (!(std::abs(l.power_factor[at]) <= 1) || l.power_factor[at] == 0) findings.add(l, at, fmt::format("power_factor = {} (not between 0 and 1)", l.power_factor[at]), "about 0.95");
    }
}

void check_generators(const PowerGrid& grid, Findings& findings) {
    const Generators& g = grid.generators;
    for (GeneratorId at : rows(g.id)) {
        if (g.kind[at] == GeneratorKind::power) continue;
        if (!(g.voltage_pu[at] > 0)) findings.add(g, at, fmt::format("voltage_pu = {} (not positive)", g.voltage_pu[at]), "about 1");
        if (g.phase[at] != Phase::abc) findings.add(g, at, fmt::format("holds the voltage on phase {}", name_of(g.phase[at])), "(only three-phase sources do)");
    }
}

// Parts of the grid that hang together when every switch is closed (`all`), or as built.
class Islands {
public:
    Islands(const PowerGrid& grid, bool all) : of_(grid.buses.id.size()) {
        std::iota(of_.begin(), of_.end(), std::size_t{0});
        const Branches& b = grid.branches;
        for (BranchId at : rows(b.id)) {
            const bool closed = b.in_service[at] && (all || (b.from_closed[at] && b.to_closed[at]));
            if (closed && grid.buses.in_service[b.from[at]] && grid.buses.in_service[b.to[at]]) of_[root(row(b.from[at]))] = root(row(b.to[at]));
        }
    }
    std::size_t operator[](BusId bus) { return root(row(bus)); }

private:
    std::size_t root(std::size_t i) {
        while (of_[i] != i) i = of_[i] = of_[of_[i]];
        return i;
    }
    std::vector<std::size_t> of_;
};

bool is_slack(const PowerGrid& grid, GeneratorId at) {
    const Generators& g = grid.generators;
    return g.kind[at] == GeneratorKind::slack && g.in_service[at] && grid.buses.in_service[g.bus[at]];
}

// Two sources in one island must agree on the voltage, or nothing is determined but a current between them.
void check_slacks(const PowerGrid& grid, Findings& findings) {
    const Generators& g = grid.generators;
    Islands island(grid, false);
    std::vector<GeneratorId> slack_of(grid.buses.id.size(), none<GeneratorId>);
    for (GeneratorId at : rows(g.id)) {
        if (!is_slack(grid, at)) continue;
        GeneratorId& first = slack_of[island[g.bus[at]]];
        if (!is_some(first)) {
            first = at;
        } else if (g.voltage_pu[at] != g.voltage_pu[first] || g.angle_degree[at] != g.angle_degree[first]) {
            findings.add(g, at, fmt::format("a second slack in one island, at {} pu and {} degree (generator '{}' at bus '{}' holds {} pu and {} degree)", g.voltage_pu[at], g.angle_degree[at], g.id[first], grid.buses.id[g.bus[first]],
                                            g.voltage_pu[first], g.angle_degree[first]), "one slack, or the same voltage and angle");
        }
    }
}

// A dead island is a result; a load that no switch could ever connect is a mistake.
void check_isolated_loads(const PowerGrid& grid, Findings& findings) {
    Islands island(grid, true);
    std::vector<std::uint8_t> fed(grid.buses.id.size(), 0);
    for (GeneratorId at : rows(grid.generators.id))
        if (is_slack(grid, at)) fed[island[grid.generators.bus[at]]] = 1;
    const PowerLoads& l = grid.loads;
    for (LoadId at : rows(l.id))
        if (l.in_service[at] && grid.buses.in_service[l.bus[at]] && !fed[island[l.bus[at]]])
            findings.add(l, at, fmt::format("bus '{}' (isolated: no branches in service lead there from a slack, whatever the switches)", grid.buses.id[l.bus[at]]), "a branch to it, or the load out of service");
}

}  // namespace

void check_power(const City& city, Findings& findings) {
    const PowerGrid& grid = city.power;
    if (grid.buses.id.empty()) return;
    check_base(grid, findings);
    check_branches(grid, findings);
    check_transformers(grid, findings);
    check_loads(grid.loads, findings);
    check_generators(grid, findings);
    if (!findings.empty()) return;
    check_slacks(grid, findings);
    check_isolated_loads(grid, findings);
}

}  // namespace shahr
