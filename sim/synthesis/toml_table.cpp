#include "sim/synthesis/toml_table.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "sim/base/error.h"
#include "sim/base/nearest.h"
#include "sim/scenario/toml_text.h"

namespace shahr {
namespace {

std::string written(const toml::node& node) {
    std::ostringstream text;
    node.visit([&](const auto& value) { text << value; });
    std::string line = text.str();
    for (char& c : line)
        if (c == '\n') c = ' ';
    return line.size() > 60 ? line.substr(0, 57) + "..." : line;
}

std::string bounds(double least, double most) {
    return fmt::format("a number from {} to {}", least, most);
}

toml::table parse(std::string_view text, const std::string& file) {
    if (const StrayCharacter stray = find_stray_character(text); stray.line > 0)
        throw InputError(fmt::format("{}:{}: (not TOML: {}) text in UTF-8; keys of plain letters, values in quotes", file, stray.line, stray.what));
    try {
        return toml::parse(text, file);
    } catch (const toml::parse_error& e) {
        throw InputError(fmt::format("{}:{}: (not TOML: {}) see https://toml.io", file, e.source().begin.line, e.description()));
    }
}

}  // namespace

struct TomlTable::Access {
    const TomlTable& t;

    const toml::table& table() const { return *static_cast<const toml::table*>(t.table_.get()); }
    const toml::node* find(std::string_view key) const { return table().get(key); }
    const toml::node& need(std::string_view key, std::string_view right) const {
        if (const toml::node* node = find(key)) return *node;
        t.reject(key, "missing", right);
    }
    const toml::array& need_list(std::string_view key, std::string_view right) const {
        const toml::array* list = need(key, right).as_array();
        if (!list) t.reject(key, "not a list", right);
        return *list;
    }
    double checked(std::string_view key, const toml::node& node, double least, double most) const {
        const auto value = node.value<double>();
        if (!value || node.is_string() || node.is_boolean()) t.reject(key, "not a number", bounds(least, most));
        if (!std::isfinite(*value)) t.reject(key, "not a finite number", bounds(least, most));
        if (*value < least || *value > most) t.reject(key, *value < 0 && least >= 0 ? "negative" : "out of range", bounds(least, most));
        return *value;
    }
    std::pair<std::string, double> pair_of(std::string_view key, const toml::node& node, double least, double most) const {
        const toml::array* list = node.as_array();
        if (!list || list->size() != 2 || !(*list)[0].is_string()) t.reject(key, "not a name with a number", "[\"a name\", a number]");
        return {(*list)[0].as_string()->get(), checked(key, (*list)[1], least, most)};
    }
    // A table within, which keeps the whole.
    TomlTable within(const toml::table& inner, std::string name) const { return {std::shared_ptr<const void>(t.table_, &inner), t.file_, std::move(name)}; }
};

TomlTable::TomlTable(std::string_view text, const std::string& file) : table_(std::make_shared<const toml::table>(parse(text, file))), file_(file) {}

bool TomlTable::has(std::string_view key) const {
    return Access{*this}.find(key) != nullptr;
}

void TomlTable::reject(std::string_view key, std::string_view why, std::string_view right) const {
    const toml::node* node = Access{*this}.find(key);
    const auto line = (node ? node->source() : Access{*this}.table().source()).begin.line;
    const std::string value = node ? " = " + written(*node) : "";
    throw InputError(fmt::format("{}:{}: {}{}{} ({}) {}", file_, line, name_.empty() ? "" : name_ + ".", key, value, why, right));
}

double TomlTable::number(std::string_view key, double least, double most) const {
    return Access{*this}.checked(key, Access{*this}.need(key, bounds(least, most)), least, most);
}

double TomlTable::number_or(std::string_view key, double least, double most, double otherwise) const {
    return has(key) ? number(key, least, most) : otherwise;
}

bool TomlTable::flag_or(std::string_view key, bool otherwise) const {
    if (!has(key)) return otherwise;
    const auto flag = Access{*this}.find(key)->as_boolean();
    if (!flag) reject(key, "neither true nor false", "true or false, without quotes");
    return flag->get();
}

std::string TomlTable::text(std::string_view key) const {
    const auto* text = Access{*this}.need(key, "a text in quotes").as_string();
    if (!text || text->get().empty()) reject(key, "not a text", "a text in quotes");
    return text->get();
}

std::vector<std::string> TomlTable::texts(std::string_view key) const {
    constexpr std::string_view right = "a list of texts, as [\"a\", \"b\"]";
    std::vector<std::string> all;
    for (const auto& item : Access{*this}.need_list(key, right)) {
        const auto* text = item.as_string();
        if (!text) reject(key, "not all texts", right);
        all.push_back(text->get());
    }
    if (all.empty()) reject(key, "empty", right);
    return all;
}

std::vector<double> TomlTable::numbers(std::string_view key, std::size_t count, double least, double most) const {
    const std::string right = count > 0 ? fmt::format("a list of {} numbers", count) : "a list of numbers";
    const toml::array& list = Access{*this}.need_list(key, right);
    if (count > 0 && list.size() != count) reject(key, fmt::format("{} numbers", list.size()), right);
    std::vector<double> all;
    for (const auto& item : list) all.push_back(Access{*this}.checked(key, item, least, most));
    return all;
}

std::vector<std::vector<double>> TomlTable::rows(std::string_view key, std::size_t count) const {
    const std::string right = fmt::format("a list of lists of {} numbers", count);
    std::vector<std::vector<double>> all;
    for (const auto& item : Access{*this}.need_list(key, right)) {
        const toml::array* list = item.as_array();
        if (!list || list->size() != count) reject(key, "a row of another length", right);
        std::vector<double>& row = all.emplace_back();
        for (const auto& number : *list) row.push_back(Access{*this}.checked(key, number, 0, 1e6));
    }
    return all;
}

std::pair<std::string, double> TomlTable::pair(std::string_view key, double least, double most) const {
    return Access{*this}.pair_of(key, Access{*this}.need(key, "[\"a name\", a number]"), least, most);
}

std::vector<std::pair<std::string, double>> TomlTable::pairs(std::string_view key, double least, double most) const {
    constexpr std::string_view right = "a list of [\"a name\", a number]";
    std::vector<std::pair<std::string, double>> all;
    for (const auto& item : Access{*this}.need_list(key, right)) all.push_back(Access{*this}.pair_of(key, item, least, most));
    if (all.empty()) reject(key, "empty", right);
    return all;
}

TomlTable TomlTable::table(std::string_view key) const {
    const toml::table* inner = Access{*this}.need(key, "a table").as_table();
    if (!inner) reject(key, "not a table", "a table");
    return Access{*this}.within(*inner, name_.empty() ? std::string(key) : fmt::format("{}.{}", name_, key));
}

void TomlTable::each_table(std::string_view key, const std::function<void(const TomlTable&)>& visit) const {
    if (!has(key)) return;
    const TomlTable outer = table(key);
    std::vector<std::pair<toml::source_index, std::string>> order;  // toml++ sorts by name: back to the order of the lines
    for (const auto& [name, node] : Access{outer}.table()) order.emplace_back(node.source().begin.line, std::string(name.str()));
    std::sort(order.begin(), order.end());
    for (const auto& [line, name] : order) visit(outer.table(name));
}

void TomlTable::each_in_list(std::string_view key, const std::function<void(const TomlTable&)>& visit) const {
    if (!has(key)) return;
    const toml::array* list = Access{*this}.find(key)->as_array();
    if (!list) reject(key, "not a list of tables", fmt::format("[[{}]] above each of them", key));
    for (const auto& item : *list) {
        const toml::table* inner = item.as_table();
        if (!inner) reject(key, "not a list of tables", fmt::format("[[{}]] above each of them", key));
        visit(Access{*this}.within(*inner, std::string(key)));
    }
}

std::vector<std::string> TomlTable::keys() const {
    std::vector<std::string> all;
    for (const auto& [name, node] : Access{*this}.table()) all.emplace_back(name.str());
    return all;
}

std::size_t TomlTable::choice(std::string_view key, const std::string& value, const std::vector<std::string_view>& names) const {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == value) return i;
    reject(key, fmt::format("no such name: {}", value), did_you_mean(value, names));
}

void TomlTable::check_keys(std::initializer_list<std::string_view> known) const {
    for (const std::string& key : keys())
        if (std::find(known.begin(), known.end(), key) == known.end()) reject(key, "no such key here", did_you_mean(key, std::vector<std::string_view>(known)));
}

}  // namespace shahr
