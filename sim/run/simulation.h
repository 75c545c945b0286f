// The multi-rate clock over the engines of one scenario.
//
// Each engine steps at its own period; a step also ends at the next beginning or end of an intervention addressed to that
// engine, and at the end of the run. Engines that are due at the same time step in the order of EngineId, at the start of
// their interval; what they wrote holds through it.
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
    // `scenario` outlives the simulation; its interventions have been fitted to the city.
    Simulation(const Scenario& scenario, std::vector<std::unique_ptr<Engine>> engines);

    void add_sink(FrameSink& sink) { sinks_.push_back(&sink); }

    // The first state, what holds from the start on, and the first record.
    void start();
    // On to the next time at which an engine is due. Records fall at every multiple of record_every after the start, and at
    // the end. False, without a step, once the run is over.
    bool step();
    // The length is reached; or, if the scenario has none, a record has shown that nothing is left to happen.
    bool finished() const { return finished_; }

    Duration now() const { return now_; }
    Duration begin() const { return scenario_->start; }
    Duration end() const { return scenario_->start + scenario_->length; }
    std::size_t records() const { return records_; }

    // What the engines show now; no interval is ended by it.
    Frame observe(const Request& request) const;

    // Between two steps. A simulation of the same scenario that has loaded it goes on with the same bits, instead of start().
    void save(Archive& archive) const;
    void load(Archive& archive);

    struct WallTime {
        std::string what;                      // "traffic", "observing", "recording"
        double wall_s = 0;
    };
    std::vector<WallTime> wall_times() const;

private:
    struct Driven {
        std::unique_ptr<Engine> engine;
        Duration at{};                         // its state stands here
        double wall_s = 0;
    };
    Duration end_of_step(const Driven& driven) const;
    void switch_interventions();
    void record();

    const Scenario* scenario_;
    std::vector<Driven> engines_;
    std::vector<Switch> switches_;
    std::vector<FrameSink*> sinks_;
    std::size_t next_switch_ = 0;
    std::size_t records_ = 0;
    Duration now_{};
    bool finished_ = false;
    double observing_s_ = 0, recording_s_ = 0;
};

}  // namespace shahr
