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
    return {name, name, Measure::as_recorded, {}};
}

std::optional<ShownField> known_main_field(const std::string& name) {
    using enum ShownField::Along;
    if (name == "pressure") return ShownField{name, "Water pressure", Measure::as_recorded, falling_scale("Pressure of the water", "m", {5, 10, 20, 30, 45}), mains};
    if (name == "velocity") return ShownField{name, "Water speed", Measure::as_recorded, sequential_scale("Speed of the water", "m/s", {0.1f, 0.3f, 0.6f, 1, 2}), mains};
    return std::nullopt;
}

// The last record that is not after the time.
std::size_t record_at(const std::vector<Duration>& times, Duration time) {
    const auto after = std::upper_bound(times.begin(), times.end(), time);
    return after == times.begin() ? 0 : static_cast<std::size_t>(after - times.begin()) - 1;
}

// Round bounds for a field that we know nothing of: up to what all but 2 % of the values stay below, in the last record.
ColourScale guessed_scale(const FrameSource& source, const std::string& name) {
    std::vector<float> values;
    const std::size_t records = source.times().size();
    for (std::size_t record = 0; record < records; record += std::max<std::size_t>(1, records / 8))
        for (const float value : source.road_values(name, record))
            if (std::isfinite(value)) values.push_back(value);
    if (values.empty()) return sequential_scale(name, "", {});
    const auto high = values.begin() + static_cast<std::ptrdiff_t>(values.size() * 98 / 100);
    std::nth_element(values.begin(), high, values.end());
    const float top = std::max(*high, 1e-6f), magnitude = std::pow(10.0f, std::floor(std::log10(top)));
    const float step = std::ceil(top / magnitude) * magnitude / 6;
    return sequential_scale(name, "", {step, 2 * step, 3 * step, 4 * step, 5 * step});
}

float in_measure(float value, Measure measure, const Roads& roads, RoadId road, double interval_s) {
    switch (measure) {
        case Measure::as_recorded: return value;
        case Measure::per_limit: return value / roads.speed_limit_mps[road];
        // A vehicle on a road of five metres is no jam of 200 a kilometre.
        case Measure::per_km: return value * 1000 / std::max(roads.length_m[road], 50.0f);
        case Measure::per_hour: return static_cast<float>(value * 3600 / interval_s);
    }
    return value;
}

// The length of the interval that ends with the record.
double interval_before(const std::vector<Duration>& times, std::size_t record) {
    if (times.size() < 2) return NAN;
    const std::size_t end = std::clamp<std::size_t>(record, 1, times.size() - 1);
    return seconds(times[end] - times[end - 1]);
}

}  // namespace

std::vector<ShownField> shown_fields(const FrameSource& source) {
    std::vector<ShownField> fields;
    for (const std::string& name : source.road_fields()) {
        fields.push_back(known_field(name));
        if (fields.back().scale.steps.empty()) fields.back().scale = guessed_scale(source, name);
    }
    std::stable_partition(fields.begin(), fields.end(), [](const ShownField& field) { return field.name == "speed"; });
    for (const std::string& name : source.main_fields())
        if (auto field = known_main_field(name)) fields.push_back(std::move(*field));
    return fields;
}

std::vector<Duration> shown_times(const FrameSource& source) {
    std::vector<Duration> times = source.times();
    return times.empty() ? source.main_times() : times;
}

std::vector<float> shown_values(const FrameSource& source, const ShownField& field, std::size_t record) {
    if (field.along == ShownField::Along::mains) {
        const std::vector<Duration> times = shown_times(source);
        return record < times.size() ? source.main_values(field.name, record_at(source.main_times(), times[record])) : std::vector<float>{};
    }
    std::vector<float> values = source.road_values(field.name, record);
    const Roads& roads = source.city().network.roads;
    const double interval_s = interval_before(source.times(), record);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = in_measure(values[i], field.measure, roads, as_id<RoadId>(i), interval_s);
    return values;
}

std::vector<float> shown_series(const FrameSource& source, const ShownField& field, RoadId road) {
    std::vector<float> values = source.road_series(field.name, road);
    const std::vector<Duration> times = source.times();
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = in_measure(values[i], field.measure, source.city().network.roads, road, interval_before(times, i));
    return values;
}

}  // namespace shahr
