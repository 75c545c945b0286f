// A CSV file with a header, as pandas and spreadsheets write it: values by the names of their columns, errors with file:line.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace shahr {

class CsvTable {
public:
    // Commas, or semicolons where the header has no comma; quotes around values that hold commas or line ends, doubled inside; a byte order mark and spaces are skipped.
    // Throws InputError if it cannot be read, two columns have one name, or a row is of another length than the header.
    static CsvTable read(const std::filesystem::path& path);
    // Without rows if there is no such file.
    static CsvTable read_if_there(const std::filesystem::path& path);
    static CsvTable parse(std::string_view text, const std::string& name);

    std::size_t rows() const { return lines_.size(); }
    int line(std::size_t row) const { return lines_[row]; }
    std::vector<std::string> columns() const;  // their names, sorted
    bool has(std::string_view column) const { return columns_.contains(column); }

    // A missing column is as blank as a value of "", "nan", "None" or "<NA>".
    bool blank(std::size_t row, std::string_view column) const { return text(row, column).empty(); }
    std::string_view text(std::size_t row, std::string_view column) const;
    // NaN where it is blank, or the fallback. Throws InputError if it is no number, or none within the bounds.
    double number(std::size_t row, std::string_view column) const;
    double number_or(std::size_t row, std::string_view column, double fallback) const;
    // Of a value that must be there.
    double given(std::size_t row, std::string_view column) const;
    double given_above_zero(std::size_t row, std::string_view column) const;
    std::int64_t whole(std::size_t row, std::string_view column) const;
    bool flag_or(std::size_t row, std::string_view column, bool fallback) const;

    // `file:line: column = value (why) right`.
    [[noreturn]] void reject(std::size_t row, std::string_view column, std::string_view why, std::string_view right) const;

private:
    std::string name_;
    std::map<std::string, std::size_t, std::less<>> columns_;
    std::vector<int> lines_;                   // [row]  where it begins in the file
    std::vector<std::string> values_;          // [row][column]
};

}  // namespace shahr
