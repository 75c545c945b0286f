#include "sim/import/matpower/arithmetic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace shahr::matpower {
namespace {

void require_numbers(const Value& v) {
    if (!v.is_matrix()) throw Misuse{"a text where numbers are needed", "a number or a matrix"};
}

std::string size_of(const Value& v) {
    return fmt::format("{} x {}", v.rows, v.columns);
}

Value new_matrix(std::size_t rows, std::size_t columns) {
    if (columns > 0 && rows > most_numbers / columns) throw Misuse{fmt::format("a matrix of {} x {}", rows, columns), fmt::format("at most {} numbers", most_numbers)};
    return Value::matrix(rows, columns);
}

template <class F>
Value element_by_element(const Value& a, const Value& b, const F& f) {
    require_numbers(a);
    require_numbers(b);
    // One row, one column or one number is repeated, as MATLAB has done since R2016b.
    const auto spread = [](std::size_t m, std::size_t n) { return m == n || m == 1 || n == 1; };
    if (!spread(a.rows, b.rows) || !spread(a.columns, b.columns)) throw Misuse{fmt::format("sizes {} and {} do not agree", size_of(a), size_of(b)), "equal sizes"};
    Value result = new_matrix(a.rows == 1 ? b.rows : a.rows, a.columns == 1 ? b.columns : a.columns);
    for (std::size_t r = 0; r < result.rows; ++r)
        for (std::size_t c = 0; c < result.columns; ++c)
            result.at(r, c) = f(a.at(a.rows == 1 ? 0 : r, a.columns == 1 ? 0 : c), b.at(b.rows == 1 ? 0 : r, b.columns == 1 ? 0 : c));
    return result;
}

Value product(const Value& a, const Value& b) {
    if (a.is_number() || b.is_number()) return element_by_element(a, b, [](double x, double y) { return x * y; });
    require_numbers(a);
    require_numbers(b);
    if (a.columns != b.rows) throw Misuse{fmt::format("sizes {} and {} cannot be multiplied", size_of(a), size_of(b)), ".* for element by element"};
    if (a.rows > 0 && b.columns > 0 && a.columns > most_numbers / a.rows / b.columns) throw Misuse{"a product of very large matrices", "smaller ones"};
    Value result = new_matrix(a.rows, b.columns);
    for (std::size_t r = 0; r < a.rows; ++r)
        for (std::size_t k = 0; k < a.columns; ++k)
            for (std::size_t c = 0; c < b.columns; ++c) result.at(r, c) += a.at(r, k) * b.at(k, c);
    return result;
}

double power_of(double x, double y) {
    if (x < 0 && y != std::floor(y)) throw Misuse{fmt::format("{} to the power of {} is not real", x, y), "a base of 0 or more"};
    return std::pow(x, y);
}

template <class F>
Value comparison(const Value& a, const Value& b, const F& f) {
    Value result = element_by_element(a, b, [&](double x, double y) { return f(x, y) ? 1.0 : 0.0; });
    result.logical = true;
    return result;
}

}  // namespace

Value apply(std::string_view sign, const Value& a, const Value& b) {
    if (sign == "+") return element_by_element(a, b, [](double x, double y) { return x + y; });
    if (sign == "-") return element_by_element(a, b, [](double x, double y) { return x - y; });
    if (sign == "*") return product(a, b);
    if (sign == ".*") return element_by_element(a, b, [](double x, double y) { return x * y; });
    if (sign == "/" && !b.is_number()) throw Misuse{"division by a matrix solves equations, which is not supported", "./ for element by element"};
    if (sign == "./" || sign == "/") return element_by_element(a, b, [](double x, double y) { return x / y; });
    if (sign == "\\" && !a.is_number()) throw Misuse{"\\ by a matrix solves equations, which is not supported", ".\\ for element by element"};
    if (sign == ".\\" || sign == "\\") return element_by_element(a, b, [](double x, double y) { return y / x; });
    if (sign == "^" && (!a.is_number() || !b.is_number())) throw Misuse{"the power of a matrix is not supported", ".^ for element by element"};
    if (sign == ".^" || sign == "^") return element_by_element(a, b, power_of);
    if (sign == "==") return comparison(a, b, [](double x, double y) { return x == y; });
    if (sign == "~=" || sign == "!=") return comparison(a, b, [](double x, double y) { return x != y; });
    if (sign == "<") return comparison(a, b, [](double x, double y) { return x < y; });
    if (sign == "<=") return comparison(a, b, [](double x, double y) { return x <= y; });
    if (sign == ">") return comparison(a, b, [](double x, double y) { return x > y; });
    if (sign == ">=") return comparison(a, b, [](double x, double y) { return x >= y; });
    if (sign == "&" || sign == "&&") return comparison(a, b, [](double x, double y) { return x != 0 && y != 0; });
    if (sign == "|" || sign == "||") return comparison(a, b, [](double x, double y) { return x != 0 || y != 0; });
    throw Misuse{"no such operator", "+ - * / .* ./ ^ .^ or a comparison"};
}

