#include "sim/city/table_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "sim/base/error.h"
#include "sim/city/describe.h"

namespace shahr {
namespace {

using hdf5::Array;
using hdf5::Group;

// ---- writing

class TableWriter {
public:
    TableWriter(const Group& group, std::string_view table, std::size_t rows, const Cells* grid, TextStyle style)
        : group_(group), table_(table), style_(style) {
        group_.set("rows", static_cast<std::int64_t>(rows));
        if (rows == 0) return;
        if (grid) make_grid_axes(*grid);
        else make_row_axis(rows);
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

    void make_row_axis(std::size_t rows) {
        std::vector<std::int32_t> numbers(rows);
        std::iota(numbers.begin(), numbers.end(), 0);
        const std::string name = row_dimension(table_);
        first_axis_ = group_.write<std::int32_t>(name, numbers);
        first_axis_.make_scale(name);
        first_axis_.set("long_name", fmt::format("row of the table {}", table_));
        shape_ = {rows};
        axes_ = {&first_axis_};
    }

    void make_grid_axes(const Cells& cells) {
        first_axis_ = make_grid_axis("y", cells.origin.y_m, cells.size_m, cells.rows);
        second_axis_ = make_grid_axis("x", cells.origin.x_m, cells.size_m, cells.columns);
        shape_ = {static_cast<std::uint64_t>(cells.rows), static_cast<std::uint64_t>(cells.columns)};
        axes_ = {&first_axis_, &second_axis_};
    }

    Array make_grid_axis(const std::string& name, double origin_m, double size_m, std::int32_t count) {
        std::vector<double> centres(static_cast<std::size_t>(count));
        for (std::size_t i = 0; i < centres.size(); ++i) centres[i] = origin_m + (static_cast<double>(i) + 0.5) * size_m;
        Array axis = group_.write<double>(name, centres);
        axis.make_scale(name);
        annotate(axis, {"m", name == "x" ? "centre of the cell, east of the origin" : "centre of the cell, north of the origin"});
        return axis;
    }

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
    std::string table_;
    TextStyle style_;
    hdf5::Shape shape_;
    Array first_axis_{-1}, second_axis_{-1};
    Axes axes_;
};

// ---- reading

class TableReader {
public:
    TableReader(const Group& group, std::string_view table, std::size_t rows, TextStyle style, const std::string& source)
        : group_(group), table_(table), rows_(rows), style_(style), source_(source) {}

    template <class Id, class T>
    void operator()(std::string_view column_name, Column<Id, T>& column, ColumnNote) {
        if (rows_ == 0) return;
        const std::string name(column_name);
        if constexpr (std::is_same_v<T, std::string>) names(name, column.vector());
        else column.vector() = values<T>(name, rows_);
    }

    template <class Id, class T>
    void operator()(std::string_view column_name, Lists<Id, T>& lists, ColumnNote) {
        if (rows_ == 0) return;
        const std::string name(column_name);
        std::vector<std::int64_t> bounds = offsets(name);
        const auto count = static_cast<std::size_t>(bounds.back());
        lists.assign(std::move(bounds), values<T>(name, count));
    }

private:
    template <class T>
    std::vector<T> values(const std::string& name, std::size_t count) {
        if (count == 0) return {};
        if constexpr (std::is_same_v<T, Point>) {
            const std::vector<double> x = values<double>(name + "_x", count), y = values<double>(name + "_y", count);
            std::vector<Point> points(count);
            for (std::size_t i = 0; i < count; ++i) points[i] = {x[i], y[i]};
            return points;
        } else if constexpr (std::is_same_v<T, Duration>) {
            const std::vector<std::int64_t> ticks = values<std::int64_t>(name, count);
            return {ticks.begin(), ticks.end()};
        } else if constexpr (std::is_enum_v<T>) {
            return enums<T>(name, values<std::underlying_type_t<T>>(name, count));
        } else {
            if (!group_.has(name)) fail(name, "missing", "a complete file");
            std::vector<T> read = group_.array(name).template read<T>();
            if (read.size() != count) fail(name, fmt::format("{} values", read.size()), fmt::format("{} values", count));
            return read;
        }
    }

