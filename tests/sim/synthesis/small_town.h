// A chequered town for tests: two-way streets every 200 m, people in the west, jobs in the east, a gate at each corner.
#pragma once
#include <fmt/format.h>

#include "sim/city/city.h"
#include "sim/synthesis/vehicle_types.h"

namespace shahr {

struct SmallTown {
    int streets = 11;                          // in each direction
    double block_m = 200;
    double people = 20'000, jobs = 9'000;
    float gate_vehicles = 0;                   // a day and gate

    City make() const {
        City city;
        city.name = "small town";
        city.vehicle_types = default_vehicle_types();
        for (int r = 0; r < streets; ++r)
            for (int c = 0; c < streets; ++c) add_junction(city, {c * block_m, r * block_m});
        for (int r = 0; r < streets; ++r)
            for (int c = 0; c < streets; ++c) {
                if (c + 1 < streets) add_street(city, at(r, c), at(r, c + 1));
                if (r + 1 < streets) add_street(city, at(r, c), at(r + 1, c));
            }
        add_cells(city);
        if (gate_vehicles > 0)
            for (JunctionId corner : {at(0, 0), at(0, streets - 1), at(streets - 1, 0), at(streets - 1, streets - 1)}) add_gate(city, corner);
        return city;
    }

private:
    JunctionId at(int r, int c) const { return as_id<JunctionId>(r * streets + c); }

    static JunctionId add_junction(City& city, Point p) {
        Junctions& j = city.network.junctions;
        j.position.push_back(p);
        j.elevation_m.push_back(0);
        j.control.push_back(Control::priority);
        j.keep_clear.push_back(0);
        return j.id.push_back(fmt::format("j{}", j.id.size()));
    }
    static RoadId add_road(City& city, JunctionId from, JunctionId to) {
        Roads& r = city.network.roads;
        const Point a = city.network.junctions.position[from], b = city.network.junctions.position[to];
        r.name.push_back("");
        r.from.push_back(from);
        r.to.push_back(to);
        r.road_class.push_back(RoadClass::residential);
        r.length_m.push_back(static_cast<float>(distance(a, b)));
        r.speed_limit_mps.push_back(13.9f);
        r.priority.push_back(3);
        r.allowed.push_back(motor_vehicles);
        r.destination_only.push_back(0);
        r.bridge.push_back(0);
        r.tunnel.push_back(0);
        r.roundabout.push_back(0);
        r.connected.push_back(1);
        r.shape.push_back({a, b});
        return r.id.push_back(fmt::format("{}-{}", city.network.junctions.id[from], city.network.junctions.id[to]));
    }
    static void add_street(City& city, JunctionId a, JunctionId b) {
        add_road(city, a, b);
        add_road(city, b, a);
    }
    void add_gate(City& city, JunctionId corner) const {
        const Point p = city.network.junctions.position[corner];
        const JunctionId outside = add_junction(city, {p.x_m + (p.x_m > 0 ? 300 : -300), p.y_m});
        const RoadId in = add_road(city, outside, corner), out = add_road(city, corner, outside);
        city.gates.junction.push_back(outside);
        city.gates.inbound.push_back(in);
        city.gates.outbound.push_back(out);
        city.gates.daily_vehicles.push_back(gate_vehicles);
    }
    void add_cells(City& city) const {
        Cells& cells = city.cells;
        cells.columns = cells.rows = static_cast<std::int32_t>((streets - 1) * block_m / cells.size_m);
        const auto n = static_cast<std::size_t>(cells.columns) * static_cast<std::size_t>(cells.rows);
        for (std::size_t i = 0; i < n; ++i) {
            const bool west = static_cast<std::int32_t>(i) % cells.columns < cells.columns / 2;
            cells.population.push_back(static_cast<float>(people * (west ? 1.5 : 0.5) / static_cast<double>(n)));
            cells.jobs.push_back(static_cast<float>(jobs * (west ? 0.5 : 1.5) / static_cast<double>(n)));
            cells.floor_area_m2.push_back(0);
            cells.land_use.push_back(LandUse::residential);
            cells.elevation_m.push_back(0);
        }
    }
};

}  // namespace shahr
