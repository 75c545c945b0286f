#include "sim/results/reading.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <limits>
#include <system_error>

#include "sim/base/error.h"
#include "sim/base/hdf5.h"
#include "sim/city/table_file.h"

namespace shahr {

struct ResultFile::File {
    hdf5::File file;
};

namespace {

using hdf5::Array;
using hdf5::Group;
using hdf5::Shape;

std::size_t row_count(const Shape& shape) {
    std::size_t n = 1;
    for (std::size_t axis = 1; axis < shape.size(); ++axis) n *= shape[axis];
    return n;
}

std::optional<RecordedField> recorded_field(const Group& group, const std::string& group_name, const std::string& name) {
    const Array array = group.array(name);
    const auto rows = array.text("row_kind");
    if (!rows) return std::nullopt;
    RecordedField field{.group = group_name, .name = name, .long_name = array.text("long_name").value_or(""), .unit = array.text("units").value_or("")};
    field.rows = value_of<RowKind>(*rows).value_or(RowKind::whole);
    const std::string method = array.text("cell_methods").value_or("time: point");
    field.method = value_of<CellMethod>(std::string_view(method).substr(std::min<std::size_t>(6, method.size()))).value_or(CellMethod::point);
    const Shape shape = array.shape();
    field.records = shape.empty() ? 0 : shape[0];
    field.row_count = row_count(shape);
    return field;
}

std::vector<RecordedField> recorded_fields(const Group& root) {
    std::vector<RecordedField> fields;
    for (const std::string& group_name : root.names()) {
        if (!root.is_group(group_name)) continue;
        const Group group = root.group(group_name);
        if (!group.has("time")) continue;
        for (const std::string& name : group.names())
            if (const auto field = recorded_field(group, group_name, name)) fields.push_back(*field);
    }
    return fields;
}

template <class Read>
Values read_as(hdf5::Type type, const Read& read) {
    if (type == hdf5::Type::float32) return read(float{});
    if (type == hdf5::Type::int32) return read(std::int32_t{});
    return read(double{});
}

}  // namespace

template <class Read>
auto ResultFile::guarded(const Read& read) const {
    try {
        return read();
    } catch (const hdf5::Failure& failure) {
        throw InputError(fmt::format("{} (cannot be read: {}) a complete result file", path_.string(), failure.what()));
    }
}

ResultFile::ResultFile(const std::filesystem::path& path) : path_(path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error))
        throw InputError(fmt::format("{} (no such file) a result, as `shahr run -o` writes it", path.string()));
    if (!is_result(path)) throw InputError(fmt::format("{} (not a result file) what `shahr run -o` writes", path.string()));
    guarded([&] {
        file_ = std::make_unique<File>(File{hdf5::File::open(path)});
        fields_ = recorded_fields(file_->file.root());
    });
}

ResultFile::~ResultFile() = default;
ResultFile::ResultFile(ResultFile&&) noexcept = default;
ResultFile& ResultFile::operator=(ResultFile&&) noexcept = default;

bool ResultFile::is_result(const std::filesystem::path& path) {
    try {
        return hdf5::File::is_hdf5(path) && hdf5::File::open(path).root().text("format") == "shahr result";
    } catch (const hdf5::Failure&) {
        return false;
    }
}

std::string ResultFile::attribute(const std::string& name) const {
    return guarded([&] { return file_->file.root().text(name).value_or(""); });
}

std::chrono::sys_days ResultFile::first_day() const {
    int year = 2000;
    unsigned month = 1, day = 1;
    if (!fields_.empty())
        guarded([&] {
            const std::string units = file_->file.root().array(fields_.front().group + "/time").text("units").value_or("");
            std::sscanf(units.c_str(), "seconds since %d-%u-%u", &year, &month, &day);
        });
    return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
}

bool ResultFile::complete() const {
    return guarded([&] { return file_->file.root().has("kpi"); });
}

const RecordedField* ResultFile::find(const std::string& group, const std::string& name) const {
    for (const RecordedField& field : fields_)
        if (field.group == group && field.name == name) return &field;
    return nullptr;
}

std::vector<Duration> ResultFile::times(const std::string& group) const {
    return guarded([&] {
        std::vector<Duration> times;
        for (const double s : file_->file.root().array(group + "/time").read<double>()) times.emplace_back(std::llround(s * 1000));
        return times;
    });
}

Field ResultFile::read(const RecordedField& recorded, std::size_t record) const {
    return guarded([&] {
        Field field{recorded.group, recorded.name, recorded.long_name, recorded.unit, recorded.rows, recorded.method, {}};
        const Array array = file_->file.root().array(recorded.group + "/" + recorded.name);
        Shape extent = array.shape(), first(extent.size(), 0);
        field.phases = static_cast<std::uint8_t>(extent.size() == 3 && recorded.rows != RowKind::cell ? extent[2] : 1);
        if (record >= extent[0]) throw hdf5::Failure(fmt::format("record {} of {}", record, extent[0]));
        first[0] = record;
        extent[0] = 1;
        field.values = read_as(array.type(), [&]<class T>(T) { return array.read<T>(first, extent); });
        return field;
    });
}

std::vector<double> ResultFile::series(const RecordedField& recorded, std::size_t row) const {
    return guarded([&] {
        const Array array = file_->file.root().array(recorded.group + "/" + recorded.name);
        Shape extent = array.shape(), first(extent.size(), 0);
        for (std::size_t axis = extent.size() - 1; axis > 0; --axis) {
            first[axis] = row % extent[axis];
            row /= extent[axis];
            extent[axis] = 1;
        }
        std::vector<double> values = array.read<double>(first, extent);
        if (array.type() == hdf5::Type::int32)
            for (double& value : values)
                if (value == fill_count) value = std::numeric_limits<double>::quiet_NaN();
        return values;
    });
}

std::vector<Kpi> ResultFile::kpis() const {
    return guarded([&] {
        std::vector<Kpi> kpis;
        const Group& root = file_->file.root();
        if (!root.has("kpi")) return kpis;
        const Group group = root.group("kpi");
        for (const std::string& name : group.names()) {
            const Array array = group.array(name);
            kpis.push_back({name, array.text("long_name").value_or(""), array.text("units").value_or("1"),
                            array.text("better") == "lower", array.read<double>().at(0)});
        }
        return kpis;
    });
}

Frame ResultFile::trips() const {
    return guarded([&] {
        Frame frame;
        const Group& root = file_->file.root();
        if (!root.has("trips")) return frame;
        const Group group = root.group("trips");
        for (const std::string& name : group.names()) {
            const Array array = group.array(name);
            if (array.is_scale() || array.holds_text()) continue;
            Field field{"trips", name, array.text("long_name").value_or(""), array.text("units").value_or(""), RowKind::trip, CellMethod::point, {}};
            field.values = read_as(array.type(), [&]<class T>(T) { return array.read<T>(); });
            frame.fields.push_back(std::move(field));
        }
        return frame;
    });
}

City ResultFile::city() const {
    return guarded([&] { return read_city(file_->file.root().group("city"), TextStyle::plain, path_.string()); });
}

}  // namespace shahr
