// Travel times by lane and movement, as measured, and what a turning costs.
#pragma once
#include "kernels/base/shortest_path.h"
#include "kernels/traffic/measure.h"
#include "kernels/traffic/turnings.h"

namespace shahr::SHAHR_BACKEND::traffic {

// Weight of the newest interval against what was known before.
inline constexpr float newest_share = 0.5f;
// Roads for those only who begin or end there: through traffic pays this once on entering.
inline constexpr float through_traffic_s = 900;

// Time along a strip if nobody else is there.
SHAHR_HD inline float free_time_s(const Scene& scene, View<const float> delay_s, Index strip) {
    const NetworkView& net = scene.network;
    const float drive = net.length_m[strip] / greatest(scene.limit_mps[strip], 0.5f);
    if (!net.is_lane(strip)) return drive;
    float delay = 0;
    for (Index m = net.first_movement[strip]; m < net.first_movement[strip + 1]; ++m)
        delay = m == net.first_movement[strip] ? delay_s[m] : least(delay, delay_s[m]);
    return drive + delay;
}

// One strip: vehicle-seconds over vehicle-metres of the last interval, with one more vehicle that drove freely, so that an
// empty strip has its free time and a blocked one a long but finite time.
struct MeasureTime {
    Scene scene;
    View<const float> delay_s;
    View<const StripSums> sums, before;
    bool first;                                // nothing is known from earlier
    View<float> time_s;

    SHAHR_HD void operator()(Index strip) const {
        const float free = free_time_s(scene, delay_s, strip), length = scene.network.length_m[strip];
        const float seconds = static_cast<float>(sums[strip].vehicle_seconds - before[strip].vehicle_seconds) + free;
        const float metres = static_cast<float>(sums[strip].vehicle_metres - before[strip].vehicle_metres) + length;
        const float measured = length * seconds / metres;
        time_s[strip] = first ? free : (1 - newest_share) * time_s[strip] + newest_share * measured;
    }
};

// One turning: along the quickest of its lanes to the line and through the junction.
struct WeighTurning {
    Scene scene;
    TurnGraphView turnings;
    View<const float> time_s;
    View<std::uint32_t> weight_ms;

    SHAHR_HD void operator()(Index k) const {
        if (scene.closed[turnings.road[turnings.to[k]]]) {
            weight_ms[k] = unreachable;
            return;
        }
        float best = -1;
        for (Index i = turnings.first_movement[k]; i < turnings.first_movement[k + 1]; ++i) {
            const Index m = turnings.movement[i];
            const float time = time_s[scene.network.from_lane[m]] + time_s[scene.strip_of_movement(m)];
            if (best < 0 || time < best) best = time;
        }
        if (turnings.into_private[k]) best += through_traffic_s;
        weight_ms[k] = static_cast<std::uint32_t>(least(best, 1e6f) * 1000) + 1;
    }
};

}  // namespace shahr::SHAHR_BACKEND::traffic
