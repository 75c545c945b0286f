// The multi-rate clock over the engines of one scenario.
//
// Each engine steps at its own period; a step also ends at the next beginning or end of an intervention addressed to that
// engine, and at the end of the run. Engines that are due at the same time step in the order of EngineId, at the start of
// their interval; what they wrote holds through it.
//
// Where all engines take blocks and step together, they are granted many steps at once. A block ends at the next
// intervention, and before any record that sums up more than one step.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "sim/run/engine.h"
#include "sim/run/timetable.h"
#include "sim/scenario/scenario.h"

namespace shahr {

class Simulation {
public:
    // `scenario` outlives the simulation; its interventions have been fitted to the city. Throws InputError if it records a
    // group that none of the engines fills.
    Simulation(const Scenario& scenario, std::vector<std::unique_ptr<Engine>> engines);

    void add_sink(FrameSink& sink) { sinks_.push_back(&sink); }

    // The first state, what holds from the start on, and the first record.
    void start();
    // On to the next time at which an engine is due. Each group of the result is recorded at the multiples of its interval
    // after the start (or at the end of the first step of its engine after that), and at the end of the run. False, without
    // a step, once the run is over.
    bool step();
    // The length is reached; or, if the scenario has none, a record has shown that nothing is left to happen.
    bool finished() const { return finished_; }

    Duration now() const { return now_; }
    Duration begin() const { return scenario_->start; }
    Duration end() const { return scenario_->start + scenario_->length; }

    // What the engines show now; no interval is ended by it.
    Frame observe(const Request& request) const;
    // What the run has come to so far.
    std::vector<Kpi> indicators() const;
    // What has happened, in the order of time and then of the engines.
    const std::vector<Event>& events() const { return events_; }

    // Between two steps. A simulation of the same scenario that has loaded it goes on with the same bits, instead of start().
    void save(Archive& archive) const;
    void load(Archive& archive);

    // Of each engine with its phases, of observing and of recording.
    std::vector<WallTime> wall_times() const;

private:
    struct Driven {
        std::unique_ptr<Engine> engine;
        Duration at{};                         // its state stands here
        double wall_s = 0;
    };
    // A group of the result file, and when it is recorded.
    struct Group {
        std::size_t engine = 0;
        std::string name;
        Duration every{};                      // 0: after each step of the engine
        Duration due{};
    };
    Duration end_of_step(const Driven& driven) const;
    Duration next_switch_of(const Driven& driven) const;
    int steps_in_block() const;
    void check_groups() const;
    void switch_interventions();
    void record();
    void record_within_block(Duration begin, Duration dt, int steps);
    void pass_on(const Frame& frame);
    void take_events();

    const Scenario* scenario_;
    std::vector<Driven> engines_;
    std::vector<Switch> switches_;
    std::vector<FrameSink*> sinks_;
    std::vector<Group> groups_;                // those of an engine stand together
    std::vector<Event> events_;
    std::size_t next_switch_ = 0;
    Duration now_{};
    bool finished_ = false;
    double observing_s_ = 0, recording_s_ = 0;
};

}  // namespace shahr