Value negate(const Value& a) {
    return element_by_element(Value::number(0), a, [](double, double x) { return -x; });
}

Value invert(const Value& a) {
    return comparison(a, Value::number(0), [](double x, double zero) { return x == zero; });
}

Value transpose(const Value& a) {
    require_numbers(a);
    Value result = new_matrix(a.columns, a.rows);
    result.logical = a.logical;
    for (std::size_t r = 0; r < a.rows; ++r)
        for (std::size_t c = 0; c < a.columns; ++c) result.at(c, r) = a.at(r, c);
    return result;
}

Value range(const Value& first, const Value& step, const Value& last) {
    for (const Value* v : {&first, &step, &last})
        if (!v->is_number() || !std::isfinite(v->numbers[0])) throw Misuse{"a range of what is no number", "first:last or first:step:last"};
    const double a = first.numbers[0], s = step.numbers[0], b = last.numbers[0];
    if (s == 0 || (b - a) / s < 0) return new_matrix(1, 0);
    const double count = std::floor((b - a) / s * (1 + 1e-15) + 1e-10) + 1;
    if (!(count <= static_cast<double>(most_numbers))) throw Misuse{fmt::format("a range of {} numbers", count), fmt::format("at most {}", most_numbers)};
    Value result = new_matrix(1, static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < result.columns; ++i) result.numbers[i] = a + static_cast<double>(i) * s;
    return result;
}

Value join(const std::vector<std::vector<Value>>& rows) {
    Value result = new_matrix(0, 0);
    for (const auto& row : rows) {
        std::size_t height = 0, width = 0;
        for (const Value& v : row) {
            require_numbers(v);
            if (v.numbers.empty()) continue;
            if (height != 0 && v.rows != height) throw Misuse{fmt::format("{} rows beside {} in a matrix", v.rows, height), "parts of equal height"};
            height = v.rows;
            width += v.columns;
        }
        if (width == 0) continue;
        if (result.rows > 0 && width != result.columns) throw Misuse{fmt::format("a row of {} numbers below rows of {}", width, result.columns), "rows of equal length"};
        if (result.numbers.size() + height * width > most_numbers) throw Misuse{"a very large matrix", fmt::format("at most {} numbers", most_numbers)};
        for (std::size_t r = 0; r < height; ++r)
            for (const Value& v : row)
                if (!v.numbers.empty()) result.numbers.insert(result.numbers.end(), v.numbers.begin() + static_cast<std::ptrdiff_t>(r * v.columns), v.numbers.begin() + static_cast<std::ptrdiff_t>((r + 1) * v.columns));
        result.rows += height;
        result.columns = width;
    }
    return result;
}

std::vector<std::size_t> places(const std::optional<Value>& index, std::size_t count, bool grows) {
    std::vector<std::size_t> list;
    if (!index) {
        for (std::size_t i = 0; i < count; ++i) list.push_back(i);
        return list;
    }
    require_numbers(*index);
    if (index->logical && index->numbers.size() > count) throw Misuse{fmt::format("a mask of {} for {}", index->numbers.size(), count), "one of equal length"};
    for (std::size_t i = 0; i < index->numbers.size(); ++i) {
        const double x = index->numbers[i];
        if (index->logical) {
            if (x != 0) list.push_back(i);
            continue;
        }
        if (!(x >= 1 && x == std::floor(x) && x <= static_cast<double>(most_numbers))) throw Misuse{fmt::format("index {}", x), "a whole number from 1 on"};
        if (!grows && x > static_cast<double>(count)) throw Misuse{fmt::format("index {} of {}", x, count), fmt::format("1 to {}", count)};
        list.push_back(static_cast<std::size_t>(x) - 1);
    }
    return list;
}

