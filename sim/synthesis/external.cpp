// Vehicles at the edge of the map: through traffic between gates, cars that come in for the day, residents who go out.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/synthesis/demand_tours.h"

namespace shahr {
namespace {

constexpr double decay_per_min = 0.05;         // within the city, for those who come from or go far beyond it (R)
constexpr double least_between_gates_m = 1000;  // nearer ones are two carriageways or two exits of one road
// How much likelier through traffic leaves by a road of the class it came on. Whether a route goes on there decides more than
// anything else (Modlin 1982, as for through_share); the value is a guess (R).
constexpr double same_class_preference = 4;

// One way: from a gate into the city, or out to it.
float minutes_of(const DemandModel& model, GateId gate, std::size_t zone, bool inward) {
    const std::size_t g = model.gate_terminal(gate);
    return inward ? model.driving_min(g, zone) : model.driving_min(zone, g);
}

// Some gates belong to a road that only cuts a corner of the map and leads nowhere in it.
bool leads_anywhere(const DemandModel& model, GateId gate, bool inward) {
    for (std::size_t z = 0; z < model.zones.size(); ++z)
        if (std::isfinite(minutes_of(model, gate, z, inward))) return true;
    return false;
}

// The gate by which one leaves who came in at `gate` (or comes back in who left there): itself, else the nearest of that kind.
GateId partner(const DemandModel& model, GateId gate, bool inward) {
    const Gates& gates = model.city->gates;
    const auto& position = model.city->network.junctions.position;
    GateId best = none<GateId>;
    double best_m = 0;
    for (GateId g : rows(gates.junction)) {
        if (!is_some(inward ? gates.inbound[g] : gates.outbound[g]) || !leads_anywhere(model, g, inward)) continue;
        const double m = distance(position[gates.junction[g]], position[gates.junction[gate]]);
        if (!is_some(best) || m < best_m) best = g, best_m = m;
    }
    return best;
}

// From each gate the zones by what draws people there, and by how far it is.
Choice choice_of_zone(const DemandModel& model, Draw draw, bool inward) {
    const std::size_t gates = model.city->gates.junction.size(), n = model.zones.size();
    std::vector<double> weight(gates * n, 0);
    for (std::size_t g = 0; g < gates; ++g)
        for (std::size_t z = 0; z < n; ++z) {
            const auto minutes = static_cast<double>(minutes_of(model, as_id<GateId>(g), z, inward));
            if (std::isfinite(minutes))
                weight[g * n + z] = model.zones.total(draw, z) * std::exp(-decay_per_min * congestion * minutes);
        }
    return Choice(gates, n, std::move(weight));
}

RoadClass class_of(const City& city, GateId gate) {
    const RoadId road = is_some(city.gates.inbound[gate]) ? city.gates.inbound[gate] : city.gates.outbound[gate];
    return is_some(road) ? city.network.roads.road_class[road] : RoadClass::other;
}

// Through traffic from gate to gate in proportion to both, balanced; rather by a road of the same class, and none between
// gates that lie together.
Choice gate_pairs(const DemandModel& model, const std::vector<double>& in, const std::vector<double>& out) {
    const City& city = *model.city;
    const std::size_t gates = in.size();
    std::vector<double> possible(gates * gates, 0);
    for (GateId a : rows(city.gates.junction))
        for (GateId b : rows(city.gates.junction)) {
            const double apart_m = distance(city.network.junctions.position[city.gates.junction[a]],
                                            city.network.junctions.position[city.gates.junction[b]]);
            const bool way = std::isfinite(model.driving_min(model.gate_terminal(a), model.gate_terminal(b)));
            if (a != b && way && apart_m >= least_between_gates_m)
                possible[row(a) * gates + row(b)] = class_of(city, a) == class_of(city, b) ? same_class_preference : 1;
        }
    return Choice(gates, gates, balance(in, out, possible, 200).trips);
}

double departure_hour(bool short_stay, Draws& draws) {
    const HourShares& shares = short_stay ? border_hours() : activities()[static_cast<std::size_t>(Activity::work)].departures;
    return hour_at(shares, draws.uniform());
}

double stay_hours(bool short_stay, Draws& draws) {
    return short_stay ? draws.between(0.5, 4) : std::max(4.0, draws.normal(8.75, 0.75));
}

struct GateDraws {
    const DemandModel& model;
    int day;
    std::uint64_t kind;

