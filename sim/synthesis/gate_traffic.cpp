#include "sim/synthesis/gate_traffic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/synthesis/demand_parameters.h"

namespace shahr {
namespace {

double sum(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

// Vehicles a day one way: half of both directions' count, all of a one-way gate's.
double one_way(const Gates& gates, GateId gate, RoadId this_way, RoadId other_way) {
    if (!is_some(this_way)) return 0;
    return static_cast<double>(gates.daily_vehicles[gate]) * (is_some(other_way) ? 0.5 : 1);
}

// Of what `draw` stands for in the city, the share whose other end lies beyond the edge.
double share_beyond_the_edge(const City& city, const Zones& zones, Draw draw) {
    double weighted = 0, weight = 0;
    for (GateId g : rows(city.gates.junction)) {
        const auto vehicles = static_cast<double>(city.gates.daily_vehicles[g]);
        const Point edge = city.network.junctions.position[city.gates.junction[g]];
        for (std::size_t z = 0; z < zones.size(); ++z) {
            const double n = vehicles * zones.total(draw, z), way_m = detour * distance(edge, zones.centre[z]);
            weight += n;
            weighted += n * std::exp(-way_m / way_to_work_m);
        }
    }
    return weight > 0 ? weighted / weight : 0;
}

double jobs(const Zones& zones) {
    double sum = 0;
    for (std::size_t z = 0; z < zones.size(); ++z) sum += zones.total(Draw::work, z);
    return sum;
}

void limit(std::vector<double>& vehicles, double most, std::string_view what, ImportReport& report) {
    const double wished = sum(vehicles);
    if (wished <= most) return;
    for (double& v : vehicles) v *= most / wished;
    report.guessed(static_cast<std::int64_t>(vehicles.size()), "gates with fewer vehicles than their road class says",
                   fmt::format("{:.0f} cars a day {} of the {:.0f} that their classes say beside through traffic: no "
                               "more can plausibly cross the edge",
                               most, what, wished));
}

}  // namespace

GateTraffic gate_traffic(const City& city, const Zones& zones, double population, double cars_in_use, const DemandOptions& options,
                         ImportReport& report) {
    const Gates& gates = city.gates;
    GateTraffic traffic;
    for (GateId g : rows(gates.junction)) {
        const double in = one_way(gates, g, gates.inbound[g], gates.outbound[g]), out = one_way(gates, g, gates.outbound[g], gates.inbound[g]);
        const RoadId road = is_some(gates.inbound[g]) ? gates.inbound[g] : gates.outbound[g];
        const double through = is_some(road) ? through_share(population, city.network.roads.road_class[road]) : 0;
        traffic.through_in.push_back(in * through);
        traffic.through_out.push_back(out * through);
        traffic.inbound.push_back(in * (1 - through) * inbound_share);
        traffic.outbound.push_back(out * (1 - through) * (1 - inbound_share));
    }
    if (gates.junction.empty()) return traffic;
    const double from_beyond = options.in_commuters >= 0 ? options.in_commuters : share_beyond_the_edge(city, zones, Draw::work);
    const double to_beyond = options.out_commuters >= 0 ? options.out_commuters : share_beyond_the_edge(city, zones, Draw::home);
    const double cars_to_work = cars_in_use * activities()[static_cast<std::size_t>(Activity::work)].share;
    const double most_in = jobs(zones) * from_beyond * commuters_by_car / (1 - short_stay_share);
    const double most_out = cars_to_work * to_beyond / (1 - short_stay_share);
    limit(traffic.inbound, most_in, "come in", report);
    limit(traffic.outbound, most_out, "go out", report);
    report.note(fmt::format("a day at {} gates: {:.0f} cars come in (at most {:.0f}: {:.0f} % of the jobs are held from beyond the "
                            "edge, {}), {:.0f} of residents go out (at most {:.0f}: {:.0f} % of those who drive to work), {:.0f} vehicles pass through",
                            gates.junction.size(), sum(traffic.inbound), most_in, 100 * from_beyond,
                            options.in_commuters >= 0 ? "given" : "by the way to the edge", sum(traffic.outbound), most_out,
                            100 * to_beyond, sum(traffic.through_in)));
    return traffic;
}

}  // namespace shahr
