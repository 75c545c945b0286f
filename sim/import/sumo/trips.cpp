#include "sim/import/sumo/trips.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "sim/import/sumo/draws.h"
#include "sim/import/sumo/values.h"

namespace shahr::sumo {
namespace {

constexpr double most_departures_of_a_flow = 5e7;

Duration time(const Element& e, const char* attribute) {
    const auto t = parse_time(e.text(attribute));
    if (!t) e.refuse(attribute, "is no time", "seconds, or h:mm:ss");
    return *t;
}

Duration milliseconds(double seconds) {
    return Duration(std::llround(seconds * 1000));
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

void TripReader::read(const Element& root) {
    for (const Element e : root.children()) {
        if (e.name() != "interval") {
            read_child(e, {});
            continue;
        }
        const Interval interval{e.text("begin"), e.text("end")};
        for (const Element inner : e.children()) read_child(inner, interval);
    }
}

void TripReader::read_child(const Element& e, const Interval& interval) {
    const auto name = e.name();
    if (name == "vehicle" || name == "trip") return read_vehicle(e);
    if (name == "flow") return read_flow(e, interval);
    if (!is_one_of(name, {"vType", "vTypeDistribution", "route", "routeDistribution", "tlLogic"})) r_.unread.element(e);
}

void TripReader::read_vehicle(const Element& e) {
    if (is_one_of(e.text("depart"), {"triggered", "containerTriggered", "split", "begin", "now"})) {
        ++triggered_;
        return;
    }
    depart(e, std::string(e.text("id")), time(e, "depart"));
}

void TripReader::read_flow(const Element& e, const Interval& interval) {
    const auto times = flow_times(e, interval);
    for (std::size_t i = 0; i < times.size(); ++i) depart(e, fmt::format("{}.{}", e.text("id"), i), times[i]);
}

// SUMO: `number` vehicles evenly from begin to end, or one every `period`; a `probability` in each second, or a
// `period` "exp(rate)", are random there and are drawn here once, keyed by the flow's id.
std::vector<Duration> TripReader::flow_times(const Element& e, const Interval& interval) {
    const auto moment = [&](const char* attribute, std::optional<std::string_view> given) -> std::optional<Duration> {
        if (e.find(attribute)) return time(e, attribute);
        return given ? parse_time(*given) : std::nullopt;
    };
    const double begin_s = seconds(moment("begin", interval.begin).value_or(Duration{0}));
    const auto end = moment("end", interval.end);
    const double number = e.find("number") ? e.index("number") : std::numeric_limits<double>::infinity();
    if (!end && std::isinf(number)) e.refuse("end", "the flow would never end", "end or number");
    const double end_s = end ? seconds(*end) : std::numeric_limits<double>::infinity();
    if (end_s < begin_s) e.refuse("end", "is before begin", "a later time");

    std::vector<Duration> times;
    const auto fill = [&](auto&& next_gap_s) {
        double t = begin_s;
        for (double n = 0; n < number && t < end_s; ++n, t += next_gap_s()) {
            if (n > most_departures_of_a_flow) e.refuse("id", "is more than 50 million vehicles", "fewer");
            times.push_back(milliseconds(t));
        }
    };
    const auto every = [&](double gap_s) {
        if (!(gap_s > 0)) e.refuse("id", "departures have no time between them", "a rate or period above 0");
        fill([=] { return gap_s; });
    };
    Draws draws = draws_for(e.text("id"), Choice::flow);
    const auto per_hour = e.find("vehsPerHour") ? "vehsPerHour" : "perHour";
    const auto period = e.text("period", "");
    if (e.find("probability")) {
        ++drawn_flows_;
        const double p = e.at_least("probability", 0);
        if (p > 1) e.refuse("probability", "is above 1", "the chance of a departure in one second");
        if (std::isinf(end_s)) e.refuse("end", "the flow would never end", "a time");
        for (double t = begin_s; t < end_s && static_cast<double>(times.size()) < number; ++t)
            if (draws.uniform() < p) times.push_back(milliseconds(t));
    } else if (period.starts_with("exp(") && period.ends_with(")")) {
        ++drawn_flows_;
        const double rate = parse_number(period.substr(4, period.size() - 5)).value_or(0);
        if (rate <= 0) e.refuse("period", "is no rate", "exp(vehicles per second)");
        fill([&] { return -std::log(1 - draws.uniform()) / rate; });
    } else if (!period.empty()) {
        every(e.number("period"));
    } else if (e.find(per_hour)) {
        if (const double rate = e.at_least(per_hour, 0); rate > 0) every(3600 / rate);
    } else if (std::isfinite(number) && std::isfinite(end_s)) {
        if (number > 0) every((end_s - begin_s) / number);
    } else {
        e.refuse("number", "says neither how many nor how often", "number and end, period, vehsPerHour or probability");
    }
    return times;
}

void TripReader::depart(const Element& e, std::string id, Duration time) {
    if (!ids_.emplace(id, true).second) e.refuse("id", "stands twice", "an id of its own");
    const VehicleTypeId type = types_.of(e, id);
    const VehicleClass vehicle_class = r_.city.vehicle_types.vehicle_class[type];
    auto way = routes_.of(e, id, vehicle_class);
    if (!way) return;
    Departure d{std::move(id), time, type, std::move(*way), not_given, not_given, not_given, not_given, -1};
    d.lane = lane(e, d.id, d.way.origin, vehicle_class);
    d.position_m = position(e, d.id, "departPos", d.way.origin);
    d.arrival_m = position(e, d.id, "arrivalPos", d.way.destination);
    d.speed_mps = speed(e, d.id, d.way.origin);
    if (e.find("speedFactor")) d.speed_factor = static_cast<float>(e.at_least("speedFactor", 0.01));
    for (const Element inner : e.children())
        if (!is_one_of(inner.name(), {"route", "routeDistribution"})) r_.unread.element(inner);
    r_.unread.attributes_but(e, {"id", "type", "route", "depart", "departLane", "departPos", "departSpeed", "arrivalPos", "speedFactor", "from", "to", "via", "begin", "end",
                                 "number", "period", "vehsPerHour", "perHour", "probability", "color"});
    departures_.push_back(std::move(d));
}

// SUMO's default is the first lane, from the kerb, that the class may use.
std::int8_t TripReader::lane(const Element& e, std::string_view id, RoadId origin, VehicleClass vehicle_class) const {
    const auto& network = r_.city.network;
    const auto of_origin = network.lanes_of()[origin];
    std::vector<std::int8_t> allowed;
    for (const LaneId lane : of_origin)
        if ((network.lanes.allowed[lane] & mask_of(vehicle_class)) != 0) allowed.push_back(static_cast<std::int8_t>(number(lane) - number(*of_origin.begin())));
    if (allowed.empty())
        e.refuse("type", fmt::format("no lane of edge \"{}\" is open to class {}", network.roads.id[origin], name_of(vehicle_class)), "a vehicle class that may depart there");
    const auto wish = e.text("departLane", "first");
    if (wish == "first") return allowed.front();
    if (is_one_of(wish, {"best", "free", "best_prob"})) return -1;
    if (is_one_of(wish, {"random", "allowed"})) return allowed[static_cast<std::size_t>(draws_for(id, Choice::lane).uniform() * static_cast<double>(allowed.size()))];
    const std::int32_t given = e.index("departLane");
    if (std::find(allowed.begin(), allowed.end(), given) == allowed.end())
        e.refuse("departLane", fmt::format("edge \"{}\" has no such lane for class {}", network.roads.id[origin], name_of(vehicle_class)), "a lane from the kerb, counted from 0");
    return static_cast<std::int8_t>(given);
}

float TripReader::position(const Element& e, std::string_view id, const char* attribute, RoadId road) {
    const auto wish = e.text(attribute, "base");
    const float length_m = r_.city.network.roads.length_m[road];
    if (is_one_of(wish, {"base", "max", "free", "last", "stop", "random_free", "random_location", "splitFront"})) {
        approximate_positions_ += wish != "base" && wish != "max";
        return not_given;
    }
    if (wish == "random") return static_cast<float>(draws_for(id, attribute[0] == 'd' ? Choice::position : Choice::arrival).uniform()) * length_m;
    const double given_m = e.number(attribute), from_start_m = given_m < 0 ? given_m + length_m : given_m;
    // The vehicle's front may be written with the road's length rounded.
    if (from_start_m < 0 || from_start_m > length_m + 0.1) e.refuse(attribute, fmt::format("edge \"{}\" is {:.2f} m long", r_.city.network.roads.id[road], length_m), "metres from its start, or less than 0: from its end");
    return std::min(static_cast<float>(from_start_m), length_m);
}

float TripReader::speed(const Element& e, std::string_view id, RoadId origin) {
    const auto wish = e.text("departSpeed", "0");
    const float limit_mps = r_.city.network.roads.speed_limit_mps[origin];
    if (wish == "random") return static_cast<float>(draws_for(id, Choice::speed).uniform()) * limit_mps;
    if (is_one_of(wish, {"max", "desired", "speedLimit", "last", "avg"})) {
        adapted_speeds_ += wish == "last" || wish == "avg";
        return std::numeric_limits<float>::infinity();
    }
    return static_cast<float>(e.at_least("departSpeed", 0, 0));
}

void TripReader::finish() {
    std::stable_sort(departures_.begin(), departures_.end(), [](const Departure& a, const Departure& b) { return a.time < b.time; });
    auto& trips = r_.city.trips;
    for (Departure& d : departures_) {
        trips.id.push_back(std::move(d.id));
        trips.depart.push_back(d.time);
        trips.type.push_back(d.type);
        trips.origin.push_back(d.way.origin);
        trips.destination.push_back(d.way.destination);
        trips.depart_position_m.push_back(d.position_m);
        trips.depart_speed_mps.push_back(d.speed_mps);
        trips.depart_lane.push_back(d.lane);
        trips.arrival_position_m.push_back(d.arrival_m);
        trips.speed_factor.push_back(d.speed_factor);
        trips.purpose.push_back(Purpose::unknown);
        trips.after.push_back(none<TripId>);
        trips.route.push_back(d.way.roads);
    }
    departures_.clear();
    r_.report.dropped(triggered_, "vehicles that depart when triggered", "persons and containers that would trigger them are not understood");
    r_.report.guessed(drawn_flows_, "flows with a probability or exp(rate)", "drawn once, keyed by the flow's id");
    r_.report.guessed(approximate_positions_, "positions free, last, stop ...", "the road's start at departure, its end at arrival");
    r_.report.guessed(adapted_speeds_, "departure speeds last and avg", "as fast as the limit and the gaps allow");
}

}  // namespace shahr::sumo
