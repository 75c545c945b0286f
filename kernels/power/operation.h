// The switches over time: what the scenario and the protection switch off, and how a crew restores the supply. On the host.
#pragma once
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "kernels/power/study.h"
#include "sim/run/engine.h"
#include "sim/scenario/scenario.h"

namespace shahr::SHAHR_BACKEND::power {

class Operation {
public:
    Operation(const PowerGrid& grid, const PowerOptions& options);

    // The scenario's own switching: trips (true) or closes (false) hold until they are taken back.
    void trip(BranchId branch, bool active, Duration now);
    void close(BranchId branch, bool active);

    // The switches as they stand; taps as built.
    SwitchState state() const;
    bool is_dynamic() const { return options_.trip_loading > 0 || options_.restoration; }
    // The next moment at which something is to be switched.
    Duration next_action() const;

    // The relays see a state of the grid that holds from `now` on: the loading of each branch.
    void watch(Duration now, std::span<const double> loading);
    // What is due by `now` happens: trips, ties closed on the crew's arrival, repairs. `try_state` gives the greatest loading
    // that another state of the switches would have, or NaN where it has no solution.
    void act(Duration now, const std::function<double(const SwitchState&)>& try_state, std::vector<Event>& events);

    void save(Archive& archive) const;
    void load(Archive& archive);

private:
    struct Fault {
        Duration crew{}, repair{};             // moments; never: not planned
        std::uint8_t crew_was_here = 0, by_scenario = 0;
    };
    // The relay of an overloaded branch: at `since` it had gone this share of its way to the trip; since then it sees `loading`.
    struct Pickup {
        Duration since{};
        double done = 0, loading = 0;
    };
    double seconds_to_trip(double loading) const;
    Duration due(const Pickup& pickup) const;
    void plan(BranchId branch, Duration now, bool by_scenario);
    void trip_overloaded(Duration now, std::vector<Event>& events);
    void restore(Duration now, const std::function<double(const SwitchState&)>& try_state, std::vector<Event>& events);
    void repair(Duration now, std::vector<Event>& events);
    bool is_open_tie(BranchId branch) const;

    const PowerGrid& grid_;
    PowerOptions options_;
    std::map<BranchId, Fault> faults_;         // branches that are off
    std::map<BranchId, Pickup> pickups_;
    std::map<BranchId, std::int32_t> closed_by_scenario_;
    std::vector<BranchId> ties_closed_;        // by crews
};

// The loads that are dead in a network, and the customers behind them.
struct Outage {
    std::vector<std::uint8_t> dead;            // [load]
    double customers = 0;
};
Outage outage_of(const PowerGrid& grid, const Network& network);

}  // namespace shahr::SHAHR_BACKEND::power
