// The moving state of the water network: value[tile][row][lane], one lane for each member.
#pragma once
#include "kernels/water/network.h"
#include "sim/run/archive.h"

namespace shahr::SHAHR_BACKEND::water {

// What a member's settings say of how it is solved; the same for all members of a run.
struct Method {
    double accuracy, head_error_m, flow_change_m3s, damp_limit;
    Index trials, extra_trials, check_every, check_until;
    double min_pressure_m, pressure_range_m, pressure_power;   // power: of the pressure over the demand, 1 / exponent
    double default_efficiency, specific_gravity;
    std::int64_t hydraulic_step_ms, pattern_step_ms, pattern_start_ms, report_step_ms, rule_step_ms;
    std::int64_t start_clock_ms;               // time of day at time 0 of the network
};

// Bits of `flags`: what a solution is to be warned of.
enum Flag : Index { flag_unbalanced = 1, flag_negative_pressure = 2, flag_cannot_lift = 4, flag_valve_open = 8, flag_failed = 16 };

struct StateView {
    View<double> flow, p, y, shut;             // [link row]  shut: 1 where closed
    View<double> setting;                      // [link]  a pump's speed; NaN: none
    View<Index> state, forced;                 // [link]  LinkState; forced: 1 closed from outside
    View<double> head, asked, full_demand, demand, served;      // [node]  full_demand: what may be drawn (reach.h);
                                               // served: 0 where closed links and empty tanks cut it off
    View<double> diagonal, right;              // [rank]
    View<double> below;                        // [entry]
    View<double> outlet_flow, outlet_k;        // [outlet]
    View<double> volume, spilled, rounded;     // [tank]  m3  rounded: what whole seconds have let vanish; below zero, made
    View<double> trial_volume;                 // [tank]
    View<Index> empty;                         // [tank]  1 since it has run empty, until it serves again
    View<double> inflow;                       // [node of given head]  from the network, m3/s
    View<Index> branch;                        // [rule]
    View<double> energy_j, cost, running_s, greatest_w;        // [pump]
    View<double> dry;                          // [1]  junctions that may draw nothing
    // [1]
    View<std::int64_t> now_ms, next_ms;        // since time 0 of the network
    View<double> error, multiplier;
    View<Index> iterations, period, flags, stale;      // stale: 1 where the state has to be solved again
    View<Index> reach_stale, shut_from_outside;        // 1 where `served` has to be told again; how many links are
    // Of the solution that stands: m3/s delivered to junctions, fed in at junctions, asked for; the lowest pressure where
    // anything is drawn; junctions that ask for water and have less than the required pressure, or none; and those of them that are cut off.
    View<double> drawn, put_in, wanted, least_pressure_m, poorly_served, cut_off;
    View<double> supplied, delivered, leaked, asked_for, solutions, all_iterations, unbalanced, poor_service_s; // m3, m3, m3, m3, counts, junction-seconds
};

// The state of one call's lanes.
template <class L>
struct Lane {
    Strand<L, double> flow, p, y, shut, setting, head, asked, full_demand, demand, served, diagonal, right, below, outlet_flow, outlet_k, volume, spilled, rounded, trial_volume, inflow, energy_j, cost, running_s, greatest_w;
    Strand<L, Index> state, forced, branch, empty, iterations, period, flags, stale, reach_stale, shut_from_outside;
    Strand<L, std::int64_t> now_ms, next_ms;
    Strand<L, double> error, multiplier, drawn, put_in, wanted, least_pressure_m, poorly_served, cut_off, dry, supplied, delivered, leaked, asked_for, solutions, all_iterations, unbalanced, poor_service_s;
    PipeStrands<L> pipes;

