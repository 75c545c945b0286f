// When interventions begin and end.
#pragma once
#include <span>
#include <vector>

#include "sim/run/engine.h"
#include "sim/scenario/interventions.h"

namespace shahr {

struct Switch {
    Duration at{};
    std::size_t intervention = 0;              // its place in the list
    bool on = false;
};

// Every beginning and end within [begin, end), in order of time and then of the list; what holds at `begin` already is
// switched on there. What acts before a run (ScaleDemand) is not among them.
std::vector<Switch> timetable(std::span<const Intervention> interventions, Duration begin, Duration end);

// The engine that carries an intervention out.
EngineId engine_of(const Intervention& intervention);

}  // namespace shahr
