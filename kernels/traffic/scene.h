// Everything that a functor of the traffic engine may look at, in one bundle.
#pragma once
#include "kernels/traffic/laws.h"
#include "kernels/traffic/network.h"
#include "kernels/traffic/trips.h"
#include "kernels/traffic/vehicles.h"

namespace shahr::SHAHR_BACKEND::traffic {

struct Scene {
    NetworkView network;
    View<const float> limit_mps;               // of strip, as it is now
    View<const std::uint8_t> closed;           // of road, as it is now
    View<const std::uint8_t> aspect;           // of movement, as it is shown now
    VehiclesView vehicles;
    StripsView strips;
    TripsView trips;
    View<const Driver> drivers;
    float dt_s = 1;
    std::int64_t now_ms = 0;

    SHAHR_HD const Driver& driver(Index vehicle) const { return drivers[vehicles.type[vehicle]]; }
    // Of the vehicle's end, from the start of its strip; below zero where it reaches back over that.
    SHAHR_HD float rear_m(Index vehicle) const { return vehicles.position_m[vehicle] - driver(vehicle).length_m; }
    SHAHR_HD float desired_speed(Index vehicle, Index strip) const {
        return least(limit_mps[strip] * vehicles.speed_factor[vehicle], driver(vehicle).max_speed_mps);
    }
    SHAHR_HD Index strip_of_movement(Index movement) const { return network.lanes + movement; }
    SHAHR_HD bool is_first(Index vehicle) const { return strips.first(vehicles.strip[vehicle]) == vehicle; }
};

}  // namespace shahr::SHAHR_BACKEND::traffic