Value part(const Value& of, const Indices& indices) {
    require_numbers(of);
    if (indices.size() == 1) {
        // Columns first, as MATLAB counts.
        const Value flat = transpose(of);
        const auto list = places(indices[0], of.numbers.size(), false);
        const bool upright = !indices[0] || (of.columns == 1 && of.rows != 1) || (of.rows != 1 && indices[0]->columns == 1);
        Value result = new_matrix(upright ? list.size() : 1, upright ? 1 : list.size());
        for (std::size_t i = 0; i < list.size(); ++i) result.numbers[i] = flat.numbers[list[i]];
        return result;
    }
    if (indices.size() != 2) throw Misuse{fmt::format("{} indices", indices.size()), "one or two"};
    const auto r = places(indices[0], of.rows, false), c = places(indices[1], of.columns, false);
    Value result = new_matrix(r.size(), c.size());
    for (std::size_t i = 0; i < r.size(); ++i)
        for (std::size_t j = 0; j < c.size(); ++j) result.at(i, j) = of.at(r[i], c[j]);
    return result;
}

namespace {

// of(list, :) = [] and of(:, list) = [].
void remove_part(Value& of, const Indices& indices) {
    if (indices.size() != 2 || (indices[0] && indices[1])) throw Misuse{"nothing put in place of single numbers", "whole rows or columns to remove, as in x(2, :) = []"};
    const bool by_rows = !indices[1];
    const std::size_t count = by_rows ? of.rows : of.columns;
    std::vector<std::uint8_t> gone(count, 0);
    for (const std::size_t i : places(indices[by_rows ? 0 : 1], count, false)) gone[i] = 1;
    const auto left = static_cast<std::size_t>(std::count(gone.begin(), gone.end(), 0));
    Value result = new_matrix(by_rows ? left : of.rows, by_rows ? of.columns : left);
    result.numbers.clear();
    for (std::size_t r = 0; r < of.rows; ++r) {
        if (by_rows && gone[r]) continue;
        for (std::size_t c = 0; c < of.columns; ++c)
            if (by_rows || !gone[c]) result.numbers.push_back(of.at(r, c));
        if (of.line(r) > 0) result.lines.push_back(of.line(r));
    }
    of = std::move(result);
}

}  // namespace

void set_part(Value& of, const Indices& indices, const Value& to) {
    require_numbers(of);
    require_numbers(to);
    if (to.rows == 0 && to.columns == 0) return remove_part(of, indices);
    Indices both = indices;
    if (indices.size() == 1) {
        if (of.rows > 1 && of.columns > 1) throw Misuse{"one index into a matrix on the left", "two"};
        both.insert(of.columns == 1 && of.rows > 1 ? both.end() : both.begin(), Value::number(1));
    }
    if (both.size() != 2) throw Misuse{fmt::format("{} indices", indices.size()), "one or two"};
    const auto r = places(both[0], of.rows, true), c = places(both[1], of.columns, true);
    if (!to.is_number() && (to.rows != r.size() || to.columns != c.size()))
        throw Misuse{fmt::format("{} put where there are {} x {}", size_of(to), r.size(), c.size()), "as many numbers"};
    const std::size_t rows = std::max(of.rows, r.empty() ? 0 : *std::max_element(r.begin(), r.end()) + 1);
    const std::size_t columns = std::max(of.columns, c.empty() ? 0 : *std::max_element(c.begin(), c.end()) + 1);
    if (rows != of.rows || columns != of.columns) {
        Value larger = new_matrix(rows, columns);
        larger.lines = of.lines;
        for (std::size_t i = 0; i < of.rows; ++i)
            for (std::size_t j = 0; j < of.columns; ++j) larger.at(i, j) = of.at(i, j);
        of = std::move(larger);
    }
    for (std::size_t i = 0; i < r.size(); ++i)
        for (std::size_t j = 0; j < c.size(); ++j) of.at(r[i], c[j]) = to.is_number() ? to.numbers[0] : to.at(i, j);
}

}  // namespace shahr::matpower
