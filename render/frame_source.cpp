#include "render/frame_source.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/error.h"
#include "sim/city/city_file.h"
#include "sim/run/timetable.h"
#include "sim/scenario/read.h"
#include "sim/scenario/read_interventions.h"

namespace shahr {
namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

std::vector<float> as_floats(const Values& values) {
    return std::visit([]<class T>(const std::vector<T>& from) {
        std::vector<float> to;
        to.reserve(from.size());
        for (const T value : from) {
            if constexpr (std::is_same_v<T, std::int32_t>) to.push_back(value == fill_count ? nan : static_cast<float>(value));
            else to.push_back(static_cast<float>(value));
        }
        return to;
    }, values);
}

// The closures of the scenario that a result carries with it. The rest of it is not looked at: the files that it names may
// be elsewhere by now.
std::vector<Intervention> closures_of(const ResultFile& file, const City& city) {
    Scenario scenario;
    for (const Block& block : read_document_text(file.attribute("scenario"), file.path(), {}).blocks)
        if (block.kind == "close_road") scenario.interventions.push_back(read_intervention(block, file.first_day()));
    fit_to_city(scenario, city);
    return scenario.interventions;
}

const char* group_of(Along along) {
    switch (along) {
        case Along::roads: return "traffic";
        case Along::mains: return "water";
        case Along::branches: return "power";
        case Along::buildings: return "buildings";
    }
    return "";
}

bool fits(Along along, RowKind rows) {
    switch (along) {
        case Along::roads: return rows == RowKind::road;
        case Along::mains: return rows == RowKind::water_node || rows == RowKind::water_link;
        case Along::branches: return rows == RowKind::bus || rows == RowKind::branch;
        case Along::buildings: return rows == RowKind::building;
    }
    return false;
}

class ResultSource : public FrameSource {
public:
    explicit ResultSource(const std::filesystem::path& path) : file_(path), city_(file_.city()) {
        try {
            closures_ = closures_of(file_, city_);
        } catch (const InputError&) {          // by a program of another version
            note_ = "closed roads are not known";
        }
    }
    const City& city() const override { return city_; }
    std::string title() const override { return file_.attribute("title"); }
    std::chrono::sys_days first_day() const override { return file_.first_day(); }
    std::vector<std::string> fields(Along along) const override {
        std::vector<std::string> names;
        for (const RecordedField& field : file_.fields())
            if (field.group == group_of(along) && fits(along, field.rows)) names.push_back(field.name);
        return names;
    }
    std::vector<Duration> times(Along along) const override { return fields(along).empty() ? std::vector<Duration>{} : file_.times(group_of(along)); }
    std::vector<float> values(Along along, const std::string& name, std::size_t record) const override {
        const RecordedField* field = file_.find(group_of(along), name);
        if (!field || !fits(along, field->rows) || record >= field->records) return {};
        std::vector<float> values = as_floats(file_.read(*field, record).values);
        if (field->rows == RowKind::water_node) return lesser_of_junctions(city_.water, values);
        if (field->rows == RowKind::bus) return greater_of_ends(city_.power.branches, values);
        return values;
    }
    std::vector<float> road_series(const std::string& name, RoadId road) const override { return series(name, RowKind::road, row(road)); }
    std::vector<float> whole_series(const std::string& name) const override { return series(name, RowKind::whole, 0); }
    std::vector<RoadId> closed_roads(Duration time) const override {
        std::vector<RoadId> closed;
        for (const Switch& at : timetable(closures_, time, time + Duration{1})) {
            const auto& roads = std::get<CloseRoad>(closures_[at.intervention].change).roads;
            closed.insert(closed.end(), roads.begin(), roads.end());
        }
        std::sort(closed.begin(), closed.end());
        closed.erase(std::unique(closed.begin(), closed.end()), closed.end());
        return closed;
    }
    std::string note() const override { return note_; }

private:
    // Of the ends that are junctions; NaN where neither is.
    static std::vector<float> lesser_of_junctions(const WaterNetwork& water, const std::vector<float>& at_nodes) {
        std::vector<float> values;
        for (const WaterLinkId link : rows(water.links.id)) {
            values.push_back(nan);
            for (const WaterNodeId end : {water.links.from[link], water.links.to[link]})
                if (water.nodes.kind[end] == WaterNodeKind::junction) values.back() = std::fmin(values.back(), at_nodes[row(end)]);
        }
        return values;
    }
    static std::vector<float> greater_of_ends(const Branches& branches, const std::vector<float>& at_buses) {
        std::vector<float> values;
        for (const BranchId branch : rows(branches.id)) values.push_back(std::fmax(at_buses[row(branches.from[branch])], at_buses[row(branches.to[branch])]));
        return values;
    }
    std::vector<float> series(const std::string& name, RowKind kind, std::size_t row) const {
        const RecordedField* field = file_.find("traffic", name);
        if (!field || field->rows != kind) return {};
        const std::vector<double> values = file_.series(*field, row);
        return {values.begin(), values.end()};
    }
    ResultFile file_;
    City city_;
    std::vector<Intervention> closures_;
    std::string note_;
};

class CitySource : public FrameSource {
public:
    explicit CitySource(const std::filesystem::path& path) : city_(load_city(path)) {}
    const City& city() const override { return city_; }
    std::string title() const override { return city_.name; }
    std::chrono::sys_days first_day() const override { return {}; }
    std::vector<std::string> fields(Along) const override { return {}; }
    std::vector<Duration> times(Along) const override { return {}; }
    std::vector<float> values(Along, const std::string&, std::size_t) const override { return {}; }
    std::vector<float> road_series(const std::string&, RoadId) const override { return {}; }
    std::vector<float> whole_series(const std::string&) const override { return {}; }

private:
    City city_;
};

}  // namespace

