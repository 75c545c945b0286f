#include "render/shown_field.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace shahr {
namespace {

using Measure = ShownField::Measure;

ShownField known_field(const std::string& name) {
    if (name == "speed") return {name, "Speed", Measure::per_limit, relative_speed_scale()};
    if (name == "vehicles") return {name, "Vehicles", Measure::per_km, sequential_scale("Vehicles on the road", "per km", {5, 10, 20, 40, 80})};
    if (name == "queue") return {name, "Queue", Measure::per_km, sequential_scale("Standing vehicles", "per km", {5, 10, 20, 40, 80})};
    if (name == "entered") return {name, "Flow", Measure::per_hour, sequential_scale("Vehicles that enter", "per hour", {50, 200, 500, 1000, 2000})};
    return {name, name, Measure::as_recorded, {}, Along::roads};
}

ColourScale share_of_time_scale(std::string title) {
    ColourScale scale = sequential_scale(std::move(title), "% of the interval", {0.1f, 1, 5, 20, 50});
    scale.labels.front() = "never";            // less than a step of the simulation
    return scale;
}

ColourScale supply_scale() {
    ColourScale scale = falling_scale("Power supply", "", {0.5f});
    scale.labels = {"without", "supplied"};
    return scale;
}

std::optional<ShownField> known_network_field(Along along, const std::string& name) {
    const auto is = [&](Along of, const char* field) { return along == of && name == field; };
    if (is(Along::mains, "pressure")) return ShownField{name, "Water pressure", Measure::as_recorded, falling_scale("Pressure of the water", "m", {5, 10, 20, 30, 45}), along};
    if (is(Along::mains, "velocity")) return ShownField{name, "Water speed", Measure::as_recorded, sequential_scale("Speed of the water", "m/s", {0.1f, 0.3f, 0.6f, 1, 2}), along};
    if (is(Along::branches, "loading")) return ShownField{name, "Loading", Measure::as_recorded, sequential_scale("Loading, share of the rating", "", {0.2f, 0.4f, 0.6f, 0.8f, 1}), along};
    if (is(Along::branches, "energised")) return ShownField{name, "Power supply", Measure::as_recorded, supply_scale(), along};
    if (is(Along::branches, "overload_time")) return ShownField{name, "Overload", Measure::percent_of_interval, share_of_time_scale("Time beyond the rating"), along};
    if (is(Along::branches, "undervoltage_time")) return ShownField{name, "Low voltage", Measure::percent_of_interval, share_of_time_scale("Time below the least voltage"), along};
    if (is(Along::branches, "overvoltage_time")) return ShownField{name, "High voltage", Measure::percent_of_interval, share_of_time_scale("Time above the greatest voltage"), along};
    return std::nullopt;
}

// `i`: the road, main, branch or building.
float in_measure(float value, Measure measure, const City& city, std::size_t i, double interval_s) {
    const Roads& roads = city.network.roads;
    switch (measure) {
        case Measure::as_recorded: return value;
        case Measure::per_limit: return value / roads.speed_limit_mps[as_id<RoadId>(i)];
        // A vehicle on a road of five metres is no jam of 200 a kilometre.
        case Measure::per_km: return value * 1000 / std::max(roads.length_m[as_id<RoadId>(i)], 50.0f);
        case Measure::per_hour: return static_cast<float>(value * 3600 / interval_s);
        case Measure::percent_of_interval: return static_cast<float>(value * 100 / interval_s);
        case Measure::per_floor_area: {
            const float floor_m2 = city.buildings.floor_area_m2[as_id<BuildingId>(i)];
            return floor_m2 > 0 ? value / floor_m2 : NAN;
        }
    }
    return value;
}

// The length of the interval that ends with the record.
double interval_before(const std::vector<Duration>& times, std::size_t record) {
    if (times.size() < 2) return NAN;
    const std::size_t end = std::clamp<std::size_t>(record, 1, times.size() - 1);
    return seconds(times[end] - times[end - 1]);
}

// Round bounds for a field that we know nothing of: up to what all but 2 % of the values stay below.
ColourScale guessed_scale(const FrameSource& source, const ShownField& field, std::string unit) {
    std::vector<float> values;
    const std::size_t records = source.times(field.along).size();
    for (std::size_t record = 0; record < records; record += std::max<std::size_t>(1, records / 8))
        for (const float value : shown_values(source, field, record))
            if (std::isfinite(value)) values.push_back(value);
    if (values.empty()) return sequential_scale(field.label, std::move(unit), {});
    const auto high = values.begin() + static_cast<std::ptrdiff_t>(values.size() * 98 / 100);
    std::nth_element(values.begin(), high, values.end());
    if (*high <= 0) return sequential_scale(field.label, std::move(unit), {});
    const float sixth = *high / 6, magnitude = std::pow(10.0f, std::floor(std::log10(sixth)));
    const float step = magnitude * (sixth <= 2 * magnitude ? 2.0f : sixth <= 5 * magnitude ? 5.0f : 10.0f);
    return sequential_scale(field.label, std::move(unit), {step, 2 * step, 3 * step, 4 * step, 5 * step});
}

// "space_heat_demand": "Space heat demand".
std::string spoken(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name;
}

}  // namespace

std::vector<ShownField> shown_fields(const FrameSource& source) {
    std::vector<ShownField> fields;
    for (const std::string& name : source.fields(Along::roads)) {
        fields.push_back(known_field(name));
        if (fields.back().scale.steps.empty()) fields.back().scale = guessed_scale(source, fields.back(), "");
    }
    std::stable_partition(fields.begin(), fields.end(), [](const ShownField& field) { return field.name == "speed"; });
    for (const Along along : {Along::mains, Along::branches})
        for (const std::string& name : source.fields(along))
            if (auto field = known_network_field(along, name)) fields.push_back(std::move(*field));
    for (const std::string& name : source.fields(Along::buildings)) {
        fields.push_back({name, spoken(name), Measure::per_floor_area, {}, Along::buildings});
        fields.back().scale = guessed_scale(source, fields.back(), "W per m2 of floor");
    }
    return fields;
}

std::vector<float> shown_values(const FrameSource& source, const ShownField& field, std::size_t record) {
    std::vector<float> values = source.values(field.along, field.name, record);
    const double interval_s = interval_before(source.times(field.along), record);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = in_measure(values[i], field.measure, source.city(), i, interval_s);
    return values;
}

std::vector<float> shown_series(const FrameSource& source, const ShownField& field, RoadId road) {
    std::vector<float> values = source.road_series(field.name, road);
    const std::vector<Duration> times = source.times(Along::roads);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = in_measure(values[i], field.measure, source.city(), row(road), interval_before(times, i));
    return values;
}

}  // namespace shahr
