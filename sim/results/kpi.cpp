#include "sim/results/kpi.h"

#include <cmath>
#include <limits>

namespace shahr {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

template <class T>
const std::vector<T>* column(const Frame& frame, std::string_view group, std::string_view name) {
    const Field* field = find(frame, group, name);
    return field ? std::get_if<std::vector<T>>(&field->values) : nullptr;
}

// A column of numbers of whatever kind, as double; empty if the frame has none of that name.
std::vector<double> numbers(const Frame& frame, std::string_view group, std::string_view name) {
    std::vector<double> out;
    if (const Field* field = find(frame, group, name)) std::visit([&](const auto& values) { out.assign(values.begin(), values.end()); }, field->values);
    return out;
}

// Sums over the trips, in the order of the rows.
struct TripSums {
    double asked = 0, begun = 0, completed = 0;
    double travel_s = 0, depart_delay_s = 0;   // of the completed; of the begun
    double distance_m = 0, driven_s = 0;       // of all, up to the end of the run
    double time_loss_s = 0, waiting_s = 0, co2_kg = 0;
    double completed_loss_s = 0;
};

double at(const std::vector<double>& column, std::size_t i) {
    return i < column.size() && std::isfinite(column[i]) ? column[i] : 0;
}

TripSums sum_trips(const Frame& frame) {
    const auto depart = numbers(frame, "trips", "depart"), inserted = numbers(frame, "trips", "inserted"), arrived = numbers(frame, "trips", "arrived");
    const auto distance = numbers(frame, "trips", "distance"), loss = numbers(frame, "trips", "time_loss");
    const auto waiting = numbers(frame, "trips", "waiting"), co2 = numbers(frame, "trips", "co2");
    const double now_s = seconds(frame.time);
    TripSums sums;
    for (std::size_t i = 0; i < depart.size(); ++i) {
        ++sums.asked;
        const bool begun = i < inserted.size() && std::isfinite(inserted[i]);
        if (!begun) continue;
        const bool completed = i < arrived.size() && std::isfinite(arrived[i]);
        ++sums.begun;
        sums.depart_delay_s += inserted[i] - depart[i];
        sums.driven_s += (completed ? arrived[i] : now_s) - inserted[i];
        sums.distance_m += at(distance, i);
        sums.time_loss_s += at(loss, i);
        sums.waiting_s += at(waiting, i);
        sums.co2_kg += at(co2, i);
        if (!completed) continue;
        ++sums.completed;
        sums.travel_s += arrived[i] - inserted[i];
        sums.completed_loss_s += at(loss, i);
    }
    return sums;
}

double ratio(double sum, double over) {
    return over > 0 ? sum / over : undefined;
}

double whole(const Frame& frame, std::string_view name) {
    const auto values = numbers(frame, "traffic", name);
    return values.size() == 1 ? values.front() : undefined;
}

}  // namespace

// Vehicle-seconds in the interval are taken as the mean of the counts at its two ends times its length.
void KpiMeter::take(const Frame& record) {
    const auto* vehicles = column<std::int32_t>(record, "traffic", "vehicles");
    const auto* speed = column<float>(record, "traffic", "speed");
    if (vehicles && speed && vehicles_.size() == vehicles->size()) {
        const double dt_s = seconds(record.time - last_);
        const auto limit = city_->network.roads.speed_limit_mps.span();
        for (std::size_t road = 0; road < vehicles->size() && road < limit.size(); ++road) {
            const bool jammed = std::isfinite((*speed)[road]) && (*speed)[road] < jam_share_of_limit * limit[road];
            if (jammed) jam_vehicle_s_ += 0.5 * ((*vehicles)[road] + vehicles_[road]) * dt_s;
        }
    }
    if (vehicles) vehicles_ = *vehicles;
    last_ = record.time;
}

std::vector<Kpi> KpiMeter::finish(const Frame& trips) const {
    const TripSums t = sum_trips(trips);
    const double residual = whole(trips, "trips_inserted") - whole(trips, "trips_arrived") - whole(trips, "vehicles_on_network") - whole(trips, "trips_removed");
    constexpr bool lower = true, higher = false;
    return {
        {"trips_asked", "trips whose departure falls into the run", "1", higher, t.asked},
        {"trips_begun", "trips that have entered the network", "1", higher, t.begun},
        {"trips_completed", "trips that have arrived", "1", higher, t.completed},
        {"completed_share", "trips that have arrived, of the trips asked", "1", higher, ratio(t.completed, t.asked)},
        {"mean_travel_time", "mean time from entering the network to arrival, of the trips that have arrived", "s", lower, ratio(t.travel_s, t.completed)},
        {"mean_delay", "mean time lost to driving slower than wished, of the trips that have arrived", "s", lower, ratio(t.completed_loss_s, t.completed)},
        {"mean_depart_delay", "mean wait from the wanted departure to entering the network, of the trips that have begun", "s", lower, ratio(t.depart_delay_s, t.begun)},
        {"mean_speed", "distance over time on the network, of all trips that have begun", "m s-1", higher, ratio(t.distance_m, t.driven_s)},
        {"distance", "distance driven by all vehicles", "km", lower, t.distance_m / 1000},
        {"vehicle_time", "time spent on the network by all vehicles", "h", lower, t.driven_s / 3600},
        {"delay", "time lost to driving slower than wished, all vehicles", "h", lower, t.time_loss_s / 3600},
        {"standing", "time at a standstill on the network, all vehicles", "h", lower, t.waiting_s / 3600},
        {"jam", "time of vehicles on roads whose mean speed over the record is below 0.3 of the limit", "h", lower, jam_vehicle_s_ / 3600},
        {"co2", "carbon dioxide from the exhausts of all vehicles", "kg", lower, t.co2_kg},
        {"conservation_residual", "vehicles entered less arrived less on the network: anything but 0 is a fault of the program", "1", lower, residual},
    };
}

}  // namespace shahr
