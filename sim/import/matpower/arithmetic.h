// What can be done with matrices: operators, indexing, functions. Each throws Misuse with "why it is wrong" and "what would be
// right"; the evaluator knows the line.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "sim/import/matpower/value.h"

namespace shahr::matpower {

struct Misuse {
    std::string why, right;
};

inline constexpr std::size_t most_numbers = 50'000'000;  // of one matrix

Value apply(std::string_view sign, const Value& a, const Value& b);
Value negate(const Value& a);
Value invert(const Value& a);                  // ~a
Value transpose(const Value& a);
Value range(const Value& first, const Value& step, const Value& last);
Value join(const std::vector<std::vector<Value>>& rows);  // [a b; c d]

// The places, from 0, that an index selects among `count`; a colon is no value. `grows`: beyond the end is allowed.
std::vector<std::size_t> places(const std::optional<Value>& index, std::size_t count, bool grows);
using Indices = std::vector<std::optional<Value>>;
Value part(const Value& of, const Indices& indices);
void set_part(Value& of, const Indices& indices, const Value& to);

bool is_function(std::string_view name);
// A function's results, as many as it has; nullopt: there is no such function.
std::optional<std::vector<Value>> call(std::string_view function, std::span<const Value> arguments);

// What MATPOWER's define_constants defines: names and column numbers.
std::vector<std::pair<std::string, Value>> constants();

}  // namespace shahr::matpower
