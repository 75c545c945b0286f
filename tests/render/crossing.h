// Two streets that cross, with frames as a run would publish them: small enough to know every pixel.
#pragma once
#include <fmt/format.h>

#include <limits>

#include "render/frame_source.h"

namespace shahr {

// 1000 m by 1000 m; a west-east street of both directions ("east", "west") and one way to the north ("north").
inline City crossing_city() {
    City city;
    city.name = "Хуҷанд";
    city.attribution = "(c) nobody";
    Junctions& j = city.network.junctions;
    for (const Point p : {Point{0, 500}, Point{500, 500}, Point{1000, 500}, Point{500, 0}, Point{500, 1000}}) {
        j.id.push_back(fmt::format("j{}", j.id.size()));
        j.position.push_back(p);
    }
    const auto road = [&](const char* id, int from, int to, RoadClass road_class) {
        Roads& r = city.network.roads;
        const RoadId row = r.id.push_back(id);
        r.name.push_back(fmt::format("street {}", id));
        r.from.push_back(as_id<JunctionId>(from));
        r.to.push_back(as_id<JunctionId>(to));
        r.road_class.push_back(road_class);
        r.length_m.push_back(500);
        r.speed_limit_mps.push_back(10);
        r.shape.push_back({j.position[as_id<JunctionId>(from)], j.position[as_id<JunctionId>(to)]});
        city.network.lanes.road.push_back(row);
    };
    road("east 1", 0, 1, RoadClass::primary);
    road("east 2", 1, 2, RoadClass::primary);
    road("west 1", 2, 1, RoadClass::primary);
    road("west 2", 1, 0, RoadClass::primary);
    road("north 1", 3, 1, RoadClass::residential);
    road("north 2", 1, 4, RoadClass::residential);
    return city;
}

// Five records; eastbound at 20 % of the limit, westbound at 90 %, nobody to the north, and free everywhere at the start.
inline Frame crossing_frame(int record) {
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    Frame frame;
    frame.time = std::chrono::hours{8} + record * std::chrono::minutes{5};
    const std::vector<float> speed = record == 0 ? std::vector<float>(6, 9.0f) : std::vector<float>{2, 2, 9, 9, nan, nan};
    frame.fields = {{"traffic", "speed", "mean speed", "m s-1", RowKind::road, CellMethod::mean, speed},
                    {"traffic", "vehicles", "vehicles", "1", RowKind::road, CellMethod::point, std::vector<std::int32_t>{9, 8, 2, 1, 0, 0}},
                    {"traffic", "vehicles_on_network", "vehicles", "1", RowKind::whole, CellMethod::point, std::vector<std::int32_t>{record * 10}}};
    return frame;
}

struct CrossingSource : LiveSource {
    using LiveSource::LiveSource;
    std::vector<RoadId> closed_roads(Duration) const override { return closed; }
    std::vector<RoadId> closed;
};

struct Crossing {
    City city = crossing_city();
    CrossingSource source{city, "Morning", std::chrono::year{2026} / 3 / 10};
    Crossing() {
        for (int record = 0; record < 5; ++record) source.take(crossing_frame(record));
    }
};

}  // namespace shahr
