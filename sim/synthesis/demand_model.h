// The demand of one city on an average weekday, ready to draw cars from: stops, zones, driving times, balanced matrices.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "sim/city/city.h"
#include "sim/import/report.h"
#include "sim/scenario/scenario.h"
#include "sim/synthesis/demand_parameters.h"
#include "sim/synthesis/demand_zones.h"
#include "sim/synthesis/gate_traffic.h"
#include "sim/synthesis/gravity.h"

namespace shahr {

// Draws a destination for an origin, in proportion to a matrix.
class Choice {
public:
    Choice() = default;
    Choice(std::size_t origins, std::size_t destinations, std::vector<double> weight);
    // -1 where the origin has no destination. u in [0, 1).
    std::int32_t pick(std::size_t origin, double u) const;

private:
    std::size_t destinations_ = 0;
    std::vector<double> below_;                // [origin][destination]: sums of a row up to and with this one
};

struct DemandModel {
    const City* city = nullptr;
    std::uint64_t seed = 1;
    double population = 0;                     // people who live at the stops
    double trips_per_person = 0, car_share = 0, scale = 1;
    double stay_inside = 1;                    // of the residents' cars in use, those that do not leave the map
    double least_crow_m = 0;                   // between the two ends of a trip
    Stops stops;
    Zones zones;
    std::vector<float> minutes;                // [terminal][terminal]: zones first, then gates
    std::array<Choice, activity_count> activity;  // zone to zone
    Choice freight;                            // zone to zone
    GateTraffic gates;

    std::size_t terminals() const { return zones.size() + city->gates.junction.size(); }
    std::size_t gate_terminal(GateId gate) const { return zones.size() + row(gate); }
    // Cars of residents of a zone that are used on a day for tours on the map.
    double cars_in_use(std::size_t zone) const;
    float driving_min(std::size_t from, std::size_t to) const { return minutes[from * terminals() + to]; }
};

// Trips on average that a car makes which is used on a day.
double trips_per_car();

// Appends to the report what was assumed and how well the matrices balance. A city without people, without a road for
// trips, or without cells gives a model without zones.
DemandModel make_demand_model(const City& city, const DemandOptions& options, std::uint64_t seed, ImportReport& report);

}  // namespace shahr
