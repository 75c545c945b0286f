// A junction with straight legs, for tests: leg k leads from the junction in direction `angle_deg` (counter-clockwise from
// east). Roads stand in the order of the legs, way in before way out.
#pragma once
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "sim/synthesis/junctions.h"

namespace shahr {

struct StarLeg {
    double angle_deg;
    int lanes_in = 1, lanes_out = 1;           // 0: one way
    RoadClass road_class = RoadClass::residential;
    std::int16_t priority = 3;
    double speed_limit_mps = 50 / 3.6;
    bool roundabout = false;
};

struct Star {
    City city;
    JunctionHints hints;
    std::vector<RoadId> in, out;               // by leg; none: no such way
    JunctionId centre{0};

    explicit Star(const std::vector<StarLeg>& legs, bool left_hand_traffic = false) {
        city.left_hand_traffic = left_hand_traffic;
        add_junction("centre", {0, 0});
        for (const StarLeg& leg : legs) {
            const double angle = leg.angle_deg * std::numbers::pi / 180;
            const Point far{200 * std::cos(angle), 200 * std::sin(angle)};
            const JunctionId end = add_junction("end" + std::to_string(in.size()), far);
            in.push_back(leg.lanes_in ? add_road(leg, leg.lanes_in, end, centre) : none<RoadId>);
            out.push_back(leg.lanes_out ? add_road(leg, leg.lanes_out, centre, end) : none<RoadId>);
        }
        hints.signalised.resize(city.network.junctions.id.size());
    }

    ImportReport report;
    Star& synthesise() {
        synthesise_junctions(city, hints, report);
        return *this;
    }

    const RoadNetwork& network() const { return city.network; }
    RoadId from_road(MovementId m) const { return network().lanes.road[network().movements.from_lane[m]]; }
    RoadId to_road(MovementId m) const { return network().lanes.road[network().movements.to_lane[m]]; }

    // The movements from leg to leg, from the kerb.
    std::vector<MovementId> between(std::size_t from, std::size_t to) const {
        std::vector<MovementId> found;
        for (MovementId m : rows(network().movements.turn))
            if (from_road(m) == in[from] && to_road(m) == out[to]) found.push_back(m);
        return found;
    }
    // The lanes they use, counted from the kerb: {from, to}.
    std::vector<std::pair<int, int>> lanes(std::size_t from, std::size_t to) const {
        const auto lanes_of = network().lanes_of();
        std::vector<std::pair<int, int>> found;
        for (MovementId m : between(from, to))
            found.emplace_back(number(network().movements.from_lane[m]) - number(*lanes_of[in[from]].begin()),
                               number(network().movements.to_lane[m]) - number(*lanes_of[out[to]].begin()));
        return found;
    }
    // Rows of `movement` against `foe`: none, or the one.
    ConflictId conflict(MovementId movement, MovementId foe) const {
        for (ConflictId c : network().conflicts_of()[movement])
            if (network().conflicts.foe[c] == foe) return c;
        return none<ConflictId>;
    }
    // Whether traffic from leg a to b gives way to that from leg c to d; the legs have one lane.
    bool yields(std::size_t a, std::size_t b, std::size_t c, std::size_t d) const {
        const ConflictId row = conflict(between(a, b).at(0), between(c, d).at(0));
        return is_some(row) && network().conflicts.yields[row];
    }

private:
    JunctionId add_junction(std::string id, Point at) {
        Junctions& j = city.network.junctions;
        j.position.push_back(at);
        j.elevation_m.push_back(0);
        j.control.push_back(Control::priority);
        j.keep_clear.push_back(0);
        return j.id.push_back(std::move(id));
    }
    RoadId add_road(const StarLeg& leg, int lanes, JunctionId from, JunctionId to) {
        RoadNetwork& n = city.network;
        Roads& r = n.roads;
        const Point ends[] = {n.junctions.position[from], n.junctions.position[to]};
        r.name.push_back("");
        r.from.push_back(from);
        r.to.push_back(to);
        r.road_class.push_back(leg.road_class);
        r.length_m.push_back(200);
        r.speed_limit_mps.push_back(static_cast<float>(leg.speed_limit_mps));
        r.priority.push_back(leg.priority);
        r.allowed.push_back(motor_vehicles);
        for (auto* flag : {&r.destination_only, &r.bridge, &r.tunnel, &r.connected}) flag->push_back(0);
        r.roundabout.push_back(leg.roundabout);
        r.shape.push_back(ends);
        const RoadId road = r.id.push_back(n.junctions.id[from] + "-" + n.junctions.id[to]);
        for (int lane = 0; lane < lanes; ++lane) {
            n.lanes.id.push_back(r.id[road] + "/" + std::to_string(lane));
            n.lanes.road.push_back(road);
            n.lanes.length_m.push_back(200);
            n.lanes.speed_limit_mps.push_back(r.speed_limit_mps[road]);
            n.lanes.width_m.push_back(3.25f);
            n.lanes.allowed.push_back(motor_vehicles);
        }
        return road;
    }
};

}  // namespace shahr
