// Indicators: what a run comes to, each with its unit and with the sense in which it is better.
//
// All of them count the trips asked for, not only those that got through: a run in which half of the cars are stuck must
// not look good because the other half was quick.
#pragma once
#include <vector>

#include "sim/city/city.h"
#include "sim/run/frame.h"
#include "sim/run/indicator.h"

namespace shahr {

// Below this share of the limit, traffic on a road counts as jammed: level of service F of an urban street,
// Highway Capacity Manual 2010, exhibit 16-4.
inline constexpr double jam_share_of_limit = 0.3;

// The indicators of the traffic: adds up what the records show, then takes the sums over the trips. Those of the other
// engines come from the engines themselves.
class KpiMeter : public FrameSink {
public:
    explicit KpiMeter(const City& city) : city_(&city) {}
    // Each record in turn, the first one at the start of the run.
    void take(const Frame& record) override;
    // `trips`: the frame that holds the group "trips", one row per trip, and the whole-city counts at the end of the run.
    std::vector<Kpi> finish(const Frame& trips) const;

private:
    const City* city_;
    Duration last_{};
    std::vector<std::int32_t> vehicles_;       // per road, at the last record
    double jam_vehicle_s_ = 0;
};

}  // namespace shahr
