#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "sim/city/describe.h"
#include "sim/city/table_file.h"

namespace shahr {
namespace {

using hdf5::Array;
using hdf5::Group;

Array write_grid_axis(const Group& group, const std::string& name, double origin_m, double size_m, std::int32_t count) {
    std::vector<double> centres(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < centres.size(); ++i) centres[i] = origin_m + (static_cast<double>(i) + 0.5) * size_m;
    Array axis = group.write<double>(name, centres);
    axis.make_scale(name);
    axis.set("long_name", name == "x" ? "centre of the cell, east of the origin" : "centre of the cell, north of the origin");
    axis.set("units", "m");
    return axis;
}

// Writes the columns that `describe` hands over into one group.
class ColumnWriter {
public:
    ColumnWriter(const Group& group, const std::vector<Array>& axes, TextStyle style) : group_(group), style_(style) {
        for (const Array& axis : axes) {
            shape_.push_back(axis.shape()[0]);
            axes_.push_back(&axis);
        }
    }

    template <class Id, class T>
    void operator()(std::string_view name, const Column<Id, T>& column, ColumnNote note) {
        if (column.empty()) return;
        if constexpr (std::is_same_v<T, std::string>) names(std::string(name), column.vector(), note);
        else values(std::string(name), column.span(), note, shape_, axes_);
    }

    template <class Id, class T>
    void operator()(std::string_view name, const Lists<Id, T>& lists, ColumnNote note) {
        if (lists.empty()) return;
        offsets(std::string(name), lists.offsets(), note);
        if (lists.items().empty()) return;
        const Array dimension = group_.make_dimension(fmt::format("{}_item", name), lists.items().size());
        values(std::string(name), lists.items(), note, {lists.items().size()}, {&dimension});
    }

private:
    using Axes = std::vector<const Array*>;

    static void annotate(const Array& array, ColumnNote note) {
        array.set("long_name", note.meaning);
        if (!note.unit.empty()) array.set("units", note.unit);
    }

    static void attach(const Array& array, const Axes& axes) {
        for (unsigned axis = 0; axis < axes.size(); ++axis) array.attach(axis, *axes[axis]);
    }

    template <class T>
    void values(const std::string& name, std::span<const T> items, ColumnNote note, const hdf5::Shape& shape, const Axes& axes) {
        if constexpr (std::is_same_v<T, Point>) {
            std::vector<double> x, y;
            x.reserve(items.size());
            y.reserve(items.size());
            for (const Point& p : items) x.push_back(p.x_m), y.push_back(p.y_m);
            values<double>(name + "_x", x, note, shape, axes);
            values<double>(name + "_y", y, note, shape, axes);
        } else if constexpr (std::is_same_v<T, Duration>) {
            static_assert(sizeof(Duration) == sizeof(std::int64_t));
            numbers(name, hdf5::Type::int64, items.data(), note, shape, axes);
        } else {
            const Array array = numbers(name, hdf5::type_of<T>(), items.data(), note, shape, axes);
            if constexpr (std::is_enum_v<T> && !RowId<T>) list_values<T>(array);
        }
    }

    Array numbers(const std::string& name, hdf5::Type type, const void* data, ColumnNote note, const hdf5::Shape& shape, const Axes& axes) {
        Array array = group_.write(name, type, data, shape);
        attach(array, axes);
        annotate(array, note);
        return array;
    }

    template <class Enum>
    static void list_values(const Array& array) {
        std::vector<std::uint8_t> values;
        std::string meanings;
        for (const std::string_view meaning : enum_names<Enum>) {
            values.push_back(static_cast<std::uint8_t>(values.size()));
            meanings.append(meanings.empty() ? "" : " ").append(meaning);
        }
        array.set("flag_values", std::span<const std::uint8_t>(values));
        array.set("flag_meanings", meanings);
    }

    void names(const std::string& name, std::span<const std::string> names, ColumnNote note) {
        if (style_ == TextStyle::plain) {
            const Array array = group_.write_text(name, names);
            attach(array, axes_);
            annotate(array, note);
            return;
        }
        std::vector<std::int64_t> ends{0};
        std::vector<std::uint8_t> bytes;
        for (const std::string& text : names) {
            bytes.insert(bytes.end(), text.begin(), text.end());
            ends.push_back(static_cast<std::int64_t>(bytes.size()));
        }
        offsets(name, ends, note);
        if (bytes.empty()) return;
        const Array dimension = group_.make_dimension(name + "_byte", bytes.size());
        values<std::uint8_t>(name + "_text", bytes, {"", "UTF-8, end to end"}, {bytes.size()}, {&dimension});
    }

    void offsets(const std::string& name, std::span<const std::int64_t> offsets, ColumnNote note) {
        const Array dimension = group_.make_dimension(name + "_bound", offsets.size());
        const std::string meaning = fmt::format("where each row's items begin: {}", note.meaning);
        values<std::int64_t>(name + "_offsets", offsets, {"1", meaning}, {offsets.size()}, {&dimension});
    }

    const Group& group_;
    TextStyle style_;
    hdf5::Shape shape_;
    Axes axes_;
};

}  // namespace

std::string row_dimension(std::string_view table) {
    return std::string(table.substr(0, table.size() - 1));
}

Array write_row_axis(const Group& group, const std::string& dimension, std::size_t rows) {
    std::vector<std::int32_t> numbers(rows);
    std::iota(numbers.begin(), numbers.end(), 0);
    Array axis = group.write<std::int32_t>(dimension, numbers);
    axis.make_scale(dimension);
    axis.set("long_name", fmt::format("row of the table {}s", dimension));
    axis.set("units", "1");
    return axis;
}

std::vector<Array> write_grid_axes(const Group& group, const Cells& cells) {
    std::vector<Array> axes;
    axes.push_back(write_grid_axis(group, "y", cells.origin.y_m, cells.size_m, cells.rows));
    axes.push_back(write_grid_axis(group, "x", cells.origin.x_m, cells.size_m, cells.columns));
    return axes;
}

void write_city(const Group& group, const City& city, TextStyle style, const std::function<bool(std::string_view)>& wanted) {
    describe_facts(city, [&](const std::string& name, const auto& value) {
        using T = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<T, bool>) group.set(name, std::int32_t{value});
        else group.set(name, value);
    });
    describe_tables(city, [&]<class Table>(const Table& table) {
        if (!wanted(Table::table)) return;
        const Group into = group.make_group(std::string(Table::table));
        const std::size_t rows = row_count(table);
        into.set("rows", static_cast<std::int64_t>(rows));
        if (rows == 0) return;
        std::vector<Array> axes;
        if constexpr (std::is_same_v<Table, Cells>) axes = write_grid_axes(into, table);
        else axes.push_back(write_row_axis(into, row_dimension(Table::table), rows));
        describe(table, ColumnWriter(into, axes, style));
    });
}

void write_trip_columns(const Group& group, const Trips& trips, const Array& axis) {
    std::vector<Array> axes;
    axes.push_back(axis.again());
    ColumnWriter write(group, axes, TextStyle::plain);
    describe(trips, [&](std::string_view name, const auto& column, ColumnNote note) {
        if (name == "id" || name == "type" || name == "origin" || name == "destination" || name == "purpose") write(name, column, note);
    });
}

}  // namespace shahr
