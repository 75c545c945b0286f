#include "kernels/base/math.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "kernels/base/array.h"
#include "kernels/base/parallel_for.h"
#include "kernels/base/random.h"

namespace shahr::SHAHR_BACKEND {

enum class Function { exp, log, pow, sin, cos, sqrt };

template <class T>
struct Evaluate {
    Function function;
    View<const T> x, y;
    View<T> out;
    SHAHR_HD void operator()(Index i) const {
        switch (function) {
            case Function::exp: out[i] = exp(x[i]); break;
            case Function::log: out[i] = log(x[i]); break;
            case Function::pow: out[i] = pow(x[i], y[i]); break;
            case Function::sin: out[i] = sin(x[i]); break;
            case Function::cos: out[i] = cos(x[i]); break;
            case Function::sqrt: out[i] = sqrt(x[i]); break;
        }
    }
};

namespace {

template <class T>
std::vector<T> evaluate(Function function, const std::vector<T>& x, const std::vector<T>& y) {
    Array<T> out(static_cast<Index>(x.size()));
    const Array<T> xs(x), ys(y);
    parallel_for(out.size(), Evaluate<T>{function, xs, ys, out});
    return out.to_host();
}

long double exact(Function function, long double x, long double y) {
    switch (function) {
        case Function::exp: return std::exp(x);
        case Function::log: return std::log(x);
        case Function::pow: return std::pow(x, y);
        case Function::sin: return std::sin(x);
        case Function::cos: return std::cos(x);
        case Function::sqrt: return std::sqrt(x);
    }
    return 0;
}

// In units of the last place of T at the exact value.
template <class T>
double error_ulp(T got, long double exact) {
    int exponent = 0;
    std::frexp(exact, &exponent);
    const int lowest = std::numeric_limits<T>::min_exponent;
    const long double ulp = std::ldexp(1.0L, std::max(exponent, lowest) - std::numeric_limits<T>::digits);
    return static_cast<double>(std::abs(static_cast<long double>(got) - exact) / ulp);
}

struct Range {
    Function function;
    double x_low, x_high, y_low, y_high;       // of pow's exponent
};

template <class T>
std::vector<T> spread(double low, double high, std::uint32_t purpose) {
    std::vector<T> values;
    for (std::uint32_t i = 0; i < 400; ++i) {
        values.push_back(static_cast<T>(low + (high - low) * unit_float(philox(1, i, 0, purpose).value[0])));
    }
    return values;
}

template <class T>
void expect_close(const Range& range, double limit_ulp) {
    const auto x = spread<T>(range.x_low, range.x_high, 0), y = spread<T>(range.y_low, range.y_high, 1);
    const auto got = evaluate(range.function, x, y);
    for (std::size_t i = 0; i < x.size(); ++i) {
        const long double expected = exact(range.function, x[i], y[i]);
        EXPECT_LE(error_ulp(got[i], expected), limit_ulp) << "function " << static_cast<int>(range.function) << " of " << x[i] << ", " << y[i];
    }
}

const Range common[] = {{Function::exp, -2, 2, 0, 0},       {Function::exp, -87, 88, 0, 0},    {Function::log, 0, 3, 0, 0},
                        {Function::log, 0.99, 1.01, 0, 0},  {Function::log, 1, 1e30, 0, 0},    {Function::pow, 0, 4, -9, 9},
                        {Function::pow, 0, 1e5, -4, 7},     {Function::sin, -4, 4, 0, 0},      {Function::cos, -4, 4, 0, 0},
                        {Function::sin, -1e6, 1e6, 0, 0},   {Function::cos, -1e6, 1e6, 0, 0},  {Function::sqrt, 0, 1e9, 0, 0}};

TEST(Math, FloatsAreWithin2Ulp) {
    for (const Range& range : common) expect_close<float>(range, range.function == Function::sqrt ? 0.5 : 2);
}
TEST(Math, DoublesAreWithin2Ulp) {
    for (const Range& range : common) expect_close<double>(range, range.function == Function::sqrt ? 0.5 : 2);
    expect_close<double>({Function::exp, -740, 709, 0, 0}, 2);
    expect_close<double>({Function::pow, 1e-9, 1e9, -33, 33}, 2);
}

TEST(Math, IsTheSameOnEveryDevice) {
    std::uint64_t hash = 14695981039346656037u;                                  // FNV-1a
    const auto add = [&](std::uint64_t bits) { hash = (hash ^ bits) * 1099511628211u; };
    for (const Range& range : common) {
        for (double v : evaluate(range.function, spread<double>(range.x_low, range.x_high, 0), spread<double>(range.y_low, range.y_high, 1))) {
            add(std::bit_cast<std::uint64_t>(v));
        }
        for (float v : evaluate(range.function, spread<float>(range.x_low, range.x_high, 0), spread<float>(range.y_low, range.y_high, 1))) {
            add(std::bit_cast<std::uint32_t>(v));
        }
    }
    EXPECT_EQ(hash, 6826898571289990471u);
}

template <class T>
void expect_limits() {
    const T inf = std::numeric_limits<T>::infinity(), nan = std::numeric_limits<T>::quiet_NaN(), least = std::numeric_limits<T>::denorm_min();
    const auto of = [](Function function, T x, T y = 0) { return evaluate<T>(function, {x}, {y}).front(); };
    EXPECT_EQ(of(Function::exp, 0), 1);
    EXPECT_EQ(of(Function::exp, inf), inf);
    EXPECT_EQ(of(Function::exp, -inf), 0);
    EXPECT_EQ(of(Function::exp, 1000), inf);
    EXPECT_EQ(of(Function::exp, -1000), 0);
    EXPECT_TRUE(std::isnan(of(Function::exp, nan)));
    EXPECT_EQ(of(Function::log, 1), 0);
    EXPECT_EQ(of(Function::log, 0), -inf);
    EXPECT_EQ(of(Function::log, inf), inf);
    EXPECT_EQ(of(Function::log, least), static_cast<T>(std::log(static_cast<long double>(least))));
    EXPECT_TRUE(std::isnan(of(Function::log, -1)));
    EXPECT_EQ(of(Function::pow, 0, 2), 0);
    EXPECT_EQ(of(Function::pow, 0, -2), inf);
    EXPECT_EQ(of(Function::pow, 7, 0), 1);
    EXPECT_EQ(of(Function::pow, 1, inf), 1);
    EXPECT_EQ(of(Function::pow, 2, inf), inf);
    EXPECT_EQ(of(Function::pow, inf, -1), 0);
    EXPECT_EQ(of(Function::pow, 2, 10), 1024);
    EXPECT_TRUE(std::isnan(of(Function::pow, -2, 2)));
    EXPECT_EQ(of(Function::sin, 0), 0);
    EXPECT_EQ(of(Function::cos, 0), 1);
    EXPECT_TRUE(std::isnan(of(Function::sin, 2e6f)));
    EXPECT_TRUE(std::isnan(of(Function::cos, inf)));
}

TEST(Math, KnowsItsLimits) {
    expect_limits<float>();
    expect_limits<double>();
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND
