// The power grid as an engine of the simulation: a steady solution for each step, all steps of a block and all members whose
// switches stand alike as one batch.
#pragma once
#include <map>
#include <memory>

#include "kernels/base/bus.h"
#include "kernels/power/operation.h"
#include "kernels/power/pump_loads.h"
#include "kernels/power/watch.h"
#include "sim/run/backend.h"

namespace shahr::SHAHR_BACKEND::power {

// A solution and the lane in it that is one step of one member.
struct Shown {
    std::shared_ptr<const Study> study;
    std::shared_ptr<const Solution> solution;
    Index lane = 0;
    double step_s = 0;                         // for how long it holds; 0: the state at the start
    const Convergence& convergence() const { return solution->host_convergence()[static_cast<std::size_t>(lane)]; }
    bool converged() const { return convergence().converged != 0; }
    double total(TotalRow row) const { return solution->host_totals()[solution->place_of(total_rows, row, lane)]; }
};

// What a member's run has come to.
struct Account {
    double seconds = 0, load_j = 0, loss_j = 0, supply_j = 0, not_served_j = 0, peak_w = 0;
    double low_bus_s = 0, high_bus_s = 0, overload_s = 0, beyond_q_s = 0, customer_s = 0, interruptions = 0;
    double least_pu = 1e9, most_pu = 0, most_loading = 0, worst_imbalance_pu = 0;
    std::int64_t solved = 0, failed = 0;
};

class PowerEngine : public Engine {
public:
    // `bus`: may hold the channel "electric_load" of the buildings, W, and those of pumps (kernels/base/pump_channels.h).
    PowerEngine(const City& city, std::span<const Member> members, std::shared_ptr<Bus> bus);

    EngineId id() const override { return EngineId::power; }
    std::string_view name() const override { return "power"; }
    Duration period() const override { return options_.step; }
    Duration end_of_step(Duration begin, Duration now) const override;
    int max_block() const override;

    void start(Duration now) override;
    void step(const Tick& tick) override;
    void set(const Intervention& intervention, bool active, MemberIndex member) override;
    void observe(Frame& frame, const Request& request, MemberIndex member) const override;
    void begin_interval(Duration, std::string_view) override { watch_.begin_interval(); }
    void take_events(std::vector<Event>& events) override;
    void indicators(std::vector<Kpi>& kpis, MemberIndex member) const override;
    bool idle() const override { return true; }
    void save(Archive& archive) const override;
    void load(Archive& archive) override;

private:
    struct Driven {
        Operation operation;
        Outage outage;
        Account account;
        std::vector<Shown> steps;              // of the last block
    };
    std::shared_ptr<const Study> study_of(const SwitchState& state);
    std::shared_ptr<const Network> network_of(const SwitchState& state) const;
    LaneInputs inputs(Duration now, Duration dt, int steps);
    void solve(Duration now, Duration dt, int steps);
    void solve_round(const LaneInputs& inputs, const std::map<Index, SwitchState>& states, std::map<Index, Shown>& found);
    std::map<Index, SwitchState> move_taps(const std::map<Index, SwitchState>& states, const std::map<Index, Shown>& found) const;
    SwitchState with_moved_taps(const SwitchState& state, const Shown& shown) const;
    void report_hunting(Duration when);
    void watch(Duration now, Duration dt, int steps);
    void observe_violations(Frame& frame, const Shown& shown, Index member) const;
    double report_supply(Duration now, const Outage& before, const Outage& after);
    void account_for(Driven& driven, Duration now, Duration dt, int steps);
    bool is_dynamic() const;
    Duration step_to_next_switching(Duration end);
    void operate(Duration now, Index member);
    void show_relays(Duration now, Driven& driven);
    void account(Duration now, Duration dt, int steps);
    void tell_pumps();

    const City& city_;
    const PowerGrid& grid_;
    std::vector<Member> members_of_run_;
    PowerOptions options_;
    StudyOptions study_options_;
    std::shared_ptr<Bus> bus_;
    PumpLoads pumps_;
    std::vector<std::pair<SwitchState, std::shared_ptr<Study>>> studies_;  // those used last
    std::vector<Driven> members_;
    Watch watch_;
    bool records_each_step_;
    std::vector<Event> events_;
    Array<double> series_;
    Duration now_{}, begun_{};                 // its state stands here; begin of the step that led here
};

// The fields of one step (observe.cu) and the indicators of a member's run.
void observe_grid(Frame& frame, const PowerGrid& grid, const Shown& shown, const Outage& outage);
void observe_violation(Frame& frame, Violation kind, const Shown& shown, std::vector<double> seconds);
void indicators_of(std::vector<Kpi>& kpis, const PowerGrid& grid, const Account& account);

}  // namespace shahr::SHAHR_BACKEND::power
