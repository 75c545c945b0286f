#include "kernels/traffic/state.h"

#include <algorithm>

#include "kernels/base/algorithms.h"
#include "kernels/base/parallel_for.h"
#include "kernels/base/stopwatch.h"
#include "kernels/traffic/plan.h"
#include "kernels/traffic/signals.h"

namespace shahr::SHAHR_BACKEND::traffic {
namespace {

// More vehicles than this never fit: each needs at least its length of some strip.
Index most_vehicles(const City& city, std::size_t trips) {
    float shortest = 1e9f;
    for (float length : city.vehicle_types.length_m) shortest = std::min(shortest, length);
    double fit = 0;
    for (float length : city.network.lanes.length_m) fit += std::floor(length / shortest) + 2;
    for (float length : city.network.movements.length_m) fit += std::floor(length / shortest) + 2;
    return static_cast<Index>(std::min(static_cast<double>(trips), fit));
}

struct ChangeLaneAndLook {
    ChangeLane change;
    LookAheadFromNewLane look;
    SHAHR_HD void operator()(Index i) const { change(i), look(i); }
};

struct Origins {
    std::vector<Index> road, first{0}, trip;
};
Origins origins_of(const Trips& trips, std::size_t roads) {
    std::vector<std::vector<Index>> from(roads);
    for (TripId t : rows(trips.depart)) from[row(trips.origin[t])].push_back(number(t));
    Origins out;
    for (std::size_t r = 0; r < roads; ++r) {
        if (from[r].empty()) continue;
        out.road.push_back(static_cast<Index>(r));
        out.trip.insert(out.trip.end(), from[r].begin(), from[r].end());
        out.first.push_back(static_cast<Index>(out.trip.size()));
    }
    return out;
}

template <class T>
Array<T> copy_of(const Array<T>& source) {
    return Array<T>(source.to_host());
}

}  // namespace

Traffic::Traffic(const City& city, const Network& network, const Member& member)
    : network_(network),
      trips_(city.vehicle_types, *member.trips, member.scenario->seed),
      drivers_(drivers_of(city.vehicle_types)),
      limit_mps_(network.strips()),
      closed_(static_cast<Index>(city.network.roads.id.size())),
      aspect_(std::vector<std::uint8_t>(static_cast<std::size_t>(network.view().movements), static_cast<std::uint8_t>(Aspect::off))) {
    const Index most = most_vehicles(city, member.trips->depart.size());
    now_ = VehicleTable(most);
    planned_ = VehicleTable(most);
    spare_ = VehicleTable(most);
    would_ = Array<std::uint8_t>(most);
    decided_ = Array<std::uint8_t>(most);
    order_ = VehicleOrder(most);
    begin_ = Array<Index>(network.strips());
    end_ = Array<Index>(network.strips());
    sums_ = Array<StripSums>(network.strips());
    sums_at_interval_ = Array<StripSums>(network.strips());
    const Origins origins = origins_of(*member.trips, city.network.roads.id.size());
    origin_road_ = Array<Index>(origins.road);
    first_of_origin_ = Array<Index>(origins.first);
    trip_of_origin_ = Array<Index>(origins.trip);
    next_of_origin_ = Array<Index>(std::vector<Index>(origins.first.begin(), origins.first.end() - 1));
    idle_until_ms_ = Array<std::int64_t>(origin_road_.size());
    departures_ = Array<Index>(origin_road_.size());
    offset_ = Array<Index>(origin_road_.size() + 1);
    departure_ = Array<Departure>(origin_road_.size());
}

void Traffic::set_conditions(std::span<const float> limit_mps, std::span<const std::uint8_t> closed) {
    limit_mps_.from_host(limit_mps);
    closed_.from_host(closed);
    any_closed_ = std::find(closed.begin(), closed.end(), 1) != closed.end();
}

Scene Traffic::scene(const Tick& tick) const {
    auto& self = const_cast<Traffic&>(*this);
    return {network_.view(),  limit_mps_, closed_, aspect_, now_.view(), {begin_, end_}, self.trips_.view(), drivers_,
            static_cast<float>(seconds(tick.dt)), tick.now.count()};
}

Index Traffic::trips_due(Duration now) const {
    const auto& depart = trips_.depart_ms_host;
    return static_cast<Index>(std::upper_bound(depart.begin(), depart.end(), now.count()) - depart.begin());
}

void Traffic::step(const Tick& tick) {
    change_lanes(tick);
    pass_junctions(tick);
    drive(tick);
    measure(tick);
    ++steps_;
}

void Traffic::change_lanes(const Tick& tick) {
    const Scene now = scene(tick);
    const VehiclesView planned = planned_.view();
    {
        const Stopwatch watch(times_.lane_changes_s);
        parallel_for(count_, ChangeLaneAndLook{{now, steps_ % 2 == 0 ? 1 : -1, planned}, {now, planned}});
    }
    VehiclesView changed = now.vehicles;
    changed.strip = planned.strip;
    changed.position_m = planned.position_m;
    changed.movement = planned.movement;
    changed.best_lanes = planned.best_lanes;
    changed.asks = planned.asks;
    put_in_order(changed, trips_due(tick.now) > inserted_ ? insert_departures(now, changed) : 0);
}

// `changed`: the rows after the lane changes of this step; more are added at its end. How many enter.
Index Traffic::insert_departures(const Scene& now, const VehiclesView& changed) {
    const Stopwatch watch(times_.insertion_s);
    const OriginsView origins{origin_road_, first_of_origin_, trip_of_origin_, next_of_origin_, idle_until_ms_};
    parallel_for(origins.count(), ChooseDeparture{now, changed, origins, departure_, departures_});
    exclusive_scan(departures_, offset_);
    const Index entering = offset_.to_host(origins.count());
    if (entering > 0) parallel_for(origins.count(), InsertDepartures{now, changed, departure_, offset_, count_});
    inserted_ += entering;
    return entering;
}

// As SUMO: signals hold at the end of the step, when a vehicle would be over the line.
void Traffic::pass_junctions(const Tick& tick) {
    const Stopwatch watch(times_.junctions_s);
    const Scene now = scene(tick);
    parallel_for(now.network.signals(), ShowAspect{now.network, (tick.now + tick.dt).count(), aspect_});
    parallel_for(count_, WouldEnter{now, would_});
    parallel_for(count_, GiveWay{now, would_, decided_});
}

void Traffic::drive(const Tick& tick) {
    Scene now = scene(tick);
    now.vehicles.entry = decided_;
    VehiclesView moved = planned_.view();
    {
        const Stopwatch watch(times_.driving_s);
        parallel_for(count_, PlanVehicle{now, moved});
    }
    vehicle_updates_ += count_;
    moved.trip = now.vehicles.trip;
    moved.type = now.vehicles.type;
    moved.speed_factor = now.vehicles.speed_factor;
    put_in_order(moved, 0);
}

void Traffic::measure(const Tick& tick) {
    const Stopwatch watch(times_.measuring_s);
    parallel_for(count_, MeasureStrip{scene(tick), sums_});
}

// The rows may be columns of several tables; the ordered ones become the state.
void Traffic::put_in_order(const VehiclesView& planned, Index entering) {
    const Stopwatch watch(times_.order_s);
    count_ = order_.merge(now_.view().strip, planned, count_, entering, {begin_, end_}, spare_.view());
    std::swap(now_, spare_);
}

void Traffic::begin_interval() {
    sums_at_interval_ = copy_of(sums_);
}

bool Traffic::is_over() const {
    if (count_ > 0) return false;
    for (std::uint8_t state : trips_.state.to_host())
        if (state == trip_pending || state == trip_on_network) return false;
    return true;
}

std::vector<std::int32_t> Traffic::last_roads() const {
    const std::vector<Index> cursor = trips_.cursor.to_host(), pool = trips_.pool.to_host();
    const std::vector<std::uint8_t> state = trips_.state.to_host();
    std::vector<std::int32_t> road(cursor.size(), -1);
    for (std::size_t t = 0; t < road.size(); ++t)
        if (state[t] == trip_on_network || state[t] == trip_arrived) road[t] = pool[static_cast<std::size_t>(cursor[t])];
    return road;
}

void Traffic::save(Archive& archive) const {
    archive.put(static_cast<std::uint8_t>(any_closed_)), archive.put(count_), archive.put(inserted_), archive.put(steps_), archive.put(vehicle_updates_);
    const auto put = [&](const auto& array) {
        const auto host = array.to_host();
        archive.put(std::span(host));
    };
    now_.each_column([&](const auto& array) {
        const auto host = array.to_host();
        archive.put(std::span(host).first(static_cast<std::size_t>(count_)));
    });
    put(begin_), put(end_), put(next_of_origin_), put(sums_), put(sums_at_interval_), put(limit_mps_), put(closed_);
    trips_.save(archive);
}

void Traffic::load(Archive& archive) {
    any_closed_ = archive.get<std::uint8_t>() != 0, count_ = archive.get<Index>(), inserted_ = archive.get<Index>(), steps_ = archive.get<std::int64_t>();
    vehicle_updates_ = archive.get<double>();
    const auto get = [&]<class T>(Array<T>& array) { array = Array<T>(archive.get_list<T>()); };
    now_.each_column([&]<class T>(Array<T>& array) {
        const std::vector<T> rows = archive.get_list<T>();
        upload(array.view().data, rows.data(), rows.size() * sizeof(T));
    });
    get(begin_), get(end_), get(next_of_origin_), get(sums_), get(sums_at_interval_), get(limit_mps_), get(closed_);
    idle_until_ms_.set_zero();
    trips_.load(archive);
}

}  // namespace shahr::SHAHR_BACKEND::traffic
