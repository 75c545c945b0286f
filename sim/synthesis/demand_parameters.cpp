#include "sim/synthesis/demand_parameters.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace shahr {
namespace {

// From `at_low` to `at_high` on a logarithmic axis.
double on_log_scale(double x, double low, double high, double at_low, double at_high) {
    const double t = std::clamp(std::log(x / low) / std::log(high / low), 0.0, 1.0);
    return at_low + t * (at_high - at_low);
}

}  // namespace

const std::array<ActivityParameters, activity_count>& activities() {
    static constexpr std::array<ActivityParameters, activity_count> table = {{
        {Purpose::work, 0.45, 0.09, 8.75, 0.75,
         {.3, .2, .2, .4, 2, 7, 17, 27, 20, 9, 4, 2, 2, 3, 2, 1.5, .8, .5, .4, .3, .2, .1, .1, 0}},
        {Purpose::education, 0.08, 0.22, 6.0, 1.0,
         {0, 0, 0, 0, 0, .5, 8, 55, 17, 5, 2, 2, 5, 3, 1, .7, .4, .2, .1, .1, 0, 0, 0, 0}},
        {Purpose::shopping, 0.22, 0.17, 0.9, 0.4,
         {0, 0, 0, 0, 0, .3, 1, 3, 6, 10, 12, 11, 8, 7, 8, 9, 9, 7, 4.5, 2.5, 1.2, .4, .1, 0}},
        {Purpose::leisure, 0.20, 0.10, 2.2, 0.8,
         {.3, .1, 0, 0, 0, .3, 1, 2, 3, 5, 6, 6, 5, 7, 9, 9, 9, 10, 10, 8, 5, 3, 1, .3}},
        {Purpose::business, 0.05, 0.09, 1.5, 0.6,
         {0, 0, 0, 0, .5, 1.5, 6, 11, 14, 13, 11, 10, 6, 8, 8, 6, 3, 1, .5, .3, .1, .1, 0, 0}},
    }};
    return table;
}

double default_car_share(double population) {
    return population < 250e3 ? on_log_scale(population, 50e3, 250e3, 0.42, 0.34) : on_log_scale(population, 250e3, 1e6, 0.34, 0.21);
}

double through_share(double population, RoadClass road_class) {
    switch (road_class) {
        case RoadClass::motorway:
        case RoadClass::motorway_link: return on_log_scale(population, 50e3, 500e3, 0.8, 0.3);
        case RoadClass::trunk:
        case RoadClass::trunk_link:
        case RoadClass::primary:
        case RoadClass::primary_link: return on_log_scale(population, 50e3, 500e3, 0.4, 0.1);
        default: return on_log_scale(population, 50e3, 500e3, 0.2, 0.05);
    }
}

const HourShares& border_hours() {
    static constexpr HourShares shares = {.9,  .5,  .2,  .2,  .5,  1.3, 7.0, 9.3, 6.7, 4.2, 4.0, 3.8,
                                          4.1, 4.6, 5.0, 6.7, 9.6, 9.2, 7.1, 4.8, 3.5, 2.7, 2.2, 1.9};
    return shares;
}

const HourShares& truck_hours() {
    static constexpr HourShares shares = {.3,  .4,  .4,  .6,  .8,  2.0, 4.8, 7.5, 9.0, 8.7, 9.0, 9.0,
                                          7.5, 8.4, 7.8, 6.9, 5.4, 4.0, 2.7, 1.8, 1.2, .9,  .6,  .3};
    return shares;
}

double hour_at(const HourShares& shares, double u) {
    double left = u * std::accumulate(shares.begin(), shares.end(), 0.0);
    for (std::size_t hour = 0; hour < 24; ++hour) {
        if (left < shares[hour]) return static_cast<double>(hour) + left / shares[hour];
        left -= shares[hour];
    }
    return 23.999;                             // u rounded up to 1
}

}  // namespace shahr
