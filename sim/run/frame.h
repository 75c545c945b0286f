// What a run shows of itself at one moment. The recorder writes it, the viewer draws it, the tests hash it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/base/enum_names.h"
#include "sim/base/time.h"

namespace shahr {

using namespace std::string_view_literals;

// The table whose rows a field runs along; `whole`: one value for the whole city.
enum class RowKind : std::uint8_t {
    whole, road, lane, junction, trip, cell, building, vehicle, zone, surface, bus, branch, transformer, generator,
    water_node, water_link, heat_node, heat_link, heat_consumer, window
};
template <>
inline constexpr std::array enum_names<RowKind> = {
    "whole"sv, "road"sv,    "lane"sv, "junction"sv, "trip"sv,        "cell"sv,      "building"sv,   "vehicle"sv,   "zone"sv,
    "surface"sv, "bus"sv, "branch"sv, "transformer"sv, "generator"sv, "water_node"sv, "water_link"sv, "heat_node"sv, "heat_link"sv, "heat_consumer"sv, "window"sv};

// point: at that instant; mean and sum: over the interval that ends there (NaN or fill in the first record).
enum class CellMethod : std::uint8_t { point, mean, sum };
template <>
inline constexpr std::array enum_names<CellMethod> = {"point"sv, "mean"sv, "sum"sv};

using Values = std::variant<std::vector<float>, std::vector<double>, std::vector<std::int32_t>>;
inline constexpr std::int32_t fill_count = -1;  // the fill value of int32 fields; NaN is that of the others

struct Field {
    std::string group;                         // "traffic": the group of the result file
    std::string name;                          // "speed"
    std::string long_name;
    std::string unit;                          // udunits: "m s-1", "1"
    RowKind rows = RowKind::whole;
    CellMethod method = CellMethod::point;
    Values values;                             // one per row; with phases, the phases of a row stand together
    std::uint8_t phases = 1;                   // 3: a, b, c; 4: and the neutral: an axis "phase" after the rows
};

struct Frame {
    Duration time{};                           // since the scenario's first midnight
    std::vector<Field> fields;
};

// Whoever wants to see each record: the recorder, the meter of indicators, the viewer.
class FrameSink {
public:
    virtual ~FrameSink() = default;
    virtual void take(const Frame& frame) = 0;
};

// What the reader of a frame wants to see.
struct Request {
    bool record = true;                        // the time-dependent fields of the result file
    bool trips = false;                        // one row per trip: what became of it
    bool vehicles = false;                     // one row per vehicle on the network: for the viewer
    std::string_view group = {};               // of the recorded fields, those of this group; empty: all
    int step = -1;                             // of a block of steps, the one that is shown; -1: the last

    bool wants(std::string_view name) const { return record && (group.empty() || group == name); }
};

inline const Field* find(const Frame& frame, std::string_view group, std::string_view name) {
    for (const Field& field : frame.fields)
        if (field.group == group && field.name == name) return &field;
    return nullptr;
}

}  // namespace shahr
