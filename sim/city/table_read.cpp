#include <fmt/format.h>

#include <algorithm>

#include "sim/base/error.h"
#include "sim/city/describe.h"
#include "sim/city/table_file.h"

namespace shahr {
namespace {

using hdf5::Group;

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
            if (!group_.has(name)) fail(name, "missing", "a complete file, made by this version of the program");
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
            if (!group_.has(name)) fail(name, "missing", "a complete file, made by this version of the program");
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

}  // namespace

City read_city(const Group& group, TextStyle style, const std::string& source) {
    City city;
    describe_facts(city, [&](const std::string& name, auto& value) {
        using T = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<T, std::string>) {
            if (const auto text = group.text(name)) return void(value = *text);
        } else {
            if (const auto number = group.number(name)) return void(value = static_cast<T>(*number));
        }
        throw InputError(fmt::format("{}: {} (missing) a complete file, made by this version of the program", source, name));
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
