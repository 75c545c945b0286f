// The moving state of a heat network, for many members side by side: value[tile][row][lane] (kernels/base/lanes.h).
#pragma once
#include "kernels/base/lanes.h"
#include "kernels/heat/network.h"
#include "kernels/heat/plug_flow.h"

namespace shahr::SHAHR_BACKEND::heat {

// Less than this does not flow: what the solution of the pressures leaves undecided is about as much.
inline constexpr double still_kgps = 1e-6;
// What stands ready in a house is given to its rooms in so long.
inline constexpr double hour_s = 3600;

// Rows of one kind for all lanes, as functors see them.
template <class L, class T = double>
struct Rows {
    T* data = nullptr;
    Index rows = 0;
    SHAHR_HD T& operator()(Index row, Index lane) const { return data[place<L>(rows, row, lane)]; }
};

// What is summed per lane. J over the interval; the rest at the end of the step.
enum Sum : Index {
    heat_in, heat_delivered, heat_lost, heat_demanded, heat_taken, pump_energy,       // J
    stored, stored_at_start,                                              // J above 0 degC
    ready, ready_at_start,                                                // J in the houses that are simulated
    worst_dp, worst_supply, degree_seconds_cold,                          // Pa, degC, K s below the design indoor temperature
    cycles, sum_count
};

template <class L>
struct StateView {
    Rows<L> node_c, head;                      // [node]  degC; Pa of pressure and height together
    Rows<L> flow, entering_c, leaving_c;       // [link]  kg/s from `from` to `to`; at the end where the water enters and leaves
    Rows<L> lost_w;                            // [link]  mean over the step
    Rows<L> density, viscosity;                // [link]  kg/m3, Pa s
    Rows<L> heat_w, demand_w, indoor_c;        // [consumer]
    Rows<L> heat_factor;                       // [consumer]  of the design heat, now; negative: it is cut off
    Rows<L> asked_w, taken_w, ready_j;         // [consumer]  of simulated buildings: their need, what they took, what is left of what they got
    Rows<L> tried_kgps, answer_kgps;           // [consumer]  the flow of the round before, and what the consumer asked for then;
    Rows<L> answer_slope;                      //   how steeply that falls with the flow
    Rows<L> plant_w, lift_pa, supply_c;        // [plant]
    Rows<L> pump_w, pump_j;                    // [plant]  electric, now and since the start
    Rows<L> least_dp_pa;                       // [part of the network]  of its consumers, in this round
    Rows<L, std::uint8_t> open;                // [link]
    Rows<L> outdoor_c;                         // [1]
    Rows<L> sums, interval;                    // [Sum]  of the run, of the interval
    Rows<L, Index> order, waiting;             // [node]  in the order of flow; inflows not yet known
    Rows<L> change;                            // [1]  of flows, lifts and temperatures in the last round, relative
    Rows<L, Index> rounds;                     // [1]  of this solution
    View<std::uint8_t> rests;                  // [lane]  its solution is found: a lane's bits depend on no other's rounds
    Rows<L> share, plug_c, plug_rise;          // [pipe * most_plugs + plug]
    Rows<L, Index> plug_count;                 // [pipe]

    SHAHR_HD Plugs plugs(Index pipe, Index lane) const {
        return {&share(pipe * most_plugs, lane), &plug_c(pipe * most_plugs, lane), &plug_rise(pipe * most_plugs, lane), L::tile, &plug_count(pipe, lane)};
    }
};

template <class L>
class State {
public:
    State(const Network& network, Index members);
    StateView<L> view() const;
    Index lanes() const { return lanes_; }     // members and padding
    PipeState& pipes() { return pipes_; }

    template <class T>
    struct Block {
        Index rows = 0;
        Array<T> values;
        Rows<L, T> view() const { return {const_cast<T*>(values.view().data), rows}; }
    };
    // Every block of it, for checkpoints.
    template <class F>
    void for_each(F&& f) {
        f(node_c), f(flow), f(entering_c), f(leaving_c), f(lost_w), f(density), f(viscosity), f(heat_w), f(demand_w), f(indoor_c), f(heat_factor), f(asked_w), f(taken_w), f(ready_j), f(tried_kgps), f(answer_kgps), f(answer_slope), f(plant_w), f(lift_pa), f(supply_c), f(pump_w), f(pump_j);
        f(outdoor_c), f(sums), f(interval), f(change), f(share), f(plug_c), f(plug_rise), f(plug_count), f(open), f(order), f(waiting), f(rounds);
    }

    Block<double> node_c, flow, entering_c, leaving_c, lost_w, density, viscosity, heat_w, demand_w, indoor_c, heat_factor, asked_w, taken_w, ready_j, tried_kgps, answer_kgps, answer_slope, plant_w, lift_pa, supply_c, pump_w, pump_j, least_dp_pa, outdoor_c, sums, interval, change, share, plug_c, plug_rise;
    Block<Index> order, waiting, plug_count, rounds;
    Block<std::uint8_t> open;

private:
    Index nodes_, lanes_;
    PipeState pipes_;
};

template <class L>
State<L>::State(const Network& network, Index members) : nodes_(network.nodes()), lanes_(padded<L>(members)) {
    const auto sized = [&](auto& block, Index rows) {
        block.rows = rows;
        block.values = std::remove_cvref_t<decltype(block.values)>(rows * lanes_);
    };
    const Index links = network.links().links, consumers = network.consumers().size, plants = network.plants().size;
    for (auto* b : {&node_c}) sized(*b, nodes_);
    for (auto* b : {&flow, &entering_c, &leaving_c, &lost_w, &density, &viscosity}) sized(*b, links);
    for (auto* b : {&heat_w, &demand_w, &indoor_c, &heat_factor, &asked_w, &taken_w, &ready_j, &tried_kgps, &answer_kgps, &answer_slope}) sized(*b, consumers);
    for (auto* b : {&plant_w, &lift_pa, &supply_c, &pump_w, &pump_j}) sized(*b, plants);
    sized(least_dp_pa, network.parts());
    sized(outdoor_c, 1);
    sized(sums, sum_count);
    sized(interval, sum_count);
    sized(change, 1);
    sized(rounds, 1);
    sized(share, network.pipes() * most_plugs);
    sized(plug_c, network.pipes() * most_plugs);
    sized(plug_rise, network.pipes() * most_plugs);
    sized(plug_count, network.pipes());
    sized(order, nodes_);
    sized(waiting, nodes_);
    sized(open, links);
    pipes_ = PipeState::of<L>(network.topology(), network.hydraulic().size, nodes_, lanes_);
}

template <class L>
StateView<L> State<L>::view() const {
    return {node_c.view(), {const_cast<double*>(pipes_.head.view().data), nodes_}, flow.view(), entering_c.view(), leaving_c.view(), lost_w.view(), density.view(), viscosity.view(), heat_w.view(), demand_w.view(),
            indoor_c.view(), heat_factor.view(), asked_w.view(), taken_w.view(), ready_j.view(), tried_kgps.view(), answer_kgps.view(), answer_slope.view(), plant_w.view(), lift_pa.view(), supply_c.view(), pump_w.view(), pump_j.view(), least_dp_pa.view(), open.view(), outdoor_c.view(), sums.view(), interval.view(),
            order.view(), waiting.view(), change.view(), rounds.view(), {const_cast<std::uint8_t*>(pipes_.rests.view().data), lanes_}, share.view(), plug_c.view(), plug_rise.view(), plug_count.view()};
}

}  // namespace shahr::SHAHR_BACKEND::heat
