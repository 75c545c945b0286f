// exp, log, pow, sin, cos and sqrt of + - x / and sqrt alone, so that every device gives the same bits. A kernel calls
// these and never the standard library's, which differs between devices by a unit or two in the last place (ulp).
//
// Largest error found against the x87 library in 20 million arguments each, in ulp (the tests ask for 2):
//              exp    log    pow (x >= 0)   sin, cos (|x| <= 1e6)   sqrt
//   float      1.02   0.86   0.51           0.51                    0.5
//   double     0.88   0.51   0.95           1.07                    0.5
// Results below the least normal number are within one step of it. Infinities and NaN are handled as in C, with two
// exceptions: pow of a negative base is NaN, and so is sin or cos beyond 1e6, where reduction would lose its digits.
#pragma once
#include <cmath>
#include <cstdint>

#include "kernels/base/backend.h"
#include "kernels/base/twofold.h"

namespace shahr::SHAHR_BACKEND {

namespace math {

SHAHR_HD inline double from_bits(std::uint64_t bits) { return __builtin_bit_cast(double, bits); }
SHAHR_HD inline float from_bits(std::uint32_t bits) { return __builtin_bit_cast(float, bits); }
SHAHR_HD inline double infinity() { return from_bits(std::uint64_t{0x7ff0000000000000}); }
SHAHR_HD inline double not_a_number() { return from_bits(std::uint64_t{0x7ff8000000000000}); }
SHAHR_HD inline double power_of_2(int n) { return from_bits(static_cast<std::uint64_t>(n + 1023) << 52); }         // -1022 .. 1023
SHAHR_HD inline float power_of_2f(int n) { return from_bits(static_cast<std::uint32_t>(n + 127) << 23); }          // -126 .. 127
SHAHR_HD inline double nearest(double x) { return (x + 0x1.8p52) - 0x1.8p52; }                                     // |x| < 2^51
SHAHR_HD inline float nearest(float x) { return (x + 0x1.8p23f) - 0x1.8p23f; }                                     // |x| < 2^22

// ln 2 and pi / 2 in pieces; multiples of all but the last piece are exact.
inline constexpr double ln2_a = 0x1.62e42fefa2000p-1, ln2_b = 0x1.9ef35793c7673p-41;
inline constexpr double half_pi_a = 0x1.921fb54400000p+0, half_pi_b = 0x1.0b4611a600000p-34, half_pi_c = 0x1.3198a2e037073p-69;

// exp(x + rest), |rest| far below |x|: x = n ln 2 + r, and the Taylor series of r, |r| <= 0.35, to r^13.
SHAHR_HD inline double exp_of_sum(double x, double rest) {
    if (!(x < 710)) return x != x ? x : infinity();
    if (x < -746) return 0;
    const double n = nearest(x * 0x1.71547652b82fep+0);
    const auto [r, left] = exact_sum(x - n * ln2_a, rest - n * ln2_b);
    const double q = 1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720 + r * (1.0 / 5040 + r * (1.0 / 40320 +
                     r * (1.0 / 362880 + r * (1.0 / 3628800 + r * (1.0 / 39916800 + r * (1.0 / 479001600 + r / 6227020800.0))))))))));
    const int whole = static_cast<int>(n), half = whole / 2;
    return (1 + (r + (left + r * r * q))) * power_of_2(half) * power_of_2(whole - half);
}

