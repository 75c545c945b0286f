#include "sim/city/grid_city.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/random.h"
#include "sim/city/grid_plan.h"
#include "sim/city/connected_part.h"
#include "sim/synthesis/junctions.h"
#include "sim/synthesis/vehicle_types.h"

namespace shahr {
namespace {

constexpr float lane_width_m = 3.25f;
constexpr std::int16_t arterial_priority = 12, street_priority = 3;

// What the pieces of one street have in common.
struct Street {
    std::string name;
    RoadClass road_class;
    std::int32_t lanes;
    double speed_limit_mps;
    bool bridge = false;
};

class Builder {
public:
    explicit Builder(const GridCity& description) : plan_(description), roads_(plan_) {}

    City build() {
        city_.name = plan_.city().name;
        city_.source = "grid city";
        city_.left_hand_traffic = plan_.city().left_hand_traffic;
        add_crossings();
        add_streets();
        if (plan_.city().gates) add_gates();
        choose_signals();
        ImportReport report;
        synthesise_junctions(city_, hints_, report);
        mark_connected_part(city_.network);
        build_on_blocks(plan_, roads_, city_);
        city_.vehicle_types = default_vehicle_types();
        return std::move(city_);
    }

private:
    static JunctionId crossing(const GridPlan& plan, std::int32_t s, std::int32_t a) { return as_id<JunctionId>(a * plan.streets() + s); }

    JunctionId add_junction(std::string id, Point position, Control control) {
        Junctions& j = city_.network.junctions;
        j.position.push_back(position);
        j.elevation_m.push_back(0);
        j.control.push_back(control);
        j.keep_clear.push_back(0);
        return j.id.push_back(std::move(id));
    }

    RoadId add_road(const Street& street, JunctionId from, JunctionId to) {
        RoadNetwork& n = city_.network;
        Roads& r = n.roads;
        const Point ends[] = {n.junctions.position[from], n.junctions.position[to]};
        const std::string id = n.junctions.id[from] + "-" + n.junctions.id[to];
        const auto length_m = static_cast<float>(distance(ends[0], ends[1])), speed = static_cast<float>(street.speed_limit_mps);
        r.name.push_back(street.name);
        r.from.push_back(from);
        r.to.push_back(to);
        r.road_class.push_back(street.road_class);
        r.length_m.push_back(length_m);
        r.speed_limit_mps.push_back(speed);
        r.priority.push_back(street.road_class == RoadClass::primary ? arterial_priority : street_priority);
        r.allowed.push_back(motor_vehicles);
        r.destination_only.push_back(0);
        r.bridge.push_back(street.bridge);
        r.tunnel.push_back(0);
        r.roundabout.push_back(0);
        r.connected.push_back(0);
        r.shape.push_back(ends);
        const RoadId road = r.id.push_back(id);
        for (std::int32_t lane = 0; lane < street.lanes; ++lane) {
            n.lanes.id.push_back(fmt::format("{}/{}", id, lane));
            n.lanes.road.push_back(road);
            n.lanes.length_m.push_back(length_m);
            n.lanes.speed_limit_mps.push_back(speed);
            n.lanes.width_m.push_back(lane_width_m);
            n.lanes.allowed.push_back(motor_vehicles);
        }
        return road;
    }

    // Both directions; the first is returned.
    RoadId add_both(const Street& street, JunctionId a, JunctionId b) {
        const RoadId there = add_road(street, a, b);
        add_road(street, b, a);
        return there;
    }

    Street street_of(std::string name, bool arterial) const {
        const GridCity& g = plan_.city();
        if (arterial) return {std::move(name), RoadClass::primary, g.arterial_lanes, g.arterial_speed_limit_mps};
        return {std::move(name), RoadClass::residential, g.lanes, g.speed_limit_mps};
    }

    void add_crossings() {
        for (std::int32_t a = 0; a < plan_.avenues(); ++a)
            for (std::int32_t s = 0; s < plan_.streets(); ++s) add_junction(fmt::format("c{}r{}", s, a), plan_.crossing(s, a), Control::priority);
        degree_.resize(city_.network.junctions.id.size());
    }

    void join(const Street& street, RoadId& road, JunctionId a, JunctionId b) {
        road = add_both(street, a, b);
        ++degree_[a], ++degree_[b];
    }