std::unique_ptr<FrameSource> open_source(const std::filesystem::path& path) {
    if (std::filesystem::is_regular_file(path) && !ResultFile::is_result(path)) return std::make_unique<CitySource>(path);
    return std::make_unique<ResultSource>(path);
}

LiveSource::LiveSource(const City& city, std::string title, std::chrono::sys_days first_day)
    : city_(city), title_(std::move(title)), first_day_(first_day) {}

void LiveSource::take(const Frame& frame) {
    auto kept = std::make_shared<const Frame>(frame);
    const std::lock_guard lock(mutex_);
    frames_.push_back(std::move(kept));
}

std::vector<std::shared_ptr<const Frame>> LiveSource::frames() const {
    const std::lock_guard lock(mutex_);
    return frames_;
}

std::vector<std::string> LiveSource::fields(Along along) const {
    std::vector<std::string> names;
    const auto frames = this->frames();
    if (along != Along::roads || frames.empty()) return names;
    for (const Field& field : frames.front()->fields)
        if (field.group == "traffic" && field.rows == RowKind::road) names.push_back(field.name);
    return names;
}

std::vector<Duration> LiveSource::times(Along along) const {
    std::vector<Duration> times;
    if (along != Along::roads) return times;
    for (const auto& frame : frames()) times.push_back(frame->time);
    return times;
}

std::vector<float> LiveSource::values(Along along, const std::string& name, std::size_t record) const {
    const auto frames = this->frames();
    const Field* field = along == Along::roads && record < frames.size() ? find(*frames[record], "traffic", name) : nullptr;
    return field && field->rows == RowKind::road ? as_floats(field->values) : std::vector<float>{};
}

std::vector<float> LiveSource::road_series(const std::string& name, RoadId road) const {
    std::vector<float> series;
    for (std::size_t record = 0; record < frames().size(); ++record) {
        const std::vector<float> values = this->values(Along::roads, name, record);
        if (row(road) < values.size()) series.push_back(values[row(road)]);
    }
    return series;
}

std::vector<float> LiveSource::whole_series(const std::string& name) const {
    std::vector<float> series;
    for (const auto& frame : frames()) {
        const Field* field = find(*frame, "traffic", name);
        if (field && field->rows == RowKind::whole) series.push_back(as_floats(field->values).at(0));
    }
    return series;
}

}  // namespace shahr
