#include "sim/synthesis/demand_zones.h"

#include <gtest/gtest.h>

#include <set>

#include "sim/synthesis/demand_skims.h"
#include "tests/sim/synthesis/small_town.h"

namespace shahr {
namespace {

Stops stops_of(const City& city) {
    ImportReport report;
    const RoadFinder finder(city.network, roads_for_trip_ends(city.network, VehicleClass::car), false);
    return find_stops(city, finder, 0, report);
}

}  // namespace

TEST(DemandZones, HoldEveryStopOnceAndAboutEquallyManyPeople) {
    const City city = SmallTown{}.make();
    Stops stops = stops_of(city);
    double people = 0;
    for (double p : stops.of(Draw::home)) people += p;
    const Zones zones = make_zones(city.cells, stops, 50);
    ASSERT_EQ(zones.size(), 50u);
    EXPECT_EQ(static_cast<std::size_t>(zones.first.back()), stops.size());
    double sum = 0, most = 0, least = 1e18;
    for (std::size_t z = 0; z < zones.size(); ++z) {
        const double weight = zones.total(Draw::home, z) + zones.total(Draw::work, z);
        sum += zones.total(Draw::home, z);
        most = std::max(most, weight);
        least = std::min(least, weight);
    }
    EXPECT_NEAR(sum, people, 1e-6 * people);
    EXPECT_LT(most / least, 3);
}

TEST(DemandZones, PickStopsByTheirWeight) {
    const City city = SmallTown{}.make();
    Stops stops = stops_of(city);
    for (std::size_t i = 0; i < stops.size(); ++i) stops.of(Draw::freight)[i] = i % 4 == 0 ? 1 : 0;
    const Zones zones = make_zones(city.cells, stops, 10);
    for (std::size_t z = 0; z < zones.size(); ++z)
        for (double u : {0.0, 0.25, 0.5, 0.999999999}) {
            const std::int32_t stop = zones.pick(Draw::freight, z, u);
            EXPECT_GE(stop, zones.first[z]);
            EXPECT_LT(stop, zones.first[z + 1]);
            EXPECT_EQ(stops.of(Draw::freight)[static_cast<std::size_t>(stop)], 1);
        }
}

TEST(DemandZones, ALargeBuildingHasDoorsOnSeveralStreets) {
    City city = SmallTown{}.make();
    Buildings& b = city.buildings;
    for (auto* column : {&b.footprint_m2, &b.floor_area_m2}) column->push_back(160'000);
    b.id.push_back("hall");
    b.position.push_back({1000, 1000});
    b.use.push_back(BuildingUse::shop);
    b.levels.push_back(1);
    b.residents.push_back(20'000);
    b.jobs.push_back(9'000);
    b.school_places.push_back(0);
    b.access.push_back(RoadId{0});
    b.footprint.push_back({{810, 810}, {1190, 810}, {1190, 1190}, {810, 1190}, {810, 810}});
    const Stops stops = stops_of(city);
    EXPECT_EQ(stops.size(), 8u);
    EXPECT_GE(std::set<RoadId>(stops.road.begin(), stops.road.end()).size(), 4u);
    double jobs = 0;
    for (double j : stops.of(Draw::work)) jobs += j;
    EXPECT_NEAR(jobs, 9'000, 0.01);
}

// One block of 200 m at 13.9 m/s and one junction of 3 s.
TEST(DemandZones, DrivingTimesByHand) {
    const City city = SmallTown{}.make();
    const auto minutes = driving_times_min(city.network, std::vector{JunctionId{0}, JunctionId{1}, JunctionId{13}});
    EXPECT_NEAR(minutes[1], (200 / 13.9 + 3) / 60, 1e-3);
    EXPECT_NEAR(minutes[2], 3 * (200 / 13.9 + 3) / 60, 1e-3);
    EXPECT_EQ(minutes[0], 0);
}

}  // namespace shahr
