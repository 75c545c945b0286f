#include "sim/import/csv_table.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

#include "sim/base/error.h"

namespace shahr {
namespace {

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    return first == std::string_view::npos ? "" : std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

// One line of values at a time; a quoted value may hold line ends.
class Lines {
public:
    Lines(std::string_view text, char separator) : rest_(text), separator_(separator) {}

    bool next(std::vector<std::string>& values) {
        values.clear();
        if (rest_.empty()) return false;
        begun_ = ++line_;
        std::string value;
        bool quoted = false, was_quoted = false;
        const auto end_value = [&] {
            values.push_back(was_quoted ? value : trimmed(value));
            value.clear();
            was_quoted = false;
        };
        while (!rest_.empty()) {
            const char c = rest_.front();
            rest_.remove_prefix(1);
            if (quoted) {
                if (c == '"' && rest_.starts_with('"')) value += '"', rest_.remove_prefix(1);
                else if (c == '"') quoted = false;
                else value += c, line_ += c == '\n';
            } else if (c == '"' && trimmed(value).empty()) {
                value.clear();
                quoted = was_quoted = true;
            } else if (c == separator_) end_value();
            else if (c == '\n') break;
            else if (!was_quoted) value += c;
        }
        end_value();
        return true;
    }
    int begun() const { return begun_; }

private:
    std::string_view rest_;
    char separator_;
    int line_ = 0, begun_ = 0;
};

// A header with semicolons and no comma is one of a spreadsheet whose numbers have decimal commas or could have them.
char separator_of(std::string_view text) {
    const std::string_view header = text.substr(0, text.find('\n'));
    return header.find(',') == header.npos && header.find(';') != header.npos ? ';' : ',';
}

}  // namespace

CsvTable CsvTable::parse(std::string_view text, const std::string& name) {
    CsvTable table;
    table.name_ = name;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    Lines lines(text, separator_of(text));
    std::vector<std::string> values;
    if (!lines.next(values)) throw InputError(fmt::format("{}:1: header (the file is empty) names of columns", name));
    const std::size_t columns = values.size();
    for (std::size_t c = 0; c < columns; ++c)
        if (!table.columns_.emplace(values[c], c).second) throw InputError(fmt::format("{}:1: column = {} (named twice) each once", name, values[c]));
    while (lines.next(values)) {
        if (values.size() == 1 && values.front().empty()) continue;
        if (values.size() != columns) throw InputError(fmt::format("{}:{}: row (has {} values) {}, as the header has", name, lines.begun(), values.size(), columns));
        table.lines_.push_back(lines.begun());
        for (std::string& value : values) table.values_.push_back(std::move(value));
    }
    return table;
}

CsvTable CsvTable::read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::error_code ignored;
    if (!in || std::filesystem::is_directory(path, ignored)) throw InputError(fmt::format("{} (cannot be read) a CSV file", path.string()));
    std::ostringstream text;
    text << in.rdbuf();
    return parse(text.view(), path.string());
}

CsvTable CsvTable::read_if_there(const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::exists(path, ignored) ? read(path) : CsvTable{};
}

std::vector<std::string> CsvTable::columns() const {
    std::vector<std::string> names;
    for (const auto& [name, column] : columns_) names.push_back(name);
    return names;
}

std::string_view CsvTable::text(std::size_t row, std::string_view column) const {
    const auto at = columns_.find(column);
    if (at == columns_.end()) return "";
    const std::string_view value = values_[row * columns_.size() + at->second];
    return value == "nan" || value == "NaN" || value == "None" || value == "<NA>" ? "" : value;
}

double CsvTable::number(std::size_t row, std::string_view column) const {
    return number_or(row, column, std::numeric_limits<double>::quiet_NaN());
}

double CsvTable::number_or(std::size_t row, std::string_view column, double fallback) const {
    const std::string_view value = text(row, column);
    if (value.empty()) return fallback;
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || end != value.data() + value.size() || !std::isfinite(number)) reject(row, column, "no number", "a finite number");
    return number;
}

double CsvTable::given(std::size_t row, std::string_view column) const {
    if (blank(row, column)) reject(row, column, has(column) ? "blank" : "there is no such column", "a number");
    return number(row, column);
}

double CsvTable::given_above_zero(std::size_t row, std::string_view column) const {
    const double value = given(row, column);
    if (!(value > 0)) reject(row, column, "not positive", "above 0");
    return value;
}

std::int64_t CsvTable::whole(std::size_t row, std::string_view column) const {
    const double value = given(row, column);
    if (value != std::floor(value) || std::abs(value) > 9e15) reject(row, column, "not whole", "a whole number");
    return static_cast<std::int64_t>(value);
}

bool CsvTable::flag_or(std::size_t row, std::string_view column, bool fallback) const {
    const std::string_view value = text(row, column);
    if (value.empty()) return fallback;
    if (value == "True" || value == "true" || value == "TRUE" || value == "1" || value == "1.0") return true;
    if (value == "False" || value == "false" || value == "FALSE" || value == "0" || value == "0.0") return false;
    reject(row, column, "neither true nor false", "True or False");
}

void CsvTable::reject(std::size_t row, std::string_view column, std::string_view why, std::string_view right) const {
    throw InputError(fmt::format("{}:{}: {} = {} ({}) {}", name_, lines_[row], column, text(row, column), why, right));
}

}  // namespace shahr
