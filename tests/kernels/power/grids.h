// Small grids for tests: their numbers can be checked with a pencil.
#pragma once
#include <gtest/gtest.h>

#include "kernels/power/engine.h"

namespace shahr::SHAHR_BACKEND::power {

// A feeder of `n` buses in a row behind a source at 10 kV, each with a load; 10 MVA base.
inline City feeder(int n, double load_w = 0.2e6, double r = 0.02, double x = 0.03) {
    City city;
    PowerGrid& grid = city.power;
    grid.base_power_va = 10e6;
    for (int i = 0; i <= n; ++i) add_bus(grid.buses, std::to_string(i), 10e3);
    for (int i = 0; i < n; ++i) {
        const BranchId b = add_branch(grid.branches, std::to_string(i) + "-" + std::to_string(i + 1), BranchKind::cable, BusId{i}, BusId{i + 1});
        grid.branches.resistance_pu[b] = r;
        grid.branches.reactance_pu[b] = x;
        grid.branches.zero_resistance_pu[b] = 3 * r;
        grid.branches.zero_reactance_pu[b] = 3 * x;
        grid.branches.susceptance_from_pu[b] = grid.branches.susceptance_to_pu[b] = 0.001;
        grid.branches.rated_power_va[b] = 2e6;
        add_load(grid.loads, std::to_string(i + 1), BusId{i + 1}, load_w, load_w / 2);
    }
    grid.generators.voltage_pu[add_generator(grid.generators, "source", BusId{0}, GeneratorKind::slack)] = 1.02;
    return city;
}

// A tie from the feeder's end to a second source.
inline City feeder_with_tie(int n, double load_w = 0.2e6) {
    City city = feeder(n, load_w);
    PowerGrid& grid = city.power;
    const BusId other = add_bus(grid.buses, "other", 10e3);
    grid.generators.voltage_pu[add_generator(grid.generators, "second", other, GeneratorKind::slack)] = 1.02;
    const BranchId tie = add_branch(grid.branches, "tie", BranchKind::cable, BusId{n}, other);
    grid.branches.resistance_pu[tie] = 0.02;
    grid.branches.reactance_pu[tie] = 0.03;
    grid.branches.rated_power_va[tie] = 2e6;
    grid.branches.to_closed[tie] = 0;
    return city;
}

struct GridRun {
    explicit GridRun(City made, PowerOptions options = {}, std::shared_ptr<Bus> bus = nullptr) : city(std::move(made)) {
        scenario.power = options;
        scenario.record_every = std::chrono::hours{24};
        members = {{&scenario, nullptr, nullptr}};
        engine = std::make_unique<PowerEngine>(city, members, std::move(bus));
        engine->start(Duration{0});
    }
    void step(Duration to, int steps = 1) {
        engine->step({now, (to - now) / steps, steps});
        now = to;
    }
    void set(decltype(Intervention::change) change, bool active) {
        Intervention intervention;
        intervention.change = std::move(change);
        engine->set(intervention, active, 0);
    }
    Frame frame(int step = -1) const {
        Frame shown;
        engine->observe(shown, {.group = "power", .step = step}, 0);
        return shown;
    }
    std::vector<double> field(const char* name, int step = -1) const {
        const Frame shown = frame(step);
        return std::get<std::vector<double>>(find(shown, "power", name)->values);
    }
    int count(const char* name) const {
        const Frame shown = frame();
        return std::get<std::vector<std::int32_t>>(find(shown, "power", name)->values).front();
    }
    std::vector<std::string> events() {
        std::vector<Event> list;
        engine->take_events(list);
        std::vector<std::string> kinds;
        for (const Event& event : list) kinds.push_back(event.kind);
        return kinds;
    }
    std::vector<Duration> event_times() {
        std::vector<Event> list;
        engine->take_events(list);
        std::vector<Duration> times;
        for (const Event& event : list) times.push_back(event.time);
        return times;
    }
    double indicator(const std::string& name) const {
        std::vector<Kpi> all;
        engine->indicators(all, 0);
        for (const Kpi& kpi : all)
            if (kpi.name == name) return kpi.value;
        return std::numeric_limits<double>::quiet_NaN();
    }

    City city;
    Scenario scenario;
    std::vector<Member> members;
    std::unique_ptr<PowerEngine> engine;
    Duration now{};
};

inline PowerOptions solved_by(const char* solver) {
    PowerOptions options;
    options.solver = solver;
    return options;
}

}  // namespace shahr::SHAHR_BACKEND::power
