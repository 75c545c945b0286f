// One state of the switches and taps: its equations, factored once, and their solutions for any number of variants.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "kernels/power/newton.h"
#include "kernels/power/totals.h"

namespace shahr::SHAHR_BACKEND::power {

enum class Method { automatic, sweep, newton };

struct StudyOptions {
    int phases = 1;                            // 1 or 3
    Method method = Method::automatic;         // sweep, unless a voltage is held beside the slack's; Newton where the sweep fails
    bool reactive_limits = false;              // a generator that reaches one keeps it and lets its voltage go
};

// The phases that a grid asks for: 3 where a load or generator is connected to less than all of them.
int phases_of(const PowerGrid& grid);

// The variants' results, on the device; on the host once they are asked for.
struct Solution {
    Index lanes = 0;
    Array<Index> lane_of_input;
    Array<double> voltage, node_load, flows, extra, fed, totals;
    Array<Index> taps;                         // [changer]  positions of those that the sweep has moved
    Array<Convergence> convergence;

    struct Host {
        std::vector<double> voltage, flows, extra, totals;
        std::vector<Convergence> convergence;
    };
    void forget() { host_.reset(), totals_.clear(), fed_.clear(), taps_.clear(), convergence_.clear(); }  // what the host knows of another solution
    const std::vector<double>& host_fed() const;  // [source][p, q]
    const std::vector<Index>& host_taps() const;
    const Host& host() const;
    const std::vector<double>& host_totals() const;
    const std::vector<Convergence>& host_convergence() const;
    // Where a lane of row r of an array with so many rows stands on the host.
    std::size_t place_of(Index rows, Index r, Index lane) const;

private:
    mutable std::optional<Host> host_;
    mutable std::vector<double> totals_, fed_;
    mutable std::vector<Index> taps_;
    mutable std::vector<Convergence> convergence_;
};

class Study {
public:
    // `network`: of this state of the switches; studies that differ in their taps alone share it. Taps that regulate move in
    // the sweeps, lane by lane, from the positions of `state`; Newton's iteration leaves them there.
    Study(const PowerGrid& grid, SwitchState state, std::shared_ptr<const Network> network, StudyOptions options);

    // `inputs.lane` is ignored: the variants are the lanes `lanes` of the inputs.
    std::shared_ptr<const Solution> solve(const std::vector<Index>& lanes, LaneInputs inputs);

    const Network& network() const { return *network_; }
    const std::shared_ptr<const Network>& shared_network() const { return network_; }
    const std::vector<TapChanger>& changers() const { return changers_; }
    bool sweeps() const;
    View<const Index> rank_of_bus() const { return rank_of_bus_; }  // on the device
    const std::vector<Index>& sources() const { return sources_; }  // ranks of the nodes with a slack or a generator that holds a voltage
    // The position of every transformer's tap in a lane of a solution of this study.
    std::vector<std::int32_t> tap_positions(const Solution& solution, Index lane) const;
    const SwitchState& state() const { return state_; }
    int phases() const { return options_.phases; }
    double generation_pu() const { return generation_pu_; }  // of all but the slacks

private:
    void make_branch_table(const PowerGrid& grid);
    void make_load_table(const PowerGrid& grid);
    void make_grid_table(const PowerGrid& grid);
    void make_source_table(const PowerGrid& grid);
    void make_start(const PowerGrid& grid);
    template <class L>
    void solve_lanes(Solution& s, const LaneInputs& inputs);
    std::shared_ptr<Solution> empty_solution(const std::vector<Index>& lanes);
    void iterate(Solution& s);
    void try_newton(Solution& s, const std::vector<double>& start);

    SwitchState state_;
    StudyOptions options_;
    std::shared_ptr<const Network> network_;
    std::vector<TapChanger> changers_;         // those that regulate
    Array<TapChanger> changer_table_;
    std::unique_ptr<Newton> newton_;
    std::unique_ptr<Sweep> sweep_;
    std::unique_ptr<PhaseSweep> phase_sweep_;
    std::vector<double> given_start_, flat_start_;  // [rank][re, im], or the sequences
    double generation_pu_ = 0;
    PhaseLoads shape_;
    std::vector<Index> sources_;
    Array<Index> from_, to_, first_item_, rank_of_bus_, source_rank_, first_source_end_, source_end_;
    Array<std::uint8_t> source_is_slack_;
    Array<double> ports_, per_current_from_, per_current_to_, per_power_, min_pu_, max_pu_, shunt_g_, shunt_b_, source_min_q_, source_max_q_;
    Array<NodeItem> items_;
    std::vector<double> unloaded_;             // where the sweep starts
    Array<double> first_start_;                // of the two, the one that is tried first
    std::vector<std::shared_ptr<Solution>> solutions_;  // those that nobody holds any more are filled again
};

}  // namespace shahr::SHAHR_BACKEND::power
