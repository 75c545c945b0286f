// Numbers held as the unevaluated sum of two doubles, for the few steps of math.h that need more than one.
// Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18, 1971. No fused steps.
#pragma once
#include "kernels/base/backend.h"

namespace shahr::SHAHR_BACKEND {

struct Twofold {
    double hi, lo;                             // |lo| <= half a unit in the last place of hi
};

SHAHR_HD inline Twofold exact_sum(double a, double b) {
    const double sum = a + b, b_part = sum - a;
    return {sum, (a - (sum - b_part)) + (b - b_part)};
}

// Exact unless a * b leaves the range of normal numbers, or |a| or |b| is above 1e300.
SHAHR_HD inline Twofold exact_product(double a, double b) {
    const double split = 134217729.0;          // 2^27 + 1
    const double ca = split * a, cb = split * b;
    const double a_hi = ca - (ca - a), b_hi = cb - (cb - b), a_lo = a - a_hi, b_lo = b - b_hi;
    const double product = a * b;
    return {product, ((a_hi * b_hi - product) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo};
}

SHAHR_HD inline Twofold multiply(Twofold a, Twofold b) {
    const Twofold p = exact_product(a.hi, b.hi);
    return exact_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

}  // namespace shahr::SHAHR_BACKEND
