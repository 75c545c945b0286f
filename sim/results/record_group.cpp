#include "sim/results/record_group.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <map>
#include <stdexcept>

namespace shahr {
namespace {

using hdf5::Array;
using hdf5::Type;

constexpr std::uint64_t values_per_record_in_a_chunk = 16'384;  // with twelve records 0.8 MB of floats

Type type_of(const Values& values) {
    constexpr std::array types = {Type::float32, Type::float64, Type::int32};
    return types[values.index()];
}

std::span<const std::byte> bytes_of(const Values& values) {
    return std::visit([](const auto& v) { return std::as_bytes(std::span(v)); }, values);
}

Array make_time(const hdf5::Group& group, const std::string& units, std::size_t records_per_block) {
    Array time = group.make_array("time", Type::float64, {0}, {.chunk = {records_per_block}, .grows = true, .fill = {}});
    time.make_scale("time");
    time.set("long_name", "local time");
    time.set("standard_name", "time");
    time.set("axis", "T");
    time.set("units", units);
    time.set("calendar", "proleptic_gregorian");
    return time;
}

// As many elements of the first axis as make up a chunk, so that all chunks are about equally full.
std::uint64_t rows_in_chunk(const hdf5::Shape& rows) {
    std::uint64_t inner = 1;
    for (std::size_t axis = 1; axis < rows.size(); ++axis) inner *= rows[axis];
    const std::uint64_t chunks = std::max<std::uint64_t>(1, (rows[0] * inner + values_per_record_in_a_chunk - 1) / values_per_record_in_a_chunk);
    const std::uint64_t n = std::min(chunks, rows[0]);
    return (rows[0] + n - 1) / n;
}

std::vector<std::byte> fill_of(Type type, std::size_t count) {
    std::vector<std::byte> filled(count * hdf5::size_of(type));
    const auto repeat = [&](auto value) {
        for (std::size_t i = 0; i < count; ++i) std::memcpy(filled.data() + i * sizeof value, &value, sizeof value);
    };
    if (type == Type::float32) repeat(std::numeric_limits<float>::quiet_NaN());
    else if (type == Type::float64) repeat(std::numeric_limits<double>::quiet_NaN());
    else repeat(fill_count);
    return filled;
}

std::size_t bytes_of(const std::vector<const Field*>& fields) {
    std::size_t bytes = 0;
    for (const Field* field : fields) bytes += bytes_of(field->values).size();
    return bytes;
}

}  // namespace

std::size_t records_in_block(std::size_t bytes_of_record) {
    constexpr std::size_t least = 12, most = 144, bytes_of_block = std::size_t{1} << 20;
    return std::clamp(bytes_of_block / std::max<std::size_t>(1, bytes_of_record) / least * least, least, most);
}

RecordGroup::RecordGroup(hdf5::Group group, const std::string& time_units, const std::vector<const Field*>& fields,
                         const std::function<RowAxes(const hdf5::Group&, RowKind)>& make_axes)
    : group_(std::move(group)), records_per_block_(records_in_block(bytes_of(fields))), time_(make_time(group_, time_units, records_per_block_)) {
    std::map<RowKind, RowAxes> axes;
    for (const Field* field : fields) {
        auto at = axes.find(field->rows);
        if (at == axes.end()) at = axes.emplace(field->rows, make_axes(group_, field->rows)).first;
        make_variable(*field, at->second);
    }
}

// One axis for each number of phases there is; the neutral comes last.
const Array& RecordGroup::phase_axis(std::uint8_t phases) {
    const auto known = phase_axes_.find(phases);
    if (known != phase_axes_.end()) return known->second;
    static const std::vector<std::string> names = {"a", "b", "c", "n"};
    Array axis = group_.write_text(phases == 3 ? "phase" : "conductor", std::span(names).first(phases));
    axis.make_scale(phases == 3 ? "phase" : "conductor");
    axis.set("long_name", phases == 3 ? "phase" : "phase or neutral");
    return phase_axes_.emplace(phases, std::move(axis)).first->second;
}

void RecordGroup::make_variable(const Field& field, const RowAxes& axes) {
    hdf5::Shape rows;
    for (const Array& scale : axes.scales) rows.push_back(scale.shape()[0]);
    if (field.phases > 1) rows.push_back(field.phases);
    hdf5::Shape shape{0}, chunk{records_per_block_};
    shape.insert(shape.end(), rows.begin(), rows.end());
    chunk.insert(chunk.end(), rows.begin(), rows.end());
    if (!rows.empty()) chunk[1] = rows_in_chunk(rows);

    const Type type = type_of(field.values);
    const double fill = type == Type::int32 ? fill_count : std::numeric_limits<double>::quiet_NaN();
    Array array = group_.make_array(field.name, type, shape, {.chunk = chunk, .grows = true, .fill = fill});
    array.attach(0, time_);
    for (unsigned axis = 0; axis < axes.scales.size(); ++axis) array.attach(axis + 1, axes.scales[axis]);
    if (field.phases > 1) array.attach(static_cast<unsigned>(rows.size()), phase_axis(field.phases));
    array.set("long_name", field.long_name);
    array.set("units", field.unit);
    array.set("cell_methods", fmt::format("time: {}", name_of(field.method)));
    if (type == Type::float32) array.set("_FillValue", std::numeric_limits<float>::quiet_NaN());
    if (type == Type::float64) array.set("_FillValue", std::numeric_limits<double>::quiet_NaN());
    if (type == Type::int32) array.set("_FillValue", fill_count);
    array.set("row_kind", name_of(field.rows));
    if (!axes.coordinates.empty()) array.set("coordinates", axes.coordinates);
    if (field.rows == RowKind::road || field.rows == RowKind::junction) {
        array.set("mesh", "/city/road_network");
        array.set("location", field.rows == RowKind::road ? "edge" : "node");
    }
    variables_.push_back({std::move(array), type, field.name, std::move(rows), std::move(chunk), {}});
}

void RecordGroup::take(Duration time, const std::vector<const Field*>& fields) {
    if (fields.size() != variables_.size()) throw std::logic_error("the fields of a group changed during a run");
    for (std::size_t i = 0; i < fields.size(); ++i) {
        Variable& variable = variables_[i];
        const std::span<const std::byte> values = bytes_of(fields[i]->values);
        std::size_t expected = hdf5::size_of(variable.type);
        for (const auto length : variable.rows) expected *= length;
        if (fields[i]->name != variable.name || values.size() != expected)
            throw std::logic_error(fmt::format("field {} changed its name or its number of rows during a run", variable.name));
        variable.block.insert(variable.block.end(), values.begin(), values.end());
    }
    times_.push_back(seconds(time));
}

void RecordGroup::resize(std::uint64_t records) const {
    time_.resize(records);
    for (const Variable& variable : variables_) variable.array.resize(records);
}

void RecordGroup::write_variable(const Variable& variable) const {
    const std::size_t record_size = variable.block.size() / times_.size(), size = hdf5::size_of(variable.type);
    if (record_size == 0) return;
    hdf5::Shape first(1 + variable.rows.size(), 0);
    first[0] = written_;
    if (variable.rows.empty()) {
        std::vector<std::byte> chunk = fill_of(variable.type, records_per_block_);
        std::copy(variable.block.begin(), variable.block.end(), chunk.begin());
        variable.array.write_chunk(first, chunk, variable.type);
        return;
    }
    std::size_t row_size = size;               // bytes per element of the first axis
    for (std::size_t axis = 1; axis < variable.rows.size(); ++axis) row_size *= variable.rows[axis];
    const std::size_t chunk_rows = variable.chunk[1], chunk_size = chunk_rows * row_size;
    for (std::uint64_t& row = first[1]; row < variable.rows[0]; row += chunk_rows) {
        std::vector<std::byte> chunk = fill_of(variable.type, records_per_block_ * chunk_size / size);
        const auto part = static_cast<std::ptrdiff_t>(std::min<std::size_t>(chunk_rows, variable.rows[0] - row) * row_size);
        for (std::size_t record = 0; record < times_.size(); ++record) {
            const auto from = variable.block.begin() + static_cast<std::ptrdiff_t>(record * record_size + row * row_size);
            std::copy(from, from + part, chunk.begin() + static_cast<std::ptrdiff_t>(record * chunk_size));
        }
        variable.array.write_chunk(first, chunk, variable.type);
    }
}

void RecordGroup::write_block() {
    if (times_.empty()) return;
    const std::uint64_t end = written_ + times_.size();
    try {
        resize(end);
        std::vector<double> times = times_;
        times.resize(records_per_block_, std::numeric_limits<double>::quiet_NaN());
        time_.write_chunk({written_}, std::as_bytes(std::span<const double>(times)), Type::float64);
        for (const Variable& variable : variables_) write_variable(variable);
    } catch (const hdf5::Failure&) {
        resize(written_);
        throw;
    }
    written_ = end;
    times_.clear();
    for (Variable& variable : variables_) variable.block.clear();
}

}  // namespace shahr
