// <route>, <routeDistribution>, and the from, to and via of trips and flows.
#pragma once
#include <optional>
#include <vector>

#include "sim/import/sumo/network.h"
#include "sim/import/sumo/turnings.h"

namespace shahr::sumo {

class RouteReader {
public:
    RouteReader(Reading& reading, const Turnings& turnings) : r_(reading), turnings_(turnings) {}

    // A <route> or <routeDistribution> with an id, for vehicles to name.
    void read(const Element& e);

    // A vehicle's way: `roads` is the whole route, or empty if only its ends are given and the way is to be found.
    struct Way {
        RoadId origin, destination;
        std::vector<RoadId> roads;
    };
    // Nothing if the vehicle's ends are given in a manner not understood (zones, junctions): counted. Throws InputError
    // for unknown edges and for consecutive ones that do not meet, or not for this class.
    std::optional<Way> of(const Element& vehicle, std::string_view id, VehicleClass vehicle_class);
    void report() const;

private:
    struct Alternatives {
        std::vector<std::vector<RoadId>> routes;
        std::vector<double> weights;
    };
    RoadId road(const Element& e, const char* attribute, std::string_view id) const;
    std::vector<RoadId> edges(const Element& route) const;
    Alternatives alternatives(const Element& distribution);
    std::optional<std::vector<RoadId>> given(const Element& vehicle, std::string_view id);
    Way through(const Element& vehicle, const Way& ends, VehicleClass vehicle_class);
    std::optional<Way> between_ends(const Element& vehicle, VehicleClass vehicle_class);
    void require_joined(const Element& vehicle, const std::vector<RoadId>& roads, VehicleClass vehicle_class) const;
    Reading& r_;
    const Turnings& turnings_;
    ByText<Alternatives> named_;
    ByText<Way> through_ways_;                 // found once for all vehicles of a flow
    std::int64_t endless_ = 0, through_ = 0;
};

}  // namespace shahr::sumo