    Draws of(std::size_t gate, std::int64_t k) const {
        return draws_for(model, Stream::external, day, (kind << 24 | gate) << 32 | static_cast<std::uint64_t>(k));
    }
    std::int64_t count(std::size_t gate, double expected) const { return of(gate, 0xFFFF'FFFF).round(expected); }
};

void draw_through(const DemandModel& model, int day, const std::vector<double>& in, const std::vector<double>& out,
                  const TakeDay& take) {
    const Choice to = gate_pairs(model, in, out);
    const GateDraws gate_draws{model, day, 0};
    for (std::size_t g = 0; g < in.size(); ++g) {
        const std::int64_t n = gate_draws.count(g, in[g]);
        for (std::int64_t k = 0; k < n; ++k) {
            Draws draws = gate_draws.of(g, k);
            const std::int32_t exit = to.pick(g, (static_cast<double>(k) + draws.uniform()) / static_cast<double>(n));
            if (exit < 0) break;
            const bool truck = draws.uniform() < truck_share;
            take({truck ? VehicleClass::truck : VehicleClass::car,
                  {{at_hour(day, hour_at(truck ? truck_hours() : border_hours(), draws.uniform())),
                    {-1, as_id<GateId>(g)},
                    {-1, as_id<GateId>(exit)},
                    Purpose::through}}});
        }
    }
}

// In at a gate, to a stop, and back out.
void draw_inbound(const DemandModel& model, int day, const std::vector<double>& in, const TakeDay& take) {
    const Choice work = choice_of_zone(model, Draw::work, true), shopping = choice_of_zone(model, Draw::shopping, true);
    const GateDraws gate_draws{model, day, 1};
    for (std::size_t g = 0; g < in.size(); ++g) {
        const GateId gate = as_id<GateId>(g), back = partner(model, gate, false);
        const std::int64_t n = is_some(back) ? gate_draws.count(g, in[g]) : 0;
        for (std::int64_t k = 0; k < n; ++k) {
            Draws draws = gate_draws.of(g, k);
            const bool short_stay = draws.uniform() < short_stay_share;
            const std::int32_t zone = (short_stay ? shopping : work).pick(g, draws.uniform());
            if (zone < 0) break;
            const auto z = static_cast<std::size_t>(zone);
            const std::int32_t stop = model.zones.pick(short_stay ? Draw::shopping : Draw::work, z, draws.uniform());
            VehicleDay car{VehicleClass::car,
                           {{at_hour(day, departure_hour(short_stay, draws)), {-1, gate}, {stop}, Purpose::inbound}}};
            add_leg(model, car, model.gate_terminal(gate), z, stay_hours(short_stay, draws), {-1, back}, Purpose::inbound);
            take(car);
        }
    }
}

// From home out at a gate, and back in.
void draw_outbound(const DemandModel& model, int day, const std::vector<double>& out, const TakeDay& take) {
    const Choice home = choice_of_zone(model, Draw::home, false);
    const GateDraws gate_draws{model, day, 2};
    for (std::size_t g = 0; g < out.size(); ++g) {
        const GateId gate = as_id<GateId>(g), back = partner(model, gate, true);
        const std::int64_t n = is_some(back) ? gate_draws.count(g, out[g]) : 0;
        for (std::int64_t k = 0; k < n; ++k) {
            Draws draws = gate_draws.of(g, k);
            const bool short_stay = draws.uniform() < short_stay_share;
            const std::int32_t zone = home.pick(g, draws.uniform());
            if (zone < 0) break;
            const auto z = static_cast<std::size_t>(zone);
            const std::int32_t stop = model.zones.pick(Draw::home, z, draws.uniform());
            VehicleDay car{VehicleClass::car,
                           {{at_hour(day, departure_hour(short_stay, draws)), {stop}, {-1, gate}, Purpose::outbound}}};
            // Half an hour's drive beyond the edge, each way.
            add_leg(model, car, z, model.gate_terminal(gate), 1 + stay_hours(short_stay, draws), {stop}, Purpose::outbound);
            car.legs.back().from = {-1, back};
            take(car);
        }
    }
}

}  // namespace

void draw_external(const DemandModel& model, int day, const TakeDay& take) {
    if (model.city->gates.junction.empty() || model.zones.size() == 0) return;
    const auto scaled = [&](std::vector<double> vehicles) {
        for (double& v : vehicles) v *= model.scale;
        return vehicles;
    };
    draw_through(model, day, scaled(model.gates.through_in), scaled(model.gates.through_out), take);
    draw_inbound(model, day, scaled(model.gates.inbound), take);
    draw_outbound(model, day, scaled(model.gates.outbound), take);
}

}  // namespace shahr
