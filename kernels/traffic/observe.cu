#include "kernels/traffic/observe.h"

#include "kernels/base/algorithms.h"
#include "kernels/base/parallel_for.h"
#include "kernels/traffic/junction.h"

namespace shahr::SHAHR_BACKEND::traffic {
namespace {

struct CountTrips {
    TripsView trips;
    View<Index> inserted, arrived, unroutable, clamps;
    SHAHR_HD void operator()(Index trip) const {
        inserted[trip] = trips.inserted_ms[trip] >= 0;
        arrived[trip] = trips.arrived_ms[trip] >= 0;
        unroutable[trip] = trips.state[trip] == trip_unroutable;
        clamps[trip] = trips.account[trip].clamps;
    }
};

struct CountOnStrip {
    StripsView strips;
    View<Index> vehicles;
    SHAHR_HD void operator()(Index strip) const { vehicles[strip] = strips.count(strip); }
};

// Trips that are not on the network: why not.
struct CauseOfTrip {
    Scene scene;
    View<Index> cause;
    SHAHR_HD void operator()(Index trip) const {
        const TripsView& trips = scene.trips;
        if (trips.state[trip] == trip_arrived) cause[trip] = stuck_arrived;
        else if (trips.state[trip] == trip_unroutable) cause[trip] = stuck_unroutable;
        else if (trips.depart_ms[trip] > scene.now_ms) cause[trip] = stuck_not_due;
        else if (trips.after[trip] >= 0 && trips.arrived_ms[trips.after[trip]] < 0) cause[trip] = stuck_waits_for_car;
        else cause[trip] = stuck_waits_to_enter;
    }
};

struct CauseOfVehicle {
    Scene scene;
    View<Index> cause;
    SHAHR_HD void operator()(Index i) const { cause[scene.vehicles.trip[i]] = of(i); }

