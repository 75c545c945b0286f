// One physical system, for one or many members (variants of the scenario) at once. Everything that a run needs of an
// engine passes through this class; what stands behind it lives on the device.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/base/time.h"
#include "sim/run/archive.h"
#include "sim/run/event.h"
#include "sim/run/frame.h"
#include "sim/run/wall_time.h"
#include "sim/run/indicator.h"
#include "sim/scenario/interventions.h"

namespace shahr {

// Engines that are due at the same time step in this order; that order is the whole coupling scheme.
enum class EngineId : std::uint8_t { weather, building, power, telecom, water, heat, traffic, air, access };

using MemberIndex = std::int32_t;

class Engine {
public:
    virtual ~Engine() = default;
    virtual EngineId id() const = 0;
    virtual std::string_view name() const = 0;
    virtual Duration period() const = 0;       // an upper bound: a step also ends at the next intervention
    // When the step that starts at `now` is to end: the next multiple of the period since the run's begin, unless the engine
    // knows better (a tank that runs full, a control that acts).
    virtual Duration end_of_step(Duration begin, Duration now) const { return begin + ((now - begin) / period() + 1) * period(); }
    // How many steps may be granted at once where no feedback can arrive in between: the state of each is kept until the
    // next block, and observe() is asked for it by Request::step. 1: step by step.
    virtual int max_block() const { return 1; }
    // The groups of the result file that it fills, each with records at times of its own.
    virtual std::vector<std::string_view> groups() const { return {name()}; }

    virtual void start(Duration now) = 0;      // the first state, so that the first record exists
    virtual void step(const Tick& tick) = 0;
    // An intervention begins or ends. What is active is folded over the base in the order of Intervention::order.
    virtual void set(const Intervention& intervention, bool active, MemberIndex member) = 0;

    // Appends fields to the frame: the only copy to the host; copies what is asked for.
    virtual void observe(Frame& frame, const Request& request, MemberIndex member) const = 0;
    // Starts the interval of the "mean" and "sum" fields of a group anew; called after each of its records.
    virtual void begin_interval(Duration now, std::string_view group) = 0;
    // Appends what has happened since it was asked last.
    virtual void take_events(std::vector<Event>&) {}
    // Appends what the run has come to so far.
    virtual void indicators(std::vector<Kpi>&, MemberIndex) const {}
    // How long the phases of its steps have taken so far, over all members.
    virtual std::vector<WallTime> wall_times() const { return {}; }
    // True when nothing is left to happen (every trip has ended): a run may then stop before its length.
    virtual bool idle() const { return false; }

    // Everything, what set() has switched on included: after load() the engine goes on with the same bits, and neither
    // start() nor set() is called for what was before.
    virtual void save(Archive& archive) const = 0;
    virtual void load(Archive& archive) = 0;
};

}  // namespace shahr
