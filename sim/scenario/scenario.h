// A city, a span of time, and a list of differences from the city as it is.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sim/base/time.h"
#include "sim/scenario/building_options.h"
#include "sim/scenario/heat_options.h"
#include "sim/scenario/interventions.h"
#include "sim/scenario/stock_options.h"
#include "sim/scenario/power_options.h"
#include "sim/scenario/water_options.h"
#include "sim/scenario/weather_options.h"

namespace shahr {

struct TrafficOptions {
    Duration step{1000};
    // Routes on travel time are found anew this often from the speeds on the network.
    Duration reroute_every = std::chrono::minutes{5};
    double reroute_share = 0.5;                // of the drivers on the way, those who follow new routes; departures always do
    std::string trips = "synthetic";           // "given": those that came with the city; "none": traffic is left out
};

// Parameters of the synthetic demand; the defaults and their sources stand in sim/synthesis/demand.h.
struct DemandOptions {
    double population = 0;                     // 0: as tagged, else from the floor area
    double trips_per_person = 0;               // 0: the default
    double car_share = 0;                      // 0: the default
    double in_commuters = -1, out_commuters = -1;  // shares of jobs (workers) whose way crosses the edge; below 0: the default
    double scale = 1;
    Duration span{};                           // trips depart within this time from the start; 0: during the whole run
    std::string trips_file;                    // CSV of the user's own trips; "": none
};

struct Scenario {
    std::string file;                          // where it was read from: for messages
    std::string title;
    std::string city;                          // path of the city file, or of the .toml of a grid city
    std::chrono::sys_days first_day{std::chrono::year{2000} / 1 / 1};
    Duration start{};                          // since the first midnight
    bool start_given = false;                  // without one, a run of given trips begins with the first of them
    Duration length{};
    bool until_idle = false;                   // no length was given: the run ends when its trips have, at the latest after `length`
    std::uint64_t seed = 1;
    Duration record_every = std::chrono::minutes{5};  // 0: each group at the steps of its engine
    std::map<std::string, Duration, std::less<>> record;  // the same for single groups
    TrafficOptions traffic;
    DemandOptions demand;
    WeatherOptions weather;
    BuildingOptions buildings;
    StockOptions stock;
    PowerOptions power;
    WaterOptions water;
    HeatOptions heat;
    std::vector<Intervention> interventions;   // in order: the base's first
    std::string text;                          // the whole scenario as one TOML text, overlays folded in, for the record
};

}  // namespace shahr
