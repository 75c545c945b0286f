// Small heat networks for tests, and an engine that runs them.
#pragma once
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kernels/heat/engine.h"
#include "sim/synthesis/heat_tables.h"
#include "tests/kernels/numbered.h"

namespace shahr::SHAHR_BACKEND::heat {

// A plant and consumers on one street: pipes of 100 m, supply and return, pressure held at the plant's return.
struct Street {
    City city;
    std::vector<HeatNodeId> supply, back;

    explicit Street(int places, double heat_loss_wpmk = 0.3, double diameter_m = 0.1) {
        HeatNetwork& heat = city.heat;
        for (int i = 0; i < places; ++i) {
            supply.push_back(add_node(heat, {.id = numbered("s", i), .line = HeatLine::supply, .position = {100.0 * i, 0}}));
            back.push_back(add_node(heat, {.id = numbered("r", i), .line = HeatLine::return_, .position = {100.0 * i, 0}}));
        }
        for (std::size_t i = 1; i < supply.size(); ++i) {
            LinkFacts pipe{.id = numbered("ps", i), .from = supply[i - 1], .to = supply[i], .length_m = 100, .diameter_m = diameter_m, .roughness_m = 1e-4, .heat_loss_wpmk = heat_loss_wpmk};
            add_link(heat, pipe);
            pipe.id = numbered("pr", i), pipe.from = back[i], pipe.to = back[i - 1];
            add_link(heat, pipe);
        }
        heat.nodes.pressure_pa[back.front()] = 2e5;
    }
    void plant(PlantFacts facts) {
        facts.id = "plant", facts.from = back.front(), facts.to = supply.front();
        add_plant(city.heat, facts);
    }
    void consumer(std::size_t place, ConsumerFacts facts) {
        facts.id = numbered("c", city.heat.consumers.id.size());
        facts.from = supply[place], facts.to = back[place];
        add_consumer(city.heat, facts);
    }
};

inline constexpr double pa_per_m = 9806.65;    // of water

class HeatRun {
public:
    explicit HeatRun(const City& made, std::vector<Scenario> variants = {Scenario{}}) : city(made), scenarios(std::move(variants)) {
        for (const Scenario& s : scenarios) members.push_back({&s, nullptr, nullptr});
        engine = make_heat_engine(city, members);
    }
    void start() { engine->start(Duration{0}); }
    void steps(int n, Duration dt) {
        for (int k = 0; k < n; ++k, now += dt) engine->step({now, dt});
    }
    std::vector<double> column(const char* name, MemberIndex member = 0) const {
        Frame frame;
        engine->observe(frame, Request{}, member);
        return std::get<std::vector<double>>(find(frame, "heat", name)->values);
    }
    std::vector<double> pressures() const {    // Pa
        std::vector<double> all = column("pressure");
        for (double& p : all) p *= pa_per_m;
        return all;
    }
    double one(const char* name, MemberIndex member = 0) const { return column(name, member).front(); }

    City city;
    std::vector<Scenario> scenarios;
    std::vector<Member> members;
    std::unique_ptr<Engine> engine;
    Duration now{};
};

}  // namespace shahr::SHAHR_BACKEND::heat
