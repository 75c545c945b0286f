// Simulated time: whole milliseconds since the scenario's first midnight (local time, no daylight saving).
#pragma once
#include <chrono>

namespace shahr {

using Duration = std::chrono::milliseconds;

// One step covers [now, now + dt). An engine that takes blocks may be given several steps of the same length at once.
struct Tick {
    Duration now{};
    Duration dt{};
    int steps = 1;
};

constexpr double seconds(Duration d) {
    return std::chrono::duration<double>(d).count();
}

}  // namespace shahr
