// Names of the values of an enum that counts from 0: for files, messages and legends.
#pragma once
#include <array>
#include <optional>
#include <string_view>

namespace shahr {

// Specialised beside each enum: `template <> inline constexpr std::array enum_names<Use> = {"residential"sv, ...};`
template <class E>
inline constexpr std::array<std::string_view, 0> enum_names{};

template <class E>
constexpr std::string_view name_of(E value) {
    return enum_names<E>[static_cast<std::size_t>(value)];
}

template <class E>
constexpr std::optional<E> value_of(std::string_view name) {
    for (std::size_t i = 0; i < enum_names<E>.size(); ++i)
        if (enum_names<E>[i] == name) return static_cast<E>(i);
    return std::nullopt;
}

}  // namespace shahr
