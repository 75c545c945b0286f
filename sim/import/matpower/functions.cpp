// The functions that a case file may call.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <sstream>

#include "sim/import/matpower/arithmetic.h"

namespace shahr::matpower {
namespace {

using Values = std::vector<Value>;
using Arguments = std::span<const Value>;

struct Function {
    std::string_view name;
    std::size_t least, most;                   // arguments
    Values (*result)(Arguments);
};

template <double (*f)(double)>
Values each(Arguments a) {
    if (!a[0].is_matrix()) throw Misuse{"a text where numbers are needed", "a number or a matrix"};
    Value v = a[0];
    v.logical = false;
    for (double& x : v.numbers) {
        const double y = f(x);
        if (std::isnan(y) && !std::isnan(x)) throw Misuse{fmt::format("{} is outside the function's real range", x), "an argument with a real result"};
        x = y;
    }
    return {v};
}

// Column by column; of a row, along it.
template <class F>
Values along_columns(const Value& a, const F& f) {
    if (!a.is_matrix()) throw Misuse{"a text where numbers are needed", "a matrix"};
    if (a.rows == 1) return {Value::number(f(a.numbers))};
    Value result = Value::matrix(1, a.columns);
    for (std::size_t c = 0; c < a.columns; ++c) {
        std::vector<double> column;
        for (std::size_t r = 0; r < a.rows; ++r) column.push_back(a.at(r, c));
        result.numbers[c] = f(column);
    }
    return {result};
}

std::size_t count_of(const Value& v) {
    if (!v.is_number() || !(v.numbers[0] >= 0 && v.numbers[0] <= 1e7)) throw Misuse{"a size that is no number", "a whole number of 0 or more"};
    return static_cast<std::size_t>(v.numbers[0]);
}

Value filled(Arguments a, double x) {
    const std::size_t rows = a.empty() ? 1 : count_of(a[0]), columns = a.size() > 1 ? count_of(a[1]) : rows;
    if (columns > 0 && rows > most_numbers / columns) throw Misuse{"a very large matrix", fmt::format("at most {} numbers", most_numbers)};
    return Value::matrix(rows, columns, x);
}

template <class Better>
Values extreme(Arguments a, const Better& better) {
    if (a.size() == 2) {
        Value mask = apply(better(0, 1) ? "<" : ">", a[0], a[1]);
        mask.logical = false;
        return {apply("+", apply(".*", mask, a[0]), apply(".*", apply("-", Value::number(1), mask), a[1]))};
    }
    return along_columns(a[0], [&](const std::vector<double>& x) { return x.empty() ? 0.0 : *std::min_element(x.begin(), x.end(), better); });
}

Values found(Arguments a) {
    Value result = Value::matrix(0, 0);
    const Value flat = transpose(a[0]);
    for (std::size_t i = 0; i < flat.numbers.size(); ++i)
        if (flat.numbers[i] != 0) result.numbers.push_back(static_cast<double>(i + 1));
    (a[0].rows == 1 ? result.columns : result.rows) = result.numbers.size();
    (a[0].rows == 1 ? result.rows : result.columns) = 1;
    return {result};
}

Values size_of(Arguments a) {
    const double r = static_cast<double>(a[0].rows), c = static_cast<double>(a[0].columns);
    if (a.size() == 2) return {Value::number(count_of(a[1]) == 1 ? r : count_of(a[1]) == 2 ? c : 1)};
    Value both = Value::matrix(1, 2);
    both.numbers = {r, c};
    return {both};
}

Values numbered(double first, std::size_t count) {
    Values list;
    for (std::size_t i = 0; i < count; ++i) list.push_back(Value::number(first + static_cast<double>(i)));
    return list;
}

// The columns of MATPOWER's tables, in the order in which its functions give them (their documentation).
Values bus_columns(Arguments) {
    Values list = numbered(1, 4);              // PQ, PV, REF, NONE, then BUS_I ... MU_VMIN
    for (const Value& v : numbered(1, 6)) list.push_back(v);
    for (const Value& v : numbered(7, 11)) list.push_back(v);
    return list;
}
Values branch_columns(Arguments) {
    Values list = numbered(1, 11);             // F_BUS ... BR_STATUS
    for (const Value& v : numbered(14, 6)) list.push_back(v);  // PF, QF, PT, QT, MU_SF, MU_ST
    for (const Value& v : numbered(12, 2)) list.push_back(v);  // ANGMIN, ANGMAX
    for (const Value& v : numbered(20, 2)) list.push_back(v);
    return list;
}
Values generator_columns(Arguments) {
    Values list = numbered(1, 10);             // GEN_BUS ... PMIN
    for (const Value& v : numbered(22, 4)) list.push_back(v);  // MU_PMAX ... MU_QMIN
    for (const Value& v : numbered(11, 11)) list.push_back(v); // PC1 ... APF
    return list;
}
Values cost_columns(Arguments) {
    Values list = numbered(1, 2);              // PW_LINEAR, POLYNOMIAL
    for (const Value& v : numbered(1, 5)) list.push_back(v);   // MODEL, STARTUP, SHUTDOWN, NCOST, COST
    return list;
}

// MATLAB's mod has the sign of the divisor.
double modulo(double x, double y) {
    return y == 0 ? x : x - std::floor(x / y) * y;
}

double sign(double x) {
    return x > 0 ? 1 : x < 0 ? -1 : 0;
}

template <double (*f)(double)>
double of_degrees(double x) {
    return f(x * std::numbers::pi / 180);
}

Values repeated(Arguments a) {
    if (!a[0].is_matrix()) throw Misuse{"a text where numbers are needed", "a matrix"};
    const std::size_t down = count_of(a[1]), across = a.size() > 2 ? count_of(a[2]) : down;
    if (a[0].numbers.size() > 0 && down > 0 && across > most_numbers / a[0].numbers.size() / down) throw Misuse{"a very large matrix", fmt::format("at most {} numbers", most_numbers)};
    return {join(std::vector<std::vector<Value>>(down, std::vector<Value>(across, a[0])))};
}

template <double (*f)(double, double)>
Values of_two(Arguments a) {
    if (!a[0].is_number() || !a[1].is_number()) throw Misuse{"a matrix", "two numbers"};
    return {Value::number(f(a[0].numbers[0], a[1].numbers[0]))};
}

Values constant(double x) {
    return {Value::number(x)};
}

const std::vector<Function>& functions() {
    static const std::vector<Function> list = {
        {"sin", 1, 1, each<std::sin>}, {"cos", 1, 1, each<std::cos>}, {"tan", 1, 1, each<std::tan>},
        {"asin", 1, 1, each<std::asin>}, {"acos", 1, 1, each<std::acos>}, {"atan", 1, 1, each<std::atan>},
        {"sqrt", 1, 1, each<std::sqrt>}, {"exp", 1, 1, each<std::exp>}, {"log", 1, 1, each<std::log>}, {"log10", 1, 1, each<std::log10>},
        {"abs", 1, 1, each<std::fabs>}, {"floor", 1, 1, each<std::floor>}, {"ceil", 1, 1, each<std::ceil>}, {"round", 1, 1, each<std::round>}, {"fix", 1, 1, each<std::trunc>},
        {"atan2", 2, 2, of_two<std::atan2>}, {"mod", 2, 2, of_two<modulo>}, {"rem", 2, 2, of_two<std::fmod>}, {"hypot", 2, 2, of_two<std::hypot>},
        {"sign", 1, 1, each<sign>}, {"sind", 1, 1, each<of_degrees<std::sin>>}, {"cosd", 1, 1, each<of_degrees<std::cos>>}, {"tand", 1, 1, each<of_degrees<std::tan>>},
        {"repmat", 2, 3, repeated},
        {"nnz", 1, 1, [](Arguments a) { return constant(static_cast<double>(std::count_if(a[0].numbers.begin(), a[0].numbers.end(), [](double x) { return x != 0; }))); }},
        {"sum", 1, 1, [](Arguments a) { return along_columns(a[0], [](const auto& x) { return std::accumulate(x.begin(), x.end(), 0.0); }); }},
        {"prod", 1, 1, [](Arguments a) { return along_columns(a[0], [](const auto& x) { return std::accumulate(x.begin(), x.end(), 1.0, std::multiplies<>()); }); }},
        {"mean", 1, 1, [](Arguments a) { return along_columns(a[0], [](const auto& x) { return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size()); }); }},
        {"any", 1, 1, [](Arguments a) { return along_columns(a[0], [](const auto& x) { return std::any_of(x.begin(), x.end(), [](double y) { return y != 0; }) ? 1.0 : 0.0; }); }},
        {"all", 1, 1, [](Arguments a) { return along_columns(a[0], [](const auto& x) { return std::all_of(x.begin(), x.end(), [](double y) { return y != 0; }) ? 1.0 : 0.0; }); }},
        {"max", 1, 2, [](Arguments a) { return extreme(a, [](double x, double y) { return x > y; }); }},
        {"min", 1, 2, [](Arguments a) { return extreme(a, [](double x, double y) { return x < y; }); }},
        {"find", 1, 1, found}, {"size", 1, 2, size_of},
        {"length", 1, 1, [](Arguments a) { return constant(static_cast<double>(a[0].rows == 0 || a[0].columns == 0 ? 0 : std::max(a[0].rows, a[0].columns))); }},
        {"numel", 1, 1, [](Arguments a) { return constant(static_cast<double>(a[0].rows * a[0].columns)); }},
        {"isempty", 1, 1, [](Arguments a) { return constant(a[0].rows * a[0].columns == 0 ? 1 : 0); }},
        {"zeros", 0, 2, [](Arguments a) -> Values { return {filled(a, 0)}; }}, {"ones", 0, 2, [](Arguments a) -> Values { return {filled(a, 1)}; }},
        {"pi", 0, 0, [](Arguments) { return constant(std::numbers::pi); }}, {"eps", 0, 0, [](Arguments) { return constant(std::numeric_limits<double>::epsilon()); }},
        {"Inf", 0, 0, [](Arguments) { return constant(std::numeric_limits<double>::infinity()); }}, {"inf", 0, 0, [](Arguments) { return constant(std::numeric_limits<double>::infinity()); }},
        {"NaN", 0, 0, [](Arguments) { return constant(std::numeric_limits<double>::quiet_NaN()); }}, {"nan", 0, 0, [](Arguments) { return constant(std::numeric_limits<double>::quiet_NaN()); }},
        {"true", 0, 0, [](Arguments) { return constant(1); }}, {"false", 0, 0, [](Arguments) { return constant(0); }},
        {"idx_bus", 0, 0, bus_columns}, {"idx_brch", 0, 0, branch_columns}, {"idx_gen", 0, 0, generator_columns}, {"idx_cost", 0, 0, cost_columns},
    };
    return list;
}

}  // namespace

