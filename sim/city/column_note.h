// What describe.h says of a column.
#pragma once
#include <concepts>
#include <string_view>
#include <type_traits>

namespace shahr {

struct ColumnNote {
    std::string_view unit;                     // udunits; "" for names, "1" for pure numbers
    std::string_view meaning;
};

template <class T, class Table>
concept IsTable = std::same_as<std::remove_cvref_t<T>, Table>;

}  // namespace shahr
