// The one door to the devices: kernels/backends.cpp fills this table.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/city/city.h"
#include "sim/run/engine.h"
#include "sim/scenario/scenario.h"

namespace shahr {

struct Weather;

// One variant of a batch. What it points to outlives the engines.
struct Member {
    const Scenario* scenario = nullptr;
    const Trips* trips = nullptr;              // who drives in this member
    const Weather* weather = nullptr;          // null: none is known, and what needs it does not run
};

struct Backend {
    std::string_view name;                     // "cpu", "cuda"
    std::string (*why_unavailable)();          // "" if it can be used; else the driver's reason
    std::string (*describe)();                 // device name, memory, threads: one line
    void (*set_threads)(int threads);          // 0: all; no effect on a GPU
    // The engines for which the city has a network, in the order of EngineId. Throws DeviceError.
    std::vector<std::unique_ptr<Engine>> (*make_engines)(const City& city, std::span<const Member> members);
};

std::span<const Backend> backends();

// "cpu", "cuda", or "auto": the first GPU that works, else the CPU. Throws DeviceError with the reason if the named one is
// not available, InputError if there is no such device.
const Backend& choose_backend(std::string_view device);

}  // namespace shahr