    template <class Enum, class Number>
    std::vector<Enum> enums(const std::string& name, const std::vector<Number>& numbers) {
        if constexpr (!RowId<Enum>)
            for (const Number n : numbers)
                if (n >= enum_names<Enum>.size())
                    fail(name, fmt::format("value {}", n), fmt::format("at most {}", enum_names<Enum>.size() - 1));
        std::vector<Enum> values(numbers.size());
        std::transform(numbers.begin(), numbers.end(), values.begin(), [](Number n) { return static_cast<Enum>(n); });
        return values;
    }

    void names(const std::string& name, std::vector<std::string>& texts) {
        if (style_ == TextStyle::plain) {
            if (!group_.has(name)) fail(name, "missing", "a complete file");
            texts = group_.array(name).read_text();
            if (texts.size() != rows_) fail(name, fmt::format("{} values", texts.size()), fmt::format("{} values", rows_));
            return;
        }
        const std::vector<std::int64_t> bounds = offsets(name);
        const auto bytes = values<std::uint8_t>(name + "_text", static_cast<std::size_t>(bounds.back()));
        texts.resize(rows_);
        for (std::size_t i = 0; i < rows_; ++i) texts[i].assign(bytes.begin() + bounds[i], bytes.begin() + bounds[i + 1]);
    }

    std::vector<std::int64_t> offsets(const std::string& name) {
        std::vector<std::int64_t> bounds = values<std::int64_t>(name + "_offsets", rows_ + 1);
        if (bounds.front() != 0 || !std::is_sorted(bounds.begin(), bounds.end()))
            fail(name + "_offsets", "not ascending from 0", "a file that nothing else has changed");
        return bounds;
    }

    [[noreturn]] void fail(const std::string& name, const std::string& why, const std::string& right) const {
        throw InputError(fmt::format("{}: {}/{} ({}) {}", source_, table_, name, why, right));
    }

    const Group& group_;
    std::string_view table_;
    std::size_t rows_;
    TextStyle style_;
    const std::string& source_;
};

// The facts of a city that are no columns.
template <class C, class F>
void describe_facts(C& city, F&& f) {
    f("name", city.name);
    f("source", city.source);
    f("attribution", city.attribution);
    f("timezone", city.timezone);
    f("left_hand_traffic", city.left_hand_traffic);
    f("has_elevation", city.has_elevation);
    f("proj", city.projection.proj);
    f("offset_x_m", city.projection.offset_x_m);
    f("offset_y_m", city.projection.offset_y_m);
    f("cells_origin_x_m", city.cells.origin.x_m);
    f("cells_origin_y_m", city.cells.origin.y_m);
    f("cell_size_m", city.cells.size_m);
    f("cell_columns", city.cells.columns);
    f("cell_rows", city.cells.rows);
}

}  // namespace

std::string row_dimension(std::string_view table) {
    return std::string(table.substr(0, table.size() - 1));
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
        const Cells* grid = nullptr;
        if constexpr (std::is_same_v<Table, Cells>) grid = &table;
        describe(table, TableWriter(into, Table::table, row_count(table), grid, style));
    });
}

City read_city(const Group& group, TextStyle style, const std::string& source) {
    City city;
    describe_facts(city, [&](const std::string& name, auto& value) {
        using T = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<T, std::string>) {
            if (const auto text = group.text(name)) return void(value = *text);
        } else {
            if (const auto number = group.number(name)) return void(value = static_cast<T>(*number));
        }
        throw InputError(fmt::format("{}: {} (missing) a complete file", source, name));
    });
    describe_tables(city, [&]<class Table>(Table& table) {
        const std::string name(Table::table);
        if (!group.has(name)) return;
        const Group from = group.group(name);
        const auto rows = from.number("rows");
        if (!rows || *rows < 0) throw InputError(fmt::format("{}: {} (without its number of rows) a complete file", source, name));
        describe(table, TableReader(from, Table::table, static_cast<std::size_t>(*rows), style, source));
    });
    return city;
}

}  // namespace shahr
