// Mains made up along the streets, solved for a day: pressures at the taps, tanks that work, and a fire in the peak hour.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "kernels/water/engine.h"
#include "sim/synthesis/mains.h"
#include "sim/synthesis/water_tables.h"
#include "tests/sim/synthesis/hill_town.h"

namespace shahr::SHAHR_BACKEND::water {
namespace {

using namespace std::chrono_literals;

City town(double slope) {
    City city = hill_town(slope);
    ImportReport report;
    synthesise_mains(city, {}, report);
    return city;
}

// The least and the greatest value in a day, by the row of a field.
struct Day {
    std::vector<double> least_m, most_m;       // [node] pressure; of tanks, level
    double unserved_m3 = 0, unbalanced = 0;

    explicit Day(const City& city) {
        const Scenario scenario;
        const Member member{&scenario, nullptr, nullptr};
        WaterEngine engine(city, std::span(&member, 1));
        engine.start(0h);
        for (Duration now = 0h, end; now < 24h; now = end) {
            end = engine.end_of_step(0h, now);
            engine.step({now, end - now});
            Frame frame;
            engine.observe(frame, Request{}, 0);
            const auto& pressure = std::get<std::vector<double>>(find(frame, "water", "pressure")->values);
            if (least_m.empty()) least_m = most_m = pressure;
            for (std::size_t v = 0; v < pressure.size(); ++v) least_m[v] = std::min(least_m[v], pressure[v]), most_m[v] = std::max(most_m[v], pressure[v]);
        }
        std::vector<Kpi> kpis;
        engine.indicators(kpis, 0);
        for (const Kpi& kpi : kpis) {
            if (kpi.name == "water_unserved") unserved_m3 = kpi.value;
            if (kpi.name == "water_unbalanced") unbalanced = kpi.value;
        }
    }
};

class MadeMains : public testing::TestWithParam<double> {};

TEST_P(MadeMains, KeepTheTapsBetweenTheirBoundsAndTheTanksAtWork) {
    const City city = town(GetParam());
    const WaterNetwork& w = city.water;
    const Day day(city);
    EXPECT_EQ(day.unbalanced, 0);
    EXPECT_NEAR(day.unserved_m3, 0, 0.1);
    for (const WaterNodeId v : rows(w.nodes.id)) {
        if (w.nodes.kind[v] != WaterNodeKind::junction) continue;
        EXPECT_GT(day.least_m[row(v)], 24) << w.nodes.id[v];
        EXPECT_LT(day.most_m[row(v)], 90) << w.nodes.id[v];       // at the pumps, below the highest street of the zone
    }
    for (const WaterNodeId tank : w.tanks.node) {
        EXPECT_GT(day.least_m[row(tank)], 1) << w.nodes.id[tank];
        EXPECT_GT(day.most_m[row(tank)] - day.least_m[row(tank)], 0.3) << w.nodes.id[tank];
    }
}

// 15 l/s, the fire of a town of up to 10,000, for three hours of the evening peak, where the pressure is least: 10 m are left.
TEST_P(MadeMains, BringAFireItsWater) {
    City city = town(GetParam());
    WaterNetwork& w = city.water;
    const Day day(city);
    WaterNodeId worst = none<WaterNodeId>;
    for (const WaterNodeId v : rows(w.nodes.id))
        if (w.nodes.kind[v] == WaterNodeKind::junction && (!is_some(worst) || day.least_m[row(v)] < day.least_m[row(worst)])) worst = v;
    std::vector<double> hours(24, 0);
    for (std::size_t hour = 18; hour < 21; ++hour) hours[hour] = 1;
    const WaterPatternId fire = w.patterns.id.push_back("fire");
    w.patterns.factor.push_back(hours);
    // Demands stand node by node.
    const WaterDemands before = std::exchange(w.demands, {});
    for (const WaterNodeId v : rows(w.nodes.id)) {
        for (const auto d : rows(before.node))
            if (before.node[d] == v) add_water_demand(w, v, before.base_m3s[d], before.pattern[d], before.category[d]);
        if (v == worst) add_water_demand(w, v, 0.015, fire, "fire");
    }
    const Day burning(city);
    EXPECT_GT(burning.least_m[row(worst)], 10);
    EXPECT_LT(burning.least_m[row(worst)], day.least_m[row(worst)]);
}

INSTANTIATE_TEST_SUITE_P(OnThePlainAndOnAHill, MadeMains, testing::Values(0.0, 0.05));

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::water
