#include "sim/synthesis/demand.h"

#include <gtest/gtest.h>

#include <map>
#include <numeric>

#include "sim/base/error.h"
#include "sim/synthesis/demand_scaling.h"
#include "tests/sim/synthesis/small_town.h"

namespace shahr {
namespace {

using std::chrono::hours;

Scenario day_scenario(Duration start = hours{0}, Duration length = hours{24}) {
    Scenario scenario;
    scenario.start = start;
    scenario.length = length;
    return scenario;
}

Trips trips_of(const City& city, const Scenario& scenario) {
    ImportReport report;
    return synthesise_trips(city, scenario, report);
}

std::array<int, 24> by_hour(const Trips& trips, Purpose purpose) {
    std::array<int, 24> count{};
    for (TripId t : rows(trips.id))
        if (trips.purpose[t] == purpose) ++count[static_cast<std::size_t>(trips.depart[t] / hours{1})];
    return count;
}

std::size_t busiest(const std::array<int, 24>& count) {
    return static_cast<std::size_t>(std::max_element(count.begin(), count.end()) - count.begin());
}

Intervention scale(double factor, Duration begin, Duration end, std::vector<Point> area = {}) {
    Intervention change;
    change.begin = begin;
    change.end = end;
    change.change = ScaleDemand{factor, std::move(area)};
    return change;
}

}  // namespace

TEST(Demand, MakesAsManyTripsAsThePeopleMake) {
    const City city = SmallTown{}.make();
    Scenario scenario = day_scenario();
    scenario.demand.trips_per_person = 3;
    scenario.demand.car_share = 0.5;
    const Trips trips = trips_of(city, scenario);
    const auto freight = std::count(trips.purpose.begin(), trips.purpose.end(), Purpose::freight);
    const double by_residents = static_cast<double>(trips.id.size()) - static_cast<double>(freight);
    EXPECT_NEAR(by_residents, 20'000 * 3 * 0.5, 0.03 * 30'000);  // 3 %: some second tours would begin too late
    EXPECT_NEAR(static_cast<double>(freight), 0.14 * 30'000, 0.05 * 4'200);
}

TEST(Demand, ThePopulationGivenScalesTheTrips) {
    const City city = SmallTown{}.make();
    Scenario scenario = day_scenario();
    scenario.demand.car_share = 0.4;
    const auto once = trips_of(city, scenario).id.size();
    scenario.demand.population = 40'000;
    EXPECT_NEAR(static_cast<double>(trips_of(city, scenario).id.size()) / static_cast<double>(once), 2.0, 0.02);
}

TEST(Demand, TripsAreInOrderAndOnRoadsForThem) {
    const City city = SmallTown{}.make();
    const Trips trips = trips_of(city, day_scenario(hours{6}, hours{4}));
    ASSERT_GT(trips.id.size(), 1000u);
    for (TripId t : rows(trips.id)) {
        if (number(t) > 0) { EXPECT_LE(trips.depart[as_id<TripId>(number(t) - 1)], trips.depart[t]); }
        EXPECT_GE(trips.depart[t], hours{6});
        EXPECT_LT(trips.depart[t], hours{10});
        EXPECT_NE(trips.origin[t], trips.destination[t]);
        EXPECT_GT(trips.depart_position_m[t], 5);
        EXPECT_LT(trips.depart_position_m[t], city.network.roads.length_m[trips.origin[t]]);
    }
}

TEST(Demand, WhatLeavesHomeReturns) {
    const City city = SmallTown{}.make();
    const Trips trips = trips_of(city, day_scenario(Duration{0}, hours{48}));
    std::map<TripId, TripId> next;
    std::size_t returning = 0, leaving = 0;
    for (TripId t : rows(trips.id)) {
        if (!is_some(trips.after[t])) continue;
        EXPECT_LT(trips.after[t], t);
        EXPECT_TRUE(next.emplace(trips.after[t], t).second) << "one trip follows another, not two";
    }
    for (TripId t : rows(trips.id)) {
        if (trips.depart[t] >= hours{24}) continue;  // the second day's late tours end on the third
        const bool home = trips.purpose[t] == Purpose::home, freight = trips.purpose[t] == Purpose::freight;
        returning += home;
        leaving += !home && !freight;
        if (!home && !freight) { EXPECT_TRUE(next.contains(t)) << trips.id[t] << " stays away"; }
    }
    EXPECT_GT(returning, leaving / 2);
}

TEST(Demand, PeaksWhereThePurposesHaveThem) {
    const City city = SmallTown{}.make();
    const Trips trips = trips_of(city, day_scenario());
    EXPECT_EQ(busiest(by_hour(trips, Purpose::work)), 7u);
    EXPECT_EQ(busiest(by_hour(trips, Purpose::education)), 7u);
    const std::size_t shopping = busiest(by_hour(trips, Purpose::shopping));  // the stops on the way home come on top
    EXPECT_GE(shopping, 16u);
    EXPECT_LE(shopping, 17u);
    const std::size_t home = busiest(by_hour(trips, Purpose::home));
    EXPECT_GE(home, 16u);
    EXPECT_LE(home, 18u);
}

TEST(Demand, TheMorningRunsFromHomesToJobs) {
    const City city = SmallTown{}.make();
    const Trips trips = trips_of(city, day_scenario(hours{6}, hours{3}));
    double from_x_m = 0, to_x_m = 0;
    int n = 0;
    for (TripId t : rows(trips.id)) {
        if (trips.purpose[t] != Purpose::work) continue;
        from_x_m += city.network.roads.shape[trips.origin[t]].front().x_m;
        to_x_m += city.network.roads.shape[trips.destination[t]].front().x_m;
        ++n;
    }
    // People's mean place is 750 m from the west, the jobs' 1250 m.
    EXPECT_NEAR(from_x_m / n, 750, 60);
    EXPECT_NEAR(to_x_m / n, 1250, 60);
}

TEST(Demand, TheSeedDecidesEverything) {
    const City city = SmallTown{.gate_vehicles = 500}.make();
    Scenario scenario = day_scenario(hours{6}, hours{2});
    const Trips a = trips_of(city, scenario), b = trips_of(city, scenario);
    EXPECT_EQ(a.id, b.id);
    EXPECT_EQ(a.depart, b.depart);
    EXPECT_EQ(a.origin, b.origin);
    EXPECT_EQ(a.destination, b.destination);
    EXPECT_EQ(a.after, b.after);
    scenario.seed = 2;
    EXPECT_NE(trips_of(city, scenario).depart, a.depart);
}

TEST(Demand, TheSpanCutsTheSameDay) {
    const City city = SmallTown{.gate_vehicles = 500}.make();
    const Trips whole = trips_of(city, day_scenario()), morning = trips_of(city, day_scenario(hours{6}, hours{4}));
    std::vector<std::string> cut;
    for (TripId t : rows(whole.id))
        if (whole.depart[t] >= hours{6} && whole.depart[t] < hours{10}) cut.push_back(whole.id[t]);
    EXPECT_EQ(cut, morning.id.vector());
}

TEST(Demand, GatesCarryWhatTheyAreSaidToCarry) {
    const City city = SmallTown{.gate_vehicles = 1000}.make();
    const Trips trips = trips_of(city, day_scenario(hours{24}, hours{24}));
    std::map<RoadId, int> entered, left;
    int through = 0;
    for (TripId t : rows(trips.id)) {
        ++entered[trips.origin[t]];
        ++left[trips.destination[t]];
        through += trips.purpose[t] == Purpose::through;
    }
    for (GateId g : rows(city.gates.junction)) {
        EXPECT_NEAR(entered[city.gates.inbound[g]], 500, 40);
        EXPECT_NEAR(left[city.gates.outbound[g]], 500, 40);
    }
    EXPECT_NEAR(through, 4 * 500 * 0.2, 60);
}

TEST(Demand, MoreGateTrafficThanATownCanHaveIsReducedAndReported) {
    const City city = SmallTown{.people = 2000, .gate_vehicles = 10'000}.make();
    ImportReport report;
    synthesise_trips(city, day_scenario(), report);
    EXPECT_NE(to_text(report).find("gates with fewer vehicles"), std::string::npos) << to_text(report);
}

TEST(Demand, IsScaledByAreaAndHour) {
    const City city = SmallTown{}.make();
    Scenario scenario = day_scenario(hours{6}, hours{4});
    const auto trips_from_west = [&](const Trips& trips, Duration begin, Duration end) {
        int n = 0;
        for (TripId t : rows(trips.id))
            n += trips.depart[t] >= begin && trips.depart[t] < end && city.network.roads.shape[trips.origin[t]].front().x_m < 900;
        return n;
    };
    const Trips base = trips_of(city, scenario);
    const std::vector<Point> west = {{-100, -100}, {950, -100}, {950, 2500}, {-100, 2500}};
    scenario.interventions = {scale(0.5, hours{7}, hours{8}, west)};
    const Trips half = trips_of(city, scenario);
    EXPECT_NEAR(trips_from_west(half, hours{7}, hours{8}), 0.5 * trips_from_west(base, hours{7}, hours{8}), 100);
    // Who would have left again in that hour stays at home all day: few.
    EXPECT_NEAR(trips_from_west(half, hours{6}, hours{7}), trips_from_west(base, hours{6}, hours{7}), 20);
    scenario.interventions = {scale(3, hours{7}, hours{8}, west)};
    EXPECT_NEAR(trips_from_west(trips_of(city, scenario), hours{7}, hours{8}) / static_cast<double>(trips_from_west(base, hours{7}, hours{8})), 3, 0.3);
}

TEST(Demand, ADailyInterventionRepeats) {
    Intervention change = scale(2, hours{7}, hours{9});
    EXPECT_FALSE(is_active(change, hours{24 + 8}));
    change.daily = true;
    EXPECT_TRUE(is_active(change, hours{24 + 8}));
    EXPECT_TRUE(is_active(change, hours{7}));
    EXPECT_FALSE(is_active(change, hours{24 + 9}));
}

TEST(Demand, ACityWithoutPeopleHasNoTripsAndSaysSo) {
    const City city = SmallTown{.people = 0, .jobs = 0}.make();
    ImportReport report;
    EXPECT_TRUE(synthesise_trips(city, day_scenario(), report).id.empty());
    EXPECT_NE(to_text(report).find("no people"), std::string::npos);
}

TEST(Demand, ACityWithoutCarsIsAnError) {
    City city = SmallTown{}.make();
    city.vehicle_types = {};
    ImportReport report;
    EXPECT_THROW(synthesise_trips(city, day_scenario(), report), InputError);
}

TEST(Demand, TheReportSaysThatCarDemandIsFixed) {
    ImportReport report;
    synthesise_trips(SmallTown{}.make(), day_scenario(), report);
    EXPECT_NE(to_text(report).find("car demand is fixed"), std::string::npos);
}

}  // namespace shahr
