#include "sim/synthesis/mains.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <set>

#include "sim/base/error.h"
#include "sim/city/validate.h"
#include "tests/sim/synthesis/hill_town.h"

namespace shahr {
namespace {

struct Parts {
    std::vector<std::size_t> parent;
    explicit Parts(std::size_t n) : parent(n) { std::iota(parent.begin(), parent.end(), std::size_t{0}); }
    std::size_t root(std::size_t v) { return parent[v] == v ? v : parent[v] = root(parent[v]); }
};

double drawn(const City& city) {
    double sum = 0;
    for (const double q : city.water.demands.base_m3s) sum += q;
    return sum;
}

TEST(Mains, ServeEverybodyThroughALoopedNetwork) {
    City city = hill_town(0);
    ImportReport report;
    synthesise_mains(city, {}, report);
    EXPECT_EQ(validate(city, 5), std::vector<std::string>{});
    double people = 0, jobs = 0, pupils = 0;
    for (const BuildingId b : rows(city.buildings.id)) people += static_cast<double>(city.buildings.residents[b]), jobs += static_cast<double>(city.buildings.jobs[b]), pupils += static_cast<double>(city.buildings.school_places[b]);
    EXPECT_NEAR(drawn(city), (200 * people + 16 * jobs + 15 * pupils) / 86400e3 / 0.75, 1e-6);   // a quarter leaks

    const WaterNetwork& w = city.water;
    Parts parts(w.nodes.id.size());
    std::size_t pipes = 0, closes_a_loop = 0;
    for (const WaterLinkId k : rows(w.links.id)) {
        const std::size_t a = parts.root(row(w.links.from[k])), b = parts.root(row(w.links.to[k]));
        closes_a_loop += a == b;
        parts.parent[a] = b;
        pipes += w.links.kind[k] == WaterLinkKind::pipe;
    }
    std::set<std::size_t> roots;
    for (std::size_t v = 0; v < w.nodes.id.size(); ++v) roots.insert(parts.root(v));
    EXPECT_EQ(roots.size(), 1u);               // flat: one zone, one network
    EXPECT_GT(static_cast<double>(closes_a_loop) / static_cast<double>(pipes), 0.1);
    EXPECT_EQ(w.pumps.link.size(), 1u);
    EXPECT_EQ(w.tanks.node.size(), 1u);
}

TEST(Mains, CarryThePeakHourWithinTheBounds) {
    City city = hill_town(0);
    ImportReport report;
    const MainsRules rules;
    synthesise_mains(city, rules, report);
    double widest = 0, least = 10;
    for (const WaterLinkId k : rows(city.water.links.id)) {
        if (city.water.links.kind[k] != WaterLinkKind::pipe) continue;
        widest = std::max(widest, city.water.links.diameter_m[k]);
        least = std::min(least, city.water.links.diameter_m[k]);
    }
    EXPECT_GE(least, rules.least_diameter_m);
    EXPECT_GT(widest, least);
    // At the source all of the peak hour passes at no more than the economical velocity.
    const double peak = drawn(city) * 0.75 * (rules.day_factor * rules.hour_factor + rules.leakage / (1 - rules.leakage));
    EXPECT_LE(peak, 1.3 * 3.15 / 4 * widest * widest * 4);         // it leaves the source on up to four mains
}

TEST(Mains, AHillHasPressureZonesEachWithItsPumpAndTank) {
    City city = hill_town(0.12);                    // 8 blocks of 120 m: 115 m of height, four bands of 30 m
    ImportReport report;
    synthesise_mains(city, {}, report);
    EXPECT_EQ(validate(city, 5), std::vector<std::string>{});
    const WaterNetwork& w = city.water;
    EXPECT_GE(w.tanks.node.size(), 2u);
    EXPECT_LE(w.tanks.node.size(), 5u);
    EXPECT_EQ(w.pumps.link.size(), w.tanks.node.size());
    int valves = 0;
    for (const WaterLinkId k : rows(w.links.id)) {
        if (w.links.kind[k] == WaterLinkKind::prv) {
            ++valves;
            EXPECT_GE(w.nodes.elevation_m[w.links.from[k]] + 1, w.nodes.elevation_m[w.links.to[k]]);   // downhill
        }
        if (w.links.kind[k] != WaterLinkKind::pipe || w.nodes.kind[w.links.from[k]] != WaterNodeKind::junction) continue;
        EXPECT_LT(std::abs(w.nodes.elevation_m[w.links.from[k]] - w.nodes.elevation_m[w.links.to[k]]), 30);
    }
    EXPECT_GE(valves, 2);
}

TEST(Mains, AreTheSameEachTimeAndRefuseAnEmptyCity) {
    City a = hill_town(0.05), b = hill_town(0.05);
    ImportReport report;
    synthesise_mains(a, {}, report);
    synthesise_mains(b, {}, report);
    EXPECT_EQ(a.water.links.id, b.water.links.id);
    EXPECT_EQ(a.water.links.diameter_m, b.water.links.diameter_m);
    City nobody = make_grid_city({}), empty;
    EXPECT_THROW(synthesise_mains(nobody, {}, report), InputError);
    EXPECT_THROW(synthesise_mains(empty, {}, report), InputError);
}

}  // namespace
}  // namespace shahr