    void add_streets() {
        for (std::int32_t a = 0; a < plan_.avenues(); ++a) {
            const Street avenue = street_of(fmt::format("Avenue {}", a + 1), plan_.avenue_is_arterial(a));
            for (std::int32_t s = 0; s < plan_.streets(); ++s) {
                if (s + 1 < plan_.streets()) join(avenue, roads_.east(s, a), crossing(plan_, s, a), crossing(plan_, s + 1, a));
                if (a + 1 == plan_.avenues() || (a == plan_.river_row() && plan_.bridge_of(s) == 0)) continue;
                Street street = street_of(fmt::format("Street {}", s + 1), plan_.street_is_arterial(s));
                if (a == plan_.river_row()) street.name = fmt::format("River Bridge {}", plan_.bridge_of(s)), street.bridge = true;
                join(street, roads_.north(s, a), crossing(plan_, s, a), crossing(plan_, s, a + 1));
            }
        }
    }

    void add_gate(const char* side, std::int32_t line, JunctionId at, Point beyond) {
        const RoadNetwork& n = city_.network;
        const JunctionId gate = add_junction(fmt::format("{}{}", side, line + 1), beyond, Control::cordon);
        const bool along_avenue = beyond.y_m == n.junctions.position[at].y_m;
        const RoadId in = add_both(street_of(fmt::format("{} {}", along_avenue ? "Avenue" : "Street", line + 1), true), gate, at);
        ++degree_[at];
        city_.gates.junction.push_back(gate);
        city_.gates.inbound.push_back(in);
        city_.gates.outbound.push_back(as_id<RoadId>(number(in) + 1));
        city_.gates.daily_vehicles.push_back(static_cast<float>(plan_.city().gate_vehicles));
    }

    void add_gates() {
        const std::int32_t east = plan_.streets() - 1, north = plan_.avenues() - 1;
        for (std::int32_t s = 0; s < plan_.streets(); ++s) {
            if (!plan_.street_is_arterial(s) || (plan_.city().ring && (s == 0 || s == east))) continue;
            add_gate("south", s, crossing(plan_, s, 0), {plan_.x_of(s), 0});
            add_gate("north", s, crossing(plan_, s, north), {plan_.x_of(s), plan_.height_m()});
        }
        for (std::int32_t a = 0; a < plan_.avenues(); ++a) {
            if (!plan_.avenue_is_arterial(a) || (plan_.city().ring && (a == 0 || a == north))) continue;
            add_gate("west", a, crossing(plan_, 0, a), {0, plan_.y_of(a)});
            add_gate("east", a, crossing(plan_, east, a), {plan_.width_m(), plan_.y_of(a)});
        }
    }

    // The crossings of arterials first, then those with one arterial, then the others; among equals by draw.
    void choose_signals() {
        struct Candidate {
            std::int32_t minor_streets;
            std::uint64_t draw;
            JunctionId crossing;
            auto operator<=>(const Candidate&) const = default;
        };
        std::vector<Candidate> candidates;
        for (std::int32_t a = 0; a < plan_.avenues(); ++a) {
            for (std::int32_t s = 0; s < plan_.streets(); ++s) {
                const JunctionId j = crossing(plan_, s, a);
                if (degree_[j] < 3) continue;
                Draws draws(plan_.city().seed, 1, row(j));
                candidates.push_back({!plan_.street_is_arterial(s) + !plan_.avenue_is_arterial(a), draws.bits(), j});
            }
        }
        std::sort(candidates.begin(), candidates.end());
        candidates.resize(static_cast<std::size_t>(std::lround(plan_.city().signals * static_cast<double>(candidates.size()))));
        hints_.guess_signals = false;          // the description says how many
        hints_.signalised.resize(city_.network.junctions.id.size());
        for (const Candidate& c : candidates) hints_.signalised[c.crossing] = 1;
    }

    const GridPlan plan_;
    GridRoads roads_;
    Column<JunctionId, std::uint8_t> degree_;  // streets that meet
    JunctionHints hints_;
    City city_;
};

}  // namespace

City make_grid_city(const GridCity& description) {
    return Builder(description).build();
}

City read_grid_city(const std::filesystem::path& path) {
    return make_grid_city(read_grid_description(path));
}

}  // namespace shahr
