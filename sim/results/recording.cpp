#include "sim/results/recording.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <system_error>

#include "sim/base/error.h"
#include "sim/base/hdf5.h"
#include "sim/city/table_file.h"
#include "sim/results/on_cells.h"
#include "sim/results/record_group.h"
#include "sim/results/road_mesh.h"

namespace shahr {

struct Recorder::File {
    hdf5::File file;
};

namespace {

using hdf5::Array;
using hdf5::Group;

// What the inside of junctions looks like fills half of the file and stands in the city file; trips have a group of their own.
bool belongs_in_a_result(std::string_view table) {
    return table != "movements" && table != "conflicts" && table != "signal_phases" && table != "trips";
}

void write_facts(const Group& root, const City& city, const Scenario& scenario, const RunInfo& run) {
    root.set("Conventions", "CF-1.10 UGRID-1.0");
    root.set("title", scenario.title);
    root.set("source", fmt::format("{} (commit {}), {}", run.program, run.commit, run.device));
    root.set("history", "written by shahr run");
    if (!city.attribution.empty()) root.set("attribution", city.attribution);
    if (!city.timezone.empty()) root.set("timezone", city.timezone);
    root.set("format", "shahr result");
    root.set("format_version", std::int32_t{1});
    root.set("seed", static_cast<std::int64_t>(scenario.seed));
    root.set("scenario", scenario.text);
}

std::string time_units(const Scenario& scenario) {
    const std::chrono::year_month_day day(scenario.first_day);
    return fmt::format("seconds since {:04}-{:02}-{:02} 00:00:00", int{day.year()}, unsigned{day.month()}, unsigned{day.day()});
}

std::span<const std::string> ids_of(const City& city, RowKind kind) {
    switch (kind) {
        case RowKind::road: return city.network.roads.id.span();
        case RowKind::lane: return city.network.lanes.id.span();
        case RowKind::junction: return city.network.junctions.id.span();
        case RowKind::building: return city.buildings.id.span();
        case RowKind::zone: return city.envelopes.zones.id.span();
        case RowKind::surface: return city.envelopes.surfaces.id.span();
        case RowKind::window: return city.envelopes.windows.id.span();
        case RowKind::bus: return city.power.buses.id.span();
        case RowKind::branch: return city.power.branches.id.span();
        case RowKind::transformer: return city.power.transformers.id.span();
        case RowKind::generator: return city.power.generators.id.span();
        case RowKind::water_node: return city.water.nodes.id.span();
        case RowKind::water_link: return city.water.links.id.span();
        case RowKind::heat_node: return city.heat.nodes.id.span();
        case RowKind::heat_link: return city.heat.links.id.span();
        case RowKind::heat_consumer: return city.heat.consumers.id.span();
        default: return {};
    }
}

void write_ids(const Group& group, const std::string& name, std::span<const std::string> ids, const Array& scale) {
    const Array array = group.write_text(name, ids);
    array.attach(0, scale);
    array.set("long_name", "the source's own id");
}

RowAxes make_axes(const Group& group, RowKind kind, const City& city) {
    RowAxes axes;
    if (kind == RowKind::whole) return axes;
    if (kind == RowKind::cell) {
        axes.scales = write_grid_axes(group, city.cells);
        return axes;
    }
    const std::string dimension(name_of(kind));
    const std::span<const std::string> ids = ids_of(city, kind);
    axes.scales.push_back(write_row_axis(group, dimension, ids.size()));
    axes.coordinates = dimension + "_id";
    write_ids(group, axes.coordinates, ids, axes.scales.front());
    return axes;
}

std::vector<const Field*> fields_of(const Frame& frame, const std::string& group) {
    std::vector<const Field*> fields;
    for (const Field& field : frame.fields)
        if (field.group == group) fields.push_back(&field);
    return fields;
}

std::vector<std::string> groups_of(const Frame& frame) {
    std::vector<std::string> groups;
    for (const Field& field : frame.fields)
        if (std::find(groups.begin(), groups.end(), field.group) == groups.end()) groups.push_back(field.group);
    return groups;
}

}  // namespace

template <class Write>
void Recorder::guarded(const Write& write) {
    try {
        write();
    } catch (const hdf5::Failure& failure) {
        const std::string left = blocks_ > 0 ? fmt::format("; {} holds the {} blocks before that", partial_.string(), blocks_) : "";
        throw OutputError(fmt::format("{} (cannot be written: {}{}) a place with room where you may write", path_.string(), failure.what(), left));
    }
}

Recorder::Recorder(const std::filesystem::path& path, const City& city, const Scenario& scenario, const RunInfo& run)
    : path_(path), partial_(path.string() + ".partial"), city_(city), time_units_(time_units(scenario)) {
    try {
        guarded([&] {
            file_ = std::make_unique<File>(File{hdf5::File::create(partial_)});
            write_facts(file_->file.root(), city, scenario, run);
            const Group group = file_->file.root().make_group("city");
            write_city(group, city, TextStyle::plain, belongs_in_a_result);
            write_road_mesh(group, city);
            file_->file.flush();
        });
    } catch (...) {
        std::error_code ignored;
        if (file_) std::filesystem::remove(partial_, ignored);
        throw;
    }
    if (!city.cells.land_use.empty() && !city.network.roads.id.empty()) on_cells_ = std::make_unique<RoadsOnCells>(city);
}

Recorder::~Recorder() {
    groups_.clear();
    file_.reset();
    std::error_code ignored;
    if (!finished_ && blocks_ == 0) std::filesystem::remove(partial_, ignored);
}

void Recorder::take(const std::string& name, Duration time, const std::vector<const Field*>& fields) {
    std::unique_ptr<RecordGroup>& group = groups_[name];
    if (!group) {
        const auto axes = [this](const Group& into, RowKind kind) { return make_axes(into, kind, city_); };
        group = std::make_unique<RecordGroup>(file_->file.root().make_group(name), time_units_, fields, axes);
    }
    group->take(time, fields);
}

void Recorder::write(const Frame& frame) {
    guarded([&] {
        for (const std::string& group : groups_of(frame)) take(group, frame.time, fields_of(frame, group));
        const Field* vehicles = find(frame, "traffic", "vehicles");
        if (on_cells_ && vehicles && vehicles->rows == RowKind::road) {
            const Field laid{"cells", "vehicles", "vehicles on the roads of the cell, by share of length", "1", RowKind::cell,
                             vehicles->method, on_cells_->lay(std::get<std::vector<std::int32_t>>(vehicles->values))};
            take("cells", frame.time, {&laid});
        }
        bool any = false;
        for (const auto& [name, group] : groups_)
            if (group->full()) group->write_block(), any = true;
        if (!any) return;
        file_->file.flush();
        ++blocks_;
    });
}

void Recorder::write_kpis(std::span<const Kpi> kpis) {
    const Group group = file_->file.root().make_group("kpi");
    for (const Kpi& kpi : kpis) {
        const Array array = group.make_scalar(kpi.name, hdf5::Type::float64, &kpi.value);
        array.set("long_name", kpi.long_name);
        array.set("units", kpi.unit);
        array.set("better", kpi.lower_is_better ? "lower" : "higher");
    }
}

void Recorder::write_trips(const Frame& trips, const Trips* who) {
    const std::vector<const Field*> fields = fields_of(trips, "trips");
    if (fields.empty()) return;
    const auto rows = std::visit([](const auto& v) { return v.size(); }, fields.front()->values);
    if (rows == 0) return;
    const Group group = file_->file.root().make_group("trips");
    const Array trip = write_row_axis(group, "trip", rows);
    if (who) write_trip_columns(group, *who, trip);
    for (const Field* field : fields) {
        const Array array = std::visit([&](const auto& v) { return group.write(field->name, std::span(v)); }, field->values);
        array.attach(0, trip);
        array.set("long_name", field->long_name);
        array.set("units", field->unit);
        if (std::holds_alternative<std::vector<float>>(field->values)) array.set("_FillValue", std::numeric_limits<float>::quiet_NaN());
        if (std::holds_alternative<std::vector<double>>(field->values)) array.set("_FillValue", std::numeric_limits<double>::quiet_NaN());
    }
}

// What happened, a row each: when, to which row of which table, and a sentence.
void Recorder::write_events(std::span<const Event> events) {
    if (events.empty()) return;
    const Group group = file_->file.root().make_group("events");
    const Array axis = write_row_axis(group, "event", events.size());
    std::vector<double> times;
    std::vector<std::string> engines, kinds, tables, ids, texts;
    for (const Event& event : events) {
        const std::span<const std::string> names = ids_of(city_, event.rows);
        times.push_back(seconds(event.time));
        engines.push_back(event.engine);
        kinds.push_back(event.kind);
        tables.emplace_back(name_of(event.rows));
        ids.push_back(event.row >= 0 && static_cast<std::size_t>(event.row) < names.size() ? names[static_cast<std::size_t>(event.row)] : "");
        texts.push_back(event.text);
    }
    const Array time = group.write<double>("time", times);
    time.attach(0, axis);
    time.set("long_name", "local time");
    time.set("units", time_units_);
    const auto column = [&](const char* name, const std::vector<std::string>& words, const char* meaning) {
        const Array array = group.write_text(name, words);
        array.attach(0, axis);
        array.set("long_name", meaning);
    };
    column("engine", engines, "where it happened: the engine");
    column("kind", kinds, "what happened, in a word");
    column("row_kind", tables, "where it happened: the table");
    column("id", ids, "where it happened: the source's own id");
    column("text", texts, "what happened, in a sentence");
}

void Recorder::lay_aside() {
    guarded([&] {
        for (const auto& [name, group] : groups_) group->write_block();
        groups_.clear();
        file_->file.close();
        file_.reset();
    });
    finished_ = true;
}

void Recorder::finish(std::span<const Kpi> kpis, const Frame* trips, const Trips* who, std::span<const Event> events) {
    guarded([&] {
        for (const auto& [name, group] : groups_) group->write_block();
        if (trips) write_trips(*trips, who);
        write_events(events);
        write_kpis(kpis);
        groups_.clear();
        file_->file.close();
        file_.reset();
        std::error_code error;
        std::filesystem::rename(partial_, path_, error);
        if (error) throw hdf5::Failure(error.message());
    });
    finished_ = true;
}

}  // namespace shahr
