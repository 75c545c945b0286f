// <vehicle>, <trip> and <flow>, sorted by departure into the table of trips.
#pragma once
#include <vector>

#include "sim/import/sumo/routes.h"
#include "sim/import/sumo/vehicle_types.h"

namespace shahr::sumo {

class TripReader {
public:
    TripReader(Reading& reading, TypeReader& types, RouteReader& routes) : r_(reading), types_(types), routes_(routes) {}

    // All vehicles, trips and flows of a file; types and routes have been read before, from all files.
    void read(const Element& root);
    // Fills the table of trips.
    void finish();

private:
    struct Departure {
        std::string id;
        Duration time;
        VehicleTypeId type;
        RouteReader::Way way;
        float position_m, speed_mps, arrival_m, speed_factor;
        std::int8_t lane;
    };
    // The times between which flows of an <interval> run.
    struct Interval {
        std::optional<std::string_view> begin, end;
    };
    void read_child(const Element& e, const Interval& interval);
    void read_vehicle(const Element& e);
    void read_flow(const Element& e, const Interval& interval);
    std::vector<Duration> flow_times(const Element& e, const Interval& interval);
    void depart(const Element& e, std::string id, Duration time);
    std::int8_t lane(const Element& e, std::string_view id, RoadId origin, VehicleClass vehicle_class) const;
    float position(const Element& e, std::string_view id, const char* attribute, RoadId road);
    float speed(const Element& e, std::string_view id, RoadId origin);

    Reading& r_;
    TypeReader& types_;
    RouteReader& routes_;
    std::vector<Departure> departures_;
    ByText<bool> ids_;
    std::int64_t triggered_ = 0, drawn_flows_ = 0, approximate_positions_ = 0, adapted_speeds_ = 0;
};

}  // namespace shahr::sumo
