#include "sim/import/trips_csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "sim/base/error.h"
#include "sim/city/projection.h"
#include "sim/city/road_finder.h"
#include "sim/synthesis/vehicle_types.h"

namespace shahr {
namespace {

constexpr double farthest_road_m = 1000;
constexpr double longest_day_s = 366 * 86400.0;

enum Field { depart, from_lon, from_lat, to_lon, to_lat, vehicle, field_count };
constexpr std::array<std::string_view, field_count> field_names = {"depart_s", "from_lon", "from_lat", "to_lon", "to_lat", "class"};

struct Row {
    int line;
    double depart_s;
    LonLat from, to;
    VehicleClass vehicle_class;
};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\"");
    return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r\"") - first + 1);
}

std::vector<std::string_view> values_of(std::string_view line) {
    std::vector<std::string_view> values;
    for (std::size_t begin = 0; begin <= line.size();) {
        const std::size_t end = std::min(line.find(',', begin), line.size());
        values.push_back(trimmed(line.substr(begin, end - begin)));
        begin = end + 1;
    }
    return values;
}

class TripsFile {
public:
    explicit TripsFile(const std::filesystem::path& path) : path_(path.string()), in_(path) {
        if (!in_ || std::filesystem::is_directory(path)) throw InputError(fmt::format("{}: trips (cannot be read) a CSV file", path_));
    }
    std::vector<Row> read() {
        read_header();
        std::vector<Row> list;
        while (next_line())
            if (!trimmed(text_).empty()) list.push_back(read_row());
        return list;
    }

private:
    bool next_line() { return ++line_, static_cast<bool>(std::getline(in_, text_)); }

    void read_header() {
        if (!next_line()) fail("header (the file is empty) depart_s, from_lon, from_lat, to_lon, to_lat, class");
        if (text_.starts_with("\xEF\xBB\xBF")) text_.erase(0, 3);  // a byte order mark
        column_.fill(-1);
        const auto names = values_of(text_);
        columns_ = names.size();
        for (std::size_t c = 0; c < names.size(); ++c) {
            const auto at = std::find(field_names.begin(), field_names.end(), names[c]);
            if (at == field_names.end())
                fail(
                    fmt::format("column = {} (unknown) depart_s, from_lon, from_lat, to_lon, to_lat, class", names[c]));
            int& column = column_[static_cast<std::size_t>(at - field_names.begin())];
            if (column >= 0) fail(fmt::format("column = {} (named twice) each once", names[c]));
            column = static_cast<int>(c);
        }
        for (std::size_t f = 0; f < field_count; ++f)
            if (column_[f] < 0)
                fail(fmt::format("header (no column {}) depart_s, from_lon, from_lat, to_lon, to_lat, class",
                                 field_names[f]));
    }

    Row read_row() {
        const auto values = values_of(text_);
        if (values.size() != columns_) fail(fmt::format("row (has {} values) {}, as the header has", values.size(), columns_));
        const auto value = [&](Field f) { return values[static_cast<std::size_t>(column_[f])]; };
        Row row{line_, number(depart, value(depart), 0, longest_day_s), {}, {}, VehicleClass::car};
        row.from = {number(from_lon, value(from_lon), -180, 180), number(from_lat, value(from_lat), -90, 90)};
        row.to = {number(to_lon, value(to_lon), -180, 180), number(to_lat, value(to_lat), -90, 90)};
        const auto vehicle_class = value_of<VehicleClass>(value(vehicle));
        if (!vehicle_class) fail(fmt::format("class = {} (unknown) car, taxi, bus, truck, delivery or motorcycle", value(vehicle)));
        row.vehicle_class = *vehicle_class;
        return row;
    }

    double number(Field field, std::string_view text, double least, double most) const {
        double value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        const std::string_view name = field_names[static_cast<std::size_t>(field)];
        if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
            fail(fmt::format("{} = {} (no number) one from {:.0f} to {:.0f}", name, text, least, most));
        if (value < least || value > most) fail(fmt::format("{} = {} (out of range) from {:.0f} to {:.0f}", name, text, least, most));
        return value;
    }

    [[noreturn]] void fail(const std::string& what) const { throw InputError(fmt::format("{}:{}: {}", path_, line_, what)); }

    std::string path_, text_;
    std::ifstream in_;
    int line_ = 0;
    std::size_t columns_ = 0;
    std::array<int, field_count> column_{};
};

// Finds roads for each class that occurs; each class has its own set of roads.
class Snapping {
public:
    explicit Snapping(const City& city) : city_(city), plane_(city.projection) {}
    RoadPlace road_at(LonLat position, VehicleClass vehicle_class) {
        auto at = finders_.find(vehicle_class);
        if (at == finders_.end())
            at =
                finders_
                    .emplace(vehicle_class, RoadFinder(city_.network, roads_for_trip_ends(city_.network, vehicle_class),
                                                       city_.left_hand_traffic))
                    .first;
        return at->second.nearest(plane_.to_plane(position), farthest_road_m);
    }

private:
    const City& city_;
    LocalPlane plane_;
    std::map<VehicleClass, RoadFinder> finders_;
};

void add_trip(Trips& trips, const Row& row, VehicleTypeId type, const RoadPlace& from, const RoadPlace& to, const Roads& roads) {
    trips.id.push_back(fmt::format("{}", row.line));
    trips.depart.push_back(Duration{std::llround(1000 * row.depart_s)});
    trips.type.push_back(type);
    trips.origin.push_back(from.road);
    trips.destination.push_back(to.road);
    trips.depart_position_m.push_back(static_cast<float>(from.along) * roads.length_m[from.road]);
    trips.depart_speed_mps.push_back(not_given);
    trips.depart_lane.push_back(-1);
    // On one road only what lies ahead can be reached; else it is driven to its end.
    const bool behind = from.road == to.road && to.along <= from.along;
    trips.arrival_position_m.push_back(behind ? not_given : static_cast<float>(to.along) * roads.length_m[to.road]);
    trips.speed_factor.push_back(not_given);
    trips.purpose.push_back(Purpose::unknown);
    trips.after.push_back(none<TripId>);
    trips.route.push_back({});
}

}  // namespace

Trips read_trips_csv(const std::filesystem::path& path, const City& city, ImportReport& report) {
    std::vector<Row> list = TripsFile(path).read();
    std::stable_sort(list.begin(), list.end(), [](const Row& a, const Row& b) { return a.depart_s < b.depart_s; });
    Snapping snapping(city);
    Trips trips;
    std::int64_t too_far = 0;
    int first_too_far = 0;
    for (const Row& row : list) {
        const VehicleTypeId type = type_of_class(city.vehicle_types, row.vehicle_class);
        if (!is_some(type))
            throw InputError(
                fmt::format("{}:{}: class = {} (the city has no such vehicle type) one of its types' classes",
                            path.string(), row.line, name_of(row.vehicle_class)));
        const RoadPlace from = snapping.road_at(row.from, row.vehicle_class), to = snapping.road_at(row.to, row.vehicle_class);
        if (!is_some(from.road) || !is_some(to.road)) {
            if (too_far++ == 0 || row.line < first_too_far) first_too_far = row.line;
            continue;
        }
        add_trip(trips, row, type, from, to, city.network.roads);
    }
    report.kept(static_cast<std::int64_t>(trips.id.size()), "trips", fmt::format("from {}", path.filename().string()));
    report.dropped(too_far, "trips",
                   fmt::format("no road for their class within {:.0f} m of an end; the first is in line {}",
                               farthest_road_m, first_too_far));
    return trips;
}

}  // namespace shahr
