#include "sim/import/sumo/vehicle_types.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/base/random.h"
#include "sim/import/sumo/draws.h"
#include "sim/import/sumo/values.h"
#include "sim/import/sumo/vehicle_classes.h"

namespace shahr::sumo {
namespace {

// What SUMO 1.15 takes where a <vType> is silent, as its own TraCI reports it (m, m, m/s2, m/s2, m/s2, km/h, 1).
struct Defaults {
    std::string_view v_class;
    double length_m, min_gap_m, accel, decel, emergency_decel, max_speed_kmh, speed_deviation;
};
constexpr std::array defaults{Defaults{"passenger", 5, 2.5, 2.6, 4.5, 9, 200, 0.1},
                              Defaults{"private", 5, 2.5, 2.6, 4.5, 9, 200, 0.1},
                              Defaults{"evehicle", 5, 2.5, 2.6, 4.5, 9, 200, 0.1},
                              Defaults{"hov", 5, 2.5, 2.6, 4.5, 9, 200, 0.1},
                              Defaults{"vip", 5, 2.5, 2.6, 4.5, 9, 200, 0.1},
                              Defaults{"custom1", 5, 2.5, 2.6, 4.5, 9, 200, 0.1},
                              Defaults{"custom2", 5, 2.5, 2.6, 4.5, 9, 200, 0.1},
                              Defaults{"army", 5, 2.5, 2.6, 4.5, 9, 200, 0},
                              Defaults{"authority", 5, 2.5, 2.6, 4.5, 9, 200, 0},
                              Defaults{"ignoring", 5, 2.5, 2.6, 4.5, 9, 200, 0},
                              Defaults{"taxi", 5, 2.5, 2.6, 4.5, 9, 200, 0.05},
                              Defaults{"bus", 12, 2.5, 1.2, 4, 7, 100, 0},
                              Defaults{"coach", 14, 2.5, 2, 4, 7, 100, 0.05},
                              Defaults{"truck", 7.1, 2.5, 1.3, 4, 7, 130, 0.05},
                              Defaults{"trailer", 16.5, 2.5, 1.1, 4, 7, 130, 0.05},
                              Defaults{"delivery", 6.5, 2.5, 2.6, 4.5, 9, 200, 0.05},
                              Defaults{"emergency", 6.5, 2.5, 2.6, 4.5, 9, 200, 0},
                              Defaults{"motorcycle", 2.2, 2.5, 6, 10, 10, 200, 0.1},
                              Defaults{"moped", 2.1, 2.5, 1.1, 7, 10, 60, 0.1},
                              Defaults{"bicycle", 1.6, 0.5, 1.2, 3, 7, 20, 0.1},  // 50 km/h possible, 20 wanted
                              Defaults{"tram", 22, 2.5, 1, 3, 7, 80, 0},
                              Defaults{"rail_urban", 109.5, 5, 1, 3, 7, 100, 0},
                              Defaults{"rail", 135, 5, 0.25, 1.3, 5, 160, 0},
                              Defaults{"rail_electric", 200, 5, 0.5, 1.3, 5, 220, 0},
                              Defaults{"rail_fast", 200, 5, 0.5, 1.3, 5, 330, 0},
                              Defaults{"pedestrian", 0.215, 0.25, 1.5, 2, 5, 37.58, 0.1}};
constexpr double default_tau_s = 1;

const Defaults& defaults_of(std::string_view v_class) {
    const auto found = std::find_if(defaults.begin(), defaults.end(), [&](const Defaults& d) { return d.v_class == v_class; });
    return found == defaults.end() ? defaults.front() : *found;
}

struct SpeedFactor {
    double mean = 1, deviation = 0.1, least = 0.2, most = 2;
};

// "1.1", "norm(mean,deviation)" or "normc(mean,deviation,least,most)"; speedDev overrides the deviation.
SpeedFactor speed_factor(const Element& type, double default_deviation) {
    constexpr double uncut_least = 0.05, uncut_deviations = 10;  // nobody stands still for good
    SpeedFactor f{.deviation = default_deviation};
    const auto text = type.text("speedFactor", "1");
    const auto open = text.find('(');
    const auto name = text.substr(0, open);
    std::vector<double> numbers;
    for (const auto word : words(open == std::string_view::npos ? text : text.substr(open + 1, text.find(')') - open - 1)))
        numbers.push_back(parse_number(word).value_or(-1));
    const bool plain = open == std::string_view::npos;
    const bool known = plain ? numbers.size() == 1 : (name == "normc" && numbers.size() >= 2 && numbers.size() <= 4) || (name == "norm" && numbers.size() == 2);
    if (!known || std::any_of(numbers.begin(), numbers.end(), [](double n) { return n < 0; }) || numbers[0] <= 0)
        type.refuse("speedFactor", "is no speed factor", "a number, norm(mean,deviation) or normc(mean,deviation,least,most)");
    f.mean = numbers[0];
    if (!plain) f.deviation = numbers[1];
    if (name == "norm") f.least = uncut_least, f.most = f.mean + uncut_deviations * f.deviation;
    if (numbers.size() > 2) f.least = numbers[2];
    if (numbers.size() > 3) f.most = numbers[3];
    f.deviation = type.at_least("speedDev", 0, f.deviation);
    f.least = std::min(f.least, f.mean);
    f.most = std::max(f.most, f.mean);
    return f;
}

void push(VehicleTypes& t, std::string_view id, VehicleClass vehicle_class, const Defaults& d, double tau_s, double max_speed_mps, const SpeedFactor& f) {
    t.id.push_back(std::string(id));
    t.vehicle_class.push_back(vehicle_class);
    t.length_m.push_back(static_cast<float>(d.length_m));
    t.min_gap_m.push_back(static_cast<float>(d.min_gap_m));
    t.headway_s.push_back(static_cast<float>(tau_s));
    t.acceleration_mps2.push_back(static_cast<float>(d.accel));
    t.deceleration_mps2.push_back(static_cast<float>(d.decel));
    t.emergency_deceleration_mps2.push_back(static_cast<float>(std::max(d.emergency_decel, d.decel)));
    t.max_speed_mps.push_back(static_cast<float>(max_speed_mps));
    t.speed_factor_mean.push_back(static_cast<float>(f.mean));
    t.speed_factor_deviation.push_back(static_cast<float>(f.deviation));
    t.speed_factor_min.push_back(static_cast<float>(f.least));
    t.speed_factor_max.push_back(static_cast<float>(f.most));
}

double above_zero(const Element& e, const char* attribute, double otherwise) {
    const double value = e.number(attribute, otherwise);
    if (value <= 0) e.refuse(attribute, "nobody could drive so", "a number above 0");
    return value;
}

}  // namespace

void TypeReader::read(const Element& e) {
    if (e.name() == "vType") {
        add(e);
    } else {
        read_distribution(e);
    }
}

VehicleTypeId TypeReader::add(const Element& e) {
    const auto v_class = e.text("vClass", "passenger");
    const auto driven_as = vehicle_class(v_class);
    if (!driven_as) e.refuse("vClass", "is no class of road or rail vehicle", "passenger, bus, truck, bicycle ...");
    if (!is_namesake(v_class)) ++kin_[std::string(v_class) + " taken as " + std::string(name_of(*driven_as))];
    if (const auto model = e.text("carFollowModel", "Krauss"); model != "IDM") ++models_[std::string(model)];
    imperfect_ += e.number("sigma", 0.5) > 0;
    Defaults d = defaults_of(v_class);
    d.length_m = above_zero(e, "length", d.length_m);
    d.min_gap_m = e.at_least("minGap", 0, d.min_gap_m);
    d.accel = above_zero(e, "accel", d.accel);
    d.decel = above_zero(e, "decel", d.decel);
    d.emergency_decel = above_zero(e, "emergencyDecel", d.emergency_decel);
    const double own_speed_mps = above_zero(e, "maxSpeed", d.max_speed_kmh / 3.6);
    const double max_speed_mps = std::min(own_speed_mps, above_zero(e, "desiredMaxSpeed", own_speed_mps));
    push(r_.city.vehicle_types, e.text("id"), *driven_as, d, above_zero(e, "tau", default_tau_s), max_speed_mps, speed_factor(e, d.speed_deviation));
    const auto id = as_id<VehicleTypeId>(r_.city.vehicle_types.id.size() - 1);
    if (!types_.add(e.text("id"), id)) e.refuse("id", "stands twice", "an id of its own");
    for (const Element inner : e.children()) r_.unread.element(inner);
    r_.unread.attributes_but(e, {"id", "vClass", "length", "minGap", "tau", "accel", "decel", "emergencyDecel", "maxSpeed", "desiredMaxSpeed", "speedFactor", "speedDev",
                                 "carFollowModel", "sigma", "probability", "color", "guiShape", "imgFile", "osgFile", "width", "height"});
    return id;
}

// A default type exists only if a vehicle uses it: a file's own type of the same name takes its place.
VehicleTypeId TypeReader::add_default(std::string_view id, VehicleClass vehicle_class, std::string_view v_class) {
    const Defaults& d = defaults_of(v_class);
    push(r_.city.vehicle_types, id, vehicle_class, d, default_tau_s, d.max_speed_kmh / 3.6, {.deviation = d.speed_deviation});
    const auto row = as_id<VehicleTypeId>(r_.city.vehicle_types.id.size() - 1);
    types_.add(id, row);
    ++models_["Krauss"];
    ++imperfect_;
    return row;
}

void TypeReader::read_distribution(const Element& e) {
    Distribution distribution;
    for (const Element inner : e.children()) {
        if (inner.name() != "vType") {
            r_.unread.element(inner);
            continue;
        }
        distribution.types.push_back(add(inner));
        distribution.weights.push_back(inner.at_least("probability", 0, 1));
    }
    std::vector<double> weights;
    for (const auto word : words(e.text("probabilities", ""))) {
        const auto weight = parse_number(word);
        if (!weight || *weight < 0) e.refuse("probabilities", "is no list of shares", "numbers from 0");
        weights.push_back(*weight);
    }
    std::size_t i = 0;
    for (const auto word : words(e.text("vTypes", ""))) {
        const VehicleTypeId type = types_.find(word);
        if (!is_some(type)) e.refuse("vTypes", "names a type that is not defined before", "ids of <vType>");
        distribution.types.push_back(type);
        distribution.weights.push_back(i < weights.size() ? weights[i] : 1);
        ++i;
    }
    if (distribution.types.empty()) e.refuse("id", "is empty", "one <vType> or more");
    distributions_[std::string(e.text("id"))] = std::move(distribution);
}

VehicleTypeId TypeReader::of(const Element& vehicle, std::string_view id) {
    const auto name = vehicle.text("type", "DEFAULT_VEHTYPE");
    if (const VehicleTypeId type = types_.find(name); is_some(type)) return type;
    if (const auto found = distributions_.find(name); found != distributions_.end()) {
        const auto& [types, weights] = found->second;
        return types[weighted_choice(weights, draws_for(id, Choice::type))];
    }
    if (name == "DEFAULT_VEHTYPE") return add_default(name, VehicleClass::car, "passenger");
    if (name == "DEFAULT_TAXITYPE") return add_default(name, VehicleClass::taxi, "taxi");
    if (name == "DEFAULT_BIKETYPE") return add_default(name, VehicleClass::bicycle, "bicycle");
    vehicle.refuse("type", "is not defined", "the id of a <vType> or <vTypeDistribution>");
}

void TypeReader::report() const {
    for (const auto& [model, count] : models_) r_.report.guessed(count, "vehicle types with the car-following model " + model, "driven by the IDM with their parameters");
    for (const auto& [kin, count] : kin_) r_.report.guessed(count, "vehicle types of class " + kin, "the nearest kind");
    r_.report.dropped(imperfect_, "sigma of vehicle types", "the IDM's driver makes no random errors");
}

}  // namespace shahr::sumo
