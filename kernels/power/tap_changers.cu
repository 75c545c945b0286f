#include "kernels/power/tap_changers.h"

namespace shahr::SHAHR_BACKEND::power {

std::vector<TapChanger> tap_changers(const PowerGrid& grid, const SwitchState& state, const Network& network) {
    std::vector<TapChanger> list;
    const Transformers& t = grid.transformers;
    for (const TransformerId i : rows(t.id)) {
        if (!is_some(t.regulated_bus[i]) || t.tap_step[i] == 0) continue;
        const BranchId b = t.branch[i];
        const Index from = network.rank_of_bus[row(grid.branches.from[b])], to = network.rank_of_bus[row(grid.branches.to[b])], watched = network.rank_of_bus[row(t.regulated_bus[i])];
        const bool closed = grid.branches.in_service[b] && state.from_closed[row(b)] && state.to_closed[row(b)];
        if (!closed || from < 0 || to < 0 || from == to || watched < 0) continue;
        list.push_back({i, number(b), from, to, watched, state.tap_position[row(i)], t.tap_neutral[i], t.tap_min[i], t.tap_max[i], t.tap_step[i], t.target_voltage_pu[i], t.deadband_pu[i] / 2, t.tap_at_to[i] != 0});
    }
    return list;
}

}  // namespace shahr::SHAHR_BACKEND::power