    SHAHR_HD bool is_shut(Index link, Index w) const { return state.lane(link, w) <= static_cast<Index>(LinkState::closed) || forced.lane(link, w) != 0; }
    SHAHR_HD LinkState state_of(Index link, Index w) const { return static_cast<LinkState>(state.lane(link, w)); }
    // The one place where a link's state changes; who commands it, does so by switch_link() of status.h.
    SHAHR_HD void set_state(Index link, Index w, LinkState to) const {
        state.lane(link, w) = static_cast<Index>(to);
        shut.lane(link, w) = is_shut(link, w) ? 1 : 0;
    }
};

template <class L>
SHAHR_HD Lane<L> lanes_of(const NetworkView& n, const StateView& s, Index call) {
    const auto f = [&](View<double> v, Index rows) { return strand<L>(v, rows, call); };
    const auto i = [&](View<Index> v, Index rows) { return strand<L>(v, rows, call); };
    Lane<L> l{f(s.flow, n.link_rows), f(s.p, n.link_rows), f(s.y, n.link_rows), f(s.shut, n.link_rows), f(s.setting, n.links), f(s.head, n.nodes), f(s.asked, n.nodes), f(s.full_demand, n.nodes), f(s.demand, n.nodes), f(s.served, n.nodes),
              f(s.diagonal, n.pipes.unknowns()), f(s.right, n.pipes.unknowns()), f(s.below, n.pipes.factor.entries), f(s.outlet_flow, n.outlet_count), f(s.outlet_k, n.outlet_count), f(s.volume, n.tank_count), f(s.spilled, n.tank_count), f(s.rounded, n.tank_count),
              f(s.trial_volume, n.tank_count), f(s.inflow, n.fixed.size), f(s.energy_j, n.pump_count), f(s.cost, n.pump_count), f(s.running_s, n.pump_count), f(s.greatest_w, n.pump_count),
              i(s.state, n.links), i(s.forced, n.links), i(s.branch, n.rule_count), i(s.empty, n.tank_count), i(s.iterations, 1), i(s.period, 1), i(s.flags, 1), i(s.stale, 1), i(s.reach_stale, 1), i(s.shut_from_outside, 1),
              strand<L>(s.now_ms, 1, call), strand<L>(s.next_ms, 1, call), f(s.error, 1), f(s.multiplier, 1), f(s.drawn, 1), f(s.put_in, 1), f(s.wanted, 1), f(s.least_pressure_m, 1), f(s.poorly_served, 1), f(s.cut_off, 1), f(s.dry, 1), f(s.supplied, 1), f(s.delivered, 1), f(s.leaked, 1), f(s.asked_for, 1), f(s.solutions, 1), f(s.all_iterations, 1), f(s.unbalanced, 1), f(s.poor_service_s, 1), {}};
    l.pipes = {l.flow, l.p, l.y, l.head, l.diagonal, l.right, l.below};
    return l;
}

// Owns the memory of a StateView for so many members, single or side by side.
class State {
public:
    State(const Network& network, Index lanes);
    const StateView& view() const { return view_; }
    Index lanes() const { return lanes_; }
    bool single() const { return lanes_ == 1; }
    Index stored() const { return single() ? 1 : padded<Batch>(lanes_); }
    // Where a member's value of a row stands.
    Index at(Index rows, Index row, Index lane) const { return static_cast<Index>(single() ? row : place<Batch>(rows, row, lane)); }

    // The values of one member, one for each of `rows` rows.
    template <class T>
    std::vector<T> rows_of(View<T> values, Index rows, Index lane) const {
        const Index lanes = single() ? 1 : Batch::tile;
        std::vector<T> tile(static_cast<std::size_t>(rows * lanes)), own;
        download(tile.data(), values.data + at(rows, 0, lane / lanes * lanes), sizeof(T) * tile.size());
        if (single()) return tile;
        for (Index row = 0; row < rows; ++row) own.push_back(tile[static_cast<std::size_t>(row * lanes + lane % lanes)]);
        return own;
    }
    template <class T>
    T value(View<T> values, Index rows, Index row, Index lane) const {
        T out;
        download(&out, values.data + at(rows, row, lane), sizeof(T));
        return out;
    }
    template <class T>
    void set(View<T> values, Index rows, Index row, Index lane, T value) {
        upload(values.data + at(rows, row, lane), &value, sizeof(T));
    }

    // Levels, statuses, settings and flows as they are at the start; time 0.
    void start(const WaterNetwork& net, const Network& network, std::int64_t now_ms);

    void save(Archive& archive) const;
    void load(Archive& archive);

private:
    Index lanes_;
    StateView view_;
    std::vector<Array<double>> doubles_;
    std::vector<Array<Index>> indices_;
    std::vector<Array<std::int64_t>> times_;
};

Method method_of(const WaterSettings& settings);

}  // namespace shahr::SHAHR_BACKEND::water
