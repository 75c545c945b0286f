// The traffic of one member: its trips, its vehicles, and the phases of a step.
#pragma once
#include <memory>

#include "kernels/traffic/insertion.h"
#include "kernels/traffic/measure.h"
#include "kernels/traffic/order.h"
#include "sim/run/archive.h"
#include "sim/run/backend.h"

namespace shahr::SHAHR_BACKEND::traffic {

// Wall seconds of the phases of all steps so far.
struct StepTimes {
    double lane_changes_s = 0, insertion_s = 0, order_s = 0, junctions_s = 0, driving_s = 0, measuring_s = 0;
};

class Traffic {
public:
    Traffic(const City& city, const Network& network, const Member& member);

    void step(const Tick& tick);

    // Speed limits and closures as they are from now on.
    void set_conditions(std::span<const float> limit_mps, std::span<const std::uint8_t> closed);

    bool any_closed() const { return any_closed_; }

    Scene scene(const Tick& tick) const;       // views; valid until the next step
    Index vehicles() const { return count_; }
    double vehicle_updates() const { return vehicle_updates_; }
    const StepTimes& times() const { return times_; }
    std::int64_t steps() const { return steps_; }
    bool is_over() const;                      // every trip has arrived, or cannot
    std::vector<std::int32_t> last_roads() const;  // of trip: where it is or ended; -1: not departed
    Index trips_due(Duration now) const;
    const TripTable& trips() const { return trips_; }
    TripTable& trips() { return trips_; }
    View<const StripSums> sums() const { return sums_; }
    View<const StripSums> sums_at_interval() const { return sums_at_interval_; }
    void begin_interval();

    void save(Archive& archive) const;
    void load(Archive& archive);

private:
    void change_lanes(const Tick& tick);
    Index insert_departures(const Scene& now, const VehiclesView& changed);
    void pass_junctions(const Tick& tick);
    void drive(const Tick& tick);
    void measure(const Tick& tick);
    void put_in_order(const VehiclesView& planned, Index entering);

    const Network& network_;
    TripTable trips_;
    Array<Driver> drivers_;
    Array<float> limit_mps_;
    Array<std::uint8_t> closed_, aspect_, would_, decided_;
    mutable VehicleTable now_, planned_, spare_;
    VehicleOrder order_;
    mutable Array<Index> begin_, end_;
    Array<Index> origin_road_, first_of_origin_, trip_of_origin_, next_of_origin_, departures_, offset_;
    Array<std::int64_t> idle_until_ms_;
    Array<Departure> departure_;
    Array<StripSums> sums_, sums_at_interval_;
    bool any_closed_ = false;
    Index count_ = 0;
    Index inserted_ = 0;
    std::int64_t steps_ = 0;
    double vehicle_updates_ = 0;
    StepTimes times_;
};

}  // namespace shahr::SHAHR_BACKEND::traffic
