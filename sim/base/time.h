// Simulated time: whole milliseconds since the scenario's first midnight (local time, no daylight saving).
#pragma once
#include <chrono>

namespace shahr {

using Duration = std::chrono::milliseconds;

// One step covers [now, now + dt).
struct Tick {
    Duration now{};
    Duration dt{};
};

constexpr double seconds(Duration d) {
    return std::chrono::duration<double>(d).count();
}

}  // namespace shahr
