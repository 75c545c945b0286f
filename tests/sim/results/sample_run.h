// A run that needs no engine: frames whose every value follows from its time and row, so that a reader can check them.
#pragma once
#include <cmath>
#include <limits>

#include "sim/results/recording.h"
#include "tests/sim/city/filled_city.h"

namespace shahr {

inline Scenario sample_scenario() {
    Scenario scenario;
    scenario.title = "Субҳ – morning";
    scenario.text = "title = \"morning\"\n" + std::string(70'000, '#');  // beyond the 64 kB of old attributes
    scenario.first_day = std::chrono::year{2026} / 3 / 10;
    scenario.start = std::chrono::hours{6};
    return scenario;
}

inline RunInfo sample_run_info() {
    return {"shahr 0.1.0", "abc1234", "cpu"};
}

inline std::int32_t sample_vehicles(std::size_t record, std::size_t road) {
    return static_cast<std::int32_t>((record * 31 + road * 7) % 23);
}

inline float sample_speed(std::size_t record, std::size_t road) {
    if (record == 0 || road % 5 == 0) return std::numeric_limits<float>::quiet_NaN();
    return static_cast<float>(record) + 0.125f * static_cast<float>(road % 64);
}

inline Frame sample_frame(const City& city, std::size_t record) {
    const std::size_t roads = city.network.roads.id.size();
    std::vector<std::int32_t> vehicles(roads);
    std::vector<float> speed(roads);
    for (std::size_t road = 0; road < roads; ++road) {
        vehicles[road] = sample_vehicles(record, road);
        speed[road] = sample_speed(record, road);
    }
    Frame frame;
    frame.time = std::chrono::hours{6} + record * std::chrono::minutes{5};
    frame.fields = {
        {"traffic", "vehicles", "vehicles on the road", "1", RowKind::road, CellMethod::point, std::move(vehicles)},
        {"traffic", "speed", "mean speed", "m s-1", RowKind::road, CellMethod::mean, std::move(speed)},
        {"traffic", "trips_inserted", "trips that have begun", "1", RowKind::whole, CellMethod::point,
         std::vector<std::int32_t>{static_cast<std::int32_t>(record * 10)}},
    };
    return frame;
}

inline Frame sample_trips(std::size_t trips) {
    Frame frame;
    std::vector<double> depart(trips), arrived(trips, std::numeric_limits<double>::quiet_NaN());
    std::vector<float> distance(trips, 1234.5f);
    for (std::size_t i = 0; i < trips; ++i) depart[i] = 21600.0 + static_cast<double>(i);
    frame.fields = {{"trips", "depart", "departure wanted", "s", RowKind::trip, CellMethod::point, depart},
                    {"trips", "arrived", "arrival", "s", RowKind::trip, CellMethod::point, arrived},
                    {"trips", "distance", "distance driven", "m", RowKind::trip, CellMethod::point, distance}};
    return frame;
}

inline void record_sample(const std::filesystem::path& path, const City& city, std::size_t records) {
    Recorder recorder(path, city, sample_scenario(), sample_run_info());
    for (std::size_t record = 0; record < records; ++record) recorder.write(sample_frame(city, record));
    const std::vector<Kpi> kpis = {{"mean_travel_time", "mean time from departure to arrival", "s", true, 321.5},
                                   {"trips_completed", "trips that arrived", "1", false, 42}};
    const Frame trips = sample_trips(city.trips.id.size());
    recorder.finish(kpis, &trips, &city.trips);
}

}  // namespace shahr