// log(x) for x in (0, infinity): x = 2^k m with m near 1, and log m = 2 artanh(s), s = (m - 1) / (m + 1), |s| <= 0.172,
// as a series to s^25. The first two terms are twofold, so that pow may multiply the result by hundreds.
SHAHR_HD inline Twofold log_twofold(double x) {
    int k = 0;
    if (x < 0x1p-1022) x *= 0x1p54, k = -54;
    const auto bits = __builtin_bit_cast(std::uint64_t, x);
    k += static_cast<int>(bits >> 52) - 1023;
    double m = from_bits((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
    if (m > 0x1.6a09e667f3bcdp+0) m *= 0.5, k += 1;          // sqrt(2)

    const double f = m - 1;
    const Twofold d = exact_sum(2, f);
    const double s_hi = f / d.hi;
    const Twofold back = exact_product(s_hi, d.hi);
    const Twofold s{s_hi, (((f - back.hi) - back.lo) - s_hi * d.lo) / d.hi};
    const Twofold z = multiply(s, s);
    const Twofold third = multiply(multiply(s, z), {0x1.5555555555555p-1, 0x1.5555555555555p-55});       // 2/3 s^3
    const double w = z.hi;
    const double rest = s_hi * w * w * (2.0 / 5 + w * (2.0 / 7 + w * (2.0 / 9 + w * (2.0 / 11 + w * (2.0 / 13 +
                        w * (2.0 / 15 + w * (2.0 / 17 + w * (2.0 / 19 + w * (2.0 / 21 + w * (2.0 / 23 + w * (2.0 / 25)))))))))));
    const Twofold a = exact_sum(k * ln2_a, 2 * s.hi), b = exact_sum(a.hi, third.hi);
    return exact_sum(b.hi, a.lo + b.lo + (2 * s.lo + third.lo + (k * ln2_b + rest)));
}

// x = n pi/2 + (r.hi + r.lo), |r| <= 0.79 (Cody and Waite 1980). Returns n modulo 4.
SHAHR_HD inline int reduce_angle(double x, Twofold& r) {
    const double n = nearest(x * 0x1.45f306dc9c883p-1);
    const Twofold a = exact_sum(x - n * half_pi_a, -(n * half_pi_b));
    r = exact_sum(a.hi, a.lo - n * half_pi_c);
    return static_cast<int>(n) & 3;
}
SHAHR_HD inline double sin_reduced(Twofold r) {
    const double z = r.hi * r.hi;
    const double p = -1.0 / 6 + z * (1.0 / 120 + z * (-1.0 / 5040 + z * (1.0 / 362880 + z * (-1.0 / 39916800 +
                     z * (1.0 / 6227020800.0 + z * (-1.0 / 1307674368000.0 + z * (1.0 / 355687428096000.0)))))));
    return r.hi + (r.hi * z * p + r.lo * (1 - 0.5 * z));
}
SHAHR_HD inline double cos_reduced(Twofold r) {
    const double z = r.hi * r.hi;
    const double q = 1.0 / 24 + z * (-1.0 / 720 + z * (1.0 / 40320 + z * (-1.0 / 3628800 + z * (1.0 / 479001600 +
                     z * (-1.0 / 87178291200.0 + z * (1.0 / 20922789888000.0))))));
    const double above = 1 - 0.5 * z;
    return above + (((1 - above) - 0.5 * z) + (z * z * q - r.hi * r.lo));
}
SHAHR_HD inline double sin_of_quarter(double x, int quarters) {       // sin(x + quarters pi/2)
    if (!(x >= -1e6 && x <= 1e6)) return not_a_number();
    Twofold r;
    const int n = reduce_angle(x, r) + quarters;
    const double magnitude = n & 1 ? cos_reduced(r) : sin_reduced(r);
    return n & 2 ? -magnitude : magnitude;
}

}  // namespace math

SHAHR_HD inline double sqrt(double x) { return ::sqrt(x); }
SHAHR_HD inline float sqrt(float x) { return ::sqrtf(x); }

SHAHR_HD inline double exp(double x) { return math::exp_of_sum(x, 0); }
SHAHR_HD inline float exp(float x) {
    if (!(x < 89.0f)) return x != x ? x : static_cast<float>(math::infinity());
    if (x < -104.0f) return 0;
    const float n = math::nearest(x * 0x1.715476p+0f);
    const float r = (x - n * 0x1.62ep-1f) - n * 0x1.0bfbe8p-15f;
    const float q = 1.0f / 2 + r * (1.0f / 6 + r * (1.0f / 24 + r * (1.0f / 120 + r * (1.0f / 720 + r * (1.0f / 5040)))));
    const int whole = static_cast<int>(n), half = whole / 2;
    return (1 + (r + r * r * q)) * math::power_of_2f(half) * math::power_of_2f(whole - half);
}

SHAHR_HD inline double log(double x) {
    if (!(x > 0)) return x == 0 ? -math::infinity() : math::not_a_number();
    return x == math::infinity() ? x : math::log_twofold(x).hi;
}
SHAHR_HD inline float log(float x) {
    if (!(x > 0)) return static_cast<float>(x == 0 ? -math::infinity() : math::not_a_number());
    if (x > 0x1.fffffep+127f) return x;
    int k = 0;
    if (x < 0x1p-126f) x *= 0x1p24f, k = -24;
    const auto bits = __builtin_bit_cast(std::uint32_t, x);
    k += static_cast<int>(bits >> 23) - 127;
    float m = math::from_bits((bits & 0x007fffffu) | 0x3f800000u);
    if (m > 0x1.6a09e6p+0f) m *= 0.5f, k += 1;
    const float f = m - 1, s = f / (2 + f), z = s * s, half_square = 0.5f * f * f, n = static_cast<float>(k);
    const float series = z * (2.0f / 3 + z * (2.0f / 5 + z * (2.0f / 7 + z * (2.0f / 9))));
    return n * 0x1.62ep-1f + (f - (half_square - (s * (half_square + series) + n * 0x1.0bfbe8p-15f)));
}

SHAHR_HD inline double pow(double x, double y) {
    if (y == 0 || x == 1) return 1;
    if (!(x >= 0) || y != y) return math::not_a_number();
    if (x == 0 || x == math::infinity()) return (x == 0) == (y > 0) ? 0 : math::infinity();
    const Twofold logarithm = math::log_twofold(x);
    const double about = y * logarithm.hi;
    if (about > 750 || about < -750) return about > 0 ? math::infinity() : 0;
    const Twofold exponent = multiply({y, 0}, logarithm);
    return math::exp_of_sum(exponent.hi, exponent.lo);
}
SHAHR_HD inline float pow(float x, float y) { return static_cast<float>(pow(static_cast<double>(x), static_cast<double>(y))); }

SHAHR_HD inline double sin(double x) { return math::sin_of_quarter(x, 0); }
SHAHR_HD inline double cos(double x) { return math::sin_of_quarter(x, 1); }
SHAHR_HD inline float sin(float x) { return static_cast<float>(math::sin_of_quarter(x, 0)); }
SHAHR_HD inline float cos(float x) { return static_cast<float>(math::sin_of_quarter(x, 1)); }

}  // namespace shahr::SHAHR_BACKEND