    SHAHR_HD Index of(Index i) const {
        const VehiclesView& cars = scene.vehicles;
        if (cars.speed_mps[i] >= standing_mps) return stuck_drives;
        if (!scene.is_first(i)) return stuck_in_queue;
        if (!scene.network.is_lane(cars.strip[i])) return cars.entry[i] == entry_to_wait ? stuck_gives_way : stuck_in_queue;
        const Index m = cars.movement[i];
        if (m == no_way) return stuck_wrong_lane;
        if (m == ends_here) return stuck_in_queue;
        if (scene.closed[scene.network.to_road(m)]) return stuck_road_closed;
        if (!signal_lets(scene, m, i, distance_to_line(scene, i))) return stuck_at_signal;
        if (scene.network.keep_clear[m] && !has_room_beyond(scene, i, m)) return stuck_no_room;
        return cars.entry[i] == entry_denied ? stuck_gives_way : stuck_in_queue;
    }
};

Tick at(Duration now) {
    return {now, std::chrono::seconds{1}};
}

template <class T>
void add(Frame& frame, const char* group, const char* name, const char* long_name, const char* unit, RowKind rows, CellMethod method,
         std::vector<T> values) {
    frame.fields.push_back({group, name, long_name, unit, rows, method, std::move(values)});
}

}  // namespace

void observe_roads(Frame& frame, const Traffic& traffic, Duration now) {
    const Scene scene = traffic.scene(at(now));
    const Index roads = scene.network.roads;
    Array<Index> entered(roads), vehicles(roads), queue(roads);
    Array<float> speed(roads);
    parallel_for(roads, RoadFields{scene, traffic.sums(), traffic.sums_at_interval(), entered, vehicles, queue, speed});
    std::vector<Index> entered_host = entered.to_host();
    if (traffic.vehicle_updates() == 0 && traffic.steps() == 0) std::fill(entered_host.begin(), entered_host.end(), fill_count);
    add(frame, "traffic", "entered", "vehicles that came onto the road, from another road or at departure", "1", RowKind::road, CellMethod::sum,
        std::move(entered_host));
    add(frame, "traffic", "vehicles", "vehicles on the road", "1", RowKind::road, CellMethod::point, vehicles.to_host());
    add(frame, "traffic", "speed", "metres over seconds of all vehicles on the road; none where there was nobody", "m s-1", RowKind::road,
        CellMethod::mean, speed.to_host());
    add(frame, "traffic", "queue", "vehicles slower than 0.1 m/s", "1", RowKind::road, CellMethod::point, queue.to_host());
}

void observe_city(Frame& frame, const Traffic& traffic, Duration now) {
    const Scene scene = traffic.scene(at(now));
    const Index n = scene.trips.count;
    Array<Index> inserted(n), arrived(n), unroutable(n), clamps(n), on_strip(scene.network.lanes + scene.network.movements);
    parallel_for(n, CountTrips{scene.trips, inserted, arrived, unroutable, clamps});
    parallel_for(on_strip.size(), CountOnStrip{scene.strips, on_strip});
    const auto whole = [&](const char* name, const char* long_name, std::int64_t value) {
        add(frame, "traffic", name, long_name, "1", RowKind::whole, CellMethod::point, std::vector<std::int32_t>{static_cast<std::int32_t>(value)});
    };
    const std::int64_t due = traffic.trips_due(now), in = sum(inserted.view()), no_route = sum(unroutable.view());
    whole("trips_due", "trips whose departure time has come", due);
    whole("trips_inserted", "trips that have entered the network", in);
    whole("trips_arrived", "trips that have arrived", sum(arrived.view()));
    whole("trips_waiting", "trips that are due and have not entered", due - in - no_route);
    whole("vehicles_on_network", "vehicles on lanes and in junctions, counted there", sum(on_strip.view()));
    whole("trips_unroutable", "trips without a route to their destination", no_route);
    whole("trips_removed", "vehicles taken off the network before they arrived", 0);
    whole("clamps", "vehicle-steps with more than emergency braking", sum(clamps.view()));
    add(frame, "traffic", "vehicle_updates", "vehicles moved, summed over the steps", "1", RowKind::whole, CellMethod::point,
        std::vector<double>{traffic.vehicle_updates()});
}

void observe_trips(Frame& frame, const Traffic& traffic, Duration now) {
    const Scene scene = traffic.scene(at(now));
    const TripTable& trips = traffic.trips();
    Array<Index> cause(scene.trips.count);
    parallel_for(scene.trips.count, CauseOfTrip{scene, cause});
    parallel_for(traffic.vehicles(), CauseOfVehicle{scene, cause});
    const auto time = [&](const char* name, const char* long_name, const std::vector<std::int64_t>& ms) {
        std::vector<double> s;
        for (std::int64_t t : ms) s.push_back(t < 0 ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(t) / 1000);
        add(frame, "trips", name, long_name, "s", RowKind::trip, CellMethod::point, std::move(s));
    };
    time("depart", "departure wanted", trips.depart_ms_host);
    time("inserted", "entered the network", trips.inserted_ms.to_host());
    time("arrived", "arrived", trips.arrived_ms.to_host());
    const std::vector<Account> accounts = trips.account.to_host();
    const auto gathered = [&](const char* name, const char* long_name, const char* unit, float Account::* value) {
        std::vector<float> values;
        for (const Account& account : accounts) values.push_back(account.*value);
        add(frame, "trips", name, long_name, unit, RowKind::trip, CellMethod::point, std::move(values));
    };
    gathered("distance", "distance driven", "m", &Account::distance_m);
    gathered("waiting", "time slower than 0.1 m/s", "s", &Account::waiting_s);
    gathered("time_loss", "time lost against the desired speed", "s", &Account::time_loss_s);
    gathered("co2", "carbon dioxide, from vehicle specific power", "kg", &Account::co2_kg);
    std::vector<std::int32_t> forced;
    for (const Account& account : accounts) forced.push_back(account.forced);
    add(frame, "trips", "forced_entries", "junctions entered without room beyond after a very long wait", "1", RowKind::trip, CellMethod::point,
        std::move(forced));
    add(frame, "trips", "last_road", "row of the road where it is or ended; -1: not departed", "1", RowKind::trip, CellMethod::point,
        traffic.last_roads());
    add(frame, "trips", "stuck_cause", stuck_cause_meaning, "1", RowKind::trip, CellMethod::point, cause.to_host());
}

void observe_vehicles(Frame& frame, const Traffic& traffic, Duration now) {
    const Scene scene = traffic.scene(at(now));
    const auto n = static_cast<std::size_t>(traffic.vehicles());
    const auto column = [&](const char* name, const char* long_name, const char* unit, const auto& view) {
        std::vector<std::remove_cvref_t<decltype(view[0])>> values(n);
        download(values.data(), view.data, n * sizeof(values[0]));
        add(frame, "vehicles", name, long_name, unit, RowKind::vehicle, CellMethod::point, std::move(values));
    };
    column("trip", "row of its trip", "1", scene.vehicles.trip);
    column("strip", "lane, or the number of lanes plus the movement", "1", scene.vehicles.strip);
    column("position", "of the front, from the start of the lane or movement", "m", scene.vehicles.position_m);
    column("speed", "speed", "m s-1", scene.vehicles.speed_mps);
}

}  // namespace shahr::SHAHR_BACKEND::traffic
