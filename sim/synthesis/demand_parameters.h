// What is assumed of how people travel on an average weekday, with sources. None of it is fitted to a city.
//
// (M) Mobilitaet in Deutschland 2017: trips per head, purposes, occupancies. (H) hourly shares in German cities, federal
// research issue 732 of 1996, as SUMO prints them. (N) NCHRP report 365, the USA. (A) the city of Almaty's own
// figures of 2023: 400,000 cars in use a day for 2.15 million people. (D) Destatis, microcensus 2016: ways to work.
// (R) handbook values without one source; they are the first to replace where a city has its own survey.
#pragma once
#include <array>

#include "sim/city/roads.h"
#include "sim/city/trips.h"

namespace shahr {

using HourShares = std::array<double, 24>;     // per cent of a day; used relative to their sum

// What a car is taken for when it leaves home.
enum class Activity : std::uint8_t { work, education, shopping, leisure, business };
inline constexpr int activity_count = 5;

struct ActivityParameters {
    Purpose purpose;
    double share;                              // of cars in use, those that leave home for this first (M, rounded)
    double decay_per_min;                      // deterrence exp(-b t) on the expected driving time (R; work as N)
    double stay_h, stay_deviation_h;           // how long the car stands there (R)
    HourShares departures;                     // from home (R), to the hours of (M)
};

const std::array<ActivityParameters, activity_count>& activities();

// Trips on all modes a person and day, the return home included: M 3.1, cities of Central Asia 2.2 to 2.7 (R).
inline constexpr double default_trips_per_person = 2.4;

// Of those, the share driven by car, by the size of the city. Under 50,000 people 0.42 (M: 0.52; Central Asia 0.28),
// 100,000 to 500,000 0.34 (M: 0.43); from a million on 0.21: 0.5 car trips a head, which is what (A) gives at 2.7 trips
// per car and day. Between these, linear in the logarithm of the population.
double default_car_share(double population);

// Of entries at the map's edge, those that leave it elsewhere without stopping (R): by trunk and primary roads 0.4 up to
// 50,000 people and 0.1 from 500,000, by motorways twice to three times as many, by lesser roads half. That the class of the
// road and the size of the town decide is Modlin's finding, "Synthesized through-trip table for small urban areas",
// Transportation Research Record 842 (1982).
double through_share(double population, RoadClass road_class);

// Ways to work are longer than d in a share of about exp(-d / 15 km): of those with a fixed place elsewhere 49 % drive more than
// 10 km, 19 % more than 25 km, 5 % more than 50 km (D); the formula says 51, 19 and 4.
inline constexpr double way_to_work_m = 15'000;
inline constexpr double commuters_by_car = 0.65;   // as drivers, of those who come from beyond the edge (D: 0.68 in cars, 0.04 of them as passengers)
inline constexpr double short_stay_share = 0.4;    // of the cars that cross the edge both ways, those not for work: they stay for hours

inline constexpr double stop_on_way_home = 0.2;    // of cars at work, those that shop before going home (R)
inline constexpr double second_tour = 0.35;        // of cars back home, those that leave again: 2.8 trips per car and day (A: 2.7)
inline constexpr double escort_share = 0.7;        // of cars driven to schools, those that only bring someone
inline constexpr double part_time_share = 0.15;    // of cars at work, those that stand there half the day
inline constexpr double van_share = 0.10, truck_share = 0.04;  // freight, per car trip inside the city (R: 10 to 15 %, 3 to 6 %)
inline constexpr double freight_decay_per_min = 0.08;
inline constexpr int freight_stops = 3;            // of a round, between leaving the depot and coming back
inline constexpr double inbound_share = 0.6;       // of the cars that cross the edge for something in the city; the others live inside
inline constexpr double congestion = 4.0 / 3;      // expected over empty-road driving time by day (R)
inline constexpr double detour = 1.3;              // road over crow-fly distance in towns (R)
inline constexpr double shortest_trip_m = 600;     // on the road: shorter ways are walked (R: 500 to 800)

const HourShares& border_hours();              // all vehicles crossing a city's edge, Tuesday to Thursday (H)
const HourShares& truck_hours();               // trucks, weekday (H)

// The time of day in hours, [0, 24), below which a share `u` of the day's departures lies; uniform within the hour.
double hour_at(const HourShares& shares, double u);

}  // namespace shahr
