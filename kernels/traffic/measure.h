// What is counted of the traffic: per strip since the start, and per road for a frame.
#pragma once
#include <limits>

#include "kernels/traffic/scene.h"

namespace shahr::SHAHR_BACKEND::traffic {

// Sums since the start of the run; intervals are differences of two copies.
struct StripSums {
    double vehicle_seconds = 0;
    double vehicle_metres = 0;
    std::int32_t entered = 0;                  // from another road, or at departure
    std::int32_t unused = 0;
};

// Run for each vehicle: the first of each strip counts for all of it.
struct MeasureStrip {
    Scene scene;
    View<StripSums> sums;
    SHAHR_HD void operator()(Index i) const {
        if (!scene.is_first(i)) return;
        const Index strip = scene.vehicles.strip[i];
        float speeds = 0;
        Index entered = 0;
        for (Index v = i; v < scene.strips.end[strip]; ++v) {
            speeds += scene.vehicles.speed_mps[v];
            entered += scene.vehicles.entered[v];
        }
        StripSums& sum = sums[strip];
        sum.vehicle_seconds += static_cast<double>(scene.dt_s) * scene.strips.count(strip);
        sum.vehicle_metres += static_cast<double>(speeds * scene.dt_s);
        if (scene.network.is_lane(strip)) sum.entered += entered;
    }
};

inline constexpr float no_speed = std::numeric_limits<float>::quiet_NaN();

struct RoadFields {
    Scene scene;
    View<const StripSums> sums, before;
    View<Index> entered, vehicles, queue;
    View<float> speed_mps;

    SHAHR_HD void operator()(Index road) const {
        Index came = 0, here = 0, standing = 0;
        double seconds = 0, metres = 0;
        for (Index lane = scene.network.first_lane[road]; lane < scene.network.first_lane[road + 1]; ++lane) {
            came += sums[lane].entered - before[lane].entered;
            seconds += sums[lane].vehicle_seconds - before[lane].vehicle_seconds;
            metres += sums[lane].vehicle_metres - before[lane].vehicle_metres;
            here += scene.strips.count(lane);
            for (Index v = scene.strips.begin[lane]; v < scene.strips.end[lane]; ++v) standing += scene.vehicles.speed_mps[v] < standing_mps;
        }
        entered[road] = came;
        vehicles[road] = here;
        queue[road] = standing;
        speed_mps[road] = seconds > 0 ? static_cast<float>(metres / seconds) : no_speed;
    }
};

}  // namespace shahr::SHAHR_BACKEND::traffic
