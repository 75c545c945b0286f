// Tables of a description in TOML (a building stock, a climate), with messages that name file, line and key. Only toml_table.cpp
// knows toml++.
#pragma once
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace shahr {

// One table, and what it is called in messages. Every getter throws InputError `file:line: key = value (why) right`.
class TomlTable {
public:
    // The whole of a text. Throws InputError where it is no TOML.
    TomlTable(std::string_view text, const std::string& file);

    const std::string& name() const { return name_; }
    bool has(std::string_view key) const;

    double number(std::string_view key, double least, double most) const;
    double number_or(std::string_view key, double least, double most, double otherwise) const;
    bool flag_or(std::string_view key, bool otherwise) const;
    std::string text(std::string_view key) const;
    std::vector<std::string> texts(std::string_view key) const;
    // A list of `count` numbers (0: any number of them).
    std::vector<double> numbers(std::string_view key, std::size_t count, double least, double most) const;
    // A list of lists of `count` numbers.
    std::vector<std::vector<double>> rows(std::string_view key, std::size_t count) const;
    // A pair ["name", number].
    std::pair<std::string, double> pair(std::string_view key, double least, double most) const;
    std::vector<std::pair<std::string, double>> pairs(std::string_view key, double least, double most) const;
    TomlTable table(std::string_view key) const;
    void each_table(std::string_view key, const std::function<void(const TomlTable&)>& visit) const;   // of a table of tables
    void each_in_list(std::string_view key, const std::function<void(const TomlTable&)>& visit) const;  // of a list of tables
    std::vector<std::string> keys() const;

    // Which of the names it is. Throws with the nearest one.
    std::size_t choice(std::string_view key, const std::string& value, const std::vector<std::string_view>& names) const;
    void check_keys(std::initializer_list<std::string_view> known) const;
    [[noreturn]] void reject(std::string_view key, std::string_view why, std::string_view right) const;

private:
    struct Access;                             // to toml++'s types
    TomlTable(std::shared_ptr<const void> table, std::string file, std::string name) : table_(std::move(table)), file_(std::move(file)), name_(std::move(name)) {}

    std::shared_ptr<const void> table_;        // a toml::table, which keeps the whole text's tables
    std::string file_, name_;
};

}  // namespace shahr
