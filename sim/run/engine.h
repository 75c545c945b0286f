// One physical system, for one or many members (variants of the scenario) at once. Everything that a run needs of an
// engine passes through this class; what stands behind it lives on the device.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/base/time.h"
#include "sim/run/archive.h"
#include "sim/run/frame.h"
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

    virtual void start(Duration now) = 0;      // the first state, so that the first record exists
    virtual void step(const Tick& tick) = 0;
    // An intervention begins or ends. What is active is folded over the base in the order of Intervention::order.
    virtual void set(const Intervention& intervention, bool active, MemberIndex member) = 0;

    // Appends fields to the frame: the only copy to the host; copies what is asked for.
    virtual void observe(Frame& frame, const Request& request, MemberIndex member) const = 0;
    // Starts the interval of the "mean" and "sum" fields anew; called after each record.
    virtual void begin_interval(Duration now) = 0;
    // True when nothing is left to happen (every trip has ended): a run may then stop before its length.
    virtual bool idle() const { return false; }

    // Everything, what set() has switched on included: after load() the engine goes on with the same bits, and neither
    // start() nor set() is called for what was before.
    virtual void save(Archive& archive) const = 0;
    virtual void load(Archive& archive) = 0;
};

}  // namespace shahr
