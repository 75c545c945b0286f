// From a source's own ids to rows.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>

#include "sim/base/ids.h"

namespace shahr::sumo {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class T>
using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

template <RowId Id>
class IdIndex {
public:
    // False if the id is taken.
    bool add(std::string_view id, Id row) { return rows_.emplace(std::string(id), row).second; }
    Id find(std::string_view id) const {
        const auto found = rows_.find(id);
        return found == rows_.end() ? none<Id> : found->second;
    }

private:
    ByText<Id> rows_;
};

}  // namespace shahr::sumo