bool is_function(std::string_view name) {
    return std::any_of(functions().begin(), functions().end(), [&](const Function& f) { return f.name == name; });
}

std::optional<std::vector<Value>> call(std::string_view function, Arguments arguments) {
    const auto at = std::find_if(functions().begin(), functions().end(), [&](const Function& f) { return f.name == function; });
    if (at == functions().end()) return std::nullopt;
    if (arguments.size() < at->least || arguments.size() > at->most) throw Misuse{fmt::format("{} with {} arguments", function, arguments.size()), fmt::format("{} to {}", at->least, at->most)};
    return at->result(arguments);
}

std::vector<std::pair<std::string, Value>> constants() {
    static constexpr std::array<std::string_view, 4> names = {
        "PQ PV REF NONE BUS_I BUS_TYPE PD QD GS BS BUS_AREA VM VA BASE_KV ZONE VMAX VMIN LAM_P LAM_Q MU_VMAX MU_VMIN",
        "F_BUS T_BUS BR_R BR_X BR_B RATE_A RATE_B RATE_C TAP SHIFT BR_STATUS PF QF PT QT MU_SF MU_ST ANGMIN ANGMAX MU_ANGMIN MU_ANGMAX",
        "GEN_BUS PG QG QMAX QMIN VG MBASE GEN_STATUS PMAX PMIN MU_PMAX MU_PMIN MU_QMAX MU_QMIN PC1 PC2 QC1MIN QC1MAX QC2MIN QC2MAX RAMP_AGC RAMP_10 RAMP_30 RAMP_Q APF",
        "PW_LINEAR POLYNOMIAL MODEL STARTUP SHUTDOWN NCOST COST"};
    const std::array<Values, 4> values = {bus_columns({}), branch_columns({}), generator_columns({}), cost_columns({})};
    std::vector<std::pair<std::string, Value>> list;
    for (std::size_t table = 0; table < names.size(); ++table) {
        std::istringstream words{std::string(names[table])};
        std::string name;
        for (std::size_t i = 0; words >> name; ++i) list.emplace_back(name, values[table][i]);
    }
    return list;
}

}  // namespace shahr::matpower
