// Tiny networks for tests of the traffic: roads in a row, lanes numbered through, movements from lane to lane.
#pragma once
#include <string>

#include "sim/city/city.h"

namespace shahr::traffic_tests {

class Sketch {
public:
    City city;

    explicit Sketch(bool keep_clear = true) {
        VehicleTypes& t = city.vehicle_types;
        t.id = {"car"};
        t.vehicle_class = {VehicleClass::car};
        t.length_m = {5};
        t.min_gap_m = {2.5f};
        t.headway_s = {1};
        t.acceleration_mps2 = {2.6f};
        t.deceleration_mps2 = {4.5f};
        t.emergency_deceleration_mps2 = {9};
        t.max_speed_mps = {55.56f};
        t.speed_factor_mean = {1};
        t.speed_factor_deviation = {0};
        t.speed_factor_min = {1};
        t.speed_factor_max = {1};
        Junctions& j = city.network.junctions;
        j.id = {"j"};
        j.position = {Point{}};
        j.elevation_m = {0};
        j.control = {Control::priority};
        j.keep_clear = {static_cast<std::uint8_t>(keep_clear)};
    }

    // Its lanes follow those of the roads before. All roads lead from the one junction to itself.
    RoadId road(float length_m, int lanes = 1, float limit_mps = 13.89f) {
        Roads& r = city.network.roads;
        const RoadId id = r.id.push_back(numbered('r', r.id.size()));
        r.name.push_back("");
        r.from.push_back(JunctionId{0});
        r.to.push_back(JunctionId{0});
        r.road_class.push_back(RoadClass::residential);
        r.length_m.push_back(length_m);
        r.speed_limit_mps.push_back(limit_mps);
        r.priority.push_back(0);
        r.allowed.push_back(motor_vehicles);
        r.destination_only.push_back(0);
        r.bridge.push_back(0), r.tunnel.push_back(0), r.roundabout.push_back(0);
        r.connected.push_back(1);
        r.shape.push_back({Point{0, 0}, Point{length_m, 0}});
        for (int k = 0; k < lanes; ++k) {
            Lanes& l = city.network.lanes;
            l.id.push_back(numbered('l', l.id.size()));
            l.road.push_back(id);
            l.length_m.push_back(length_m);
            l.speed_limit_mps.push_back(limit_mps);
            l.width_m.push_back(3.2f);
            l.allowed.push_back(motor_vehicles);
        }
        return id;
    }

    // To be called in ascending order of `from`.
    MovementId movement(int from, int to, float length_m = 10, int signal_link = -1, float wait_m = 0, float limit_mps = 13.89f) {
        Movements& m = city.network.movements;
        m.to_lane.push_back(LaneId{to});
        m.junction.push_back(JunctionId{0});
        m.turn.push_back(Turn::straight);
        m.length_m.push_back(length_m);
        m.speed_limit_mps.push_back(limit_mps);
        m.wait_m.push_back(wait_m);
        m.right_of_way.push_back(RightOfWay::major);
        m.allowed.push_back(motor_vehicles);
        m.signal.push_back(signal_link < 0 ? none<SignalId> : SignalId{0});
        m.signal_link.push_back(signal_link);
        m.shape.push_back({Point{0, 0}, Point{length_m, 0}});
        return m.from_lane.push_back(LaneId{from});
    }

    // Both rows of a conflict. The engine sorts them.
    void conflict(MovementId a, bool a_yields, float a_at_m, MovementId b, bool b_yields, float b_at_m, bool merges = false) {
        row_of_conflict(a, b, a_yields, merges, a_at_m, b_at_m);
        row_of_conflict(b, a, b_yields, merges, b_at_m, a_at_m);
        if (a_yields) city.network.movements.right_of_way[a] = RightOfWay::minor;
        if (b_yields) city.network.movements.right_of_way[b] = RightOfWay::minor;
    }

    // One signal for all; phases of seconds and aspects, written as SUMO does.
    void signal(std::vector<std::pair<int, std::string>> phases) {
        Signals& s = city.network.signals;
        s.id = {"s"};
        s.offset = {Duration{0}};
        s.cycle = {Duration{0}};
        for (const auto& [length_s, letters] : phases) {
            std::vector<Aspect> aspects;
            for (char c : letters)
                aspects.push_back(c == 'G' ? Aspect::green : c == 'g' ? Aspect::green_minor : c == 'y' ? Aspect::yellow : c == 'o' ? Aspect::off : Aspect::red);
            city.network.signal_phases.signal.push_back(SignalId{0});
            city.network.signal_phases.duration.push_back(std::chrono::seconds{length_s});
            city.network.signal_phases.aspects.push_back(aspects);
            s.cycle[SignalId{0}] += std::chrono::seconds{length_s};
        }
    }

    // To be called in order of departure.
    TripId trip(double depart_s, const std::vector<RoadId>& route, int lane = -1) {
        return trip_between(depart_s, route.front(), route.back(), route, lane);
    }
    // The same; without a route it finds its own.
    TripId trip_between(double depart_s, RoadId origin, RoadId destination, const std::vector<RoadId>& route = {}, int lane = -1) {
        Trips& t = city.trips;
        t.depart.push_back(Duration{static_cast<std::int64_t>(depart_s * 1000)});
        t.type.push_back(VehicleTypeId{0});
        t.origin.push_back(origin);
        t.destination.push_back(destination);
        t.depart_position_m.push_back(not_given);
        t.depart_speed_mps.push_back(not_given);
        t.depart_lane.push_back(static_cast<std::int8_t>(lane));
        t.arrival_position_m.push_back(not_given);
        t.speed_factor.push_back(1);
        t.purpose.push_back(Purpose::unknown);
        t.after.push_back(none<TripId>);
        t.route.push_back(route);
        return t.id.push_back(numbered('t', t.id.size()));
    }

private:
    static std::string numbered(char letter, std::size_t n) {
        std::string name(1, letter);
        name += std::to_string(n);
        return name;
    }
    void row_of_conflict(MovementId movement, MovementId foe, bool yields, bool merges, float at_m, float foe_at_m) {
        Conflicts& c = city.network.conflicts;
        c.movement.push_back(movement);
        c.foe.push_back(foe);
        c.yields.push_back(yields);
        c.merges.push_back(merges);
        c.at_m.push_back(at_m);
        c.foe_at_m.push_back(foe_at_m);
    }
};

}  // namespace shahr::traffic_tests
