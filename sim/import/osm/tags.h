// The tags of one OSM element: a handful of key = value pairs.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shahr::osm {

class Tags {
public:
    Tags() = default;
    Tags(std::initializer_list<std::pair<std::string, std::string>> tags) : tags_(tags) {}

    void add(std::string key, std::string value) { tags_.emplace_back(std::move(key), std::move(value)); }
    void set(std::string_view key, std::string value) {
        for (auto& [k, v] : tags_)
            if (k == key) return void(v = std::move(value));
        add(std::string(key), std::move(value));
    }

    // The value, or "" where the key is missing: OSM knows no empty values.
    std::string_view operator[](std::string_view key) const {
        for (const auto& [k, v] : tags_)
            if (k == key) return v;
        return {};
    }
    // The first of the keys that has a value.
    std::string_view first_of(std::initializer_list<std::string_view> keys) const {
        for (const auto key : keys)
            if (const auto value = (*this)[key]; !value.empty()) return value;
        return {};
    }
    bool has(std::string_view key) const { return !(*this)[key].empty(); }
    bool is(std::string_view key, std::string_view value) const { return (*this)[key] == value; }
    bool empty() const { return tags_.empty(); }
    auto begin() const { return tags_.begin(); }
    auto end() const { return tags_.end(); }
    bool operator==(const Tags&) const = default;

private:
    std::vector<std::pair<std::string, std::string>> tags_;
};

// True for one of the values; `if (is_any(tags["oneway"], {"yes", "1", "true"}))`.
inline bool is_any(std::string_view value, std::initializer_list<std::string_view> values) {
    for (const auto v : values)
        if (value == v) return true;
    return false;
}

// Without spaces at its ends.
std::string_view trimmed(std::string_view text);

// The parts between separators, spaces at their ends removed: "a|b;c" by '|' gives "a", "b;c".
std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace shahr::osm
